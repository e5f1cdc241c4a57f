"""Hidden tests of the exercise `map_filter_reduce`.

What a scenario observes is compared with what the same function observes of Python's own tools.
"""

import ast
import functools
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario, syntax_tree

MODEL = SimpleNamespace(lazy_map=map, lazy_filter=filter, fold=functools.reduce)

numbers = st.integers(0, 9)


def values_of_lazy_map(student, func, iterables):
    from itertools import islice

    return list(islice(student.lazy_map(eval(func), *iterables), 20))  # noqa: S307 - drawn below


student_maps = scenario(values_of_lazy_map)


@points(2)
@hint(
    "This is `list(lazy_map(func, *iterables))`. With two lists `func` gets two arguments, one of "
    "each. Which of the lists is the first to be over, and what happens then?"
)
@given(
    func=st.sampled_from(
        [
            "lambda *numbers: numbers",
            "lambda *numbers: sum(numbers)",
            "lambda first, *others: first",
            "lambda *numbers: None",
        ]
    ),
    iterables=st.lists(st.lists(numbers, max_size=4), min_size=1, max_size=3),
)
def test_lazy_map_calls_func_on_items_side_by_side(func, iterables):
    """`lazy_map` gives `func` of all first items, then `func` of all second ones, and so on."""
    values = student_maps(func, iterables)
    assert values == values_of_lazy_map(MODEL, func, iterables)


def values_of_lazy_filter(student, predicate, items):
    from itertools import islice

    return list(islice(student.lazy_filter(eval(predicate), items), 20))  # noqa: S307 - drawn below


student_filters = scenario(values_of_lazy_filter)


@points(1)
@hint(
    "This is `list(lazy_filter(predicate, items))`. What goes into the result, the item or the "
    "answer about it? Which answers count as a yes? And what is a predicate of `None`?"
)
@given(
    predicate=st.sampled_from(
        [
            "None",
            "lambda item: item is None",
            "lambda item: item == 2",
            "lambda item: [item] if item else []",
            "lambda item: 'yes'",
            "lambda item: 0",
        ]
    ),
    items=st.lists(st.integers(0, 2) | st.sampled_from([None, "", "a"]), max_size=5),
)
def test_lazy_filter_keeps_the_right_items(predicate, items):
    """`lazy_filter` gives the items for which the predicate, if there is one, is true."""
    kept = student_filters(predicate, items)
    assert kept == values_of_lazy_filter(MODEL, predicate, items)


def steps_of_lazy_map(student, lengths, number_of_values):
    steps = [[]]

    class Items:
        def __init__(self, letter, length):
            self.left = [f"{letter}{number}" for number in range(1, length + 1)]

        def __iter__(self):
            return self

        def __next__(self):
            if not self.left:
                raise StopIteration
            steps[-1].append(f"take {self.left[0]}")
            return self.left.pop(0)

    def func(*items):
        steps[-1].append(f"call func({', '.join(str(item) for item in items)})")

    iterables = [Items(letter, length) for letter, length in zip("abc", lengths, strict=False)]
    values = student.lazy_map(func, *iterables)
    for _ in range(number_of_values):
        steps.append([])
        if next(values, "end") == "end":
            steps[-1].append("end")
            break
    return steps


student_steps_of_lazy_map = scenario(steps_of_lazy_map)


@points(2)
@hint(
    "The first list shows what happened in the call of `lazy_map`, the next ones what happened in "
    "each `next`. The first iterable has the items a1, a2 and so on, the second one b1, b2 and so "
    "on, and `lengths` says how many. What is needed for one value, and when?"
)
@given(
    number_of_values=st.integers(0, 4),
    lengths=st.lists(st.integers(0, 3), min_size=1, max_size=3),
)
def test_lazy_map_takes_only_what_is_needed(number_of_values, lengths):
    """`lazy_map` takes one item from each iterable for a value, and only when it is asked for."""
    steps = student_steps_of_lazy_map(lengths, number_of_values)
    assert steps == steps_of_lazy_map(MODEL, lengths, number_of_values)


def steps_of_lazy_filter(student, predicate, items, number_of_values):
    steps = [[]]
    function = eval(predicate)  # noqa: S307 - drawn below

    def source():
        for item in items:
            steps[-1].append(f"take {item}")
            yield item

    def asked(item):
        steps[-1].append(f"ask about {item}")
        return function(item)

    values = student.lazy_filter(function and asked, source())
    for _ in range(number_of_values):
        steps.append([])
        steps[-1].append(f"give {next(values, 'nothing')}")
    return steps


student_steps_of_lazy_filter = scenario(steps_of_lazy_filter)


@points(1)
@hint(
    "The first list shows what happened in the call of `lazy_filter`, the next ones what happened "
    "in each `next`. How many items are needed to find the next one that is kept, and how many "
    "questions?"
)
@given(
    number_of_values=st.integers(0, 4),
    predicate=st.sampled_from(
        ["lambda number: number > 1", "lambda number: number % 2", "lambda number: True", "None"]
    ),
    items=st.lists(st.integers(0, 3), max_size=5),
)
def test_lazy_filter_takes_only_what_is_needed(number_of_values, predicate, items):
    """`lazy_filter` takes items, and asks once about each, only until it finds one to give."""
    steps = student_steps_of_lazy_filter(predicate, items, number_of_values)
    assert steps == steps_of_lazy_filter(MODEL, predicate, items, number_of_values)


def folding(student, items, initial):
    calls = []

    def func(before, item):
        calls.append((before, item))
        return f"({before}{item})"

    try:
        outcome = student.fold(func, (item for item in items), *initial)
    except TypeError:
        if items or initial:
            raise
        outcome = "TypeError"
    return {"calls of func": calls, "outcome": outcome}


student_folds = scenario(folding)


@points(2)
@hint(
    "`func` gets what has been combined so far and one more item, and here it puts them side by "
    "side in brackets. With which two values is it called first, and on what does the next call "
    "go on? The items come from a generator, which gives them only once."
)
@given(
    items=st.lists(st.sampled_from("abc"), min_size=2, max_size=5),
    initial=st.sampled_from([(), ("x",)]),
)
def test_fold_combines_from_left_to_right(items, initial):
    """`fold` calls `func` with what has been combined so far and the next item, from the left."""
    observed = student_folds(items, initial)
    assert observed == folding(MODEL, items, initial)


@points(1)
@hint(
    "This shows the calls of `func`, and what `fold(func, items, *initial)` returned, or that it "
    "raised TypeError. An empty `initial` means that none was given: how can you tell that from "
    "one that is `None`? And which values are there to begin with?"
)
@given(
    items=st.lists(st.sampled_from(["a", 0, None]), max_size=2),
    initial=st.sampled_from([(), (None,), (0,), ("",), ("x",)]),
)
def test_fold_begins_with_initial_if_it_is_given(items, initial):
    """`fold` begins with `initial`, or else with the first item, and needs one of the two."""
    observed = student_folds(items, initial)
    assert observed == folding(MODEL, items, initial)


FORBIDDEN = ("map", "filter", "itertools", "functools")
# Where a syntax tree holds a name: use, attribute, definition, import, parameter, string.
NAME_FIELDS = ("id", "attr", "name", "asname", "module", "arg", "value")


def ready_made_tools(tree):
    """Return the forbidden names in a syntax tree, by line."""
    found = set()
    for node in ast.walk(tree):
        names = [getattr(node, field, None) for field in NAME_FIELDS]
        found.update((node.lineno, name) for name in names if name in FORBIDDEN)
    return [f"line {line}: {name}" for line, name in sorted(found)]


@points(1)
@hint(
    "A loop and `yield` do what the ready-made tools do. If no line of your file is named, mend "
    "what the other tests found first."
)
def test_written_without_ready_made_tools():
    """All three functions work, and none of the four forbidden names is in your file."""
    found = ready_made_tools(syntax_tree())
    assert found == []
    assert student_maps("lambda *numbers: sum(numbers)", [[1, 2], [3, 4]]) == [4, 6]
    assert student_filters("None", [0, 1, 2]) == [1, 2]
    assert student_folds("abc", ())["outcome"] == "((ab)c)"
