"""Reads the file of a catalogue into a document of plain tables, or says why it is no TOML."""

import codecs
import re
import tomllib
from pathlib import Path
from typing import Any

from grader.bank import printable
from grader.catalogue.words import shown
from grader.errors import BankError, Problem


def read_document(path: Path) -> dict[str, Any]:
    """Return the document in the file at `path`.

    Raises:
        BankError: with the one problem of a file that cannot be read, or is no TOML.
    """
    text = _text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, text, str(error)) from None
    except RecursionError:
        message = "nests lists or tables too deeply"
    except ValueError:
        # tomllib lets through what int() says of a number with more than 4300 digits.
        message = "holds a number with too many digits"
    raise _file_error(path, "whole file", "", message)


def _text(path: Path) -> str:
    try:
        # Editors on Windows put a byte order mark in front, which TOML does not know.
        content = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise _file_error(path, "whole file", "", f"cannot be read: {error.strerror}") from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = f"line {before.count(10) + 1}, byte {len(before) - before.rfind(10)}"
        value = f"byte 0x{content[error.start]:02x}"
        raise _file_error(path, place, value, "is not UTF-8; save the file as UTF-8") from None


def _syntax_error(path: Path, text: str, message: str) -> BankError:
    # Only Python 3.14 gives line and column as numbers; before, they end the message.
    match = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    lines = text.replace("\r\n", "\n").split("\n")
    if match is None:
        return _file_error(path, "whole file", "", message)
    line = int(match[1] or len(lines))
    column = int(match[2] or len(lines[-1]) + 1)
    sentence = printable(message[: match.start()])
    place = f"line {line}, column {column}"
    return _file_error(path, place, shown(lines[line - 1]), f"is not TOML: {sentence}")


def _file_error(path: Path, place: str, value: str, message: str) -> BankError:
    return BankError(printable(path), (Problem(place, value, message),))
