"""The sandbox for a batch: rooms in containers that serve many submissions, one after another.

Starting a container takes longer than many a submission takes to be judged. Here a container stays,
and each submission gets fresh namespaces in it (`grader.sandbox.porter`). A judge, which is a
process of its own, borrows one from the batch that it belongs to (`grader.sandbox.lender`).
"""

import contextlib
import json
import os
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cached_property
from typing import Any

import docker

from grader.inside.wire import encode_frame
from grader.sandbox.attached import AttachedStream
from grader.sandbox.base import ConnectionLost, Order, SandboxError
from grader.sandbox.bpf import filter_bytes
from grader.sandbox.docker import DockerSandbox, connect, outage_of, raw_socket
from grader.sandbox.lender import CLEAN, MAX_REQUEST_BYTES
from grader.sandbox.pooled import Terms, end, start
from grader.sandbox.porter import PorterConnection

_PROBE_SECONDS = 20.0


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
        return self._room(stream, order, held.described(), lambda clean: end(held))

    def _borrowed(self, terms: Terms, order: Order) -> PorterConnection:
        loan, described, stream = _borrow(self._address, terms)

        def give_back(is_clean: bool) -> None:
            with loan, contextlib.suppress(OSError):
                if is_clean:
                    loan.sendall(CLEAN)

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

        def leave(is_clean: bool) -> None:
            attached.close()
            release(is_clean)

        return PorterConnection(
            attached,
            order,
            described["Id"],
            filter_bytes(described["Machine"]),
            lambda: self._outage(described, attached),
            leave,
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
        room.send(encode_frame(["setup", {}], MAX_REQUEST_BYTES), deadline)
        room.receive(1, deadline)
    except (TimeoutError, ConnectionLost):
        return "rooms cannot be opened in a container here: " + room.complaint()
    finally:
        room.close()
    return ""


def _borrow(address: str, terms: Terms) -> tuple[socket.socket, Mapping[str, Any], socket.socket]:
    """Borrow a container; return the connection that holds it, what is said of it, its stream."""
    loan = socket.socket(socket.AF_UNIX)
    try:
        loan.connect(address)
        loan.sendall(json.dumps(asdict(terms)).encode())
        content, files, _, _ = socket.recv_fds(loan, MAX_REQUEST_BYTES, 1)
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
