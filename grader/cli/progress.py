"""Shows how far a batch is: a live line on a terminal, plain lines now and then without one."""

import time
from collections import Counter
from collections.abc import Mapping
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from grader.batch.task import Done, Task
from grader.results import Verdict

NOT_GRADED = "not graded"

Words = Mapping[Verdict, str]
"""What is said of a task that came to a verdict."""

FIRST_LOOK: Words = {
    Verdict.ALL_POINTS: "all points",
    Verdict.NOT_ALL_POINTS: "not all points",
    Verdict.NOT_GRADED: NOT_GRADED,
}
SECOND_LOOK: Words = {
    Verdict.ALL_POINTS: "as before",
    Verdict.NOT_ALL_POINTS: "with fewer points",
    Verdict.NOT_GRADED: "left as before",
}
_LINE_SECONDS = 15.0


def word_for(done: Done, words: Words = FIRST_LOOK) -> str:
    """Return what has become of a task, in a word or two."""
    return words[done.result.verdict if done.result else Verdict.NOT_GRADED]


class BatchProgress:
    """Counts what is done, running and left, and says so on standard error."""

    def __init__(self, what: str, total: int, width: int, words: Words = FIRST_LOOK) -> None:
        """Begin to count.

        Args:
            what: what is being done, in a word ("graded").
            total: how many tasks there are.
            width: how many can run at a time.
            words: what is said of those that are done.
        """
        self._words = words
        self._what = what
        self._total = total
        self._width = width
        self._started = 0
        self._outcomes: Counter[str] = Counter()
        self._begin = time.monotonic()
        self._last_line = self._begin
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        columns = (BarColumn(20), MofNCompleteColumn(), TextColumn("{task.description}"))
        self._bar = Progress(*columns, console=self._console, transient=True)
        self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> "BatchProgress":
        if self._console.is_interactive:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._console.is_interactive:
            self._bar.stop()
        elif self._done:
            self._say(self.sentence())

    def started(self, task: Task) -> None:
        """Take in that a task was handed out."""
        self._started += 1
        self._show()

    def done(self, done: Done) -> None:
        """Take in that a task is done, with its grade stored."""
        self._outcomes[word_for(done, self._words)] += 1
        self._show()

    @property
    def _done(self) -> int:
        return self._outcomes.total()

    def sentence(self) -> str:
        """Return all that is known, in a line: "12 of 40 graded, 2 running, 26 left, ..."."""
        running = min(self._width, self._started - self._done)
        left = self._total - self._done - running
        parts = [f"{self._done} of {self._total} {self._what}"]
        if running or left:
            parts.append(f"{running} running, {left} left")
        parts.append(self._pace(running + left))
        if self._outcomes:
            parts.append(", ".join(f"{count} {word}" for word, count in self._outcomes.items()))
        return "; ".join(part for part in parts if part)

    def _pace(self, to_do: int) -> str:
        seconds = time.monotonic() - self._begin
        if not self._done or seconds < 1:
            return ""
        rate = self._done / seconds
        pace = f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.0f} a minute"
        return f"{pace}, {_duration(to_do / rate)} to go" if to_do else f"{pace}"

    def _show(self) -> None:
        if self._console.is_interactive:
            self._bar.update(self._task, completed=self._done, description=self.sentence())
        elif time.monotonic() - self._last_line >= _LINE_SECONDS:
            self._last_line = time.monotonic()
            self._say(self.sentence())

    def _say(self, sentence: str) -> None:
        self._console.print(Text(sentence))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
