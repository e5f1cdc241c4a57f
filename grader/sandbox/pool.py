"""The sandbox for a batch: containers that serve many submissions, each in a room of its own.

Starting a container takes longer than many a submission takes to be judged. Here a container stays,
and each submission gets fresh namespaces in it (`grader.sandbox.porter`). A `ContainerPool` keeps
the containers; judges, which are processes of their own, borrow one over a Unix socket, with its
open stream. One that is not given back in good order is removed, and so is one that has served
MOST_USES times.
"""

import contextlib
import json
import os
import secrets
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import docker
from docker.models.containers import Container

from grader.inside.wire import encode_frame
from grader.limits import Limits
from grader.sandbox.attached import AttachedStream
from grader.sandbox.base import ConnectionLost, Order, SandboxError
from grader.sandbox.bpf import filter_bytes
from grader.sandbox.docker import (
    DockerSandbox,
    connect,
    machine_of,
    outage_of,
    raw_socket,
    remove,
    sweep,
)
from grader.sandbox.policy import pool_settings
from grader.sandbox.porter import PorterConnection, programs

MOST_USES = 200
MOST_SECONDS = 1_200.0
"""How old a container may grow; well below what makes it look like a leftover."""

_CLEAN = b"c"
_PROBE_SECONDS = 20.0
# Whoever has just been given back is there in a moment; a new one takes far longer.
_RETURN_SECONDS = 1.0
_PROGRAMS_SECONDS = 10.0
_MAX_REQUEST_BYTES = 65_536
_LONGEST_FOLDER = 70
_END_SECONDS = 5.0


@dataclass(frozen=True)
class Terms:
    """What a container is made for: submissions with the same terms may share one."""

    image: str
    runtime: str | None
    limits: Limits


@dataclass
class _Held:
    """A container, and our end of its streams."""

    container: Container
    stream: Any
    terms: Terms
    born: float
    machine: str  # as `uname -m` gives it
    uses: int = 0

    def described(self) -> Mapping[str, Any]:
        """Return what a borrower has to know of it."""
        return {
            "Id": str(self.container.id),
            "Created": self.container.attrs["Created"],
            "Image": self.container.attrs["Image"],
            "Machine": self.machine,
        }

    @property
    def is_worn(self) -> bool:
        return self.uses >= MOST_USES or time.monotonic() - self.born > MOST_SECONDS


class PoolSandbox:
    """Opens rooms in containers that it borrows at `address`; without one, in one of its own."""

    name = "pool"

    def __init__(self, image: str, runtime: str | None, address: str = "") -> None:
        self._image = image
        self._runtime = runtime
        self._address = address
        self._digest = ""

    @cached_property
    def _client(self) -> docker.DockerClient:
        return connect()

    @cached_property
    def _inside(self) -> DockerSandbox:
        return DockerSandbox(self._client, self._image, self._runtime)

    def image(self) -> tuple[str, str]:
        """Return the image's name and its id, which is a digest of its content."""
        # A container that was borrowed tells; asking the engine takes longer.
        return (self._image, self._digest) if self._digest else self._inside.image()

    def open(self, order: Order) -> PorterConnection:
        """Open a room; raises SandboxError."""
        terms = Terms(self._image, self._runtime, order.limits)
        if self._address:
            return self._borrowed(terms, order)
        held = start(self._client, terms, order.run_id)
        stream = socket.socket(fileno=os.dup(raw_socket(held.stream).fileno()))
        return self._room(stream, order, held.described(), lambda clean: _end(held))

    def _borrowed(self, terms: Terms, order: Order) -> PorterConnection:
        loan, described, stream = _borrow(self._address, terms)

        def give_back(is_clean: bool) -> None:
            with loan, contextlib.suppress(OSError):
                if is_clean:
                    loan.sendall(_CLEAN)

        return self._room(stream, order, described, give_back)

    def _room(
        self,
        stream: socket.socket,
        order: Order,
        described: Mapping[str, Any],
        release: Callable[[bool], None],
    ) -> PorterConnection:
        attached = AttachedStream(stream)
        self._digest = described["Image"]

        def end(is_clean: bool) -> None:
            attached.close()
            release(is_clean)

        return PorterConnection(
            attached,
            order,
            described["Id"],
            filter_bytes(described["Machine"]),
            lambda: self._outage(described, attached),
            end,
        )

    def _outage(self, described: Mapping[str, Any], attached: AttachedStream) -> str:
        try:
            client = self._client
        except SandboxError as error:
            return str(error)
        return outage_of(client, client.containers.prepare_model(dict(described)), attached)


def why_unavailable(terms: Terms, address: str = "") -> str:
    """Return why no room can be opened in a container, or "" when one can.

    With `address`, the container is one of the pool there, for whoever borrows next.
    """
    sandbox = PoolSandbox(terms.image, terms.runtime, address)
    try:
        room = sandbox.open(Order(terms.limits, "probe" + secrets.token_hex(4), 0))
    except SandboxError as error:
        return str(error)
    try:
        deadline = time.monotonic() + _PROBE_SECONDS
        # A worker that is told nothing says that it cannot work.
        room.send(encode_frame(["setup", {}], _MAX_REQUEST_BYTES), deadline)
        room.receive(1, deadline)
    except (TimeoutError, ConnectionLost):
        return "rooms cannot be opened in a container here: " + room.complaint()
    finally:
        room.close()
    return ""


class ContainerPool:
    """Keeps containers for the judges of a batch, as many as are at work at a time.

    Attributes:
        address: the path of the socket at which judges borrow them.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._run_id = secrets.token_hex(8)
        self._folder = tempfile.mkdtemp(prefix="grader-pool-", dir=_short_folder())
        self.address = str(Path(self._folder, "socket"))
        self._lock = threading.Condition()
        self._idle: list[_Held] = []
        self._starting: list[Terms] = []  # of containers that nobody has asked for yet
        self._lent = 0
        self._lenders: list[threading.Thread] = []
        self._is_over = False
        self._connecting = threading.Lock()
        self._connected: docker.DockerClient | None = None
        self._listener = socket.socket(socket.AF_UNIX)

    @property
    def _client(self) -> docker.DockerClient:
        """The engine's client; raises SandboxError."""
        with self._connecting:
            if self._connected is None:
                self._connected = connect()
            return self._connected

    def __enter__(self) -> "ContainerPool":
        self._listener.bind(self.address)
        self._listener.listen()
        threading.Thread(target=self._accept, name="container pool", daemon=True).start()
        return self

    def __exit__(self, *reason: object) -> None:
        with self._lock:
            self._is_over = True
            idle, self._idle = self._idle, []
        # Wakes the thread that waits in `accept`, which closing alone does not.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        ends = [threading.Thread(target=_end, args=(held,)) for held in idle]
        for end in ends:
            end.start()
        for end in ends:
            end.join()
        for lender in self._lenders:  # what has just come back is being removed
            lender.join(_END_SECONDS)
        if self._connected is not None:
            sweep(self._client, run_id=self._run_id)  # what is still lent

    def prepare(self, terms: Terms) -> None:
        """Begin to start as many containers as are at work at a time; who borrows waits for one."""
        with self._lock:
            self._starting += [terms] * self._size
        for _ in range(self._size):
            self._begin(self._start_one, terms)

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        """Have a thread do something that the end of the pool waits for."""
        lender = threading.Thread(target=work, args=arguments, daemon=True)
        with self._lock:
            self._lenders = [one for one in self._lenders if one.is_alive()]
            self._lenders.append(lender)
            lender.start()

    def _start_one(self, terms: Terms) -> None:
        try:
            with contextlib.suppress(SandboxError):  # who borrows tries again, and is told why not
                self._take_back(start(self._client, terms, self._run_id), is_clean=True)
        finally:
            with self._lock:
                self._starting.remove(terms)
                self._lock.notify_all()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                loan, _ = self._listener.accept()
                self._begin(self._lend, loan)

    def _lend(self, loan: socket.socket) -> None:
        """Lend a container over a connection, and take it back when that is closed."""
        with loan, contextlib.suppress(OSError, ValueError, TypeError):
            terms = _terms(json.loads(loan.recv(_MAX_REQUEST_BYTES)))
            try:
                held = self._take(terms)
            except SandboxError as error:
                loan.sendall(json.dumps({"error": str(error)}).encode())
                return
            is_clean = False
            try:
                answer = json.dumps(held.described()).encode()
                socket.send_fds(loan, [answer], [raw_socket(held.stream).fileno()])
                is_clean = loan.recv(1) == _CLEAN
            finally:
                self._take_back(held, is_clean)
                self._come_back()

    def _take(self, terms: Terms) -> _Held:
        deadline = time.monotonic() + _RETURN_SECONDS
        with self._lock:
            while (held := self._idle_one(terms)) is None:
                left = deadline - time.monotonic()
                if terms not in self._starting and (self._lent < self._size or left <= 0):
                    break
                self._lock.wait(None if terms in self._starting else left)
            self._lent += 1
        try:
            held = held or start(self._client, terms, self._run_id)
        except BaseException:
            self._come_back()
            raise
        held.uses += 1
        return held

    def _idle_one(self, terms: Terms) -> _Held | None:
        for held in self._idle:
            if held.terms == terms:
                self._idle.remove(held)
                return held
        return None

    def _come_back(self) -> None:
        """Take note that one that was lent, or was to be, is not any more."""
        with self._lock:
            self._lent -= 1
            self._lock.notify_all()

    def _take_back(self, held: _Held, is_clean: bool) -> None:
        surplus = [held]
        with self._lock:
            if is_clean and not held.is_worn and not self._is_over:
                self._idle.append(held)
                self._lock.notify_all()
                # The ones that have not been wanted for longest.
                surplus = self._idle[: -self._size]
                del self._idle[: -self._size]
        for one in surplus:
            _end(one)


def _short_folder() -> str | None:
    """Return where a socket may be made, whose path has at most 107 bytes (unix(7)), or None."""
    return "/tmp" if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER else None  # noqa: S108


def start(client: docker.DockerClient, terms: Terms, run_id: str) -> _Held:
    """Start a container with its porter; raises SandboxError."""
    sandbox = DockerSandbox(client, terms.image, terms.runtime)
    order = Order(terms.limits, run_id, 0)
    machine = machine_of(client)
    if not filter_bytes(machine):
        raise SandboxError(f"no system calls can be filtered on {machine}; use --sandbox docker")
    container, stream = sandbox.start(lambda: pool_settings(order, terms.runtime))
    held = _Held(container, stream, terms, time.monotonic(), machine)
    try:
        deadline = time.monotonic() + _PROGRAMS_SECONDS
        AttachedStream(raw_socket(stream)).send(programs(), deadline)
    except (TimeoutError, ConnectionLost):
        _end(held)
        raise SandboxError(f"the container of {terms.image} ended at once") from None
    return held


def _end(held: _Held) -> None:
    """Close a container's streams, then kill and remove it."""
    with contextlib.suppress(OSError):
        held.stream.close()
    remove(held.container)


def _borrow(address: str, terms: Terms) -> tuple[socket.socket, Mapping[str, Any], socket.socket]:
    """Borrow a container; return the connection that holds it, what is said of it, its stream."""
    loan = socket.socket(socket.AF_UNIX)
    try:
        loan.connect(address)
        loan.sendall(json.dumps(asdict(terms)).encode())
        content, files, _, _ = socket.recv_fds(loan, _MAX_REQUEST_BYTES, 1)
        answer = json.loads(content)
    except (OSError, ValueError):
        loan.close()
        raise SandboxError(
            "the pool of containers does not answer; it ends together with its batch"
        ) from None
    if not files:
        loan.close()
        raise SandboxError(str(answer.get("error", "no container was lent")))
    return loan, answer, socket.socket(fileno=files[0])


def _terms(data: Mapping[str, Any]) -> Terms:
    return Terms(data["image"], data["runtime"], Limits(**data["limits"]))
