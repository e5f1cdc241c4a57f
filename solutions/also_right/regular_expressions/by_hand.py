# Also right: no regular expression at all; a scanner goes from character to character, and dates are looked for in runs of digits and slashes.
from itertools import groupby, takewhile
from string import ascii_letters, digits

TWO = {"**", "//", "<=", ">=", "=="}
ONE = set("+-*/()<>")


def run(text, start, allowed):
    """Return the end of the characters from `start` on that are allowed."""
    return start + len(list(takewhile(allowed.__contains__, text[start:])))


def end_of_number(text, start):
    end = run(text, start, digits)
    fraction = run(text, end + 1, digits)
    if text[end : end + 1] == "." and fraction > end + 1:
        end = fraction
    if end == start:
        return start
    if text[end : end + 1] in ("e", "E"):
        sign = end + 1
        if text[sign : sign + 1] in ("+", "-"):
            sign += 1
        exponent = run(text, sign, digits)
        if exponent > sign:
            end = exponent
    return end


def tokenize(text):
    tokens = []
    i = 0
    while i < len(text):
        if text[i] in " \t":
            i += 1
            continue
        if text[i] in ascii_letters + "_":
            kind, end = "name", run(text, i, ascii_letters + digits + "_")
        elif end_of_number(text, i) > i:
            kind, end = "number", end_of_number(text, i)
        elif text[i : i + 2] in TWO:
            kind, end = "op", i + 2
        elif text[i] in ONE:
            kind, end = "op", i + 1
        else:
            raise SyntaxError("unknown character", ("<text>", 1, i, text))
        tokens.append((kind, text[i:end], i))
        i = end
    return tokens


def iso_dates(text):
    result = ""
    for _, characters in groupby(text, key=lambda character: character in digits + "/"):
        part = "".join(characters)
        result += as_iso(part) or part
    return result


def as_iso(part):
    numbers = part.split("/")
    if len(numbers) != 3:
        return None
    day, month, year = numbers
    if not (1 <= len(day) <= 2 and 1 <= len(month) <= 2 and len(year) == 4):
        return None
    if not (0 < int(day) < 32 and 0 < int(month) < 13):
        return None
    return "-".join((year, month.rjust(2, "0"), day.rjust(2, "0")))
