"""Keeps containers for the judges of a batch, and lends them over a Unix socket.

A loan is a connection. Who borrows sends the terms, in JSON, and gets what is said of a container,
with its open stream; a byte before the connection closes says that it comes back in good order. One
that does not is removed, and so is one that has served long enough.
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
from pathlib import Path
from typing import Any

import docker

from grader.limits import Limits
from grader.sandbox.base import SandboxError
from grader.sandbox.docker import connect, raw_socket, sweep
from grader.sandbox.pooled import Held, Terms, end, start

CLEAN = b"c"
MAX_REQUEST_BYTES = 65_536

# Whoever has just been given back is there in a moment; a new one takes far longer.
_RETURN_SECONDS = 1.0
_LONGEST_FOLDER = 70
_END_SECONDS = 5.0


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
        self._idle: list[Held] = []
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
        enders = [threading.Thread(target=end, args=(held,)) for held in idle]
        for ender in enders:
            ender.start()
        for ender in enders:
            ender.join()
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
            terms = _terms(json.loads(loan.recv(MAX_REQUEST_BYTES)))
            try:
                held = self._take(terms)
            except SandboxError as error:
                loan.sendall(json.dumps({"error": str(error)}).encode())
                return
            is_clean = False
            try:
                answer = json.dumps(held.described()).encode()
                socket.send_fds(loan, [answer], [raw_socket(held.stream).fileno()])
                is_clean = loan.recv(1) == CLEAN
            finally:
                self._take_back(held, is_clean)
                self._come_back()

    def _take(self, terms: Terms) -> Held:
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

    def _idle_one(self, terms: Terms) -> Held | None:
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

    def _take_back(self, held: Held, is_clean: bool) -> None:
        surplus = [held]
        with self._lock:
            if is_clean and not held.is_worn and not self._is_over:
                self._idle.append(held)
                self._lock.notify_all()
                # The ones that have not been wanted for longest.
                surplus = self._idle[: -self._size]
                del self._idle[: -self._size]
        for one in surplus:
            end(one)


def _short_folder() -> str | None:
    """Return where a socket may be made, whose path has at most 107 bytes (unix(7)), or None."""
    return "/tmp" if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER else None  # noqa: S108


def _terms(data: Mapping[str, Any]) -> Terms:
    return Terms(data["image"], data["runtime"], Limits(**data["limits"]))
