"""The submission's standard streams: input from a text, output kept in memory up to a limit."""

from __future__ import annotations

import io
import sys
from typing import Any, Callable


class _Source(io.RawIOBase):
    """The bytes of one call's standard input."""

    def __init__(self) -> None:
        self._content = io.BytesIO()

    def refill(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._content.readinto(buffer)


class _Sink(io.RawIOBase):
    """Keeps what is written; calls `on_flood` once all sinks together hold too much."""

    def __init__(self, meter: _Meter, descriptor: int) -> None:
        self._meter = meter
        self._descriptor = descriptor
        self._parts: list[bytes] = []

    def take(self) -> str:
        if not self._parts:
            return ""
        content = b"".join(self._parts)
        self._parts.clear()
        return content.decode("utf-8", "replace")

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        # Code that hands sys.stdout to a subprocess asks for this; the descriptor is /dev/null.
        return self._descriptor

    def write(self, data: Any) -> int:
        content = bytes(data)
        self._meter.add(len(content))
        self._parts.append(content)
        return len(content)


class _Meter:
    """Counts the bytes of both output streams of one call."""

    def __init__(self, limit: int, on_flood: Callable[[], None]) -> None:
        self._limit = limit
        self._on_flood = on_flood
        self.count = 0

    def add(self, count: int) -> None:
        self.count += count
        if self.count > self._limit:
            self._on_flood()


class Streams:
    """Stands in for sys.stdin, sys.stdout and sys.stderr, with fresh content for each call.

    The objects stay the same from call to call, because a submission may have taken hold of them
    with `from sys import stdout`; one that it closed or detached is replaced.
    """

    def __init__(self, output_bytes: int, on_flood: Callable[[], None]) -> None:
        self._meter = _Meter(output_bytes, on_flood)
        self._source = _Source()
        self._out = _Sink(self._meter, 1)
        self._err = _Sink(self._meter, 2)
        self._install()

    def _install(self) -> None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(self._source), "utf-8", "surrogateescape")
        sys.stdout = _writer(self._out, 1)
        sys.stderr = _writer(self._err, 2)
        self._standard = (sys.stdin, sys.stdout, sys.stderr)

    def begin(self, stdin: str) -> None:
        """Start a call: nothing written yet, and `stdin` to be read."""
        self.end()
        if not all(map(_is_open, self._standard)):
            self._source, self._out, self._err = (
                _Source(),
                _Sink(self._meter, 1),
                _Sink(self._meter, 2),
            )
            self._install()
        sys.stdin, sys.stdout, sys.stderr = self._standard
        sys.stdin.read()  # what the call before has left unread in the buffers
        self._source.refill(stdin.encode("utf-8", "surrogatepass"))
        self._meter.count = 0

    def end(self) -> tuple[str, str]:
        """Return what the call wrote to standard output and to standard error."""
        for stream in self._standard[1:]:
            if _is_open(stream):
                stream.flush()
        return self._out.take(), self._err.take()


def _is_open(stream: io.TextIOWrapper) -> bool:
    try:
        return not stream.closed
    except ValueError:  # detached, as in `sys.stdout = TextIOWrapper(sys.stdout.detach(), ...)`
        return False


def _writer(sink: _Sink, descriptor: int) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(sink), "utf-8", "backslashreplace", write_through=descriptor == 2
    )
