"""The porter of a pooled container, run here as a plain program whose rooms are plain programs."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from grader.inside.porter import CLOSE, DATA, ENDED, ERRORS, HEADER, MEMORY, OPEN
from grader.sandbox.bundle import porter

ECHO = "import sys; [sys.stdout.write(line) and sys.stdout.flush() for line in sys.stdin]"


class Guest:
    """The judge's side of a porter."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def say(self, kind: bytes, content: bytes = b"") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(HEADER.pack(kind, len(content)) + content)
        self.process.stdin.flush()

    def hear(self) -> tuple[bytes, bytes]:
        assert self.process.stdout is not None
        kind, size = HEADER.unpack(self.process.stdout.read(HEADER.size))
        return kind, self.process.stdout.read(size)

    def open(self, code: str, *, seccomp: bytes = b"filter", **env: str) -> None:
        command = [sys.executable, "-c", code, "{filter}"]
        order = {
            "command": command,
            "env": env,
            "filter": base64.b64encode(seccomp).decode("ascii"),
        }
        self.say(OPEN, json.dumps(order).encode())

    def until_the_end(self) -> tuple[dict[bytes, bytes], dict[str, Any]]:
        """Return all that the room wrote, by the stream, and how it ended."""
        found = {DATA: b"", ERRORS: b""}
        while True:
            kind, content = self.hear()
            if kind == ENDED:
                return found, json.loads(content)
            found[kind] += content


@pytest.fixture
def guest() -> Iterator[Guest]:
    process = subprocess.Popen(
        [sys.executable, "-c", porter()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        yield Guest(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0


def test_what_is_said_to_a_room_and_by_it_is_passed_on(guest: Guest) -> None:
    guest.open(ECHO)
    guest.say(DATA, b"one\n")
    assert guest.hear() == (DATA, b"one\n")
    guest.say(DATA, b"two\n")
    assert guest.hear() == (DATA, b"two\n")
    guest.say(CLOSE)
    assert guest.until_the_end()[1]["status"] == -9


def test_one_room_after_another_is_opened_with_an_environment_of_its_own(guest: Guest) -> None:
    for name in ("one", "two"):
        guest.open("import os; print(dict(os.environ))", NAME=name)
        written, ended = guest.until_the_end()
        assert f"'NAME': '{name}'".encode() in written[DATA]
        assert ended["status"] == 0


def test_a_room_gets_its_filter_by_a_descriptor(guest: Guest) -> None:
    guest.open("import os, sys; print(os.read(int(sys.argv[1]), 99))", seccomp=b"a filter")
    written, _ = guest.until_the_end()
    assert written[DATA] == b"b'a filter'\n"


def test_a_room_that_floods_is_closed_all_the_same(guest: Guest) -> None:
    guest.open("while True: print('x' * 10_000)")
    assert guest.hear()[0] == DATA
    guest.say(CLOSE)
    assert guest.until_the_end()[1]["status"] == -9


def test_a_room_that_does_not_read_keeps_nobody_from_closing_it(guest: Guest) -> None:
    guest.open("import time; time.sleep(1000)")
    guest.say(DATA, b"x" * 1_000_000)
    guest.say(CLOSE)
    assert guest.until_the_end()[1]["status"] == -9


def test_of_what_a_room_complains_only_the_beginning_is_passed_on(guest: Guest) -> None:
    guest.open("import sys; sys.stderr.write('no' * 100_000)")
    written, _ = guest.until_the_end()
    assert written[ERRORS] == b"no" * 2048


def test_a_room_of_which_no_process_ran_out_of_memory_says_so(guest: Guest) -> None:
    guest.open(ECHO)
    guest.say(MEMORY)
    assert guest.hear() == (MEMORY, b'{"oom": false}')
    guest.say(CLOSE)
    guest.until_the_end()


def test_what_is_said_to_no_room_is_not_answered(guest: Guest) -> None:
    for kind in (DATA, MEMORY, CLOSE):
        guest.say(kind, b"{}")
    guest.open(ECHO)
    guest.say(DATA, b"first\n")
    assert guest.hear() == (DATA, b"first\n")
    guest.say(CLOSE)
    guest.until_the_end()


def test_a_closed_room_is_gone_when_that_is_said(guest: Guest) -> None:
    guest.open("import os, time; print(os.getpid(), flush=True); time.sleep(1000)")
    _, pid = guest.hear()
    guest.say(CLOSE)
    guest.until_the_end()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
