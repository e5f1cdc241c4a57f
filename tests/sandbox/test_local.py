"""Talking to a process of this machine: whole messages, deadlines, complaints, and its end."""

import os
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from grader.process import Setting, start_program
from grader.sandbox.base import MAX_COMPLAINT_BYTES, ConnectionLost, Room
from grader.sandbox.local import LocalConnection

PATIENCE_SECONDS = 20.0
SHORT_SECONDS = 0.05

Talk = Callable[[str], LocalConnection]


def soon(seconds: float = PATIENCE_SECONDS) -> float:
    return time.monotonic() + seconds


@pytest.fixture
def cleaned() -> list[str]:
    """Grows each time that a connection cleans up."""
    return []


@pytest.fixture
def talk_to(cleaned: list[str]) -> Iterator[Talk]:
    """Start programs of the given text and connect to them; they are ended with the test."""
    connections = []

    def start(code: str) -> LocalConnection:
        process = start_program([sys.executable, "-S", "-c", code], Setting(env={}))
        room = Room("scratch", ("scratch",), alone=False)
        connections.append(LocalConnection(process, room, lambda: cleaned.append("up")))
        return connections[-1]

    yield start
    for connection in connections:
        connection.close()


def receive_all(connection: LocalConnection) -> bytes:
    received = b""
    while True:
        try:
            received += connection.receive(65536, soon())
        except ConnectionLost:
            return received


def test_what_is_sent_arrives_and_what_is_answered_comes_back(talk_to: Talk) -> None:
    connection = talk_to("import os; os.write(1, os.read(0, 100)[::-1])")
    connection.send(b"forth", soon())

    assert receive_all(connection) == b"htrof"


def test_receive_returns_no_more_than_was_asked_for(talk_to: Talk) -> None:
    connection = talk_to("import os; os.write(1, b'abc')")

    assert [connection.receive(1, soon()) for _ in range(3)] == [b"a", b"b", b"c"]


def test_more_than_the_kernel_buffers_is_sent_bit_by_bit(talk_to: Talk) -> None:
    connection = talk_to("import sys; print(len(sys.stdin.buffer.read(1_000_000)))")
    connection.send(bytes(1_000_000), soon())

    assert receive_all(connection) == b"1000000\n"


def test_both_directions_have_deadlines(talk_to: Talk) -> None:
    connection = talk_to("import signal; signal.pause()")

    with pytest.raises(TimeoutError):
        connection.receive(1, soon(SHORT_SECONDS))
    with pytest.raises(TimeoutError):
        connection.send(bytes(1_000_000), soon(SHORT_SECONDS))
    with pytest.raises(TimeoutError):
        connection.receive(1, soon(-1.0))


def test_a_program_that_has_ended_is_lost_in_both_directions(talk_to: Talk) -> None:
    connection = talk_to("")

    with pytest.raises(ConnectionLost):
        connection.receive(1, soon())
    # Its end of the other pipe may be closed a moment later.
    with pytest.raises(ConnectionLost):
        connection.send(b"x" * 1_000_000, soon())


def test_the_last_words_of_a_program_that_has_ended_can_be_read(talk_to: Talk) -> None:
    connection = talk_to("import os; os.write(1, b'last'); os.close(0); os.kill(os.getpid(), 9)")

    assert receive_all(connection) == b"last"


def test_a_complaint_is_cut(talk_to: Talk) -> None:
    connection = talk_to("import os; os.write(2, b'  low ' + b'x' * 20_000 + bytes([255]))")
    receive_all(connection)
    complaint = connection.complaint()

    assert complaint.startswith("low xxx")
    assert len(complaint) <= MAX_COMPLAINT_BYTES


def test_no_complaint_is_an_empty_text(talk_to: Talk) -> None:
    silent = talk_to("import signal; signal.pause()")

    assert silent.complaint() == ""
    assert (silent.outage(), silent.ran_out_of_memory()) == ("", False)


def test_a_signal_from_outside_is_an_outage_only_of_a_room_of_its_own(
    talk_to: Talk, cleaned: list[str]
) -> None:
    found = []
    for alone in (True, False):
        connection = talk_to("import signal; signal.pause()")
        connection.room = Room("scratch", ("scratch",), alone=alone)
        assert connection.outage() == ""
        connection._process.kill()
        receive_all(connection)
        found.append(connection.outage())
        connection.close()

    assert found == [
        "the sandbox was ended from outside (signal 9), not by the submission; try again",
        "",
    ]
    assert cleaned == ["up", "up"]


def test_a_program_that_ends_by_itself_is_no_outage(talk_to: Talk) -> None:
    connection = talk_to("raise SystemExit(137)")
    connection.room = Room("scratch", ("scratch",), alone=True)
    receive_all(connection)

    assert connection.outage() == ""


def test_close_ends_the_whole_session_and_cleans_up_once(talk_to: Talk, cleaned: list[str]) -> None:
    code = "import os, signal; os.fork(); os.write(1, b'!'); signal.pause()"
    connection = talk_to(code)
    assert connection.receive(1, soon()) + connection.receive(1, soon()) == b"!!"
    reader = os.dup(connection._stdout)

    connection.close()
    connection.close()

    assert cleaned == ["up"]
    os.set_blocking(reader, True)
    with os.fdopen(reader, "rb") as stream:
        assert stream.read() == b""  # so nobody is left who could write
