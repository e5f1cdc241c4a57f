"""# Tokens and dates

Level: Intermediate

A regular expression says in one line how a piece of text must look. In this exercise
you use some for two jobs that are tedious by hand: to take an expression apart, and to
find dates in a text and write them in another way. The module for it is `re`. You may
add functions and constants of your own, and you may import from the standard library.

Both functions take any string. In both tasks a *digit* is one of the ten characters 0
to 9, and a *letter* is one of a to z and A to Z. Characters such as `é`, `²` and `٣`
are neither.

## `tokenize(text)`: take an expression apart

The result is a list of tuples `(kind, text, start)`, in the order of the text: the kind
of the token, the token itself, and the index of its first character.

    >>> tokenize("x_1 <= 2**")
    [('name', 'x_1', 0), ('op', '<=', 4), ('number', '2', 7), ('op', '**', 8)]
    >>> tokenize("")
    []

There are three kinds of tokens:

* `'number'`: digits (`12`); or digits, a point and digits (`3.5`); or a point and
  digits (`.5`). Any of these can be followed by an exponent: an `e` or `E`, then a `+`
  or `-` or neither, then digits (`2e-3`, `.5E10`). A point at the end belongs to no
  number, and a sign in front does not either.
* `'name'`: letters, digits and `_`, at least one, and the first one is no digit.
* `'op'`: one of `+` `-` `*` `/` `**` `//` `(` `)` `<` `<=` `>` `>=` `==`.

Blanks, that is spaces and tabs, end a token and are skipped.

* At each place the longest text that is a token is taken: `a**-2` begins with `a` and
  `**`, and `1e5` is one number. Tokens need nothing between them. What stands next to
  each other may look odd: `2e` is the number `2` and the name `e`, `1.5.2` is the
  numbers `1.5` and `.2`, and `3x` is a number and a name.
* Where no token begins and no blank stands, `tokenize` raises `SyntaxError`. Its
  attribute `offset` is the index of that character in the text. If there are several
  such places, it is the first. (A single `=` is such a place, and so are the point in
  `7.` and the end of a line.)

      >>> try:
      ...     tokenize("total = 3 $")
      ... except SyntaxError as error:
      ...     print(error.offset)
      6

## `iso_dates(text)`: write dates in another way

A *date* is a day, a slash, a month, a slash and a year. Day and month have one or two
digits each, the year has exactly four. The result is the text with every date written
as year, month and day, joined by `-`, where month and day have two digits. All the rest
stays as it is.

    >>> iso_dates("From 1/2/2024 to 31/12/2024, on 05/6/2024 too.")
    'From 2024-02-01 to 2024-12-31, on 2024-06-05 too.'

* The day must be 1 to 31 and the month 1 to 12. (How long a month is does not matter:
  `31/2/2024` is a date.) What lies outside is left alone: `32/1/2024`, `1/13/2024`,
  `0/1/2024`.
* Next to a date there is neither a digit nor a slash, on either side. So there is no
  date in `1/2/20245`, in `111/2/2024`, or in `7/1/2/2024`. Any other character may
  touch it: there is one in `on1/2/2024_` and in `(1/2/2024)`, and there are two in
  `1/2/2024-3/4/2024`.

      >>> iso_dates("32/1/2024 7/1/2/2024 <1/2/2024>")
      '32/1/2024 7/1/2/2024 <2024-02-01>'
"""


def tokenize(text: str) -> list[tuple[str, str, int]]:
    """Return the tokens of an expression: the kind, the text and the start of each."""
    raise NotImplementedError


def iso_dates(text: str) -> str:
    """Return the text with its dates written as yyyy-mm-dd."""
    raise NotImplementedError
