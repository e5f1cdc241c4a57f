"""Finds the cells of a CSV file by their bytes, so that one can be changed and nothing else."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.errors import UsageError
from grader.messages import inert_line

_BOM = codecs.BOM_UTF8
_LINE_END = re.compile(rb"\r\n|\r|\n")
_QUOTED = re.compile(rb'"[^"]*+(?:""[^"]*+)*+"')


@dataclass(frozen=True)
class Cell:
    """One cell: where it stands in the file's bytes, quotes included, and what it says."""

    start: int
    end: int
    text: str
    is_quoted: bool = False


@dataclass(frozen=True)
class Table:
    """A CSV file: its bytes, the sign between its cells, and its rows.

    A blank line is a row of one empty cell. Between two cells of a row there is the delimiter,
    between two rows a line end, and in front of the first there may be a byte order mark.
    """

    content: bytes
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]

    def replaced(self, texts: Mapping[Cell, str]) -> bytes:
        """Return the file with other texts in these cells, and every other byte as it was.

        A cell keeps its quotes, and gets some where its new text needs them.
        """
        parts: list[bytes] = []
        done = 0
        for cell in sorted(texts, key=lambda cell: cell.start):
            parts += self.content[done : cell.start], self._written(texts[cell], cell)
            done = cell.end
        return b"".join([*parts, self.content[done:]])

    def _written(self, text: str, cell: Cell) -> bytes:
        if cell.is_quoted or any(sign in text for sign in (self.delimiter, '"', "\r", "\n")):
            text = '"' + text.replace('"', '""') + '"'
        return text.encode()


def read_table(content: bytes, file: str, delimiters: str = ",;\t") -> Table:
    """Find the cells of a CSV file in UTF-8. `file` is its name for people.

    The sign between cells is the one of `delimiters` that parts the first line most often.

    Raises:
        UsageError: when it is not quite sure where a cell begins and ends, or what it says.
    """
    _check_text(content, file)
    start = len(_BOM) if content.startswith(_BOM) else 0
    delimiter = _delimiter(content, start, delimiters, file)
    return Table(content, delimiter, _rows(content, start, delimiter, file))


def _check_text(content: bytes, file: str) -> None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UsageError(f"{file} is in UTF-16; it must be the course system's CSV, in UTF-8")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_of(content, error.start)
        raise UsageError(
            f"{file}:{line} is not UTF-8; take the file as the course system exports it"
        ) from None
    if b"\0" in content:
        line = _line_of(content, content.index(b"\0"))
        raise UsageError(f"{file}:{line} has a NUL byte; is it the course system's CSV?")


def _delimiter(content: bytes, start: int, delimiters: str, file: str) -> str:
    counts = {}
    for sign in delimiters:
        try:
            counts[sign] = len(_row(content, start, sign, file, 1)[0])
        except UsageError:  # quotes that end at another sign
            continue
    return max(counts, key=lambda sign: counts[sign], default=delimiters[0])


def _rows(content: bytes, start: int, delimiter: str, file: str) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    line = 1
    while start < len(content):
        row, end = _row(content, start, delimiter, file, line)
        rows.append(row)
        line += len(_LINE_END.findall(content, start, end))
        start = end
    return tuple(rows)


def _row(
    content: bytes, start: int, delimiter: str, file: str, line: int
) -> tuple[tuple[Cell, ...], int]:
    """Return the cells of the row that begins at `start`, and where the next one begins."""
    cells = []
    separator = delimiter.encode()
    while True:
        cell = _cell(content, start, separator, f"{file}:{line}")
        cells.append(cell)
        if content.startswith(separator, cell.end):
            start = cell.end + len(separator)
            continue
        line_end = _LINE_END.match(content, cell.end)
        return tuple(cells), line_end.end() if line_end else cell.end


def _cell(content: bytes, start: int, separator: bytes, place: str) -> Cell:
    if content.startswith(b'"', start):
        return _quoted_cell(content, start, separator, place)
    end = re.compile(rb"[\r\n" + separator + rb"]").search(content, start)
    stop = end.start() if end else len(content)
    raw = content[start:stop]
    if b'"' in raw:
        shown = inert_line(raw.decode())[:40]
        raise UsageError(
            f"{place}: a quote stands in the middle of the cell {shown}; mend it there"
        )
    return Cell(start, stop, raw.decode())


def _quoted_cell(content: bytes, start: int, separator: bytes, place: str) -> Cell:
    match = _QUOTED.match(content, start)
    if not match:
        raise UsageError(f"{place}: a quote is opened and never closed; mend it there")
    stop = match.end()
    rest = content[stop : stop + 1]
    if rest not in (b"", b"\r", b"\n", separator):
        raise UsageError(
            f"{place}: a cell goes on behind its closing quote; mend it there, or export it anew"
        )
    text = match.group()[1:-1].replace(b'""', b'"').decode()
    return Cell(start, stop, text, is_quoted=True)


def _line_of(content: bytes, at: int) -> int:
    return len(_LINE_END.findall(content, 0, at)) + 1
