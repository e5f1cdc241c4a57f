r'''# Between CSV and JSON

Level: Intermediate

Data often comes as CSV, where everything is text, and goes on as JSON, where numbers,
booleans and text are different things. You write both ways from one to the other. You
may add functions and constants of your own, and you may import from the standard
library.

## The two formats

A CSV text is a header line with the names of the columns, and then the data rows.

* Fields are separated by commas. Each row ends with `\n` or `\r\n`; at the end of the
  text this may be missing.
* A field can stand in double quotes. It must if there is a comma, a double quote or a
  line break in it. A double quote inside is doubled then: `"say ""hi"""`.
* A line break inside a field is `\n` or `\r\n`, and is kept as it is. Blanks are part
  of a field, too.
* Column names are text of any kind, and no two of them are equal.

Characters that are neither letters, digits, punctuation, emoji, blanks nor one of these
line breaks do not occur.

The JSON text is a list of objects, one for each data row, with the column names as
keys. The values are strings, ints, floats, booleans and null. Blanks and line breaks
between the values are up to you, and so is the order of the keys.

## `csv_to_json(csv_text, types)`

It returns the JSON text. `types` is a dict from column names to `'int'`, `'float'`,
`'bool'` or `'str'`. A column that is not in it is of type `'str'`. Names in `types`
that are no column have no effect.

| type | the field | becomes |
|---|---|---|
| `'int'` | what Python's `int` accepts: `7`, `-3`, `1_000` | that number |
| `'float'` | what Python's `float` accepts and is finite: `7`, `2.5`, `1e3` | a float |
| `'bool'` | `true` or `false`, in capitals, small letters or a mix | true or false |
| `'str'` | anything | a string, unchanged |

There may be blanks around an int or a float, as in `" 7"`, but not around a bool. A
float is written with a point or an exponent, so that `7` becomes `7.0`.

    >>> import json
    >>> csv_text = "id,name,open\n7,Zoë,TRUE\n,,\n"
    >>> json_text = csv_to_json(csv_text, {"id": "int", "open": "bool"})
    >>> json.loads(json_text)[0]
    {'id': 7, 'name': 'Zoë', 'open': True}
    >>> json.loads(json_text)[1]
    {'id': None, 'name': '', 'open': None}

* An empty field becomes null, but `''` if its type is `'str'`. A field of blanks is not
  empty.
* Characters outside ASCII stand in the JSON text as they are:

      >>> "Zoë" in json_text
      True

* A line without any character is no row; it is skipped and not counted. The first line
  is always the header. A row of empty fields, such as the last one above, is a row, and
  so is a line `""`, in a text with one column.
* A header without rows gives an empty list.

Two things raise `ValueError`, with a message that begins with the place and a colon:

* A field that does not convert to its type. `nan`, `inf` and `1e999` are no finite
  floats, and so belong here. The message begins with `row 2, column size:`, for
  example, with the number of the row and the name of the column.
* A row with too many or too few fields for the header. The message begins with
  `row 2:`. In such a row the fields do not matter.

The first data row has the number 1. Rows are counted, and not lines: a row that goes
over several lines is one row. If several things are wrong, the message is about the
first one: the first row, and in it the first column. What stands behind the colon is up
to you.

    >>> try:
    ...     csv_to_json('size,note\n1,"two\nlines"\n\nbig,\n', {"size": "float"})
    ... except ValueError as error:
    ...     print(str(error).split(":")[0])
    row 2, column size

In the tests that look at messages there is no colon in a column name.

## `json_to_csv(json_text, columns)`

It returns a CSV text. `json_text` is a JSON text as above, `columns` a list with at
least one name, all of them different. The header has these names in the given order,
and so have the rows.

* null gives an empty field, and so does a missing key.
* true and false give `true` and `false`; numbers are written as Python's `str` writes
  them (`7`, `2.5`, `7.0`); strings stay as they are.
* An object with a key that is not in `columns`, whatever its value, raises
  `ValueError`. The message is up to you.
* An empty list gives the header alone.
* There are no lines without any character. If there is one column, and its field is
  empty, then the line is `""`.
* You may use quotes where they are not needed, and `\n` or `\r\n` at the end of rows.

For example:

    >>> json_text = '[{"open": true, "id": 7}, {"name": "Zo\\u00eb, Al"}]'
    >>> for line in json_to_csv(json_text, ["id", "name", "open"]).splitlines():
    ...     print(line)
    id,name,open
    7,,true
    ,"Zoë, Al",
'''


def csv_to_json(csv_text: str, types: dict[str, str]) -> str:
    """Return the rows of a CSV text as JSON, with fields converted to their types."""
    raise NotImplementedError


def json_to_csv(json_text: str, columns: list[str]) -> str:
    """Return the objects of a JSON text as CSV, in the order of the columns."""
    raise NotImplementedError
