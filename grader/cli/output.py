"""Where reports go (terminal or file), and what is said beside them on standard error."""

import contextlib
import errno
import os
import threading
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from types import TracebackType
from typing import Any

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from grader.errors import GraderError, UsageError
from grader.files import replace_file

Render = Callable[[Any], str | Text]
"""Writes one thing to report: as styled text, or as it stands."""


class Output:
    """Takes what is to be reported, bit by bit; a file is written whole in the end, or not."""

    def __init__(self, render: Render, file: Path | None) -> None:
        self._render = render
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

    def add(self, item: Any) -> None:
        """Report one thing."""
        text = self._render(item)
        if isinstance(text, str):
            self._write(text)
        else:
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


@contextlib.contextmanager
def counting(what: str) -> "Iterator[Counter]":
    """Show on a terminal how many tasks are done of how many, until the block ends."""
    counter = Counter(what)
    counter.show()
    try:
        yield counter
    finally:
        counter.hide()


class Counter:
    """Counts tasks, and can show on a terminal how many are done of how many."""

    def __init__(self, what: str) -> None:
        """Have nothing to count yet; `what` says in a word what has become of those done."""
        columns = (SpinnerColumn(), MofNCompleteColumn(), TextColumn(what), TimeElapsedColumn())
        console = Console(stderr=True)
        self._progress = Progress(*columns, console=console, transient=True)
        self._can_be_shown = console.is_interactive
        self._task = self._progress.add_task(what, total=0)
        self._lock = threading.Lock()
        self._total = 0

    def __call__(self, change: int) -> None:
        """Take in +1 for a task that is begun, -1 for one that is done; any thread may call it."""
        if change < 0:
            self._progress.advance(self._task)
            return
        with self._lock:
            self._total += 1
            self._progress.update(self._task, total=self._total)

    def show(self) -> None:
        """Show the count on standard error, where that is a terminal."""
        if self._can_be_shown:
            self._progress.start()

    def hide(self) -> None:
        """Take the count away."""
        if self._can_be_shown:
            self._progress.stop()

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        """Take the count away for a block that writes, which would else go on in its line."""
        self.hide()
        try:
            yield
        finally:
            self.show()


def check_writable(file: Path) -> None:
    """Raise UsageError, before anything is graded, when a file will not be written in the end."""
    folder = file.resolve().parent
    if not folder.is_dir():
        raise UsageError(f"{file} cannot be written: its folder does not exist")
    if not os.access(file if _is_special(file) else folder, os.W_OK):
        raise UsageError(f"{file} cannot be written: {os.strerror(errno.EACCES)}")


def write_whole(file: Path, text: str) -> None:
    """Write a text in UTF-8 as `write_bytes` does."""
    write_bytes(file, text.encode("utf-8"))


def write_bytes(file: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or what was there before.

    A link stays a link. What is no regular file (/dev/stdout, a named pipe) is written to.

    Raises:
        UsageError: when it cannot be written.
        GraderError: when its disk is full.
    """
    try:
        if _is_special(file):
            file.write_bytes(content)
        else:
            replace_file(file, content)
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        kind = GraderError if is_full else UsageError
        raise kind(f"{file} cannot be written: {error.strerror}") from None


def _is_special(file: Path) -> bool:
    # Path.exists raises for a name that is too long; os.path.exists says no.
    return os.path.exists(file) and not os.path.isfile(file)
