"""Takes down what the reference is judged by: the examples, the questions, the time.

What becomes of it is in `grader.judge.recording`.
"""

import ast
import contextlib
import functools
import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis.errors import UnsatisfiedAssumption

from grader.files import replace_file
from grader.inside.wire import WireError, encode
from grader.judge.certainty import Exchange, certain_questions
from grader.judge.foresight import write_answer, write_question
from grader.judge.recording import Example
from grader.testing import Captured, Question, Raised, Stage

_NO_ARGUMENTS = encode({}).decode("ascii")


@dataclass
class _Notes:
    """What is taken down of one test: its examples, None once they cannot be kept."""

    examples: list[str] | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    reads_text: bool = False  # of the submission, which is no answer

    @property
    def example(self) -> int:
        """The number of the example that is being tried, from 0."""
        return len(self.examples) - 1 if self.examples else 0


class Recorder:
    """Takes down each test while the reference is judged; all of it is the stage's."""

    def __init__(self) -> None:
        self._tests: dict[str, Mapping[str, Any]] = {}
        self._notes = _Notes()

    @contextlib.contextmanager
    def on(self, name: str, item: pytest.Function, seconds: Callable[[], float]) -> Iterator[None]:
        """Take down the test that runs inside the block.

        `seconds` is asked afterwards how long the submission kept it waiting.
        """
        self._notes = _Notes()
        with self._examples_of(item.obj):
            yield
        examples, exchanges = self._notes.examples, self._notes.exchanges
        replayable = not inspect.signature(item.obj).parameters
        certain: list[bool] = []
        if replayable and (examples is not None or not hasattr(item.obj, "hypothesis")):
            inputs = [_NO_ARGUMENTS] if examples is None else examples
            certain = certain_questions(item, inputs, exchanges)
        self._tests[name] = {
            "examples": examples,
            "questions": [write_question(one.question) for one in exchanges] if certain else [],
            "certain": certain,
            "answers": self._answers() if certain and all(certain) else [],
            "seconds": round(seconds(), 4),
        }

    @contextlib.contextmanager
    def _examples_of(self, function: Any) -> Iterator[None]:
        handle = getattr(function, "hypothesis", None)
        if handle is None or not _can_be_recorded(function):
            yield
            return
        self._notes.examples = []
        original = handle.inner_test
        handle.inner_test = self._recorded(original)
        try:
            yield
        finally:
            handle.inner_test = original

    def note(self, question: Question, reply: Captured | Raised) -> None:
        """Take down a question and what came of it."""
        self._notes.exchanges.append(Exchange(self._notes.example, question, reply))

    def note_reading(self) -> None:
        """Take down that the test has looked at the submission's text."""
        self._notes.reads_text = True

    def _answers(self) -> list[str]:
        """Return the answers if they alone decide about the test, and can be had once more.

        An exception shows the lines that it came from, which nobody else has.
        """
        replies = [one.reply for one in self._notes.exchanges]
        if self._notes.reads_text or any(isinstance(reply, Raised) for reply in replies):
            return []
        return [write_answer(reply) for reply in replies if isinstance(reply, Captured)]

    def write(self, file: Path) -> None:
        """Keep what was taken down; a file that cannot be written is done without."""
        content = json.dumps(self._tests).encode("ascii")
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file, content)

    def _recorded(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(inner)
        def recorded(*args: Any, **kwargs: Any) -> Any:
            self._take_down(kwargs)
            try:
                return inner(*args, **kwargs)
            except UnsatisfiedAssumption:
                self._notes.examples = None
                raise

        return recorded

    def _take_down(self, example: Example) -> None:
        if self._notes.examples is None:
            return
        try:
            text = encode(dict(example), plain_only=True).decode("ascii")
            self._notes.examples.append(text)
        except WireError:
            self._notes.examples = None


@dataclass(frozen=True)
class RecordingStage:
    """A stage that has everything taken down that is asked on it."""

    stage: Stage
    recorder: Recorder

    def ask(self, question: Question) -> Captured:
        """Put a question to the submission; raises Raised when the submission does."""
        try:
            answer = self.stage.ask(question)
        except Raised as error:
            self.recorder.note(question, error)
            raise
        self.recorder.note(question, answer)
        return answer

    def source(self) -> str:
        """Return the text of the submission's main file."""
        self.recorder.note_reading()
        return self.stage.source()

    def tree(self) -> ast.Module:
        """Return the syntax tree of the submission's main file."""
        self.recorder.note_reading()
        return self.stage.tree()


def _can_be_recorded(function: Any) -> bool:
    """Tell whether a test takes nothing but examples, and does not steer what is drawn."""
    steering = (hypothesis.target, hypothesis.currently_in_test_context)
    names = inspect.unwrap(function.hypothesis.inner_test).__globals__.values()
    return not inspect.signature(function).parameters and not any(
        value is one for value in names for one in steering
    )
