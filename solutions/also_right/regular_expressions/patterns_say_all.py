# Also right: a pattern for each kind of token, of which the longest match is taken, and the ranges of day and month stand in the pattern itself.
import re

OPERATORS = "+ - * / ** // ( ) < <= > >= ==".split()

KINDS = [
    ("number", re.compile(r"(\d+(\.\d+)?|\.\d+)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)),
    ("name", re.compile(r"(?!\d)\w+", re.ASCII)),
    ("op", re.compile("|".join(sorted(map(re.escape, OPERATORS), key=len, reverse=True)))),
    ("", re.compile("[ \t]")),
]

DATE = re.compile(
    r"(?<![\d/])(?:0?([1-9])|([12]\d|3[01]))/(?:0?([1-9])|(1[0-2]))/(\d{4})(?![\d/])", re.ASCII
)


class UnknownCharacter(SyntaxError):
    def __init__(self, text, index):
        super().__init__(f"unknown character {text[index]!r}")
        self.offset = index


def longest(text, index):
    found = [(pattern.match(text, index), kind) for kind, pattern in KINDS]
    candidates = [(match.end(), kind) for match, kind in found if match]
    if not candidates:
        raise UnknownCharacter(text, index)
    return max(candidates)


def tokenize(text, index=0):
    tokens = []
    while index != len(text):
        end, kind = longest(text, index)
        if kind:
            tokens += [(kind, text[index:end], index)]
        index = end
    return tokens


def iso_dates(text):
    def iso(match):
        day, long_day, month, long_month, year = match.groups()
        return f"{year}-{long_month or '0' + month}-{long_day or '0' + day}"

    return re.sub(DATE, iso, text)
