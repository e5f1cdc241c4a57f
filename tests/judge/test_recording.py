"""Recorded examples: what becomes of a test is the same with them and without them."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import messages
from grader.judge.grade import Plan, grade, recording_path
from grader.judge.recorder import Recorder
from grader.judge.recording import RecordedTest, read_recording
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Result, TestRecord
from grader.sandbox.choice import SandboxChoice
from grader.submission import read_submission
from judge.conftest import JudgeHere, WriteExercise, job_for
from judge.fakes import ActingSandbox

Answer = Callable[..., Any]


@dataclasses.dataclass
class BothWays:
    """Judges one file of hidden tests live and with the examples recorded for a reference."""

    write_exercise: WriteExercise
    judge_here: JudgeHere
    file: Path

    def record(self, tests: str, reference: Answer) -> dict[str, list[str] | None]:
        """Judge the reference; return the examples that were recorded of each test."""
        self.exercise = self.write_exercise(tests)
        job = dataclasses.replace(job_for(self.exercise), record_to=self.file)
        self.judge_here(self.exercise, ActingSandbox(reference), job)
        recorded = json.loads(self.file.read_text())
        return {name: test["examples"] for name, test in recorded.items()}

    def judge(
        self, answer: Answer, recording: Path | None, *, shrink: bool = True
    ) -> tuple[dict[str, TestRecord], list[tuple[Any, ...]]]:
        """Judge a submission; return the records without times, and the questions asked."""
        sandbox = ActingSandbox(answer)
        job = dataclasses.replace(
            job_for(self.exercise, limits=Limits(test_seconds=10)),
            recording=recording,
            shrink=shrink,
        )
        records = self.judge_here(self.exercise, sandbox, job).records
        timeless = {
            name: dataclasses.replace(record, seconds=0.0) for name, record in records.items()
        }
        return timeless, sandbox.calls

    def same(self, answer: Answer, *, shrink: bool = True) -> dict[str, TestRecord]:
        """Judge a submission both ways, which must come to the same; return the records."""
        live, _ = self.judge(answer, None, shrink=shrink)
        replayed, _ = self.judge(answer, self.file, shrink=shrink)
        assert replayed == live
        return live


@pytest.fixture
def both_ways(write_exercise: WriteExercise, judge_here: JudgeHere, tmp_path: Path) -> BothWays:
    return BothWays(write_exercise, judge_here, tmp_path / "recording.json")


def doubled(scenario: str, number: Any) -> Any:
    return 2 * number


DOUBLES = """
@example(number=12345)
@given(number=st.integers())
def test_it(number):
    assert ask(number) == 2 * number
"""


# What is recorded is replayed.


def test_a_submission_is_asked_what_the_reference_was_asked_and_in_the_same_order(
    both_ways: BothWays,
) -> None:
    recorded = both_ways.record(DOUBLES, doubled)
    live, live_calls = both_ways.judge(doubled, None)
    replayed, calls = both_ways.judge(doubled, both_ways.file)
    assert recorded["test_it"] is not None
    assert len(recorded["test_it"]) == len(calls)
    assert calls == live_calls
    assert calls[0] == (12345,)
    assert replayed == live


@pytest.mark.parametrize("shrink", [True, False])
@pytest.mark.parametrize(
    "answer",
    [
        lambda scenario, number: 3 * number,
        lambda scenario, number: 2 * number if number < 100 else 7,
        lambda scenario, number: number if number == 12345 else 2 * number,
        lambda scenario, number: 1 // 0,
        lambda scenario, number: [],
    ],
    ids=["all wrong", "large ones wrong", "the explicit one wrong", "raises", "another type"],
)
def test_a_wrong_submission_gets_the_same_record(
    both_ways: BothWays, answer: Answer, shrink: bool
) -> None:
    both_ways.record(DOUBLES, doubled)
    record = both_ways.same(answer, shrink=shrink)["test_it"]
    assert record.points == 0
    assert record.counterexample


def test_a_hang_ends_the_test_at_the_same_example_and_without_a_second_try(
    both_ways: BothWays,
) -> None:
    def hangs(scenario: str, number: int) -> int:
        if number > 1000:
            raise TimeoutError
        return 2 * number

    both_ways.record(DOUBLES, doubled)
    assert both_ways.same(hangs)["test_it"].outcome is Outcome.TIMED_OUT
    _, calls = both_ways.judge(hangs, both_ways.file)
    assert calls == [(12345,)]


def test_every_kind_of_plain_data_comes_back_as_it_was(both_ways: BothWays) -> None:
    tests = """
        floats = st.floats(allow_nan=False)
        keys = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.binary())
        plain = st.recursive(
            keys | floats | st.complex_numbers(allow_nan=False),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3),
                st.tuples(inner, inner),
                st.dictionaries(keys, inner, max_size=3),
                st.sets(keys, max_size=3),
                st.frozensets(keys, max_size=3),
            ),
            max_leaves=5,
        )

        @given(plain)
        def test_it(value):
            assert ask(value) == value
    """
    recorded = both_ways.record(tests, lambda scenario, value: value)
    assert recorded["test_it"] is not None
    _, live_calls = both_ways.judge(lambda scenario, value: value, None)
    _, calls = both_ways.judge(lambda scenario, value: value, both_ways.file)
    assert list(map(repr, calls)) == list(map(repr, live_calls))


def test_a_test_that_changes_its_arguments_is_replayed_with_those_that_were_drawn(
    both_ways: BothWays,
) -> None:
    tests = """
        @given(numbers=st.lists(st.integers(), min_size=1))
        def test_it(numbers):
            expected = numbers.pop()
            assert ask([*numbers, expected]) == expected
    """
    both_ways.record(tests, lambda scenario, numbers: numbers[-1])
    assert both_ways.same(lambda scenario, numbers: numbers[-1])["test_it"].points == 1
    assert both_ways.same(lambda scenario, numbers: numbers[0])["test_it"].points == 0


def test_randomness_in_a_test_is_that_of_hypothesis(both_ways: BothWays) -> None:
    tests = """
        import random

        @given(number=st.integers())
        def test_it(number):
            chosen = random.randrange(10**9)
            assert ask([number, chosen]) == chosen
    """
    both_ways.record(tests, lambda scenario, pair: pair[1])
    _, live_calls = both_ways.judge(lambda scenario, pair: pair[1], None)
    _, calls = both_ways.judge(lambda scenario, pair: pair[1], both_ways.file)
    assert calls == live_calls


# What is not recorded is judged live, and so comes to the same.

NOT_RECORDED = {
    "draws while it runs": """
        @given(data=st.data())
        def test_it(data):
            first = ask(data.draw(st.integers(0, 9)))
            assert ask(data.draw(st.integers(first, first + 9))) >= first
    """,
    "gives examples up that an answer decides about": """
        @given(number=st.integers(-50, 50))
        def test_it(number):
            answer = ask(number)
            assume(answer > 0)
            assert answer % 2 == 0
    """,
    "draws what is no plain data": """
        import enum
        Colour = enum.IntEnum("Colour", "RED GREEN")

        @given(colour=st.sampled_from(Colour))
        def test_it(colour):
            assert ask(int(colour)) == 2 * colour
    """,
    "draws a function": """
        @given(function=st.functions(like=lambda x: 0, returns=st.integers(), pure=True))
        def test_it(function):
            number = function(1)
            assert ask(number) == 2 * number
    """,
    "aims": """
        from hypothesis import target

        @given(number=st.integers())
        def test_it(number):
            answer = ask(number)
            target(float(min(abs(answer), 10**6)))
            assert answer == 2 * number
    """,
    "looks whether Hypothesis runs it": """
        from hypothesis import currently_in_test_context

        @given(number=st.integers())
        def test_it(number):
            assert ask(number) == 2 * number and currently_in_test_context()
    """,
    "takes something of pytest's": """
        @pytest.fixture
        def factor():
            return 2

        @given(number=st.integers())
        def test_it(factor, number):
            assert ask(number) == factor * number
    """,
    "is a method": """
        class TestAll:
            @given(number=st.integers())
            def test_it(self, number):
                assert ask(number) == 2 * number
    """,
    "has no examples": """
        def test_it():
            assert ask(2) == 4
    """,
    "is a state machine": """
        from hypothesis.stateful import RuleBasedStateMachine, rule

        class Machine(RuleBasedStateMachine):
            @rule(number=st.integers())
            def double(self, number):
                assert ask(number) == 2 * number

        test_it = Machine.TestCase
    """,
}


@pytest.mark.parametrize("tests", NOT_RECORDED.values(), ids=NOT_RECORDED.keys())
def test_a_test_whose_examples_may_depend_on_answers_is_judged_live(
    both_ways: BothWays, tests: str
) -> None:
    recorded = both_ways.record(tests, doubled)
    assert not any(recorded.values())
    for answer in (doubled, lambda scenario, number: number, lambda scenario, number: 1 // 0):
        both_ways.same(answer)


def test_a_test_that_the_reference_fails_is_not_recorded(both_ways: BothWays) -> None:
    recorded = both_ways.record(DOUBLES, lambda scenario, number: number)
    assert recorded == {}


LIVE_IN_THE_END = {
    "an assumption that the reference never breaks": """
        @given(number=st.integers())
        def test_it(number):
            answer = ask(number)
            assume(answer == 2 * number or number > 10)
            assert answer == 2 * number
    """,
    "a note": """
        from hypothesis import note

        @given(number=st.integers())
        def test_it(number):
            answer = ask(number)
            if answer != 2 * number:
                note("wrong")
            assert answer == 2 * number
    """,
    "an event": """
        import hypothesis

        @given(number=st.integers())
        def test_it(number):
            hypothesis.event("asked")
            assert ask(number) == 2 * number
    """,
    "a skip": """
        @given(number=st.integers())
        def test_it(number):
            if ask(number) != 2 * number:
                pytest.skip("odd")
    """,
}


@pytest.mark.parametrize("tests", LIVE_IN_THE_END.values(), ids=LIVE_IN_THE_END.keys())
def test_what_only_hypothesis_can_say_is_left_to_it(both_ways: BothWays, tests: str) -> None:
    recorded = both_ways.record(tests, doubled)
    assert recorded["test_it"]
    for answer in (doubled, lambda scenario, number: number):
        both_ways.same(answer)


def test_an_answer_that_is_wrong_only_the_first_time_is_never_right(both_ways: BothWays) -> None:
    class Fickle:
        """Answers its first call wrongly."""

        def __init__(self) -> None:
            self.calls = 0

        def __call__(self, scenario: str, number: int) -> int:
            self.calls += 1
            return 2 * number if self.calls > 1 else 7

    # An explicit example is tried once; those that are drawn are tried again.
    both_ways.record(DOUBLES.replace("@example(number=12345)", ""), doubled)
    for recording in (None, both_ways.file):
        records, _ = both_ways.judge(Fickle(), recording)
        assert records["test_it"].outcome is Outcome.FAILED
        assert records["test_it"].message == messages.inconsistent()


# In a whole grading, with processes.

COUNTS = """
calls = 0

def answer(number):
    global calls
    calls += 1
    return {wrong}
"""


@pytest.mark.parametrize(
    "wrong",
    ["2 * number + (calls > 20)", "2 * number + (number > 50)", "exit()", "2 * number"],
    ids=["wrong from a call on", "wrong for some", "ends", "right"],
)
def test_a_submission_that_keeps_state_comes_to_the_same(
    write_exercise: WriteExercise,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    wrong: str,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    exercise = write_exercise(DOUBLES, reference="def answer(number): return 2 * number\n")
    recording = recording_path(exercise, seed=3)
    plan = Plan(SandboxChoice("none"), Limits(), seed=3)
    reference = read_submission(exercise.reference, exercise)
    assert grade(reference, exercise, dataclasses.replace(plan, record_to=recording)).points == 1
    assert recording.exists()

    file = tmp_path / "mine.py"
    file.write_text(COUNTS.format(wrong=wrong))
    submission = read_submission(file, exercise)
    live = grade(submission, exercise, plan)
    replayed = grade(submission, exercise, dataclasses.replace(plan, recording=recording))
    assert without_times(replayed) == without_times(live)
    assert live.points == (wrong == "2 * number")


def without_times(result: Result) -> list[TestRecord]:
    return [dataclasses.replace(test, seconds=0.0) for test in result.tests]


def test_a_recording_belongs_to_tests_reference_and_seed(write_exercise: WriteExercise) -> None:
    paths = [recording_path(write_exercise(DOUBLES), 0), recording_path(write_exercise(DOUBLES), 1)]
    paths.append(recording_path(write_exercise(DOUBLES + "\n"), 0))
    paths.append(recording_path(write_exercise(DOUBLES, reference="answer = abs\n"), 0))
    assert len(set(paths)) == 4
    assert recording_path(write_exercise(DOUBLES), 0) == paths[0]


# Files.


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff", b"nonsense"])
def test_a_recording_that_cannot_be_read_is_none(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "recording.json"
    if content is not None:
        file.write_bytes(content)
    assert read_recording(file).test("test_it") == RecordedTest()


def test_a_recording_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    Recorder().write(tmp_path / "file" / "recording.json")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


FULL_ONCE = """
import pathlib

@given(number=st.integers())
def test_it(number):
    mark = pathlib.Path({mark!r})
    if mark.exists():
        mark.unlink()
        raise OSError(28, "No space left on device")
    assert ask(number) == float(2 * number)
"""


def test_a_machine_that_fails_only_the_first_time_is_not_an_answer_that_changes(
    both_ways: BothWays, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    both_ways.record(FULL_ONCE.format(mark=str(mark)), doubled)
    for recording in (None, both_ways.file):
        mark.touch()
        records, _ = both_ways.judge(lambda scenario, number: float(2 * number), recording)
        assert records["test_it"].outcome is Outcome.SANDBOX_FAILED
        assert "No space left on device" in records["test_it"].message


# Who answers exactly as the reference passes, without the test being run.

COUNTED = """
import pathlib

RUNS = pathlib.Path({runs!r})

@given(number=st.integers())
def test_it(number):
    RUNS.write_text(RUNS.read_text() + "x")
    assert ask(number) == 2 * number
"""


@dataclasses.dataclass
class Counted:
    """A test that takes down each of its examples."""

    both_ways: BothWays
    runs: Path

    def count(self, answer: Answer) -> tuple[int, TestRecord]:
        """Return how many examples the test itself was run with, and its record."""
        self.runs.write_text("")
        records, _ = self.both_ways.judge(answer, self.both_ways.file)
        return len(self.runs.read_text()), records["test_it"]


@pytest.fixture
def counted(both_ways: BothWays, tmp_path: Path) -> Counted:
    runs = tmp_path / "runs"
    runs.touch()
    both_ways.record(COUNTED.format(runs=str(runs)), doubled)
    return Counted(both_ways, runs)


def test_a_test_is_not_run_on_exactly_the_answers_of_the_reference(counted: Counted) -> None:
    count, record = counted.count(doubled)
    assert (count, record.outcome) == (0, Outcome.PASSED)


def test_a_test_is_run_on_answers_that_only_equal_those_of_the_reference(counted: Counted) -> None:
    count, record = counted.count(lambda scenario, number: complex(2 * number))
    assert count > 0
    assert record.outcome in (Outcome.PASSED, Outcome.FAILED)  # large numbers are no more equal


def test_a_test_is_run_from_its_beginning_where_the_last_answer_differs(counted: Counted) -> None:
    calls = []

    def all_but_the_last(scenario: str, number: int) -> int:
        calls.append(number)
        return 2 * number if len(calls) < 100 else 2 * number + 1

    count, record = counted.count(all_but_the_last)
    assert count >= 100
    assert record.outcome is not Outcome.PASSED


def test_the_answers_of_a_test_that_reads_the_text_decide_nothing(
    both_ways: BothWays,
) -> None:
    tests = """
    from grader.testing import source_text

    def test_it():
        assert ask(1) == 2
        assert "forbidden" not in source_text()
    """
    both_ways.record(tests, doubled)
    (recorded,) = json.loads(both_ways.file.read_text()).values()
    assert (recorded["certain"], recorded["answers"]) == ([True], [])


def test_the_answers_of_a_test_that_asks_by_them_decide_nothing(both_ways: BothWays) -> None:
    tests = """
    def test_it():
        assert ask(ask(1)) == 4
    """
    both_ways.record(tests, doubled)
    (recorded,) = json.loads(both_ways.file.read_text()).values()
    assert (recorded["certain"], recorded["answers"]) == ([True, False], [])
