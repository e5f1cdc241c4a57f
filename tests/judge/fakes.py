"""Sandboxes without a process: one that plays a script, one that acts, one that only records."""

from collections.abc import Callable, Iterator
from typing import Any

from grader.inside import wire
from grader.inside.failures import describe_failure
from grader.sandbox.base import Connection, ConnectionLost, Order, Room, Sandbox

READY = ["ready", "3.13.1"]
LOADED = ["loaded"]
CLEAN_END = ["ended", 0, True]

_MAX_BYTES = 1 << 30


def frame(message: object) -> bytes:
    """Return the frame of one message."""
    return wire.encode_frame(message, _MAX_BYTES)


def read_frame(data: bytes) -> Any:
    """Return the message in a frame."""
    parts = iter((data[:4], data[4:]))
    return wire.read_frame(lambda count: next(parts), _MAX_BYTES)


def read_frames(data: bytes) -> Iterator[Any]:
    """Yield the messages in as many frames."""
    while data:
        end = 4 + int.from_bytes(data[:4], "big")
        yield read_frame(data[:end])
        data = data[end:]


class FakeConnection:
    """What the connections of this module share: a room, a record of all that is sent, an end.

    `memory_is_out`, `outage_text` and `complaint_text` are what the engine would say.
    """

    def __init__(
        self, *, memory_is_out: bool = False, outage_text: str = "", complaint_text: str = ""
    ) -> None:
        self.room = Room("/scratch", ("/scratch",), alone=True, rlimits={"RLIMIT_CORE": 0})
        self.sent: list[bytes] = []
        self.times_closed = 0
        self._memory_is_out = memory_is_out
        self._outage_text = outage_text
        self._complaint_text = complaint_text

    @property
    def requests(self) -> list[Any]:
        """The messages that were sent, after the worker itself."""
        return [message for data in self.sent[1:] for message in read_frames(data)]

    def send(self, data: bytes, deadline: float) -> None:
        self.sent.append(data)

    def complaint(self) -> str:
        return self._complaint_text

    def ran_out_of_memory(self) -> bool:
        return self._memory_is_out

    def outage(self) -> str:
        return self._outage_text

    def close(self) -> None:
        self.times_closed += 1


class ScriptedConnection(FakeConnection):
    """Plays a worker from a script, whatever it is asked.

    An item of the script is a message, bytes, or an exception class to raise. After the last item
    it is silent, that is, every further wait comes to its deadline.
    """

    def __init__(self, *script: object, **says: Any) -> None:
        super().__init__(**says)
        self._script = list(script)
        self._bytes = b""

    def receive(self, count: int, deadline: float) -> bytes:
        if not self._bytes:
            item = self._script.pop(0) if self._script else TimeoutError
            if isinstance(item, type) and issubclass(item, Exception):
                raise item
            self._bytes = item if isinstance(item, bytes) else frame(item)
            if not self._bytes:
                raise ConnectionLost
        data, self._bytes = self._bytes[:count], self._bytes[count:]
        return data


class ScriptedSandbox:
    """Opens one prepared connection after another; an exception in their place is raised."""

    name = "scripted"

    def __init__(self, *rooms: FakeConnection | Exception) -> None:
        self._rooms = list(rooms)
        self.times_opened = 0

    def open(self, order: Order) -> Any:
        self.times_opened += 1
        room = self._rooms.pop(0)
        if isinstance(room, Exception):
            raise room
        return room

    def image(self) -> tuple[str, str]:
        return "", ""


class ActingConnection(FakeConnection):
    """Plays a worker that is well, and whose submission is a function."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        super().__init__()
        self._answer = answer
        self._bytes = b""
        self._requests: list[list[Any]] = []

    def send(self, data: bytes, deadline: float) -> None:
        super().send(data, deadline)
        if len(self.sent) > 1:  # after the worker itself
            self._requests += map(_single, read_frames(data))

    def receive(self, count: int, deadline: float) -> bytes:
        if not self._bytes:
            calls = self._requests.pop(0)
            self._bytes = frame(self._reply(calls.pop(0)))
            if calls:
                self._requests.insert(0, calls)
        data, self._bytes = self._bytes[:count], self._bytes[count:]
        return data

    def _reply(self, request: list[Any]) -> list[Any]:
        fixed: dict[str, list[Any]] = {"setup": READY, "test": LOADED, "done": CLEAN_END}
        if request[0] in fixed:
            return fixed[request[0]]
        _, call, scenario, arguments, _, _ = request
        try:
            return ["answer", call, self._answer(scenario, *arguments), "", ""]
        except (TimeoutError, ConnectionLost):
            raise
        except Exception as error:  # whatever the acted submission raises is its answer
            return ["raised", call, {**describe_failure(error, "/nowhere"), "missing": ""}]


def _single(request: list[Any]) -> list[Any]:
    """Return the requests, one reply each, that a request stands for."""
    if request[0] != "calls":
        return [request]
    _, first, questions = request
    return [["call", number, *question] for number, question in enumerate(questions, first)]


class ActingSandbox:
    """A sandbox whose submission is `answer(scenario, *arguments)`, run here.

    It answers with what `answer` returns or raises; TimeoutError stands for a hang, ConnectionLost
    for the end of the room. `calls` are the arguments of each call, in order.
    """

    name = "acting"

    def __init__(self, answer: Callable[..., Any]) -> None:
        self._answer = answer
        self.calls: list[tuple[Any, ...]] = []
        self.connections: list[ActingConnection] = []

    def open(self, order: Order) -> ActingConnection:
        connection = ActingConnection(self._count)
        self.connections.append(connection)
        return connection

    def image(self) -> tuple[str, str]:
        return "", ""

    def _count(self, scenario: str, *arguments: Any) -> Any:
        self.calls.append(arguments)
        return self._answer(scenario, *arguments)


class RecordingConnection:
    """Passes everything on to a real connection, and keeps what is sent."""

    def __init__(self, connection: Connection, sent: list[bytes]) -> None:
        self._connection = connection
        self._sent = sent

    def send(self, data: bytes, deadline: float) -> None:
        self._sent.append(data)
        self._connection.send(data, deadline)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class RecordingSandbox:
    """A real sandbox, with a record of all that crosses to it: orders, and bytes as sent."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.name = sandbox.name
        self.sent: list[bytes] = []
        self.orders: list[Order] = []
        self._sandbox = sandbox

    def open(self, order: Order) -> RecordingConnection:
        self.orders.append(order)
        return RecordingConnection(self._sandbox.open(order), self.sent)

    def image(self) -> tuple[str, str]:
        return self._sandbox.image()
