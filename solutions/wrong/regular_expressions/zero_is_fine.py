# Mistake: takes 0 as a day or month. Caught by: test_impossible_dates_stay
"""Two jobs for regular expressions: the tokens of an expression, and the dates in a text."""

import re

# Of two operators where one begins with the other, the longer one stands first.
TOKEN = re.compile(
    r"""
    (?P<number> (?: [0-9]+ (?: \.[0-9]+ )? | \.[0-9]+ ) (?: [eE] [+-]? [0-9]+ )? )
    | (?P<name> [A-Za-z_] [A-Za-z0-9_]* )
    | (?P<op> \*\* | // | <= | >= | == | [-+*/()<>] )
    | (?P<blank> [ \t]+ )
    """,
    re.VERBOSE,
)

DATE = re.compile(
    r"""
    (?<! [0-9/] )
    ([0-9]{1,2}) / ([0-9]{1,2}) / ([0-9]{4})
    (?! [0-9/] )
    """,
    re.VERBOSE,
)


def tokenize(text: str) -> list[tuple[str, str, int]]:
    """Return the tokens of an expression: the kind, the text and the start of each."""
    tokens = []
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            error = SyntaxError(f"no token begins with {text[position]!r}")
            error.offset = position
            raise error
        if match.lastgroup != "blank":
            tokens.append((match.lastgroup, match[0], position))
        position = match.end()
    return tokens


def iso_dates(text: str) -> str:
    """Return the text with its dates written as yyyy-mm-dd."""
    return DATE.sub(_iso_or_unchanged, text)


def _iso_or_unchanged(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    if int(day) <= 31 and int(month) <= 12:
        return f"{year}-{month:0>2}-{day:0>2}"
    return match[0]
