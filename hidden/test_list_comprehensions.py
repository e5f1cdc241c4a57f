"""Hidden tests of the exercise `list_comprehensions`."""

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

sizes = st.integers(0, 3)
cells = st.sampled_from(
    [
        "lambda x, y: (x, y)",
        "lambda x, y: 10 * x + y",
        "lambda x, y: x",
        "lambda x, y: None",
        "lambda x, y: [x] * y",
    ]
)


def expected_grid(width, height, cell):
    function = eval(cell)  # noqa: S307 - one of the texts above
    return [[function(x, y) for x in range(width)] for y in range(height)]


@scenario
def grid_of(student, width, height, cell):
    return student.grid(width, height, eval(cell))  # noqa: S307 - as above


@points(2)
@hint(
    "The result is a list of rows, `x` counts inside a row, and `y` counts the rows. How many rows "
    "are there, how long is each, and which of the two numbers changes from one entry to the next?"
)
@given(width=sizes, height=sizes, cell=cells)
def test_grid_has_every_cell_in_its_place(width, height, cell):
    """`grid` returns `height` rows of `width` entries, each of them the `cell` of its place."""
    rows = grid_of(width, height, cell)
    assert rows == expected_grid(width, height, cell)


@scenario
def changed_grid(student, width, height, cell):
    rows = student.grid(width, height, eval(cell))  # noqa: S307 - as above
    for y, row in enumerate(rows):
        row.append(f"new {y}")
    return rows


@points(1)
@hint(
    "This is the grid after `rows[0].append('new 0')`, `rows[1].append('new 1')` and so on. How "
    "many different lists are in it really?"
)
@given(width=sizes, height=sizes, cell=cells)
def test_grid_rows_are_lists_of_their_own(width, height, cell):
    """Changing one row of a `grid` changes no other row."""
    expected = expected_grid(width, height, cell)
    rows = changed_grid(width, height, cell)
    assert rows == [[*row, f"new {y}"] for y, row in enumerate(expected)]


@scenario
def cell_calls(student, width, height):
    calls = []

    def cell(x, y):
        calls.append((x, y))
        return x + y

    student.grid(width, height, cell)
    return calls


@points(1)
@hint(
    "This lists the `(x, y)` of each call of `cell`. Go through the table as you read a page. "
    "Which number changes with every step, and which one only at the end of a row?"
)
@given(width=sizes, height=sizes)
def test_grid_calls_cell_once_per_entry(width, height):
    """`grid` calls `cell` once for each entry, row by row and from left to right."""
    calls = cell_calls(width, height)
    assert calls == [(x, y) for y in range(height) for x in range(width)]


entries = st.integers(0, 9) | st.none()
ragged_rows = st.lists(st.lists(entries, max_size=3), max_size=4)
fills = st.dictionaries(st.just("fill"), st.sampled_from([0, "-", None, ""]), max_size=1)


def expected_columns(rows, fill=None):
    longest = max([len(row) for row in rows], default=0)
    padded = [row + [fill] * (longest - len(row)) for row in rows]
    return [list(column) for column in zip(*padded, strict=True)]


@scenario
def columns_of(student, rows, options):
    return student.transpose(rows, **options)


@points(2)
@hint(
    "`options` holds the `fill`, if there is one. Which row decides how many columns there are? "
    "And how do you notice that a row is too short, when its entries may be any values?"
)
@given(rows=ragged_rows, options=fills)
def test_transpose_turns_rows_into_columns(rows, options):
    """`transpose` returns all columns, and where a row is too short they hold `fill`."""
    columns = columns_of(rows, options)
    assert columns == expected_columns(rows, **options)


@scenario
def changed_columns(student, rows):
    columns = student.transpose(rows, "-")
    for x, column in enumerate(columns):
        column.append(f"new {x}")
    return {"columns": columns, "rows": rows}


@points(1)
@hint(
    "This is what the columns and the rows hold after `columns[0].append('new 0')`, "
    "`columns[1].append('new 1')` and so on. Does your function change the lists that it is given, "
    "or hand one of them on?"
)
@given(rows=ragged_rows)
def test_transpose_leaves_the_rows_alone(rows):
    """`transpose` makes new lists and changes none of the rows."""
    columns = [[*column, f"new {x}"] for x, column in enumerate(expected_columns(rows, "-"))]
    lists = changed_columns(rows)
    assert lists == {"columns": columns, "rows": rows}


numbers = st.lists(st.integers(-3, 3), max_size=5)
number_functions = st.sampled_from(
    ["lambda n: n", "lambda n: -n", "lambda n: n * n", "lambda n: n // 2", "lambda n: 10 - n"]
)
thresholds = st.integers(-4, 11)


def expected_results(func, items, threshold):
    function = eval(func)  # noqa: S307 - one of the texts above
    results = [function(item) for item in items]
    return [result for result in results if result > threshold]


@scenario
def results_above(student, func, items, threshold):
    return student.map_above(eval(func), items, threshold)  # noqa: S307 - as above


@points(2)
@hint(
    "What is compared with the threshold, the item or the result, and which of the two goes into "
    "the list? Look at 0, at negative numbers, and at a result that equals the threshold."
)
@given(func=number_functions, items=numbers, threshold=thresholds)
def test_map_above_keeps_what_is_greater(func, items, threshold):
    """`map_above` returns those results that are greater than the `threshold`, in order."""
    results = results_above(func, items, threshold)
    assert results == expected_results(func, items, threshold)


@scenario
def func_calls(student, func, items, threshold):
    function = eval(func)  # noqa: S307 - as above
    calls = []

    def logged(item):
        calls.append(item)
        return function(item)

    results = student.map_above(logged, (item for item in items), threshold)
    return {"func was called with": calls, "map_above returned": results}


@points(1)
@hint(
    "Here `map_above` gets a generator, which gives the `items` only once. A result is needed "
    "twice, in the comparison and in the list: how can one call of `func` serve both?"
)
@given(func=number_functions, items=numbers, threshold=thresholds)
def test_map_above_calls_func_once_per_item(func, items, threshold):
    """`map_above` calls `func` once for each item, in order, also when `items` is a generator."""
    observed = func_calls(func, items, threshold)
    assert observed == {
        "func was called with": items,
        "map_above returned": expected_results(func, items, threshold),
    }
