"""Makes a text harmless in a cell of a spreadsheet, where it could be taken for a formula."""

import re

# The most that Excel keeps; Python's csv module, too, refuses cells that are much longer.
# https://support.microsoft.com/office/excel-specifications-and-limits
MAX_CELL_CHARACTERS = 32_767

_CUT = " ... (cut)"
# What a formula begins with, in the forms of East Asian keyboards, too. Some programs look past
# blanks, and one that takes another sign for the end of a cell begins a new one there.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile("(^|[;,|])( *)(?=[=+@＝＋－＠-])")  # noqa: RUF001


def inert_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet computes, on one line and without controls.

    A ' stands before whatever could begin a formula. Tabs and line breaks become blanks. Characters
    that cannot be printed are left out, among them those that turn the direction of writing, and
    lone surrogates, which no encoding takes. What is longer than MAX_CELL_CHARACTERS is cut.
    Numbers need none of this: a cell that is meant to be one is written as a number.
    """
    cell = _FORMULA.sub(r"\1\2'", "".join(map(_printable, text)))
    if len(cell) <= MAX_CELL_CHARACTERS:
        return cell
    return cell[: MAX_CELL_CHARACTERS - len(_CUT)] + _CUT


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else ""
