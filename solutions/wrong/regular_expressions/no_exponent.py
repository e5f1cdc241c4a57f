# Mistake: numbers have no exponent, so `2e1` is a number and a name. Caught by: test_tokens_between_blanks
"""Two jobs for regular expressions: the tokens of an expression, and the dates in a text."""

import re

# Of two operators where one begins with the other, the longer one stands first.
TOKEN = re.compile(
    r"""
    (?P<number> (?: [0-9]+ (?: \.[0-9]+ )? | \.[0-9]+ ) )
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
    if 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
        return f"{year}-{month:0>2}-{day:0>2}"
    return match[0]
