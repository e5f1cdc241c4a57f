"""The pytest plugin object that runs the hidden tests of one file against one submission.

It is the same under `pytest hidden/test_NAME.py` and under `grade`: before each test it starts a
fresh process of the submission, while the test runs it answers the scenarios' questions, and
afterwards it puts on record what became of the test.
"""

import ast
import contextlib
import functools
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

import hypothesis
import pytest

from grader import messages
from grader.bank import Exercise
from grader.judge.examples import FAILURES, FailingExample, Watch
from grader.judge.explain import Recall
from grader.judge.foresight import Foreseen
from grader.judge.recorder import Recorder, RecordingStage
from grader.judge.recording import Recording
from grader.judge.replay import OnlyLive, replay
from grader.judge.session import Ended, Script, Session
from grader.judge.verdict import Finding, failure_of_the_machine, judge_exception
from grader.outcomes import Fault, Outcome
from grader.results import TestRecord
from grader.submission import Submission
from grader.testing import AuthoringError, Captured, Mismatch, Question, Scenario, on_stage

PROFILE = "grader"
# More than one assertion asks; few, since an answer may have a megabyte.
REMEMBERED_ANSWERS = 20


def load_hypothesis_profile(shrink: bool) -> None:
    """Make Hypothesis judge: no clock, no memory of earlier runs, one counterexample.

    No health checks either: they look at how long examples take and how many are thrown away,
    which a submission could steer. The phase "explain" is left out, since it tries many more
    examples after the smallest has been found.
    """
    phase = hypothesis.Phase
    last = (phase.shrink,) if shrink else ()
    hypothesis.settings.register_profile(
        PROFILE,
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=(phase.explicit, phase.generate, phase.target, *last),
    )
    hypothesis.settings.load_profile(PROFILE)


class SubmissionStage:
    """What hidden tests may ask of one submission: answers by its session, text by its file."""

    def __init__(self, session: Session, submission: Submission) -> None:
        self._session = session
        self._submission = submission
        self._answers: deque[tuple[Question, Captured]] = deque(maxlen=REMEMBERED_ANSWERS)

    def ask(self, question: Question) -> Captured:
        """Put a question to the submission."""
        answer = self._session.ask(question)
        self._answers.append((question, answer))
        return answer

    def recall(self, question: Question) -> Captured:
        """Return the last answer to a question; raises LookupError when it is forgotten."""
        answers: list[Captured] = [answer for asked, answer in self._answers if asked == question]
        return answers[-1]

    def source(self) -> str:
        """Return the text of the main file."""
        return self._submission.text()

    def tree(self) -> ast.Module:
        """Return the syntax tree of the main file; raises Ended where there is none."""
        try:
            return ast.parse(self.source())
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            message = messages.syntax_error(str(error), 0, 0, "")
            raise Ended(Outcome.DOES_NOT_LOAD, message) from None


@dataclass(frozen=True)
class Examples:
    """Where a test's examples come from, and whether the smallest that fails is looked for."""

    recording: Recording = field(default_factory=lambda: Recording({}))
    recorder: Recorder | None = None
    shrink: bool = True


class Collection:
    """Lets pytest understand one file of hidden tests; runs nothing."""

    def __init__(self, exercise: Exercise, shrink: bool) -> None:
        self._exercise = exercise
        self._shrink = shrink

    def pytest_configure(self, config: pytest.Config) -> None:
        """Declare the marks of `grader.testing`."""
        config.addinivalue_line("markers", "points(number): what a hidden test is worth")
        config.addinivalue_line("markers", "hint(text): what helps a student who fails the test")

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makemodule(self, module_path: Path) -> None:
        """Set Hypothesis up before the file's decorators take its settings."""
        if is_hidden_test(module_path, self._exercise):
            load_hypothesis_profile(self._shrink)


@functools.cache
def is_hidden_test(path: Path, exercise: Exercise) -> bool:
    """Tell whether a file is the one with the hidden tests of an exercise."""
    return path.resolve() == exercise.hidden_test.resolve()


class HiddenTests:
    """Runs one file of hidden tests; `record` is told of each test as soon as it is known."""

    def __init__(
        self,
        exercise: Exercise,
        submission: Submission,
        session: Session,
        record: Callable[[TestRecord], None],
        examples: Examples | None = None,
    ) -> None:
        self._exercise = exercise
        self._session = session
        self._stage = SubmissionStage(session, submission)
        self._record = record
        self._examples = examples or Examples()
        self._begun: tuple[pytest.Function, BaseException | None] | None = None

    def owns(self, path: Path) -> bool:
        """Tell whether a file is the one with the hidden tests."""
        return is_hidden_test(path, self._exercise)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Run one test with a fresh process of the submission."""
        if not isinstance(item, pytest.Function) or not self.owns(item.path):
            return (yield)
        watch = item.stash[_WATCH] = Watch()
        with self._test(item), watch.on(item.obj), self._recorded(item):
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Try recorded examples in the place of new ones; None where there are none for a test.

        Nothing is run where the submission has answered exactly as the reference.
        """
        if not self.owns(pyfuncitem.path):
            return None
        if self._session.answers_like_reference():
            return True
        test = self._examples.recording.test(name_of(pyfuncitem))
        if not test.examples:
            return None
        try:
            replay(pyfuncitem.obj, test.decoded)
        except OnlyLive:
            self._start_again(pyfuncitem)
            pyfuncitem.obj()
        except FAILURES as error:
            if not self._examples.shrink or failure_of_the_machine(error):
                raise
            # Up to the example that has failed, Hypothesis will draw the same.
            self._start_again(pyfuncitem, self._session.asked)
            pyfuncitem.obj()
            raise Mismatch(messages.inconsistent()) from None
        return True

    def _recorded(self, item: pytest.Function) -> contextlib.AbstractContextManager[None]:
        """Take down the test in the block, where that is wanted."""
        recorder = self._examples.recorder
        if recorder is None:
            return contextlib.nullcontext()
        return recorder.on(name_of(item), item, lambda: self._session.waited_seconds)

    def _start_again(self, item: pytest.Function, known: int = 0) -> None:
        """Give a test another fresh process, as if it had not begun; ask the known questions."""
        item.stash[_WATCH].forget()
        self._session.end_test()
        foreseen = self._foreseen(item).first(known)
        self._session.begin_test(script_of(item.module, self._exercise), foreseen)

    def _foreseen(self, item: pytest.Function) -> Foreseen:
        return self._examples.recording.test(name_of(item)).foreseen

    def passes_at_once(self, item: pytest.Function) -> bool:
        """Tell whether a test passes by what the submission has answered, and put it on record.

        Where it does not, it has begun, and has to be run by pytest before any other one. Only for
        a test that pytest would do nothing for but call it (`is_bare`).
        """
        start = time.perf_counter()
        try:
            self._begin(item)
        except (Exception, Ended) as error:  # which is raised once more where pytest sees it
            self._begun = item, error
            return False
        if not self._session.answers_like_reference():
            self._begun = item, None
            return False
        self._session.end_test()
        seconds = round(time.perf_counter() - start, 4)
        title, points = title_of(item), points_of(item)
        self._record(TestRecord(name_of(item), title, points, Outcome.PASSED, seconds=seconds))
        return True

    def _begin(self, item: pytest.Function) -> None:
        """Begin a test, unless `passes_at_once` has."""
        begun, self._begun = self._begun, None
        if begun is not None and begun[0] is item:
            if begun[1] is not None:
                raise begun[1]
            return
        if item.get_closest_marker("xfail"):
            raise AuthoringError("the hidden test is marked xfail, which is not passing")
        _use_seed(item, self._session.seed)
        script = script_of(item.module, self._exercise)
        self._session.begin_test(script, self._foreseen(item))
        self._session.hurry()

    @contextlib.contextmanager
    def _test(self, item: pytest.Function) -> Iterator[None]:
        self._begin(item)
        recorder = self._examples.recorder
        stage = self._stage if recorder is None else RecordingStage(self._stage, recorder)
        try:
            with on_stage(stage):
                yield
        finally:
            self._session.end_test()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Put a test on record once it has been called, or could not be set up."""
        report = yield
        if not isinstance(item, pytest.Function) or not self.owns(item.path):
            return report
        if call.when == "call" or (call.when == "setup" and call.excinfo is not None):
            self._record(record_of(item, call, self._stage.recall))
        return report


_WATCH = pytest.StashKey[Watch]()


def is_bare(item: pytest.Item) -> TypeGuard[pytest.Function]:
    """Tell whether pytest does nothing for a test but call it: no fixtures, no marks of its own."""
    return (
        isinstance(item, pytest.Function)
        and isinstance(item.parent, pytest.Module)
        and not item.fixturenames
        and all(mark.name in ("points", "hint") for mark in item.iter_markers())
    )


def script_of(module: Any, exercise: Exercise) -> Script:
    """Return what the worker is told of a test file: nothing of it but its scenarios."""
    scenarios = [value for value in vars(module).values() if isinstance(value, Scenario)]
    preload = exercise.preload
    if any(scenario.is_async for scenario in scenarios):
        preload = (*preload, "asyncio")
    sources = {scenario.name: scenario.source for scenario in scenarios}
    return Script(exercise.module, sources, preload)


def record_of(item: pytest.Function, call: pytest.CallInfo[None], recall: Recall) -> TestRecord:
    """Return the record of a test that has been called."""
    example = FailingExample((), BaseException())
    finding = Finding(Outcome.PASSED, "")
    if call.excinfo is not None:
        error = call.excinfo.value
        watch = item.stash.get(_WATCH, None)
        example = watch.example_for(error) if watch else FailingExample((), error)
        finding = judge_exception(_decisive(error, example), str(item.path), recall)
    is_theirs = finding.outcome.fault is Fault.SUBMISSION
    return TestRecord(
        name=name_of(item),
        title=title_of(item),
        max_points=points_of(item),
        outcome=finding.outcome,
        message=finding.message,
        counterexample=example.arguments if is_theirs else (),
        got=finding.comparison.got,
        expected=finding.comparison.expected,
        frames=finding.frames,
        hint=hint_of(item) if is_theirs else "",
        seconds=round(call.duration, 4),
        example=example.encoded if is_theirs else "",
    )


def _decisive(error: BaseException, example: FailingExample) -> BaseException:
    """Return which of two says what became of the test.

    A search for a smaller example that was cut short (by a hang, say) does not change that an
    example had failed before.
    """
    cut_short = not isinstance(error, Exception)
    return example.error if cut_short and isinstance(example.error, Exception) else error


def name_of(item: pytest.Item) -> str:
    """Return a test's name in its file: two classes may have methods of one name."""
    return item.nodeid.partition("::")[2]


def title_of(item: pytest.Function) -> str:
    """Return a test's title for students: its docstring's first line, else its name in words."""
    text = (getattr(item.function, "__doc__", None) or "").strip()
    if not text:
        return item.originalname.removeprefix("test_").replace("_", " ")
    return str(text.splitlines()[0])


def points_of(item: pytest.Item) -> int:
    """Return the points that there are to earn."""
    marker = item.get_closest_marker("points")
    return int(marker.args[0]) if marker else 1


def hint_of(item: pytest.Item) -> str:
    """Return the author's hint, or ""."""
    marker = item.get_closest_marker("hint")
    return str(marker.args[0]) if marker else ""


def _use_seed(item: pytest.Function, seed: int) -> None:
    if hasattr(item.function, "hypothesis"):
        hypothesis.seed(seed)(item.function)
