"""The judge's end of the wire: whole frames both ways, and one sentence when no worker comes up."""

import time

import pytest

from grader.inside.wire import WireError
from grader.judge import replies
from grader.judge.link import Link
from grader.limits import Limits
from grader.sandbox.base import ConnectionLost, SandboxError
from grader.sandbox.bundle import delivery
from grader.testing import AuthoringError
from judge.fakes import LOADED, READY, ScriptedConnection, frame, read_frame

LATER = time.monotonic() + 1e6


def nested(depth: int) -> list[object]:
    """Return lists inside each other."""
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


def test_a_request_is_sent_as_one_frame_and_the_reply_is_read() -> None:
    connection = ScriptedConnection(LOADED)
    assert Link(connection, Limits()).exchange(["test"], LATER) == replies.Loaded()
    assert list(map(read_frame, connection.sent)) == [["test"]]


def test_a_reply_may_come_in_pieces_of_any_size() -> None:
    pieces = [bytes([byte]) for byte in frame(["answer", 1, "x" * 50, "", ""])]
    connection = ScriptedConnection(*pieces)
    reply = Link(connection, Limits()).exchange(["test"], LATER)
    assert reply == replies.Answer(1, "x" * 50, "", "")


def test_no_byte_of_the_next_reply_is_taken() -> None:
    connection = ScriptedConnection(frame(LOADED) + frame(["flooded", 1]))
    link = Link(connection, Limits())
    assert link.exchange(["test"], LATER) == replies.Loaded()
    assert link.exchange(["test"], LATER) == replies.Flooded(1)


@pytest.mark.parametrize("error", [TimeoutError, ConnectionLost])
def test_silence_and_the_end_of_the_room_pass_on(error: type[Exception]) -> None:
    with pytest.raises(error):
        Link(ScriptedConnection(b"\0\0\0\7[1", error), Limits()).exchange(["test"], LATER)


def test_an_announced_length_beyond_the_bound_is_refused_before_anything_is_read() -> None:
    limits = Limits(answer_bytes=1, output_bytes=1)
    connection = ScriptedConnection(b"\0\2\0\0", AssertionError)
    with pytest.raises(WireError, match="131072 bytes"):
        Link(connection, limits).exchange(["test"], LATER)


def test_an_answer_of_the_size_that_the_limits_allow_is_read() -> None:
    limits = Limits(answer_bytes=200_000, output_bytes=1)
    connection = ScriptedConnection(["answer", 1, "x" * 199_000, "", ""])
    assert isinstance(Link(connection, limits).exchange(["test"], LATER), replies.Answer)


@pytest.mark.parametrize("argument", [nested(200), [0] * 300_000], ids=["deep", "long"])
def test_arguments_beyond_the_wire_are_the_authors_error_and_nothing_is_sent(
    argument: object,
) -> None:
    connection = ScriptedConnection()
    with pytest.raises(AuthoringError, match=r"the arguments of a scenario cannot be sent: .+"):
        Link(connection, Limits()).exchange(["call", 1, "ask", [argument], "", False], LATER)
    assert connection.sent == []


def test_set_up_delivers_the_worker_and_says_what_the_room_and_the_limits_are() -> None:
    connection = ScriptedConnection(READY)
    limits = Limits(submission_seconds=20, answer_bytes=11, output_bytes=12)
    assert Link(connection, limits).set_up({"module": "small"}) == "3.13.1"
    assert connection.sent[0] == delivery()
    ((name, setup),) = connection.requests
    assert name == "setup"
    assert setup.pop("child_seconds") > 20
    assert setup == {
        "module": "small",
        "scratch": "/scratch",
        "emptied": ["/scratch"],
        "alone": True,
        "rlimits": {"RLIMIT_CORE": 0},
        "answer_bytes": 11,
        "output_bytes": 12,
    }


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (TimeoutError, "it was not ready after 30 s"),
        (ConnectionLost, "it ended at once"),
        (b"Python 2.7 is not here", "it ended at once"),
        (["broken", "ImportError: no sqlalchemy"], "ImportError: no sqlalchemy"),
        (LOADED, "it spoke out of turn"),
    ],
    ids=["silent", "lost", "noise", "broken", "out of turn"],
)
def test_a_worker_that_does_not_come_up_is_said_in_a_sentence(reply: object, reason: str) -> None:
    connection = ScriptedConnection(reply, ConnectionLost)
    with pytest.raises(SandboxError) as caught:
        Link(connection, Limits()).set_up({})
    assert str(caught.value) == (
        f"the worker could not start in the sandbox: {reason}; "
        "`grade doctor` tells what this machine lacks"
    )


def test_what_the_worker_said_last_is_quoted_harmlessly() -> None:
    complaint = "Traceback:\n  many lines\nno \x1b[31mpython3\x1b[0m"
    connection = ScriptedConnection(ConnectionLost, complaint_text=complaint)
    with pytest.raises(SandboxError) as caught:
        Link(connection, Limits()).set_up({})
    assert r"(it said: no \x1b[31mpython3\x1b[0m)" in str(caught.value)
