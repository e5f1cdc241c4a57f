"""Shows a file of a student's in a page: highlighted, numbered, and with nothing hidden in it."""

import re
from dataclasses import dataclass

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers.python import PythonLexer
from pygments.lexers.special import TextLexer

from grader.messages import inert, inert_line

MAX_LINES = 2000
MAX_CHARACTERS = 64 * 1024

# The lexer takes time that grows with the square of a run of blanks: minutes, for a hostile file.
_MANY_BLANKS = re.compile(r"\s{200}")


@dataclass(frozen=True)
class Source:
    """A file as a page shows it.

    `html` is one <div> with a <pre>; the element of line N has the id ANCHOR-N. `lines` counts
    those that are shown, `left_out` says in a sentence what is not shown, or is "".
    """

    name: str
    html: str
    anchor: str
    lines: int
    left_out: str = ""


def show_source(name: str, content: bytes, anchor: str) -> Source:
    """Return a file as HTML, with everything that is not printable made visible.

    Bytes that are no UTF-8 become escapes such as \\xff, control characters and those that change
    the direction of text as in `grader.messages.inert`. Lines are those that Python counts.
    At most MAX_LINES and MAX_CHARACTERS of a file are shown.

    `anchor` is to be fit for an attribute `id`, and another for each file of a page.
    """
    whole = _text_of(content)
    shown = _first_part(whole)
    formatter = HtmlFormatter(linenos="inline", linespans=anchor, cssclass="source", wrapcode=True)
    html = highlight(shown, _lexer_for(name, shown), formatter)
    return Source(inert_line(name), html, anchor, _count_lines(shown), _left_out(whole, shown))


def _text_of(content: bytes) -> str:
    """Return a file's text with the line ends that Python knows, all written as line feeds."""
    text = content.decode("utf-8-sig", errors="backslashreplace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_part(whole: str) -> str:
    """Return so much of a text as is shown, inert."""
    lines = whole[:MAX_CHARACTERS].split("\n")[:MAX_LINES]
    return inert("\n".join(lines))[:MAX_CHARACTERS]


def _lexer_for(name: str, shown: str) -> Lexer:
    is_python = name.endswith(".py") and not _MANY_BLANKS.search(shown)
    # Blank lines at the beginning and the end are kept, or else the numbers would be wrong.
    return PythonLexer(stripnl=False) if is_python else TextLexer(stripnl=False)


def _left_out(whole: str, shown: str) -> str:
    if shown in (inert(whole), inert(whole).removesuffix("\n")):
        return ""
    total = _count_lines(whole)
    return f"The file is too long to be shown whole: it has {total} lines, and this is its start."


def _count_lines(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n"))
