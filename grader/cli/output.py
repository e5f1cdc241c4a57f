"""Where reports go (terminal or file), and what is said beside them on standard error."""

import contextlib
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
        if file is not None and not file.absolute().parent.is_dir():
            raise UsageError(f"{file} cannot be written: its folder does not exist")

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


def write_whole(file: Path, text: str) -> None:
    """Write a file so that a reader sees all of it or what was there before.

    Raises:
        UsageError: when it cannot be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
        with open(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.chmod(name, 0o644)
        os.replace(name, file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
