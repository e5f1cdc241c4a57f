"""Where reports go (terminal or file), and what is said beside them on standard error."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import TracebackType

import click
from rich.console import Console
from rich.text import Text

from grader.errors import UsageError
from grader.results import Result


class Output:
    """Takes results one by one; a file is written whole at the end, or not at all."""

    def __init__(self, report_format: str, file: Path | None) -> None:
        self._format = report_format
        self._file = file
        self._kept = StringIO()
        if file is not None:
            check_writable(file)

    def __enter__(self) -> "Output":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._file is not None and error is None:
            write_whole(self._file, self._kept.getvalue())

    def add(self, result: Result) -> None:
        """Report one result."""
        if self._format == "json":
            from grader.reports.json import render as render_json

            self._write(render_json(result))
        else:
            from grader.reports.text import render as render_text

            text = render_text(result)
            self._write(text.plain) if self._file is not None else print_text(text)

    def _write(self, text: str) -> None:
        if self._file is None:
            click.echo(text, nl=False)
        else:
            self._kept.write(text)


def print_text(text: Text) -> None:
    """Print styled text; long lines are left to the terminal, so that they can be copied."""
    Console(highlight=False, soft_wrap=True).print(text, end="")


def warn(sentence: str) -> None:
    """Say something on standard error that does not stop anything."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(
        Text.assemble(("warning: ", "yellow"), sentence)
    )


@contextlib.contextmanager
def working_on(what: str) -> Iterator[None]:
    """Show on a terminal that something is going on."""
    console = Console(stderr=True)
    with console.status(Text(what)) if console.is_terminal else contextlib.nullcontext():
        yield


def check_writable(file: Path) -> None:
    """Raise UsageError, before anything is graded, when a file will not be written in the end."""
    folder = file.resolve().parent
    if not folder.is_dir():
        raise UsageError(f"{file} cannot be written: its folder does not exist")
    if not os.access(file if _is_special(file) else folder, os.W_OK):
        raise UsageError(f"{file} cannot be written: {os.strerror(errno.EACCES)}")


def write_whole(file: Path, text: str) -> None:
    """Write a file so that a reader sees all of it or what was there before.

    A link stays a link. What is no regular file (/dev/stdout, a named pipe) is written to.

    Raises:
        UsageError: when it cannot be written.
    """
    try:
        if _is_special(file):
            file.write_text(text, encoding="utf-8")
        else:
            _replace(file.resolve(), text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None


def _is_special(file: Path) -> bool:
    # Path.exists raises for a name that is too long; os.path.exists says no.
    return os.path.exists(file) and not os.path.isfile(file)


def _replace(file: Path, content: bytes) -> None:
    """Put a new file into the place of `file`; with the old one's mode, or what umask leaves."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".grade-") as folder:
        new = Path(folder, file.name)
        new.write_bytes(content)
        if file.exists():
            new.chmod(file.stat().st_mode & 0o777)
        os.replace(new, file)
