"""The hidden tests of the exercise `sequences` as plain pytest, for all other graders.

Strategies, assertions, settings and seed are those of `benchmarks/bank`, so that the same examples
are drawn; a test compares the two. pytest itself is not imported, which not every grader needs.
"""

import sequences
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

settings.register_profile(
    "benchmark",
    deadline=None,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.target, Phase.shrink),
)
settings.load_profile("benchmark")

items = st.lists(st.integers(), max_size=8)
intervals = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 5)).map(lambda pair: (pair[0], sum(pair))),
    max_size=6,
)


@seed(0)
@given(text=st.one_of(st.text(max_size=8), st.text("ab", max_size=8)))
def test_runs(text):
    """`runs` counts how often each character stands in a row."""
    pairs = sequences.runs(text)
    assert "".join(character * count for character, count in pairs) == text
    assert [pairs[i][0] for i in range(1, len(pairs)) if pairs[i][0] == pairs[i - 1][0]] == []


@seed(0)
@given(items=items, size=st.integers(1, 4))
def test_chunks(items, size):
    """`chunks` cuts a list into lists of one size, and the rest."""
    lists = sequences.chunks(items, size)
    assert [item for part in lists for item in part] == items
    assert [len(part) for part in lists[:-1]] == [size] * (len(lists) - 1)
    assert [len(part) for part in lists[-1:] if not 1 <= len(part) <= size] == []


@seed(0)
@given(items=items, count=st.integers(-10, 10))
def test_rotate(items, count):
    """`rotate` moves each item `count` places to the right, around the end."""
    moved = sequences.rotate(items, count)
    assert len(moved) == len(items)
    assert [moved[(i + count) % len(items)] for i in range(len(items))] == items


@seed(0)
@given(intervals=intervals)
def test_merged(intervals):
    """`merged` gives the same numbers in intervals that neither overlap nor touch."""
    # In steps of a half, since (1, 2) and (3, 4) leave out 2.5.
    halves = {half for first, last in intervals for half in range(2 * first, 2 * last + 1)}
    firsts = sorted(half // 2 for half in halves if half - 1 not in halves)
    lasts = sorted(half // 2 for half in halves if half + 1 not in halves)
    assert sequences.merged(intervals) == list(zip(firsts, lasts, strict=True))


@seed(0)
@given(number=st.integers(0, 24), base=st.sampled_from([2, 3]))
def test_digits(number, base):
    """`digits` gives the digits in a base, the highest first."""
    found = sequences.digits(number, base)
    assert sum(digit * base**place for place, digit in enumerate(reversed(found))) == number
    assert [digit for digit in found if not 0 <= digit < base] == []
    assert found[:1] != [0] or found == [0]
    assert len(found) >= 1


def test_nothing():
    """Nothing gives an empty list."""
    answers = [
        sequences.runs(""),
        sequences.chunks([], 3),
        sequences.rotate([], 2),
        sequences.merged([]),
    ]
    assert answers == [[], [], [], []]
