"""Forgers: what each answers, over the wire, and that only tests that judge are taken in."""

import builtins
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from banks import with_exercise, write_bank
from driver import Driver, an_order
from judge.fakes import CLEAN_END, LOADED, READY, ScriptedConnection, ScriptedSandbox, frame

from grader.bank import Exercise
from grader.catalogue import read_bank
from grader.inside.wire import Opaque
from grader.judge.grade import Plan, grade
from grader.judge.replies import RaisedReply, parse_reply
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Result
from grader.sandbox.base import ConnectionLost, SandboxError
from grader.sandbox.bundle import delivery
from grader.sandbox.choice import SandboxChoice
from grader.sandbox.forger import FORGERS, PREVIOUS_ANSWER, Forger
from grader.sandbox.none import NoSandbox
from grader.submission import read_submission
from grader.testing import Raised

VALUES: dict[str, Any] = {
    "True": True,
    "False": False,
    "None": None,
    "0": 0,
    "1": 1,
    "empty text": "",
    "empty list": [],
    "first argument": [7],
    "arguments": ([7], "x"),
}
SETUP = {"answer_bytes": 1000, "output_bytes": 0}


def begin(which: str) -> Driver:
    """Return the driver of a forger that has begun a test."""
    driver = Driver(Forger(which).open(an_order()))
    assert driver.set_up()[0] == "ready"
    return driver.begin_test()


def begin_late(*replies: object, **says: Any) -> tuple[Driver, ScriptedConnection]:
    """Return the driver of a forger that is a call late, and the connection that it wraps."""
    real = ScriptedConnection(READY, LOADED, *replies, **says)
    driver = Driver(Forger(PREVIOUS_ANSWER, ScriptedSandbox(real)).open(an_order()))
    assert driver.set_up() == READY
    return driver.begin_test(), real


# Those that run nothing.


def test_there_are_twelve_forgers_in_the_order_in_which_they_are_shown() -> None:
    assert list(FORGERS) == [
        *("True", "False", "None", "0", "1", "empty text", "empty list", "opaque value"),
        *("first argument", "arguments", "exception", "previous answer"),
    ]


@pytest.mark.parametrize("which", VALUES)
def test_a_forger_gives_its_value_whatever_it_is_asked(which: str) -> None:
    driver = begin(which)
    for name in ("area", "volume"):
        kind, value, out, err = driver.call(name, [7], "x")
        assert (kind, value, out, err) == ("answer", VALUES[which], "", "")
        assert type(value) is type(VALUES[which])
    driver.end_test()
    assert driver.begin_test().call("area", [7], "x")[1] == VALUES[which]


def test_an_opaque_value_is_no_plain_data() -> None:
    assert type(begin("opaque value").call("area")[1]) is Opaque


def test_without_arguments_the_first_one_is_none_and_all_are_an_empty_tuple() -> None:
    assert begin("first argument").call("area")[1] is None
    assert begin("arguments").call("area")[1] == ()


@pytest.mark.parametrize(
    "expected",
    [
        *(BaseException, Exception, KeyboardInterrupt, SystemExit, StopIteration, GeneratorExit),
        *(ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError),
        *(ZeroDivisionError, RecursionError, FileNotFoundError, UnicodeError),
    ],
)
def test_the_exception_is_one_of_every_builtin_class(expected: type[BaseException]) -> None:
    reply = parse_reply(begin("exception").ask("call", 1, "area", [], "", False))
    assert isinstance(reply, RaisedReply)
    assert Raised(reply.failure.type_name, reply.failure.bases, "").is_a(expected)
    assert (reply.failure.type_name, reply.failure.missing) == ("ValueError", "")


def test_the_exception_names_all_builtin_classes_but_the_one_that_ends_a_test() -> None:
    kind, failure = begin("exception").call("area")
    classes = {
        value.__name__
        for value in vars(builtins).values()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    assert kind == "raised"
    assert {base.removeprefix("builtins.") for base in failure["bases"]} == classes - {
        "MemoryError"
    }


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_requests_may_come_in_parts_of_any_size(size: int) -> None:
    requests = [["setup", SETUP], ["test"], ["call", 1, "area", [5], "", False], ["done"]]
    data = delivery() + b"".join(map(frame, requests))
    connection = Forger("first argument").open(an_order())
    for start in range(0, len(data), size):
        connection.send(data[start : start + size], 0.0)

    driver = Driver(connection)
    assert driver.hear()[0] == "ready"
    assert [driver.hear() for _ in range(3)] == [LOADED, ["answer", 1, 5, "", ""], CLEAN_END]


def test_a_reply_is_given_in_the_parts_that_are_asked_for() -> None:
    connection = begin("1").connection
    connection.send(frame(["done"]), 0.0)

    assert connection.receive(3, 0.0) + connection.receive(1000, 0.0) == frame(CLEAN_END)


@pytest.mark.parametrize("request_", [[], ["call"], ["no such request", 1]], ids=str)
def test_where_there_is_nothing_to_reply_to_the_connection_is_lost(request_: list[Any]) -> None:
    driver = begin("True")
    if request_:
        driver.say(*request_)
    with pytest.raises(ConnectionLost):
        driver.hear()


def test_an_answer_beyond_the_bound_is_unsendable() -> None:
    driver = Driver(Forger("first argument").open(an_order()))
    driver.set_up(answer_bytes=1000, output_bytes=0)

    kind, reason = driver.begin_test().call("area", "x" * 100_000)
    assert kind == "unsendable"
    assert "bytes" in reason
    assert driver.call("area", "x" * 1000)[0] == "answer"


def test_a_forger_is_in_good_health_and_has_no_image() -> None:
    forger = Forger("True")
    connection = forger.open(an_order())
    connection.close()

    assert (connection.complaint(), connection.outage()) == ("", "")
    assert not connection.ran_out_of_memory()
    assert (forger.name, forger.image()) == ("forger True", ("", ""))


def test_an_unknown_forger_is_told_with_those_that_there_are() -> None:
    with pytest.raises(SandboxError, match="no forger 'liar'; there are True, False, None, 0, 1,"):
        Forger("liar")


# The one that runs the submission.


def test_each_answer_comes_with_the_call_after_it_and_under_that_calls_number() -> None:
    driver, _ = begin_late(
        ["answer", 1, {1}, "printed", "complained"],
        ["raised", 2, {"type": "ValueError"}],
        ["answer", 3, "unseen", "", ""],
    )
    assert driver.call("area") == ["answer", None, "", ""]
    assert driver.call("area") == ["answer", {1}, "printed", "complained"]
    assert driver.call("area") == ["raised", {"type": "ValueError"}]


def test_a_test_hears_nothing_of_the_answers_of_the_one_before() -> None:
    answer = ["answer", 1, 5, "", ""]
    driver, _ = begin_late(answer, CLEAN_END, LOADED, ["answer", 2, 6, "", ""])
    driver.call("area")
    driver.end_test()

    assert driver.begin_test().call("area") == ["answer", None, "", ""]


@pytest.mark.parametrize(
    "message", [["unsendable", 1, "too large"], ["flooded", 1], ["ended", -9, True]], ids=str
)
def test_what_is_no_answer_comes_at_once(message: list[Any]) -> None:
    driver, _ = begin_late(message)

    assert driver.ask("call", 1, "area", [], "", False) == message


def test_replies_may_come_in_parts_or_together() -> None:
    first, second = (frame(["answer", call, call * 10, "", ""]) for call in (1, 2))
    driver, _ = begin_late(first[:3], first[3:] + second)

    assert driver.call("area")[1] is None
    assert driver.call("area")[1] == 10


@pytest.mark.parametrize("noise", [b"\0\0\0\1x", b"\xff\xff\xff\xff"])
def test_what_is_no_message_ends_the_connection(noise: bytes) -> None:
    driver, _ = begin_late(noise)

    with pytest.raises(ConnectionLost):
        driver.hear()


def test_the_real_room_is_seen_through() -> None:
    driver, real = begin_late(memory_is_out=True, outage_text="gone", complaint_text="oh")
    connection = driver.connection
    connection.close()

    assert connection.room is real.room
    assert connection.ran_out_of_memory()
    assert (connection.outage(), connection.complaint()) == ("gone", "oh")
    assert real.times_closed == 1
    with pytest.raises(TimeoutError):  # the script is over
        driver.hear()


def test_the_image_is_that_of_the_sandbox_inside() -> None:
    class Pictured(ScriptedSandbox):
        """A sandbox with an image."""

        def image(self) -> tuple[str, str]:
            return "grader-core:latest", "sha256:0"

    assert Forger(PREVIOUS_ANSWER, Pictured()).image() == ("grader-core:latest", "sha256:0")


def test_without_a_sandbox_inside_nothing_is_opened() -> None:
    with pytest.raises(SandboxError, match="'previous answer' needs a sandbox"):
        Forger(PREVIOUS_ANSWER).open(an_order())


def test_a_real_submission_answers_late() -> None:
    connection = Forger(PREVIOUS_ANSWER, NoSandbox()).open(an_order())
    try:
        driver = Driver(connection, "def double(number):\n    print(number)\n    return 2 * number")
        driver.set_up()
        driver.begin_test()
        assert driver.call("use", "double", 1) == ["answer", None, "", ""]
        assert driver.call("use", "double", 5) == ["answer", 2, "1\n", ""]
        driver.end_test()
    finally:
        connection.close()


# Grading.

HIDDEN_TEST = """
from hypothesis import given
from hypothesis import strategies as st
from grader.testing import points, scenario

@scenario
def is_doubled(student, number):
    return student.double(number) == 2 * number

@scenario
def doubled(student, number):
    return student.double(number)

@points(3)
@given(st.integers())
def test_that_judges_in_its_scenario(number):
    assert is_doubled(number)

@given(st.integers())
def test_that_observes(number):
    assert doubled(number) == 2 * number

def test_that_is_broken_by_what_is_no_text():
    assert doubled("ab").upper() == "ABAB"

def test_that_goes_by_the_call_before():
    assert [doubled(1), doubled(2), doubled(3)] == [None, 2, 4]
"""

GradeForger = Callable[[str], Result]
"""Takes the name of a forger; returns the result of the reference under it."""


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    texts = {
        "hidden/test_decorators.py": HIDDEN_TEST,
        "solutions/decorators.py": "def double(value):\n    return 2 * value\n",
    }
    root = write_bank(tmp_path, with_exercise(""), ("exercises/decorators.py", *texts))
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    return read_bank(root).find("decorators")


@pytest.fixture
def grade_forger(
    exercise: Exercise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> GradeForger:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(forger: str) -> Result:
        plan = Plan(SandboxChoice("none", forger=forger), Limits(), seed=0, shrink=False)
        return grade(read_submission(exercise.reference, exercise), exercise, plan)

    return run


def points_of(result: Result) -> dict[str, int]:
    """Return the points of each test, by its name after "test_that_"."""
    return {test.name.removeprefix("test_that_"): test.points for test in result.tests}


def test_true_earns_the_points_of_a_test_that_judges_and_of_no_other(
    grade_forger: GradeForger,
) -> None:
    result = grade_forger("True")

    assert points_of(result) == {
        "judges_in_its_scenario": 3,
        "observes": 0,
        "is_broken_by_what_is_no_text": 0,
        "goes_by_the_call_before": 0,
    }
    assert result.evidence.sandbox == "forger True"


def test_a_forged_answer_that_breaks_a_test_is_laid_to_the_forger(
    grade_forger: GradeForger,
) -> None:
    # The reference's own answer, by which that is decided, is not forged.
    outcomes = {test.name: test.outcome for test in grade_forger("1").tests}

    assert outcomes["test_that_is_broken_by_what_is_no_text"] is Outcome.FAILED


def test_the_answer_before_earns_nothing_where_each_call_has_its_own(
    grade_forger: GradeForger,
) -> None:
    assert points_of(grade_forger(PREVIOUS_ANSWER)) == {
        "judges_in_its_scenario": 0,
        "observes": 0,
        "is_broken_by_what_is_no_text": 0,
        "goes_by_the_call_before": 1,
    }
