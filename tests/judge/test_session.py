"""A session: whatever a worker does becomes the right outcome, and no doubtful room is kept.

The workers here are played from a script; what real ones do is tested with the sandboxes.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader import messages
from grader.errors import GraderError
from grader.inside import wire
from grader.judge.foresight import Foreseen, write_question
from grader.judge.session import Ended, Script, Session
from grader.limits import KIB, Limits
from grader.outcomes import FAULTS, Fault, Outcome
from grader.sandbox.base import ConnectionLost, Order, SandboxError
from grader.submission import Submission
from grader.testing import AuthoringError, Captured, Question, Raised
from judge.fakes import (
    CLEAN_END,
    LOADED,
    READY,
    FakeConnection,
    ScriptedConnection,
    ScriptedSandbox,
    frame,
)

SCRIPT = Script("small", {"ask": "def ask(student): return student.answer()\n"}, ("json",))
QUESTION = Question("ask", (1,), "", fresh=False)
ANSWER = ["answer", 1, 42, "out", "err"]


def failure(type_name: str = "ValueError", **more: Any) -> dict[str, Any]:
    """Return an exception as the worker describes it."""
    bases = [f"builtins.{type_name}", "builtins.Exception"]
    return {"type": type_name, "bases": bases, "message": "no", "frames": [], "missing": "", **more}


def worker(*replies: object, **says: Any) -> ScriptedConnection:
    """Return a worker that has come up and has imported the submission before these replies."""
    return ScriptedConnection(READY, LOADED, *replies, **says)


def session_in(
    *rooms: FakeConnection | Exception, limits: Limits | None = None, complaint: str = ""
) -> Session:
    """Return a session whose sandbox opens these rooms, in order."""
    submission = Submission("small.py", {"small.py": b"x = 1\n"}, "small.py", complaint)
    order = Order(limits or Limits(), "run", 7)
    return Session(ScriptedSandbox(*rooms), order, submission)


def end_of(act: Callable[[], object]) -> Ended:
    """Return how something ended that must not go on."""
    with pytest.raises(Ended) as caught:
        act()
    return caught.value


def ask_once(session: Session) -> Captured:
    """Begin a test and put one question."""
    session.begin_test(SCRIPT)
    return session.ask(QUESTION)


# What a well-behaved worker is told and gives.


def test_the_worker_is_told_the_submission_the_scenarios_and_the_seed_and_no_more() -> None:
    room = worker(ANSWER)
    session = session_in(room)
    ask_once(session)
    assert room.requests[1:] == [["test"], ["call", 1, "ask", [1], "", False]]
    name, setup = room.requests[0]
    assert name == "setup"
    assert {key: setup[key] for key in ("files", "module", "scenarios", "preload", "seed")} == {
        "files": {"small.py": b"x = 1\n"},
        "module": "small",
        "scenarios": SCRIPT.scenarios,
        "preload": ["json"],
        "seed": 7,
    }
    session.close()


def test_an_answer_is_its_value_and_what_was_printed() -> None:
    assert ask_once(session_in(worker(ANSWER))) == Captured(42, "out", "err")


def test_each_call_has_a_number_of_its_own_also_across_tests() -> None:
    room = worker(ANSWER, CLEAN_END, LOADED, ["answer", 2, 43, "", ""])
    session = session_in(room)
    ask_once(session)
    session.end_test()
    assert ask_once(session).value == 43


def test_a_question_carries_stdin_and_the_wish_for_a_fresh_import() -> None:
    room = worker(ANSWER)
    session = session_in(room)
    session.begin_test(SCRIPT)
    session.ask(Question("ask", (), "a line\n", fresh=True))
    assert room.requests[-1] == ["call", 1, "ask", [], "a line\n", True]


def test_the_version_of_python_is_the_workers_and_empty_before_there_is_one() -> None:
    session = session_in(worker())
    assert session.python_version == ""
    session.begin_test(SCRIPT)
    assert session.python_version == "3.13.1"


def test_an_exception_of_the_submission_arrives_as_data() -> None:
    frames = [["small.py", 2, "answer", "raise ValueError('no')"]]
    with pytest.raises(Raised) as caught:
        ask_once(session_in(worker(["raised", 1, failure(frames=frames)])))
    assert caught.value.type_name == "ValueError"
    assert caught.value.message == "no"
    assert caught.value.is_a(ValueError)
    assert [(frame.file, frame.line) for frame in caught.value.frames] == [("small.py", 2)]


# Every outcome that is the submission's. FAILED is missing: answers are judged in hidden tests.

LOST = messages.crashed("its sandbox has ended")
THEIRS: dict[str, tuple[FakeConnection, Outcome, str]] = {
    "exception": (worker(["raised", 1, failure()]), Outcome.RAISED, "ValueError: no"),
    "hang": (worker(), Outcome.TIMED_OUT, messages.timed_out(10)),
    "hang in the middle of a reply": (
        worker(frame(ANSWER)[:9]),
        Outcome.TIMED_OUT,
        messages.timed_out(10),
    ),
    "MemoryError": (
        worker(["raised", 1, failure("MemoryError")]),
        Outcome.OUT_OF_MEMORY,
        "Your code used more than the 256 MiB of memory that it may.",
    ),
    "killed for memory": (
        worker(["ended", -9, True], memory_is_out=True),
        Outcome.OUT_OF_MEMORY,
        "Your code used more than the 256 MiB of memory that it may.",
    ),
    "os._exit": (worker(["ended", 3, True]), Outcome.CRASHED, messages.crashed("exit status 3")),
    "signal": (worker(["ended", -11, True]), Outcome.CRASHED, messages.crashed("signal 11")),
    "end of the room": (worker(ConnectionLost), Outcome.CRASHED, LOST),
    "end in the middle of a reply": (
        worker(frame(ANSWER)[:9], ConnectionLost),
        Outcome.CRASHED,
        LOST,
    ),
    "noise": (worker(b"GET / HTTP/1.1\r\n"), Outcome.BAD_REPLY, "could not be read"),
    "bytes that are no JSON": (worker(b"\0\0\0\2[["), Outcome.BAD_REPLY, "not a value in JSON"),
    "unknown message": (worker(["passed", 1]), Outcome.BAD_REPLY, "unknown message 'passed'"),
    "no message": (worker({"outcome": "passed"}), Outcome.BAD_REPLY, "could not be read"),
    "a part of another type": (worker(["answer", "1", 1, "", ""]), Outcome.BAD_REPLY, "wrong type"),
    "an answer to the next call": (
        worker(["answer", 2, 42, "", ""]),
        Outcome.BAD_REPLY,
        "no answer to this call",
    ),
    "an answer to no call": (worker(["answer", 0, 42, "", ""]), Outcome.BAD_REPLY, "this call"),
    "loaded twice": (worker(LOADED), Outcome.BAD_REPLY, "no answer to this call"),
    "ready twice": (worker(READY), Outcome.BAD_REPLY, "no answer to this call"),
    "an exit status with 5000 digits": (
        worker(["ended", 10**5000, True]),
        Outcome.BAD_REPLY,
        "impossible exit status",
    ),
    "flood": (
        worker(["flooded", 1]),
        Outcome.TOO_MUCH_OUTPUT,
        "Your code printed more than 64 KiB in one call.",
    ),
    "answer without end": (
        worker(["unsendable", 1, "more than 200000 elements"]),
        Outcome.TOO_MUCH_OUTPUT,
        "Your code's answer is too large to be read: more than 200000 elements.",
    ),
    "missing name": (
        worker(["raised", 1, failure("AttributeError", missing="answer")]),
        Outcome.DOES_NOT_LOAD,
        "Your file has no `answer`.",
    ),
}


@pytest.mark.parametrize(("room", "outcome", "message"), THEIRS.values(), ids=THEIRS.keys())
def test_what_the_submission_does_is_its_own_outcome(
    room: FakeConnection, outcome: Outcome, message: str
) -> None:
    try:
        ask_once(session_in(room))
    except Raised as raised:
        found, text = Outcome.RAISED, str(raised)
    except Ended as ended:
        found, text = ended.outcome, ended.message
    assert found is outcome
    assert message in text


def test_every_outcome_of_the_submissions_but_a_wrong_answer_is_in_the_table_above() -> None:
    theirs = {outcome for outcome, fault in FAULTS.items() if fault is Fault.SUBMISSION}
    assert {outcome for _, outcome, _ in THEIRS.values()} == theirs - {Outcome.FAILED}


# What the next test gets.


@pytest.mark.parametrize(
    "reply",
    [
        TimeoutError,
        ConnectionLost,
        b"\0\0\0\1x",
        ["answer", 9, 1, "", ""],
        LOADED,
        ["flooded", 1],
        ["ended", 0, False],
    ],
    ids=str,
)
def test_after_anything_doubtful_the_room_is_thrown_away_and_the_next_test_has_another(
    reply: object,
) -> None:
    spoilt, fresh = worker(reply), worker(["answer", 2, 5, "", ""])
    session = session_in(spoilt, fresh)
    end_of(lambda: ask_once(session))
    session.end_test()
    assert spoilt.times_closed == 1
    assert ask_once(session).value == 5
    assert ["done"] not in spoilt.requests


@pytest.mark.parametrize(
    ("reply", "last_request"),
    [
        (["ended", 1, True], "call"),
        (["raised", 1, failure("MemoryError")], "done"),
        (["unsendable", 1, "too large"], "done"),
    ],
    ids=["crash of the test's process", "MemoryError", "unsendable"],
)
def test_a_room_that_is_still_sound_serves_the_next_test(reply: object, last_request: str) -> None:
    rest = [] if last_request == "call" else [CLEAN_END]
    room = worker(reply, *rest, LOADED, ["answer", 2, 5, "", ""])
    session = session_in(room)
    end_of(lambda: ask_once(session))
    session.end_test()
    assert room.requests[-1][0] == last_request
    assert ask_once(session).value == 5
    assert room.times_closed == 0


@pytest.mark.parametrize(
    "reply",
    [["ended", 0, False], TimeoutError, ConnectionLost, b"\0\0\0\1x", LOADED, ANSWER],
    ids=str,
)
def test_a_room_that_does_not_end_its_test_cleanly_is_thrown_away(reply: object) -> None:
    spoilt, fresh = worker(ANSWER, reply), worker(["answer", 2, 5, "", ""])
    session = session_in(spoilt, fresh)
    ask_once(session)
    session.end_test()
    assert spoilt.times_closed == 1
    assert ask_once(session).value == 5


def test_a_room_out_of_memory_is_thrown_away_since_its_engine_goes_on_saying_so() -> None:
    spoilt = worker(["ended", -9, True], memory_is_out=True)
    session = session_in(spoilt, worker(["ended", 1, True]))
    assert end_of(lambda: ask_once(session)).outcome is Outcome.OUT_OF_MEMORY
    assert spoilt.times_closed == 1
    assert end_of(lambda: ask_once(session)).outcome is Outcome.CRASHED


def test_a_second_answer_to_one_call_costs_the_next_call() -> None:
    room = worker(frame(ANSWER) + frame(ANSWER))
    session = session_in(room)
    assert ask_once(session).value == 42
    assert end_of(lambda: session.ask(QUESTION)).outcome is Outcome.BAD_REPLY
    assert room.times_closed == 1


def test_a_reply_before_the_question_costs_the_test_when_its_number_is_wrong() -> None:
    room = ScriptedConnection(READY, frame(LOADED) + frame(["answer", 5, 42, "", ""]))
    assert end_of(lambda: ask_once(session_in(room))).outcome is Outcome.BAD_REPLY


def test_a_reply_that_comes_before_the_test_has_begun_spoils_the_room_only() -> None:
    # An answer that the test before has left in the pipe.
    spoilt = worker(ANSWER, frame(CLEAN_END) + frame(["answer", 2, "forged", "", ""]))
    session = session_in(spoilt, worker(["answer", 2, 5, "", ""]))
    ask_once(session)
    session.end_test()
    assert ask_once(session).value == 5
    assert spoilt.times_closed == 1


def test_a_worker_that_ends_unnoticed_between_two_tests_does_not_cost_the_second() -> None:
    spoilt = worker(ANSWER, CLEAN_END, ConnectionLost)
    session = session_in(spoilt, worker(["answer", 2, 5, "", ""]))
    ask_once(session)
    session.end_test()
    assert ask_once(session).value == 5


def test_after_its_process_has_died_a_test_gets_no_more_answers() -> None:
    room = worker(["ended", 1, True])
    session = session_in(room)
    end_of(lambda: ask_once(session))
    count = len(room.sent)
    assert end_of(lambda: session.ask(QUESTION)).outcome is Outcome.CRASHED
    assert len(room.sent) == count


def test_arguments_that_cannot_cross_are_the_authors_fault_and_the_room_stays() -> None:
    room = worker(["answer", 2, 42, "", ""])
    session = session_in(room)
    session.begin_test(SCRIPT)
    deep: list[Any] = []
    for _ in range(200):
        deep = [deep]
    with pytest.raises(AuthoringError, match="cannot be sent"):
        session.ask(Question("ask", (deep,), "", fresh=False))
    assert session.ask(QUESTION).value == 42


# A submission that does not load.

SYNTAX_ERROR = failure(
    "SyntaxError",
    bases=["builtins.SyntaxError", "builtins.Exception"],
    message="invalid syntax",
    line=2,
    column=5,
    code="    x = = 1",
)
IMPORTS: dict[str, tuple[list[object], str]] = {
    "exception": ([["unloadable", failure()]], "Importing your file raised ValueError: no."),
    "syntax error": (
        [["unloadable", SYNTAX_ERROR]],
        "Your file cannot be read as Python: invalid syntax in line 2.\n    x = = 1\n    ^",
    ),
    "sys.exit": (
        [["unloadable", failure("SystemExit")]],
        "Your file calls sys.exit() (or raises SystemExit) while it is imported.",
    ),
    "hang": (
        [],
        "Importing your file did not work: your code had not finished after 10 s. "
        "Does it loop for ever?",
    ),
    "os._exit": (
        [["ended", 0, True]],
        "Importing your file did not work: your code ended the Python process (exit status 0) "
        "before it had answered.",
    ),
    "noise": ([b"\0\0\0\1x"], "Importing your file did not work: what came back"),
    "flood": (
        [["flooded", 0]],
        "Importing your file did not work: your code printed more than 64 KiB in one call.",
    ),
    "an answer": ([["answer", 1, 42, "", ""]], "Importing your file did not work: what came back"),
    "end of the room": ([ConnectionLost], "Importing your file did not work: your code ended"),
}


@pytest.mark.parametrize(("replies", "message"), IMPORTS.values(), ids=IMPORTS.keys())
def test_however_an_import_fails_the_submission_does_not_load_and_that_is_remembered(
    replies: list[object], message: str
) -> None:
    room = ScriptedConnection(READY, *replies)
    sandbox = ScriptedSandbox(room)
    submission = Submission("small.py", {"small.py": b""}, "small.py")
    session = Session(sandbox, Order(Limits(), "run", 0), submission)
    first = end_of(lambda: session.begin_test(SCRIPT))
    second = end_of(lambda: session.begin_test(SCRIPT))
    assert first.outcome is Outcome.DOES_NOT_LOAD
    assert first.message.startswith(message)
    assert (second.outcome, second.message) == (first.outcome, first.message)
    assert sandbox.times_opened == 1
    assert [request[0] for request in room.requests] == ["setup", "test"]
    assert room.times_closed == 1


def test_a_missing_name_costs_the_tests_that_ask_for_it_and_no_others() -> None:
    missing = ["raised", 1, failure("AttributeError", missing="answer")]
    session = session_in(worker(missing, CLEAN_END, LOADED, ["answer", 2, 5, "", ""]))
    assert end_of(lambda: ask_once(session)).outcome is Outcome.DOES_NOT_LOAD
    session.end_test()
    assert ask_once(session).value == 5


def test_a_submission_with_a_complaint_opens_no_room() -> None:
    session = session_in(complaint="Your file is not UTF-8 text.")
    session.open_ahead()
    ended = end_of(lambda: session.begin_test(SCRIPT))
    assert (ended.outcome, ended.message) == (
        Outcome.DOES_NOT_LOAD,
        "Your file is not UTF-8 text.",
    )
    session.close()


# What is our fault.


@pytest.mark.parametrize(
    "reply", [TimeoutError, ConnectionLost, b"\0\0\0\1x", ["flooded", 1], LOADED], ids=str
)
def test_when_the_sandbox_itself_has_failed_the_submission_is_not_to_blame(reply: object) -> None:
    session = session_in(worker(reply, outage_text="the engine has gone"))
    ended = end_of(lambda: ask_once(session))
    assert (ended.outcome, ended.message) == (Outcome.SANDBOX_FAILED, "the engine has gone")


def test_an_outage_during_the_import_is_not_an_import_that_failed() -> None:
    room = ScriptedConnection(READY, ConnectionLost, outage_text="the engine has gone")
    ended = end_of(lambda: session_in(room).begin_test(SCRIPT))
    assert ended.outcome is Outcome.SANDBOX_FAILED


@pytest.mark.parametrize(
    "error", [SandboxError("no engine"), GraderError("no engine"), OSError("no engine")], ids=repr
)
def test_a_room_that_cannot_be_opened_is_our_fault_in_its_own_words(error: Exception) -> None:
    session = session_in(error)
    ended = end_of(lambda: session.begin_test(SCRIPT))
    assert (ended.outcome, ended.message) == (Outcome.SANDBOX_FAILED, "no engine")
    session.close()


def test_a_worker_that_does_not_come_up_is_our_fault_and_its_room_is_closed() -> None:
    room = ScriptedConnection(ConnectionLost)
    ended = end_of(lambda: session_in(room).begin_test(SCRIPT))
    assert ended.outcome is Outcome.SANDBOX_FAILED
    assert "it ended at once" in ended.message
    assert room.times_closed == 1


# Time.


class CountingConnection(ScriptedConnection):
    """Keeps the deadlines that it is given."""

    def __init__(self, *script: object) -> None:
        super().__init__(*script)
        self.deadlines: list[float] = []

    def receive(self, count: int, deadline: float) -> bytes:
        self.deadlines.append(deadline)
        return super().receive(count, deadline)


class FakeTime:
    """A clock that each look at it moves on by `step` seconds."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def monotonic(self) -> float:
        self.now += self.step
        return self.now


def test_a_submission_that_has_used_up_its_time_gets_no_further_test(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.judge.clock.time", FakeTime(step=4))
    room = worker(ANSWER, CLEAN_END)
    session = session_in(room, limits=Limits(test_seconds=10, submission_seconds=8))
    ask_once(session)
    session.end_test()
    count = len(room.sent)
    ended = end_of(lambda: session.begin_test(SCRIPT))
    assert (ended.outcome, ended.message) == (
        Outcome.TIMED_OUT,
        "The 8 s for all tests together were used up before this one.",
    )
    assert len(room.sent) == count


def test_the_end_of_a_test_counts_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    # 4 seconds each to import, to answer and to end.
    monkeypatch.setattr("grader.judge.clock.time", FakeTime(step=4))
    session = session_in(worker(ANSWER, CLEAN_END), limits=Limits(submission_seconds=12))
    ask_once(session)
    session.end_test()
    assert end_of(lambda: session.begin_test(SCRIPT)).outcome is Outcome.TIMED_OUT


def test_a_wait_ends_when_the_time_of_the_test_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.judge.clock.time", FakeTime(step=1))
    room = CountingConnection(READY, LOADED, ANSWER)
    ask_once(session_in(room, limits=Limits(test_seconds=10)))
    # The import began at 1 and took 1 second; the question was put at 3 with 9 seconds left.
    assert room.deadlines[-1] == 12


# Rooms and their end.


def test_closing_closes_the_room_that_is_in_use() -> None:
    room = worker(ANSWER)
    session = session_in(room)
    ask_once(session)
    session.close()
    assert room.times_closed == 1


def test_closing_closes_a_room_that_was_opened_ahead_and_never_used() -> None:
    room = worker()
    session = session_in(room)
    session.open_ahead()
    session.close()
    assert room.times_closed == 1


def test_closing_after_a_room_could_not_be_opened_says_nothing() -> None:
    session = session_in(SandboxError("no engine"))
    session.open_ahead()
    session.close()


def test_a_room_that_was_opened_ahead_is_the_one_that_is_used() -> None:
    sandbox = ScriptedSandbox(worker(ANSWER))
    submission = Submission("small.py", {"small.py": b""}, "small.py")
    session = Session(sandbox, Order(Limits(), "run", 0), submission)
    session.open_ahead()
    session.open_ahead()
    ask_once(session)
    session.open_ahead()
    session.close()
    assert sandbox.times_opened == 1


# Whatever bytes come, they are the submission's own doing.

names = st.sampled_from(
    [
        "ready",
        "broken",
        "loaded",
        "unloadable",
        "answer",
        "raised",
        "unsendable",
        "flooded",
        "ended",
    ]
)
numbers = st.sampled_from([0, 1, 2, -9, 10**30]) | st.integers()
failures = st.builds(
    failure,
    st.sampled_from(["ValueError", "MemoryError", "SyntaxError", ""]),
    line=numbers,
    column=numbers,
    missing=st.sampled_from(["", "answer"]),
)
parts = st.one_of(numbers, st.booleans(), st.text(max_size=5), failures, st.none(), st.binary())
forged = st.lists(parts, max_size=5).flatmap(lambda rest: names.map(lambda name: [name, *rest]))
noise = st.one_of(
    st.binary(max_size=60),
    forged.map(frame),
    st.lists(forged.map(frame), max_size=3).map(b"".join),
    st.binary(max_size=30).map(lambda data: len(data).to_bytes(4, "big") + data),
    st.tuples(forged.map(frame), st.integers(0, 40)).map(lambda cut: cut[0][: cut[1]]),
)


@given(
    data=noise,
    then=st.sampled_from([TimeoutError, ConnectionLost]),
    memory_is_out=st.booleans(),
    is_in_test=st.booleans(),
)
@example(frame(["ended", 10**5000, True]), ConnectionLost, False, True)
@example(b"\xff\xff\xff\xff", TimeoutError, False, True)
@example(b"\0\0\0\x04" + b"[" * 4, TimeoutError, False, False)
def test_whatever_bytes_a_worker_replies_the_outcome_is_the_submissions(
    data: bytes, then: type[Exception], memory_is_out: bool, is_in_test: bool
) -> None:
    first = [LOADED, data] if is_in_test else [data]
    room = ScriptedConnection(READY, *first, then, memory_is_out=memory_is_out)
    session = session_in(room)
    try:
        answer = ask_once(session)
    except Raised as raised:
        outcome, text = Outcome.RAISED, str(raised)
    except Ended as ended:
        outcome, text = ended.outcome, ended.message
    else:
        assert isinstance(answer, Captured)
        outcome, text = Outcome.FAILED, ""
    assert outcome.fault is Fault.SUBMISSION
    assert len(text) <= 64 * KIB
    session.end_test()
    session.close()
    assert room.times_closed == 1


def test_the_bounds_of_an_answer_are_those_of_the_limits() -> None:
    answer = ["answer", 1, "x" * 200_000, "", ""]
    limits = Limits(answer_bytes=1000, output_bytes=1000)
    ended = end_of(lambda: ask_once(session_in(worker(answer), limits=limits)))
    assert ended.outcome is Outcome.BAD_REPLY
    assert "may cross" in ended.message
    assert ask_once(session_in(worker(answer))).value == "x" * 200_000


def test_an_opaque_value_is_an_answer_that_equals_nothing() -> None:
    answer = ["answer", 1, wire.Opaque("Everything", "<equal to all>"), "", ""]
    value = ask_once(session_in(worker(answer))).value
    assert value != value
    assert repr(value) == "<equal to all>"


# Questions asked ahead.


def foreseen(*questions: Question) -> Foreseen:
    return Foreseen(tuple(map(write_question, questions)), (True,) * len(questions))


OTHER = Question("ask", (2,), "", fresh=False)


def test_what_is_foreseen_is_sent_together_with_the_test() -> None:
    room = worker(ANSWER, ["answer", 2, 43, "", ""], CLEAN_END)
    session = session_in(room)
    session.begin_test(SCRIPT, foreseen(QUESTION, OTHER))
    assert [session.ask(one).value for one in (QUESTION, OTHER)] == [42, 43]
    session.end_test()
    asked = [["ask", [1], "", False], ["ask", [2], "", False]]
    assert room.requests[1:] == [["test"], ["calls", 1, asked], ["done"]]
    assert room.times_closed == 0


def test_another_question_is_put_to_a_fresh_process_that_is_led_to_the_same_place() -> None:
    first = (ANSWER, ["answer", 2, 43, "", ""], CLEAN_END)
    again = (LOADED, ["answer", 3, 42, "", ""], ["answer", 4, 44, "", ""])
    room = worker(*first, *again)
    session = session_in(room)
    session.begin_test(SCRIPT, foreseen(QUESTION, OTHER))
    session.ask(QUESTION)
    unforeseen = Question("ask", (3,), "", fresh=False)
    assert session.ask(unforeseen).value == 44
    led_back = [["test"], ["calls", 3, [["ask", [1], "", False]]]]
    assert room.requests[-3:] == [*led_back, ["call", 4, "ask", [3], "", False]]


def test_a_process_that_has_died_is_not_led_back_to_life() -> None:
    session = session_in(worker(["ended", 1, True]))
    session.begin_test(SCRIPT, foreseen(QUESTION, OTHER))
    assert end_of(lambda: session.ask(QUESTION)).outcome is Outcome.CRASHED
    unforeseen = Question("ask", (3,), "", fresh=False)
    assert end_of(lambda: session.ask(unforeseen)).outcome is Outcome.CRASHED
