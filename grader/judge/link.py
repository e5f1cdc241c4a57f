"""The judge's end of the wire: one request out, one reply in, within bounds of bytes and time."""

import time
from collections.abc import Mapping
from typing import Any

from grader import messages
from grader.inside import wire
from grader.judge import replies
from grader.judge.replies import Reply, parse_reply
from grader.limits import Limits
from grader.sandbox.base import Connection, ConnectionLost, SandboxError
from grader.sandbox.bundle import delivery
from grader.testing import AuthoringError

START_SECONDS = 30.0
# The worker's own alarm is for the case that the judge has gone; so it comes well after ours.
CHILD_GRACE_SECONDS = 5.0

_REPLY_OVERHEAD_BYTES = 64 * 1024
_MAX_REQUEST_BYTES = 32 * 1024 * 1024
_READ_BYTES = 65536


class Link:
    """Speaks with one worker over one connection."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self.connection = connection
        self._limits = limits
        self._received = bytearray()  # and not yet taken
        self._trouble: TimeoutError | ConnectionLost | None = None  # behind what was received
        self._max_reply_bytes = limits.answer_bytes + limits.output_bytes + _REPLY_OVERHEAD_BYTES

    def set_up(self, setup: Mapping[str, Any]) -> str:
        """Deliver the worker and its setup; return the version of Python that it runs on.

        Args:
            setup: the parts that follow from submission and test file; the room's are added here.

        Raises:
            SandboxError: when no worker comes up.
        """
        deadline = time.monotonic() + START_SECONDS
        try:
            if not self.connection.room.is_staffed:
                self.connection.send(delivery(), deadline)
            reply = self.exchange(["setup", {**setup, **self._surroundings()}], deadline)
        except TimeoutError:
            raise self._failed(f"it was not ready after {START_SECONDS:g} s") from None
        except (ConnectionLost, wire.WireError):
            raise self._failed("it ended at once") from None
        if isinstance(reply, replies.Ready):
            return reply.python
        reason = reply.reason if isinstance(reply, replies.Broken) else "it spoke out of turn"
        raise self._failed(reason)

    def exchange(self, request: list[Any], deadline: float) -> Reply:
        """Send one request and return the reply; raises as `send` and `receive` do."""
        self.send(frame_of(request), deadline)
        return self.receive(deadline)

    def send(self, frames: bytes, deadline: float) -> None:
        """Send whole frames.

        Raises:
            TimeoutError: at the deadline, as of `time.monotonic()`.
            ConnectionLost: when the other side has gone.
        """
        self.connection.send(frames, deadline)

    def receive(self, deadline: float) -> Reply:
        """Return the next reply.

        Raises:
            TimeoutError: at the deadline, as of `time.monotonic()`.
            ConnectionLost: when the other side has gone.
            WireError: when what comes is no message.
        """
        while (payload := self._next_payload()) is None:
            if self._trouble is not None:
                raise self._trouble
            self._received += self.connection.receive(_READ_BYTES, deadline)
        return parse_reply(wire.decode(payload))

    def receives(self, frames: bytes, deadline: float) -> bool:
        """Tell whether exactly these frames come next, and take them if so; else take nothing.

        What goes wrong meanwhile is raised by `receive`, when that comes to where it belongs.
        """
        while frames.startswith(there := bytes(self._received[: len(frames)])):
            if len(there) == len(frames):
                del self._received[: len(frames)]
                return True
            try:
                self._received += self.connection.receive(_READ_BYTES, deadline)
            except (TimeoutError, ConnectionLost) as error:
                self._trouble = error
                break
        return False

    def _next_payload(self) -> bytes | None:
        """Take the content of a frame, None when it is not all there; raises WireError."""
        if len(self._received) < wire.LENGTH_BYTES:
            return None
        size = wire.size_of(bytes(self._received[: wire.LENGTH_BYTES]), self._max_reply_bytes)
        end = wire.LENGTH_BYTES + size
        if len(self._received) < end:
            return None
        payload = bytes(self._received[wire.LENGTH_BYTES : end])
        del self._received[:end]
        return payload

    def _surroundings(self) -> dict[str, Any]:
        """Return the part of the setup that the room and the limits decide."""
        room = self.connection.room
        return {
            "scratch": room.scratch,
            "emptied": list(room.emptied),
            "alone": room.alone,
            "rlimits": dict(room.rlimits),
            "answer_bytes": self._limits.answer_bytes,
            "output_bytes": self._limits.output_bytes,
            "child_seconds": self._limits.submission_seconds + CHILD_GRACE_SECONDS,
        }

    def _failed(self, reason: str) -> SandboxError:
        *_, last_line = ["", *self.connection.complaint().splitlines()]
        said = f" (it said: {messages.inert(last_line)})" if last_line else ""
        return SandboxError(
            f"the worker could not start in the sandbox: {reason}{said}; "
            "`grade doctor` tells what this machine lacks"
        )


def frame_of(request: list[Any]) -> bytes:
    """Return the frame of a request, whose bulk is the arguments that a hidden test gives.

    Raises:
        AuthoringError: when it is beyond the bounds of the wire.
    """
    try:
        return wire.encode_frame(request, _MAX_REQUEST_BYTES, plain_only=True)
    except wire.WireError as error:
        raise AuthoringError(f"the arguments of a scenario cannot be sent: {error}") from None


def frame_of_calls(first: int, questions: bytes) -> bytes:
    """Return the frame that puts a run of questions; `first` is the number of the first of them.

    `questions` is their JSON, as `grader.judge.foresight` gives it.
    """
    payload = b'["calls",%d,[%b]]' % (first, questions)
    return len(payload).to_bytes(wire.LENGTH_BYTES, "big") + payload
