"""Speaks the wire with a worker as the judge does, but shows each message just as it came."""

import os
import time
from collections.abc import Mapping
from typing import Any, Self

from grader.inside import wire
from grader.limits import MIB, Limits
from grader.process import Process, Setting, start_program
from grader.sandbox.base import Connection, Order, Room, environment, resource_limits
from grader.sandbox.bundle import delivery, python_command
from grader.sandbox.local import LocalConnection

# Far beyond what any of it takes: it only keeps a test that has gone wrong from waiting for ever.
PATIENCE_SECONDS = 30.0
MAX_FRAME_BYTES = 16 * MIB

# Serves nearly every test: what is done stands in the submission.
USE = """
def use(student, name, *arguments):
    return getattr(student, name)(*arguments)
"""


def an_order(seed: int = 1, hidden_paths: tuple[str, ...] = (), **limits: Any) -> Order:
    """Return an order with the default limits, but for those that are given."""
    return Order(Limits(**limits), f"tests{os.getpid()}", seed, hidden_paths)


def open_plain(python: str, folder: str) -> tuple[LocalConnection, Process]:
    """Start a worker with the interpreter `python` as a plain process that works in `folder`."""
    env = environment(an_order(), folder)
    process = start_program(python_command(python, env), Setting(env=env, folder=folder))
    room = Room(folder, (folder,), alone=False, rlimits=resource_limits(Limits()))
    return LocalConnection(process, room, lambda: None), process


class Driver:
    """One worker, and what is said to it and heard from it.

    `submission` is the text of `submission.py`, or the files by their relative names.
    """

    def __init__(self, connection: Connection, submission: str | Mapping[str, str] = "") -> None:
        self.connection = connection
        self._deadline = time.monotonic() + PATIENCE_SECONDS
        files = {"submission.py": submission} if isinstance(submission, str) else submission
        self._files = {name: text.encode("utf-8") for name, text in files.items()}
        self._calls = 0

    def set_up(self, **changes: Any) -> list[Any]:
        """Deliver the worker and its setup, with `changes`; return the reply."""
        room, limits = self.connection.room, Limits()
        setup = {
            "files": self._files,
            "module": "submission",
            "scenarios": {"use": USE},
            "preload": [],
            "seed": 1,
            "scratch": room.scratch,
            "emptied": list(room.emptied),
            "alone": room.alone,
            "rlimits": dict(room.rlimits),
            "answer_bytes": limits.answer_bytes,
            "output_bytes": limits.output_bytes,
            "child_seconds": PATIENCE_SECONDS,
        }
        assert not changes.keys() - setup.keys()
        if not room.is_staffed:
            self.connection.send(delivery(), self._deadline)
        return self.ask("setup", {**setup, **changes})

    def say(self, *request: Any) -> None:
        """Send one request."""
        frame = wire.encode_frame(list(request), MAX_FRAME_BYTES)
        self.connection.send(frame, self._deadline)

    def hear(self) -> list[Any]:
        """Return the next message."""
        message = wire.read_frame(self._read_exactly, MAX_FRAME_BYTES)
        assert isinstance(message, list)
        return message

    def ask(self, *request: Any) -> list[Any]:
        """Send one request and return the next message."""
        self.say(*request)
        return self.hear()

    def say_call(self, scenario: str, *arguments: Any, stdin: str = "", fresh: bool = False) -> int:
        """Ask for a scenario's value; return the call's id."""
        self._calls += 1
        self.say("call", self._calls, scenario, list(arguments), stdin, fresh)
        return self._calls

    def call(self, scenario: str, *arguments: Any, stdin: str = "", fresh: bool = False) -> Any:
        """Ask for a scenario's value; return the reply, whose id is checked, without that id."""
        number = self.say_call(scenario, *arguments, stdin=stdin, fresh=fresh)
        kind, answered, *rest = self.hear()
        assert answered == number or kind == "ended"
        return [kind, *rest] if kind != "ended" else [kind, answered, *rest]

    def use(self, name: str, *arguments: Any, stdin: str = "", fresh: bool = False) -> Any:
        """Return what the submission's function `name` answers."""
        reply = self.call("use", name, *arguments, stdin=stdin, fresh=fresh)
        assert reply[0] == "answer", reply
        return reply[1]

    def failure(self, name: str, *arguments: Any) -> dict[str, Any]:
        """Return the exception that the submission's function `name` raises."""
        kind, failure = self.call("use", name, *arguments)
        assert kind == "raised", failure
        assert isinstance(failure, dict)
        return failure

    def begin_test(self) -> Self:
        """Have a child import the submission."""
        assert self.ask("test") == ["loaded"]
        return self

    def end_test(self) -> None:
        """End the child of the test, which leaves nothing behind."""
        assert self.ask("done") == ["ended", 0, True]

    def _read_exactly(self, count: int) -> bytes:
        parts = []
        while count:
            part = self.connection.receive(count, self._deadline)
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
