"""The porter of a pooled container, run here as a plain program whose rooms are plain programs.

The rooms' keeper makes no namespaces here: it holds one end of a FIFO, and what the spawner forks
ends when that end is closed, as it would with the first process of its namespace.
"""

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.inside.porter import CLOSE, DATA, ENDED, ERRORS, HEADER, MEMORY, OPEN
from grader.sandbox.bundle import porter

ROOT = Path(__file__).parents[2]

ECHO = "import sys; [sys.stdout.write(line) and sys.stdout.flush() for line in sys.stdin]"

KEEPER = """
import json, os, sys
facts, seccomp, fifo = sys.argv[1:]
held = os.open(fifo, os.O_RDWR)
os.write(int(facts), json.dumps({"child-pid": os.getpid(), "seccomp": seccomp}).encode())
os.close(int(facts))
os.write(1, os.read(0, 1))
os.read(0, 1)
"""

SPAWNER = """
import os, sys, threading
sys.path.insert(0, sys.argv[1])
from grader.inside import spawner, worker

def end_with_room(file):
    os.read(file, 1)
    os._exit(0)

def be_room():
    file = os.open(sys.argv[2], os.O_RDONLY | os.O_NONBLOCK)  # the keeper may have gone already
    os.set_blocking(file, True)
    threading.Thread(target=end_with_room, args=(file,), daemon=True).start()
    exec(sys.argv[3], {"FILTER": filters[-1]})
    sys.stdout.flush()
    sys.stderr.flush()

filters = []
worker.main = be_room
spawner.enter = lambda pid: None
spawner.drop_privileges = lambda: None
spawner.filter_calls = filters.append
spawner.main()
"""


class Guest:
    """The judge's side of a porter."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self.process = process
        self.fifo = str(folder / "fifo")
        os.mkfifo(self.fifo)

    def say(self, kind: bytes, content: bytes = b"") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(HEADER.pack(kind, len(content)) + content)
        self.process.stdin.flush()

    def hear(self) -> tuple[bytes, bytes]:
        assert self.process.stdout is not None
        kind, size = HEADER.unpack(self.process.stdout.read(HEADER.size))
        return kind, self.process.stdout.read(size)

    def open(
        self, code: str, *, seccomp: bytes = b"filter", keeper: str = KEEPER, **env: str
    ) -> None:
        python = [sys.executable, "-c"]
        order = {
            "command": [*python, keeper, "{facts}", "{filter}", self.fifo],
            "filter": base64.b64encode(seccomp).decode("ascii"),
            "spawner": [*python, SPAWNER, str(ROOT), self.fifo, code],
            "env": {"HOME": "/", **env},
            "preload": [],
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
def guest(tmp_path: Path) -> Iterator[Guest]:
    process = subprocess.Popen(
        [sys.executable, "-c", porter()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        yield Guest(process, tmp_path)
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
    assert guest.until_the_end()[1] == {"oom": False}


def test_one_room_after_another_is_opened_with_an_environment_of_its_own(guest: Guest) -> None:
    for name in ("one", "two"):
        guest.open("import os; print(dict(os.environ))", NAME=name)
        written, ended = guest.until_the_end()
        assert f"'NAME': '{name}'".encode() in written[DATA]
        assert ended == {"oom": False}


def test_rooms_that_want_the_same_are_served_by_one_spawner(guest: Guest) -> None:
    forked_by = []
    for name in ("same", "same", "other"):
        guest.open("import os; print(os.getsid(os.getppid()))", NAME=name)
        forked_by.append(guest.until_the_end()[0][DATA])
    assert forked_by[0] == forked_by[1] != forked_by[2]


def test_a_room_gets_its_filter(guest: Guest) -> None:
    guest.open("print(FILTER)", seccomp=b"a filter")
    assert guest.until_the_end()[0][DATA] == b"b'a filter'\n"


def test_a_keeper_gets_the_filter_by_a_descriptor(guest: Guest) -> None:
    keeper = "import os, sys; os.write(2, os.read(int(sys.argv[2]), 99))"
    guest.open("", seccomp=b"a filter", keeper=keeper)
    assert guest.until_the_end()[0] == {DATA: b"", ERRORS: b"a filter"}


def test_a_room_ends_with_its_worker(guest: Guest) -> None:
    for _ in range(3):
        guest.open("import os; os.write(1, b'here'); os._exit(1)")
        assert guest.until_the_end()[0][DATA] == b"here"


def test_a_spawner_that_has_died_is_replaced(guest: Guest) -> None:
    guest.open("import os, signal; os.kill(os.getsid(os.getppid()), signal.SIGKILL)")
    guest.until_the_end()
    guest.open("print('here')")
    assert guest.until_the_end()[0][DATA] == b"here\n"


def test_a_room_that_floods_is_closed_all_the_same(guest: Guest) -> None:
    guest.open("while True: print('x' * 10_000)")
    assert guest.hear()[0] == DATA
    guest.say(CLOSE)
    assert guest.until_the_end()[1] == {"oom": False}


def test_a_room_that_does_not_read_keeps_nobody_from_closing_it(guest: Guest) -> None:
    guest.open("import time; time.sleep(1000)")
    guest.say(DATA, b"x" * 1_000_000)
    guest.say(CLOSE)
    assert guest.until_the_end()[1] == {"oom": False}


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
    deadline = time.monotonic() + 10
    while Path("/proc", pid.decode().strip()).exists():  # whoever has forked it buries it
        assert time.monotonic() < deadline
        time.sleep(0.01)
