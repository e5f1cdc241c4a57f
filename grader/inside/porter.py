"""The program of a pooled container: opens one room after another in it, and passes messages on.

The judge speaks with it over the container's standard input and output, in messages of one letter,
a length (4 bytes, big endian) and that many bytes:

    o  open a room: JSON {"command", "env", "filter"}; `filter` is a program for seccomp in base64
    d  bytes for the room's standard input; and the other way, of its standard output
    x  (to the judge) what the room has written to its standard error, a little of it
    m  (and the answer) has memory run out in the room? JSON {"oom"}
    c  close the room, whatever state it is in
    e  (to the judge) the room has ended and nothing more will come of it: JSON {"status", "oom"}

A room is a program in namespaces of its own, so it can neither see this process nor reach the
container's streams. There is one at a time. When standard input ends, so does everything.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
from typing import Any

HEADER = struct.Struct("!cI")
OPEN, DATA, ERRORS, MEMORY, CLOSE, ENDED = b"o", b"d", b"x", b"m", b"c", b"e"

LIFETIME_SECONDS = 3_600
MAX_COMPLAINT_BYTES = 4_096
_READ_BYTES = 65_536
# Where the kernel counts how often it has ended a process of this container for its memory, in
# version 1 and in version 2 of control groups.
_OOM_FILES = ("/sys/fs/cgroup/memory/memory.oom_control", "/sys/fs/cgroup/memory.events")
_WORST_OOM_SCORE = "1000"


class Room:
    """A program that has been started in the container."""

    def __init__(self, order: dict[str, Any]) -> None:
        reader, writer = os.pipe()
        with open(writer, "wb") as stream:
            stream.write(base64.b64decode(order["filter"]))
        command = [part.replace("{filter}", str(reader)) for part in order["command"]]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the judge's command
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env=order["env"],
                pass_fds=[reader],
                start_new_session=True,
            )
        finally:
            os.close(reader)
        process = self._process
        self._streams = [one for one in (process.stdin, process.stdout, process.stderr) if one]
        self.input, self.output, self.errors = (one.fileno() for one in self._streams)
        os.set_blocking(self.input, False)
        self.waiting = b""  # what it has not read yet
        self.is_silent = False  # its standard error has ended
        self._complaint_bytes = 0
        self._ooms = count_ooms()
        # Rather than this process, which many submissions need.
        name = f"/proc/{self._process.pid}/oom_score_adj"
        with contextlib.suppress(OSError), open(name, "w") as file:
            file.write(_WORST_OOM_SCORE)

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
        """End it and, with its namespace, everything in it."""
        self._process.kill()

    def end(self) -> dict[str, Any]:
        """Return how it ended, once its output has."""
        self._process.kill()
        status = self._process.wait()
        for stream in self._streams:
            stream.close()
        return {"status": status, "oom": self.ran_out_of_memory()}


class Porter:
    """Passes messages between the judge and the room."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._received = b""
        self._room: Room | None = None

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
        if kind == OPEN:
            self._room = Room(json.loads(content))
        elif kind == DATA and self._room:
            self._room.waiting += content
            self._room.feed()
        elif kind == MEMORY and self._room:
            self._send(MEMORY, json.dumps({"oom": self._room.ran_out_of_memory()}).encode())
        elif kind == CLOSE and self._room:
            self._room.kill()

    def _pass_complaint(self, room: Room) -> None:
        complaint = room.complaint()
        if complaint:
            self._send(ERRORS, complaint)

    def _pass_output(self, room: Room) -> None:
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
