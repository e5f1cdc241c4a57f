"""Recorded tests: what Hypothesis has drawn for the reference, and what the reference was asked.

Drawing examples takes most of a judge's time, and everybody who is graded with one seed gets the
same ones. So they are drawn once, while the reference is judged, and kept as plain data; for a
submission the test function is called with each of them in turn. That a submission passes them all
is what it would have been judged by, too. Where one fails, Hypothesis runs, with the same seed, and
finds the smallest one that does.

A test's examples are not kept, and Hypothesis always runs, where what is drawn may follow from an
answer or is no plain data: it draws while it runs, gives examples up (`assume`), aims (`target`),
takes what cannot be copied or what pytest gives it, or is a state machine.

Of a test whose examples are kept, and of one without any, the questions are kept, too
(`grader.judge.foresight`), and of every test the time that the reference took for it.
"""

import ast
import contextlib
import functools
import inspect
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import hypothesis
import pytest
from hypothesis.errors import HypothesisException, UnsatisfiedAssumption

from grader.files import replace_file
from grader.inside.wire import WireError, decode, encode
from grader.judge.certainty import Exchange, certain_questions
from grader.judge.foresight import Foreseen, write_question
from grader.testing import Captured, Question, Raised, Stage

Example = Mapping[str, Any]
"""The arguments of one call of a test function, by name."""

_NO_ARGUMENTS = encode({}).decode("ascii")


@dataclass
class _Notes:
    """What is taken down of one test: its examples, None once they cannot be kept."""

    examples: list[str] | None = None
    exchanges: list[Exchange] = field(default_factory=list)

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
        return self.stage.source()

    def tree(self) -> ast.Module:
        """Return the syntax tree of the submission's main file."""
        return self.stage.tree()


def _can_be_recorded(function: Any) -> bool:
    """Tell whether a test takes nothing but examples, and does not steer what is drawn."""
    steering = (hypothesis.target, hypothesis.currently_in_test_context)
    names = inspect.unwrap(function.hypothesis.inner_test).__globals__.values()
    return not inspect.signature(function).parameters and not any(
        value is one for value in names for one in steering
    )


@dataclass(frozen=True)
class RecordedTest:
    """One test: its examples in JSON, or None, and what is foreseen of it."""

    examples: tuple[str, ...] | None = None
    foreseen: Foreseen = field(default_factory=Foreseen)

    @functools.cached_property
    def decoded(self) -> list[Example]:
        """The examples, each to be used once, since a test may change what it is given."""
        return [_decoded(text) for text in self.examples or ()]


class Recording:
    """The recorded tests of one file of hidden tests."""

    def __init__(self, tests: Mapping[str, RecordedTest]) -> None:
        """Hold what `read_recording` has read."""
        self._tests = tests

    def test(self, name: str) -> RecordedTest:
        """Return what is known of a test, which may be nothing."""
        return self._tests.get(name, RecordedTest())

    def prepare(self) -> None:
        """Do now what every judge that is forked from this process would do."""
        for test in self._tests.values():
            _ = test.decoded, test.foreseen.keys, test.foreseen.runs


def read_recording(file: Path | None) -> Recording:
    """Return the recording that a `Recorder` wrote; an empty one where there is none to be read."""
    if file is None:
        return Recording({})
    try:
        tests = json.loads(file.read_bytes())
        os.utime(file)  # `grader.cache.prune` goes by it
    except (OSError, ValueError):
        return Recording({})
    return Recording({name: _recorded_test(test) for name, test in tests.items()})


def _recorded_test(data: Mapping[str, Any]) -> RecordedTest:
    examples = data.get("examples")
    return RecordedTest(
        examples=None if examples is None else tuple(examples),
        foreseen=Foreseen(
            texts=tuple(data.get("questions", ())),
            certain=tuple(data.get("certain", ())),
            seconds=data.get("seconds"),
        ),
    )


def write_examples(file: IO[str], examples: Mapping[str, Sequence[str]]) -> None:
    """Write a recording of nothing but some examples for some tests, as the wire writes them."""
    json.dump({name: {"examples": list(texts)} for name, texts in examples.items()}, file)
    file.flush()


def _decoded(payload: str) -> Example:
    example: Example = decode(payload.encode("ascii"))
    return example


class OnlyLive(Exception):  # noqa: N818 - no error, but how a replay says that it decides nothing
    """A recorded example cannot tell what becomes of the test; Hypothesis has to run."""


def replay(function: Any, examples: list[Example]) -> None:
    """Call a test function, made with `@given`, with recorded examples until one fails.

    Raises:
        OnlyLive: when the test has given an example up, or asked for Hypothesis.
        BaseException: what the test has raised, one of `examples.FAILURES` or what ends a test
            without a failing example, such as a timeout.
    """
    inner = function.hypothesis.inner_test
    for example in examples:
        random.seed(0)  # as Hypothesis does before each example
        try:
            inner(**example)
        except (HypothesisException, pytest.skip.Exception) as error:
            raise OnlyLive from error
