"""Hidden tests of the exercise `generators`."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

small = st.integers(0, 9)


@scenario
def windows_of(student, items, kind, size):
    from itertools import islice

    iterable = {"a list": list, "a tuple": tuple, "an iterator": iter}[kind](items)
    return list(islice(student.windows(iterable, size), 20))


@points(2)
@hint(
    "`kind` says what `windows` is given: a list, a tuple or an iterator over `items`. Where does "
    "the second window begin, and which items are in the last one? What if the items run out "
    "before the first window is full, and what if an item is `None`?"
)
@given(
    items=st.lists(small | st.none(), max_size=5),
    kind=st.sampled_from(["a list", "a tuple", "an iterator"]),
    size=st.integers(1, 4),
)
def test_windows_are_all_runs_of_neighbours(items, kind, size):
    """`windows` gives every run of `size` neighbours, as tuples, in order."""
    starts = range(len(items) - size + 1)
    got = windows_of(items, kind, size)
    assert got == [tuple(items[start : start + size]) for start in starts]


@scenario
def windows_and_reads(student, size, count):
    from itertools import islice

    read = []

    def numbers():
        for number in range(1, 21):
            read.append(number)
            yield number

    windows = student.windows(numbers(), size)
    seen = [("the call", len(read))]
    for window in islice(windows, count):
        seen.append((window, len(read)))
    return seen


@points(1)
@hint(
    "`windows` is given an iterator over the numbers 1 to 20, and `count` windows are taken. Each "
    "pair is a window and how many numbers had been read by then. Which number does your code read "
    "although nobody needs it yet?"
)
@given(size=st.integers(1, 4), count=st.integers(0, 4))
def test_windows_read_only_what_is_needed(size, count):
    """`windows` reads nothing when it is called, and later no item before it is needed."""
    expected = [("the call", 0)]
    for start in range(1, count + 1):
        expected.append((tuple(range(start, start + size)), start + size - 1))
    windows_and_items_read = windows_and_reads(size, count)
    assert windows_and_items_read == expected


@scenario
def windows_or_error(student, items, size):
    from itertools import islice

    try:
        windows = student.windows(items, size)
    except ValueError:
        return "ValueError from the call"
    try:
        return list(islice(windows, 20))
    except ValueError:
        return "ValueError from the first next"


@points(1)
@hint(
    "When does the body of a function that contains `yield` begin to run? Nobody has to ask for a "
    "window to find out that the size is wrong."
)
@given(items=st.lists(small, max_size=3), size=st.integers(-2, 3))
def test_windows_refuse_a_size_below_one(items, size):
    """`windows` raises ValueError for a size below 1 when it is called."""
    expected = [tuple(items[start : start + size]) for start in range(len(items) - size + 1)]
    got = windows_or_error(items, size)
    assert got == ("ValueError from the call" if size < 1 else expected)


def nestings(leaves):
    """Draw a list or tuple of leaves and of lists and tuples, up to four deep."""
    item = leaves | st.just([])
    for _ in range(3):
        items = st.lists(item, min_size=1, max_size=3)
        item = st.one_of(leaves, items, items.map(tuple))
    items = st.lists(item, max_size=4)
    return items | items.map(tuple)


def flattened(nested, depth):
    """Return what `flatten` should give; a depth of None has no limit."""
    if depth == 0:
        return list(nested)
    levels_left = None if depth is None else depth - 1
    found = []
    for item in nested:
        found += flattened(item, levels_left) if isinstance(item, list | tuple) else [item]
    return found


# What is passed by keyword; with nothing the default is used. Depths of 1 and 2 tell most, so they
# are drawn more often.
options = st.sampled_from([{}, *({"depth": depth} for depth in (0, 1, 2, None, 1, 2))])


@scenario
def flattened_by_student(student, nested, options):
    from itertools import islice

    return list(islice(student.flatten(nested, **options), 50))


@points(2)
@hint(
    "The call was `flatten(nested, **options)`. Follow the depth by hand: how many levels are left "
    "for what lies inside a list that has just been taken apart, and what happens when none is "
    "left? No depth and a depth of 0 are different things."
)
@given(nested=nestings(small), options=options)
def test_flatten_goes_down_to_the_depth(nested, options):
    """`flatten` takes lists and tuples apart, as many levels as `depth` says."""
    got = flattened_by_student(nested, options)
    assert got == flattened(nested, options.get("depth"))


whole_values = st.one_of(
    st.text("ab", max_size=3),
    st.sampled_from([b"ab", None]),
    st.dictionaries(st.sampled_from("ab"), small, min_size=1, max_size=2),
    st.frozensets(small, min_size=1, max_size=2),
)


@points(1)
@hint(
    "Many things can be looped over, strings and dicts for example, and what comes out of a string "
    "are strings again. Which types are to be taken apart?"
)
@given(nested=nestings(whole_values))
def test_flatten_leaves_other_values_whole(nested):
    """`flatten` gives strings, bytes, dicts and sets as they are."""
    got = flattened_by_student(nested, {})
    assert got == flattened(nested, None)


@scenario
def leaves_and_reads(student, outer, options):
    from itertools import islice

    read = []

    def items():
        for item in outer:
            read.append(item)
            yield item

    flat = student.flatten(items(), **options)
    seen = [("the call", len(read))]
    for value in islice(flat, 50):
        seen.append((value, len(read)))
    return seen


@points(1)
@hint(
    "`call` holds a list of items and options; `flatten` is given an iterator over the items. Each "
    "pair is a value that it gave and how many items had been read by then. Is there a place in "
    "your code where all items are read before the first value comes out?"
)
@given(
    # A depth only where it makes no difference, since that is the matter of another test.
    call=st.tuples(nestings(small).map(list), st.just({}))
    | st.tuples(st.lists(small, max_size=4), options)
)
def test_flatten_does_not_read_ahead(call):
    """`flatten` reads an item only when all values of the items before it have been given."""
    outer, options = call
    expected = [("the call", 0)]
    for number, item in enumerate(outer, 1):
        expected += [(value, number) for value in flattened([item], None)]
    values_and_items_read = leaves_and_reads(outer, options)
    assert values_and_items_read == expected


numbers_or_none = st.integers(-9, 9) | st.none()


@scenario(fresh=True)
def answers(student, names, sent):
    from fractions import Fraction

    averagers = {name: student.averager() for name in names}
    at_first = {name: repr(next(averager)) for name, averager in averagers.items()}
    later = []
    for name, number in sent:
        value = None if number is None else Fraction(number)
        later.append(repr(averagers[name].send(value)))
    return at_first, later


class AveragerModel:
    """The numbers that one averager was sent, and what it answers."""

    def __init__(self):
        self.numbers = []

    def answer(self, number):
        if number is not None:
            self.numbers.append(Fraction(number))
        return sum(self.numbers) / len(self.numbers) if self.numbers else None


@points(1)
@hint(
    "Each number in `sent` is sent as a `Fraction`. Write down the numbers that count, and their "
    "sum, before each answer. Is the number that was just sent among them? Is 0 a number, and "
    "`None`?"
)
@given(sent=st.lists(numbers_or_none, max_size=5))
def test_averager_answers_with_the_mean(sent):
    """`averager` answers each number with the exact mean so far, and `None` with the same mean."""
    model = AveragerModel()
    at_first, later = answers(["it"], [("it", number) for number in sent])
    assert at_first == {"it": "None"}
    assert later == [repr(model.answer(number)) for number in sent]


@points(1)
@hint(
    "`sent` lists which of two averagers, 'a' or 'b', is sent which number. Where does your code "
    "keep what it has seen, and do two calls of `averager` share that place?"
)
@given(sent=st.lists(st.tuples(st.sampled_from("ab"), numbers_or_none), max_size=6))
def test_averagers_do_not_mix(sent):
    """Each averager knows only the numbers that it was sent itself."""
    models = {"a": AveragerModel(), "b": AveragerModel()}
    at_first, later = answers(["a", "b"], sent)
    assert at_first == {"a": "None", "b": "None"}
    assert later == [repr(models[name].answer(number)) for name, number in sent]
