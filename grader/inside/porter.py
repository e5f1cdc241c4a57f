"""The program of a pooled container: opens one room after another in it, and passes messages on.

The judge speaks with it over the container's standard input and output, in messages of one letter,
a length (4 bytes, big endian) and that many bytes:

    p  (first of all) what spawners are delivered
    o  open a room: JSON {"command", "filter", "spawner", "env", "preload"}
    d  bytes for the room's standard input; and the other way, of its standard output
    x  (to the judge) what the room has written to its standard error, a little of it
    m  (and the answer) has memory run out in the room? JSON {"oom"}
    c  close the room, whatever state it is in
    e  (to the judge) the room has ended and nothing more will come of it: JSON {"oom"}

A room is a set of namespaces: `command` makes them, then repeats what it reads, by which it is seen
that they are there, and holds them until its standard input ends. The worker in it is forked by a
process that `spawner` has started, which has the modules of `preload`, in the environment `env`
(`grader.inside.spawner`); that one serves all rooms that want the same. `filter`, in base64, is a
program for seccomp.

What is in a room can neither see this process nor reach the container's streams. There is one room
at a time. When standard input ends, so does everything.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from typing import Any

HEADER = struct.Struct("!cI")
PROGRAMS, OPEN, DATA, ERRORS, MEMORY, CLOSE, ENDED = b"p", b"o", b"d", b"x", b"m", b"c", b"e"

LIFETIME_SECONDS = 3_600
MAX_COMPLAINT_BYTES = 4_096
_OPEN_SECONDS = 10.0
_READ_BYTES = 65_536
# Answers to questions that were asked together come one by one, in a few microseconds each. Whoever
# passes on more than _SINGLE messages without having been told anything lets some come together.
_SINGLE = 2
_TOGETHER_SECONDS = 0.001
# Where the kernel counts how often it has ended a process of this container for its memory, in
# version 1 and in version 2 of control groups.
_OOM_FILES = ("/sys/fs/cgroup/memory/memory.oom_control", "/sys/fs/cgroup/memory.events")


class Spawner:
    """A process that forks workers, with its order: what it is started with and has imported."""

    def __init__(self, order: dict[str, Any], delivery: bytes) -> None:
        self.order = order
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - the judge's command
                order["spawner"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=order["env"],
                start_new_session=True,
            )
        with contextlib.suppress(OSError):  # it has died; its rooms end at once
            self._control.sendall(delivery)
            self._tell({"preload": order["preload"]})

    def fits(self, order: dict[str, Any]) -> bool:
        """Tell whether it is alive, and what a room's order wants."""
        wanted = ("spawner", "env", "preload")
        return self._process.poll() is None and all(self.order[key] == order[key] for key in wanted)

    def spawn(self, pid: int, program: str, files: list[int]) -> None:
        """Have a worker forked into the namespaces of a process; raises OSError."""
        self._tell({"pid": pid, "filter": program}, files)

    def end(self) -> None:
        """End it; workers that are alive live on."""
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _tell(self, order: dict[str, Any], files: list[int] | None = None) -> None:
        content = json.dumps(order).encode()
        message = len(content).to_bytes(4, "big") + content
        sent = socket.send_fds(self._control, [message], files or [])
        self._control.sendall(message[sent:])


class Room:
    """A set of namespaces in the container, and a worker in it."""

    def __init__(self, order: dict[str, Any], spawner: Spawner) -> None:
        worker_input, self.input = os.pipe()
        self.output, worker_output = os.pipe()
        self.errors, worker_errors = os.pipe()
        # The namespaces live for as long as somebody has `life`, which is who waits for the worker.
        self._held, life = os.pipe()
        os.write(life, b"\n")
        files = [worker_input, worker_output, worker_errors, life]
        try:
            self._keeper, pid = start_keeper(order, self._held, worker_errors)
            if pid:
                with contextlib.suppress(OSError):  # it has died; so the room ends at once
                    spawner.spawn(pid, order["filter"], files)
        finally:
            for file in files:
                os.close(file)
        os.set_blocking(self.input, False)
        self.waiting = b""  # what it has not read yet
        self.is_silent = False  # its standard error has ended
        self.outputs_in_a_row = 0  # since it was told something
        self._complaint_bytes = 0
        self._ooms = count_ooms()

    def feed(self) -> None:
        """Write what can be written of what is waiting."""
        try:
            self.waiting = self.waiting[os.write(self.input, self.waiting) :]
        except BlockingIOError:
            pass
        except OSError:  # it has ended
            self.waiting = b""

    def outputs(self) -> list[int]:
        """Return the descriptors that there may be something to read from."""
        return [self.output] if self.is_silent else [self.output, self.errors]

    def complaint(self) -> bytes:
        """Return what is on its standard error, until that has been enough."""
        data = os.read(self.errors, _READ_BYTES)
        self.is_silent = not data
        kept = data[: MAX_COMPLAINT_BYTES - self._complaint_bytes]
        self._complaint_bytes += len(kept)
        return kept

    def ran_out_of_memory(self) -> bool:
        """Tell whether the kernel has ended a process of it for its memory."""
        return count_ooms() > self._ooms

    def kill(self) -> None:
        """End it and, with its namespaces, everything in it."""
        self._keeper.kill()

    def end(self) -> dict[str, Any]:
        """Return how it ended, once its output has."""
        self._keeper.kill()
        self._keeper.wait()
        while select.select([self._held], [], [], _OPEN_SECONDS)[0] and os.read(self._held, 1):
            pass  # until nobody is left who has had to do with it
        for file in (self.input, self.output, self.errors, self._held):
            os.close(file)
        return {"oom": self.ran_out_of_memory()}


def start_keeper(
    order: dict[str, Any], held: int, errors: int
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the program that makes a room's namespaces and holds them.

    Returns it and the id of its process in the namespaces, 0 where they could not be made.
    """
    program, program_end = os.pipe()
    facts, facts_end = os.pipe()
    said, said_end = os.pipe()
    with open(program_end, "wb") as stream:
        stream.write(base64.b64decode(order["filter"]))
    numbers = {"{filter}": str(program), "{facts}": str(facts_end)}
    try:
        keeper = subprocess.Popen(  # noqa: S603 - the judge's command
            [numbers.get(part, part) for part in order["command"]],
            stdin=held,
            stdout=said_end,
            stderr=errors,
            env=order["env"],
            pass_fds=[program, facts_end],
            start_new_session=True,
        )
    finally:
        for file in (program, facts_end, said_end):
            os.close(file)
    with open(facts, "rb") as stream, open(said, "rb") as line:
        is_up = bool(select.select([line], [], [], _OPEN_SECONDS)[0]) and line.read(1) == b"\n"
        return keeper, json.loads(stream.read())["child-pid"] if is_up else 0


class Porter:
    """Passes messages between the judge and the room."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._received = b""
        self._room: Room | None = None
        self._spawner: Spawner | None = None
        self._delivery = b""

    def serve(self) -> None:
        """Do what the judge says until it goes away."""
        while True:
            room = self._room
            watched = [self._read_fd, *(room.outputs() if room else [])]
            hungry = [room.input] if room and room.waiting else []
            readable, writable, _ = select.select(watched, hungry, [])
            if room:
                self._attend(room, readable, bool(writable))
            if self._read_fd in readable:
                data = os.read(self._read_fd, _READ_BYTES)
                if not data:
                    return
                self._received += data
                for kind, content in self._messages():
                    self._obey(kind, content)

    def _attend(self, room: Room, readable: list[int], is_hungry: bool) -> None:
        if is_hungry:
            room.feed()
        if room.errors in readable:
            self._pass_complaint(room)
        if room.output in readable:
            self._pass_output(room)

    def _messages(self) -> Any:
        while len(self._received) >= HEADER.size:
            kind, size = HEADER.unpack_from(self._received)
            end = HEADER.size + size
            if len(self._received) < end:
                return
            content = self._received[HEADER.size : end]
            self._received = self._received[end:]
            yield kind, content

    def _obey(self, kind: bytes, content: bytes) -> None:
        if kind == PROGRAMS:
            self._delivery = content
        elif kind == OPEN:
            order = json.loads(content)
            self._room = Room(order, self._spawner_for(order))
        elif kind == DATA and self._room:
            self._room.outputs_in_a_row = 0
            self._room.waiting += content
            self._room.feed()
        elif kind == MEMORY and self._room:
            self._send(MEMORY, json.dumps({"oom": self._room.ran_out_of_memory()}).encode())
        elif kind == CLOSE and self._room:
            self._room.kill()

    def _spawner_for(self, order: dict[str, Any]) -> Spawner:
        if self._spawner and not self._spawner.fits(order):
            self._spawner.end()
            self._spawner = None
        if not self._spawner:
            self._spawner = Spawner(order, self._delivery)
        return self._spawner

    def _pass_complaint(self, room: Room) -> None:
        complaint = room.complaint()
        if complaint:
            self._send(ERRORS, complaint)

    def _pass_output(self, room: Room) -> None:
        if room.outputs_in_a_row > _SINGLE:
            time.sleep(_TOGETHER_SECONDS)
        room.outputs_in_a_row += 1
        data = os.read(room.output, _READ_BYTES)
        if data:
            self._send(DATA, data)
            return
        self._room = None
        self._send(ENDED, json.dumps(room.end()).encode())

    def _send(self, kind: bytes, content: bytes) -> None:
        message = memoryview(HEADER.pack(kind, len(content)) + content)
        while message:
            message = message[os.write(self._write_fd, message) :]


def count_ooms() -> int:
    """Return how many processes the kernel has ended here because memory had run out."""
    for name in _OOM_FILES:
        with contextlib.suppress(OSError), open(name) as file:
            for line in file:
                word, _, count = line.partition(" ")
                if word == "oom_kill":
                    return int(count)
    return 0


def main() -> None:
    """Serve until the judge goes away, or has been away for too long."""
    signal.alarm(LIFETIME_SECONDS)
    Porter(0, 1).serve()
    sys.exit()


if __name__ == "__main__":
    main()
