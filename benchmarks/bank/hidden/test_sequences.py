"""Hidden tests of the exercise `sequences`; `benchmarks/plain` has the same for other graders."""

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

items = st.lists(st.integers(), max_size=8)
intervals = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 5)).map(lambda pair: (pair[0], sum(pair))),
    max_size=6,
)


@scenario
def runs_of(student, text):
    return student.runs(text)


@points(2)
@hint("When does a run end, and what of the last one?")
@given(text=st.one_of(st.text(max_size=8), st.text("ab", max_size=8)))
def test_runs(text):
    """`runs` counts how often each character stands in a row."""
    pairs = runs_of(text)
    assert "".join(character * count for character, count in pairs) == text
    assert [pairs[i][0] for i in range(1, len(pairs)) if pairs[i][0] == pairs[i - 1][0]] == []


@scenario
def chunks_of(student, items, size):
    return student.chunks(items, size)


@points(2)
@hint("How long is the last one?")
@given(items=items, size=st.integers(1, 4))
def test_chunks(items, size):
    """`chunks` cuts a list into lists of one size, and the rest."""
    lists = chunks_of(items, size)
    assert [item for part in lists for item in part] == items
    assert [len(part) for part in lists[:-1]] == [size] * (len(lists) - 1)
    assert [len(part) for part in lists[-1:] if not 1 <= len(part) <= size] == []


@scenario
def rotated(student, items, count):
    return student.rotate(items, count)


@points(2)
@hint("What if `count` is larger than the list, or below 0?")
@given(items=items, count=st.integers(-10, 10))
def test_rotate(items, count):
    """`rotate` moves each item `count` places to the right, around the end."""
    moved = rotated(items, count)
    assert len(moved) == len(items)
    assert [moved[(i + count) % len(items)] for i in range(len(items))] == items


@scenario
def merged_intervals(student, intervals):
    return student.merged(intervals)


@points(2)
@hint("In which order do they come, and can one lie inside another?")
@given(intervals=intervals)
def test_merged(intervals):
    """`merged` gives the same numbers in intervals that neither overlap nor touch."""
    # In steps of a half, since (1, 2) and (3, 4) leave out 2.5.
    halves = {half for first, last in intervals for half in range(2 * first, 2 * last + 1)}
    firsts = sorted(half // 2 for half in halves if half - 1 not in halves)
    lasts = sorted(half // 2 for half in halves if half + 1 not in halves)
    assert merged_intervals(intervals) == list(zip(firsts, lasts, strict=True))


@scenario
def digits_of(student, number, base):
    return student.digits(number, base)


@points(1)
@hint("Which digit comes first, and what of 0?")
@given(number=st.integers(0, 24), base=st.sampled_from([2, 3]))
def test_digits(number, base):
    """`digits` gives the digits in a base, the highest first."""
    found = digits_of(number, base)
    assert sum(digit * base**place for place, digit in enumerate(reversed(found))) == number
    assert [digit for digit in found if not 0 <= digit < base] == []
    assert found[:1] != [0] or found == [0]
    assert len(found) >= 1


@scenario
def answers_to_nothing(student):
    return [student.runs(""), student.chunks([], 3), student.rotate([], 2), student.merged([])]


@points(1)
@hint("Try each function on an empty text or list.")
def test_nothing():
    """Nothing gives an empty list."""
    assert answers_to_nothing() == [[], [], [], []]
