# Also right: one `finditer` with a group for whatever fits nothing, and `split` instead of `sub` for the dates.
import re

TOKENS = re.compile(
    "([0-9]+[.][0-9]+(?:[eE][+-]?[0-9]+)?|[.]?[0-9]+(?:[eE][+-]?[0-9]+)?)"
    "|([a-zA-Z_][a-zA-Z_0-9]*)"
    "|([*][*]?|//?|[<>]=?|==|[-+()])"
    "|([^ \t])"
)


def tokenize(text):
    result = []
    for match in TOKENS.finditer(text):
        kind = ("number", "name", "op", None)[match.lastindex - 1]
        if kind is None:
            problem = SyntaxError("cannot read this")
            problem.offset = match.start()
            raise problem
        result.append((kind, match.group(), match.start()))
    return result


def iso_dates(text):
    parts = re.split("([0-9/]+)", text)  # every second part is digits and slashes
    for number in range(1, len(parts), 2):
        match = re.fullmatch("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", parts[number])
        if match:
            day, month, year = map(int, match.groups())
            if day in range(1, 32) and month in range(1, 13):
                parts[number] = f"{year:04}-{month:02}-{day:02}"
    return "".join(parts)
