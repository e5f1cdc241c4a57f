"""The streams of a container as the engine gives them: one socket, in blocks with a header each."""

import contextlib
import socket
import time
from collections.abc import Iterator

from grader.sandbox.base import MAX_COMPLAINT_BYTES, ConnectionLost

_STDOUT, _STDERR = 1, 2
_HEADER_BYTES = 8  # Docker Engine API, "Attach to a container", stream format
_READ_BYTES = 65_536
_COMPLAINT_SECONDS = 0.5


class AttachedStream:
    """Standard input, output and error of one container.

    Attributes:
        has_ended: whether the other end has closed it.
        was_silent: whether something was waited for in vain.
    """

    def __init__(self, attached: socket.socket) -> None:
        self.has_ended = False
        self.was_silent = False
        self._socket = attached
        self._raw = bytearray()
        self._kind = 0  # of the block that is being read
        self._left = 0  # bytes of it that are still to come
        self._output = bytearray()
        self._errors = bytearray()

    def send(self, data: bytes, deadline: float) -> None:
        """Write all of `data`; raises TimeoutError at the deadline, or ConnectionLost."""
        rest = memoryview(data)
        while rest:
            with self._until(deadline):
                rest = rest[self._socket.send(rest) :]

    def receive(self, count: int, deadline: float) -> bytes:
        """Return 1 to `count` bytes; raises TimeoutError at the deadline, or ConnectionLost."""
        while not self._output:
            self._read_on(deadline)
        data = bytes(self._output[:count])
        del self._output[:count]
        return data

    def complaint(self) -> str:
        """Return what has been written to standard error, cut; "" for nothing."""
        # For all of it, since what writes without end is never silent.
        deadline = time.monotonic() + _COMPLAINT_SECONDS
        with contextlib.suppress(ConnectionLost, TimeoutError):
            while True:
                self._read_on(deadline)
                self._output.clear()  # nobody asks for it any more
        return self._errors.decode("utf-8", "replace").strip()

    def close(self) -> None:
        """Close our end."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def _read_on(self, deadline: float) -> None:
        """Read what there is, and put every part of it into the buffer that it belongs to.

        A block may have 4 GiB, so it is not waited for. Nothing is lost at the deadline.
        """
        with self._until(deadline):
            data = self._socket.recv(_READ_BYTES)
        if not data:
            self.has_ended = True
            raise ConnectionLost
        self._raw += data
        while self._left or len(self._raw) >= _HEADER_BYTES:
            if not self._left:
                self._kind, self._left = self._raw[0], int.from_bytes(self._raw[4:8], "big")
                del self._raw[:_HEADER_BYTES]
            content = self._raw[: self._left]
            del self._raw[: len(content)]
            self._left -= len(content)
            self._keep(bytes(content))
            if not self._raw:
                return

    def _keep(self, content: bytes) -> None:
        if self._kind == _STDOUT:
            self._output += content
        elif self._kind == _STDERR:
            self._errors += content[: MAX_COMPLAINT_BYTES - len(self._errors)]

    @contextlib.contextmanager
    def _until(self, deadline: float) -> Iterator[None]:
        """Bound one operation of the socket, and translate how it ends."""
        try:
            self._socket.settimeout(_seconds_until(deadline))
            yield
        except TimeoutError:
            self.was_silent = True
            raise
        except OSError:
            self.has_ended = True
            raise ConnectionLost from None


def _seconds_until(deadline: float) -> float:
    """Return the seconds until a deadline; raises TimeoutError when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
