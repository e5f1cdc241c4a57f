"""Hidden tests of the exercise `list_vs_tuple`."""

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

# Values that look alike as text, and -1 and -2, which have the same hash.
values = st.sampled_from([1, 2, "1", -1, -2, None, "None"])
rows_of_any_length = st.lists(st.lists(values, max_size=2), max_size=6)
kinds = st.sampled_from(["a list", "an iterator"])


@scenario
def interned(student, rows, kind):
    iterable = iter(rows) if kind == "an iterator" else rows
    return student.intern_rows(iterable)


@points(1)
@hint(
    "`kind` says whether `rows` is given as a list or an iterator. What becomes of each row, how "
    "many tuples are there in the end, and which rows does your code take for equal?"
)
@given(rows=rows_of_any_length, kind=kinds)
def test_intern_rows_gives_a_tuple_for_each_row(rows, kind):
    """`intern_rows` returns a list with a tuple for each row, in the same order."""
    got = interned(rows, kind)
    assert got == [tuple(row) for row in rows]


@scenario
def positions_of_first(student, rows):
    tuples = list(student.intern_rows(rows))
    found = {}
    return [found.setdefault(id(one), position) for position, one in enumerate(tuples)]


def repeated(rows_and_picks):
    """Return rows of which some occur again, as lists of their own."""
    rows, picks = rows_and_picks
    return [*rows, *(list(rows[pick % len(rows)]) for pick in picks)]


@points(2)
@hint(
    "For each tuple you see the position of the first one that is the same object: [0, 1, 0] says "
    "that the last is the very object that is first. `tuple(row)` makes a new object each time, so "
    "where can your code look up whether it has met an equal row, and not only the row before?"
)
@given(
    rows=st.tuples(
        st.lists(st.lists(values, max_size=2), min_size=1, max_size=4),
        st.lists(st.integers(0, 3), max_size=3),
    ).map(repeated)
)
def test_equal_rows_share_one_tuple(rows):
    """In the result of `intern_rows` equal rows are one object, and others are not."""
    same_as_position = positions_of_first(rows)
    assert same_as_position == [rows.index(row) for row in rows]


@scenario
def interned_from_one_list(student, rows):
    def reader():
        only_list = []
        for row in rows:
            only_list[:] = row
            yield only_list
        only_list.clear()

    return student.intern_rows(reader())


@points(1)
@hint(
    "An iterator gives one and the same list each time, with the values of the next of the `rows` "
    "in it, and empties it in the end. When does your code copy the values? And what does it "
    "remember of a row: the list or the values?"
)
@given(rows=st.lists(st.lists(st.integers(0, 3), max_size=2), max_size=4))
def test_later_changes_of_a_row_do_not_show(rows):
    """`intern_rows` keeps the values that a row had when it was read."""
    got = interned_from_one_list(rows)
    assert got == [tuple(row) for row in rows]


@scenario
def indexed(student, rows, columns, kind):
    iterable = iter(rows) if kind == "an iterator" else rows
    index = student.index_by(iterable, columns)
    # A defaultdict is a dict, too.
    return dict(index) if isinstance(index, dict) else index


def grouped(rows, columns):
    """Return what `index_by` should."""
    keys = [tuple(row[column] for column in columns) for row in rows]
    return {
        key: tuple(tuple(row) for row, its_key in zip(rows, keys, strict=True) if its_key == key)
        for key in keys
    }


few_values = st.sampled_from([1, "1", -1, -2])
rows_of_three = st.lists(st.lists(few_values, min_size=3, max_size=3), max_size=5)
columns_of_rows = st.integers(0, 2)


@points(2)
@hint(
    "`kind` says whether `rows` is given as a list or as an iterator. Write down the key of each "
    "row by hand, in the order of `columns`. Rows with one key need not stand side by side."
)
@given(
    rows=rows_of_three,
    columns=st.lists(columns_of_rows, min_size=2, max_size=3, unique=True),
    kind=kinds,
)
def test_index_by_groups_by_several_columns(rows, columns, kind):
    """`index_by` groups rows by their values in several columns."""
    got = indexed(rows, columns, kind)
    assert got == grouped(rows, columns)


@points(1)
@hint(
    "A tuple of one value is written `(value,)`, one of no value `()`. Some ways of getting the "
    "values of several columns do something else when there is one column, or none."
)
@given(rows=rows_of_three, columns=st.lists(columns_of_rows, max_size=1))
def test_index_by_one_column_or_none(rows, columns):
    """The keys of `index_by` are tuples for one column and without columns, too."""
    got = indexed(rows, columns, "a list")
    assert got == grouped(rows, columns)


@scenario
def bytes_and_measured(student, values, kind):
    import sys

    grown = []
    for value in values:
        grown.append(value)
    given = {"a list": values, "a list that grew": grown, "a tuple": tuple(values)}
    given["a generator"] = (value for value in values)
    answer = student.container_bytes(given[kind])
    # What the two types say themselves, and what Python adds for each container, so that a
    # `sys.getsizeof` which was replaced helps nobody.
    items = tuple(values)
    added = sys.getsizeof(()) - ().__sizeof__()
    measured = {"list": list(items).__sizeof__() + added, "tuple": items.__sizeof__() + added}
    return answer, measured


contents = st.lists(st.integers(0, 9) | st.text("ab", max_size=3), max_size=9)


@points(2)
@hint(
    "`kind` says what holds the `values` that were passed. Which two containers are measured, were "
    "they made for that, and does the size count what lies inside?"
)
@given(values=contents, kind=st.sampled_from(["a list", "a list that grew", "a tuple"]))
def test_container_bytes_of_lists_and_tuples(values, kind):
    """`container_bytes` gives the sizes of a list and of a tuple with the same values."""
    got, measured = bytes_and_measured(values, kind)
    assert got == measured


@points(1)
@hint(
    "A generator of the `values` was passed. How often can it be gone through? And did Python know "
    "how many values there are when it made the list that you measure?"
)
@given(values=contents)
def test_container_bytes_of_a_generator(values):
    """`container_bytes` gives the same sizes for values that come from a generator."""
    got, measured = bytes_and_measured(values, "a generator")
    assert got == measured
