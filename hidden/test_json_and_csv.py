"""Hidden tests of `json_and_csv`.

What the student returns is read here, in the judge, by the modules `csv` and `json`.
"""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario


@scenario
def csv_to_json(student, call):
    return student.csv_to_json(**call)


@scenario
def ending_of_csv_to_json(student, call):
    try:
        student.csv_to_json(**call)
    except ValueError as error:
        # Up to the colon: the place that the message names.
        return "ValueError: " + str(error).split(":")[0]
    return "no error"


@scenario
def json_to_csv(student, call):
    return student.json_to_csv(**call)


@scenario
def ending_of_json_to_csv(student, call):
    try:
        student.json_to_csv(**call)
    except ValueError:
        return "ValueError"
    return "no error"


def no_json(constant):
    raise ValueError(constant)


def json_value(answer):
    """Return the list that a JSON text holds, or a sentence if there is none."""
    try:
        value = json.loads(answer, parse_constant=no_json)
    except (TypeError, ValueError, RecursionError):
        return f"not JSON: {answer}"
    return value if isinstance(value, list) else f"no list: {answer}"


def csv_table(answer):
    """Return the rows of a CSV text, the header too, or a sentence if it is none."""
    try:
        return list(csv.reader(io.StringIO(answer, newline="")))
    except (TypeError, csv.Error):
        return f"not CSV: {answer}"


def objects(csv_text, value=lambda column, field: field):
    """Return what is in a CSV text: a dict for each row."""
    header, *rows = [row for row in csv_table(csv_text) if row]
    return [{column: value(column, row[at]) for at, column in enumerate(header)} for row in rows]


@st.composite
def csv_texts(draw, tables):
    """Write a table in one of the ways in which a CSV text can be written."""
    table = draw(tables)
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    out = io.StringIO(newline="")
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    csv.writer(out, lineterminator=line_end, quoting=quoting).writerows(table)
    return out.getvalue().removesuffix(draw(st.sampled_from(["", line_end])))


def tables(names, fields, min_rows=0):
    """Draw a header and rows that are as long."""
    return st.builds(
        # The rows are cut, so that the shrinker can take a column away.
        lambda header, rows: [header, *(row[: len(header)] for row in rows)],
        st.lists(names, min_size=1, max_size=2, unique=True),
        st.lists(st.tuples(fields, fields), min_size=min_rows, max_size=3),
    )


# Few and short, so that the special characters meet each other, and the ends of a field.
pieces = st.sampled_from(["a", "7", " ", ",", '"', "\n", "\r\n"])
awkward_texts = st.sampled_from(["", "7", " a"]) | st.lists(pieces, max_size=3).map("".join)
awkward_names = st.sampled_from(["id", "name", "a,b", '"c"', "two\nlines", " d "])


@points(1)
@hint(
    "`call` holds the arguments of `csv_to_json`. Which commas and line breaks in `csv_text` "
    "separate something, and which are inside quotes? How often does your code look at a text that "
    "it has split already?"
)
@given(
    call=st.fixed_dictionaries(
        {"csv_text": csv_texts(tables(awkward_names, awkward_texts)), "types": st.just({})}
    )
)
def test_csv_fields_are_read(call):
    """`csv_to_json` gives every field as it is, with commas, quotes, blanks and line breaks."""
    got = json_value(csv_to_json(call))
    assert got == objects(call["csv_text"])


# For each type the fields that are drawn, and what they become.
VALUES = {
    "int": {"": None, "0": 0, "-3": -3, " 7": 7, "1_000": 1000},
    "float": {"": None, "7": 7.0, "2.5": 2.5, "-0.5": -0.5, "1e3": 1000.0},
    "bool": {"": None, "true": True, "false": False, "TRUE": True, "fAlSe": False},
    "str": {text: text for text in ["", "7", " a ", "true", "null"]},
}
# For each type the fields that do not convert.
BAD = {
    "int": ["2.0", " ", "x"],
    "float": ["nan", "1e999", "-inf", " "],
    "bool": ["yes", "0", " true"],
}
names = st.sampled_from(["id", "size", "open"])
headers = st.sampled_from([["id"], ["size", "id"], ["id", "size"], ["open", "id", "size"]])


@st.composite
def typed_calls(draw, fields, types):
    """Draw a header, types, and rows of the fields of each type."""
    header = draw(headers)
    types = draw(types(header))
    row = st.tuples(*(st.sampled_from(fields[types.get(column, "str")]) for column in header))
    rows = draw(st.lists(row, min_size=1, max_size=3))
    return {"csv_text": draw(csv_texts(st.just([header, *rows]))), "types": types}


GOOD_FIELDS = {kind: list(values) for kind, values in VALUES.items()}
# The fields that convert are those that nobody refuses, and as frequent as those that do not.
EASY = {"int": "7", "float": "2.5", "bool": "true"}
ALL_FIELDS = {kind: [*[EASY[kind]] * len(fields), *fields] for kind, fields in BAD.items()}


def types_of_some(header):
    """Draw a type for the first column, and for none or some of the other names."""
    kinds = st.sampled_from(list(VALUES))
    others = {name: kinds for name in ["id", "size", "open"] if name != header[0]}
    return st.fixed_dictionaries({header[0]: kinds}, optional=others)


def types_of_all(header):
    """Draw a type for each column; most can go wrong in a float."""
    return st.fixed_dictionaries(
        dict.fromkeys(header, st.sampled_from(["int", "float", "bool", "float"]))
    )


def exactly(value):
    """Return the JSON text of a list, in which 1, 1.0 and true are different."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


@points(2)
@hint(
    "`call` holds the arguments of `csv_to_json`. What does `bool` make of the text 'false'? What "
    "does an empty field become, for each of the four types, and what has each type to be in the "
    "JSON text?"
)
@given(call=typed_calls(GOOD_FIELDS, types_of_some))
def test_fields_are_converted(call):
    """`csv_to_json` converts each field to the type of its column, and empty ones to null."""
    types = call["types"]
    expected = objects(
        call["csv_text"], lambda column, field: VALUES[types.get(column, "str")][field]
    )
    got = json_value(csv_to_json(call))
    assert exactly(got) == exactly(expected)


@points(2)
@hint(
    "`call` holds the arguments of `csv_to_json`; of a message only the part before the colon is "
    "shown. Which texts does `float` take that are no finite numbers? Which texts are no booleans? "
    "The first data row is row 1."
)
@given(call=typed_calls(ALL_FIELDS, types_of_all))
def test_bad_fields_are_refused(call):
    """A field that does not convert raises ValueError, which names the row and the column."""
    header, *rows = csv_table(call["csv_text"])
    bad_places = [
        f"row {number}, column {column}"
        for number, row in enumerate(rows, 1)
        for column, field in zip(header, row, strict=True)
        if field in BAD[call["types"][column]]
    ]
    expected = f"ValueError: {bad_places[0]}" if bad_places else "no error"
    assert ending_of_csv_to_json(call) == expected


@st.composite
def ragged_calls(draw):
    """Draw rows of which some have a field too many or too few, with blank lines between them."""
    width = draw(st.integers(1, 3))
    header = ["id", "name", "open"][:width]
    fields = st.sampled_from(["7", "", "two\nlines"])
    widths = st.sampled_from([width, width, width, width + 1, max(width - 1, 1)])
    rows = widths.flatmap(lambda count: st.lists(fields, min_size=count, max_size=count))
    lines = draw(st.lists(rows | st.just([]), max_size=4))
    return {"csv_text": draw(csv_texts(st.just([header, *lines]))), "types": {}}


@points(1)
@hint(
    "`call` holds the arguments of `csv_to_json`; of a message only the part before the colon is "
    "shown. Count the rows by hand: which lines are none, and which rows go over several lines? "
    "How many fields should each have?"
)
@given(call=ragged_calls())
def test_ragged_rows_are_refused(call):
    """A row with too many or too few fields raises ValueError, which names the row."""
    header, *rows = [row for row in csv_table(call["csv_text"]) if row]
    ragged = [number for number, row in enumerate(rows, 1) if len(row) != len(header)]
    assert ending_of_csv_to_json(call) == (f"ValueError: row {ragged[0]}" if ragged else "no error")


words = st.sampled_from(["é", "Zoë", "Straße", "日本", "id", "Мир", "😀"])


def outside_ascii(text):
    return sorted({character for character in text if not character.isascii()})


@points(1)
@hint(
    "A JSON text may say '\\u00e9' for an 'é', but then people cannot read it. Who decides which "
    "way it is written?"
)
@given(
    call=st.fixed_dictionaries(
        {"csv_text": csv_texts(tables(words, words, min_rows=1)), "types": st.just({})}
    )
)
def test_letters_stay_readable(call):
    """Characters outside ASCII stand in the JSON text as they are."""
    json_text = csv_to_json(call)
    assert json_value(json_text) == objects(call["csv_text"])
    seen = {"unescaped in the JSON text": outside_ascii(json_text)}
    assert seen == {"unescaped in the JSON text": outside_ascii(call["csv_text"])}


def json_calls(keys, values, names=names):
    """Draw columns, and the JSON text of objects with some of the keys that `keys` allows."""
    return st.lists(names, min_size=1, max_size=3, unique=True).flatmap(
        lambda columns: st.fixed_dictionaries(
            {
                "json_text": st.lists(
                    st.dictionaries(st.sampled_from([*columns, *keys]), values), max_size=3
                ).map(json.dumps),
                "columns": st.just(columns),
            }
        )
    )


def expected_table(call):
    """Return the table that `json_to_csv` should write."""

    def written(value):
        return SPECIAL.get(str(value), str(value))

    rows = json.loads(call["json_text"])
    return [
        call["columns"],
        *([written(found.get(column)) for column in call["columns"]] for found in rows),
    ]


SPECIAL = {"None": "", "True": "true", "False": "false"}
plain_values = st.sampled_from(["", "a", None, True, False, 0, 7, -3, 0.0, 2.5, 2.0])


@points(1)
@hint(
    "`call` holds the arguments of `json_to_csv`, and what it returned was read by the module "
    "`csv`; an empty list would be a line without any character. Which text does Python make of a "
    "value, and which one is asked for? Which values are false without being empty?"
)
@given(call=json_calls([], plain_values))
def test_values_are_written(call):
    """`json_to_csv` writes the columns in order, and a value of any type as its text."""
    got = csv_table(json_to_csv(call))
    assert got == expected_table(call)


@points(1)
@hint(
    "`call` holds the arguments of `json_to_csv`, and what it returned was read by the module "
    "`csv`. Which characters have a meaning in a CSV text, and how does a field hold them "
    "nevertheless?"
)
@given(call=json_calls([], awkward_texts | words, awkward_names | words))
def test_texts_are_written(call):
    """`json_to_csv` keeps commas, quotes, blanks, line breaks and letters of any language."""
    got = csv_table(json_to_csv(call))
    assert got == expected_table(call)


@points(1)
@hint(
    "`call` holds the arguments of `json_to_csv`. Which keys do the objects have that are no "
    "columns? And is a column that an object does not have an error?"
)
@given(call=json_calls(["extra"], st.sampled_from(["a", 7, None])))
def test_unknown_keys_are_refused(call):
    """A key that is not among the columns raises ValueError, a missing one does not."""
    unknown = any(set(found) - set(call["columns"]) for found in json.loads(call["json_text"]))
    got = ending_of_json_to_csv(call)
    assert got == ("ValueError" if unknown else "no error")
