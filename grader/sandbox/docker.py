"""The sandbox for other people's code: a fresh container of a Docker (or Podman) engine.

What a container is created with stands in `grader.sandbox.policy`.
Nothing is ever executed in, copied to or copied from a container: its standard streams are the one
way in and out, which is also why an engine on another machine serves as well as a local one.
"""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.models.containers import Container

from grader.sandbox.base import (
    MAX_COMPLAINT_BYTES,
    ConnectionLost,
    Order,
    Room,
    SandboxError,
    resource_limits,
)
from grader.sandbox.choice import TARGETS, image_name
from grader.sandbox.policy import (
    CREATED_LABEL,
    HOST_LABEL,
    LABEL,
    PID_LABEL,
    SCRATCH,
    SHARED_MEMORY,
    container_settings,
    podman_settings,
)

LIFETIME_SECONDS = 3_600

_ENGINE_SECONDS = 30
_STDOUT, _STDERR = 1, 2
_STREAM_HEADER_BYTES = 8  # Docker Engine API, "Attach to a container", stream format

# What the engine's client raises when an engine does not answer, or stops to.
ENGINE_ERRORS = (DockerException, requests.exceptions.RequestException, OSError)


def connect() -> docker.DockerClient:
    """Return a client for the engine that DOCKER_HOST (or the default socket) names.

    Raises:
        SandboxError: when no engine answers there.
    """
    try:
        client = docker.from_env(timeout=_ENGINE_SECONDS)
        client.ping()
    except ENGINE_ERRORS as error:
        where = os.environ.get("DOCKER_HOST", "the default socket")
        raise SandboxError(
            f"no Docker engine answers at {where} ({_reason(error)}); start it, name another with "
            "DOCKER_HOST, or use --sandbox bubblewrap"
        ) from None
    return client


class DockerSandbox:
    """Opens containers of one image. `runtime` is passed on to the engine ("runsc" for gVisor)."""

    name = "docker"

    def __init__(self, client: docker.DockerClient, image: str, runtime: str | None) -> None:
        self._client = client
        self._image = image
        self._runtime = runtime

    @cached_property
    def _is_podman(self) -> bool:
        try:
            return "Podman" in str(self._client.version().get("Components"))
        except ENGINE_ERRORS as error:
            raise SandboxError(f"the engine did not answer: {_reason(error)}") from None

    @cached_property
    def _image_id(self) -> str:
        try:
            return str(self._client.images.get(self._image).id)
        except ImageNotFound:
            raise SandboxError(missing_image(self._image)) from None
        except ENGINE_ERRORS as error:
            raise SandboxError(f"the engine did not answer: {_reason(error)}") from None

    def image(self) -> tuple[str, str]:
        """Return the image's name and its id, which is a digest of its content."""
        return self._image, self._image_id

    def open(self, order: Order) -> "DockerConnection":
        """Create and start a container; raises SandboxError."""
        sweep(self._client)  # what an earlier grading may have left behind
        settings = container_settings(order, self._runtime)
        if self._is_podman:
            settings |= podman_settings(order)
        container = None
        try:
            container = self._client.containers.create(self._image_id, **settings)
            # Before the start, or what the worker says first would be lost.
            stream = _attach(self._client, container)
            container.start()
        except ENGINE_ERRORS as error:
            if container is not None:
                _remove(container)
            raise SandboxError(
                f"the container of {self._image} could not be started: {_reason(error)}"
            ) from None
        return DockerConnection(self._client, container, stream, order)


def sweep(
    client: docker.DockerClient, *, run_id: str | None = None, everything: bool = False
) -> int:
    """Remove leftover containers, or all of one run, or really all; return how many.

    A leftover is one whose judge, on this machine, does not run any more, or that is older than
    any grading can be.
    """
    label = LABEL if run_id is None else f"{LABEL}={run_id}"
    # With a second label, since the word alone may be another program's.
    labels = [label, CREATED_LABEL]
    count = 0
    with contextlib.suppress(*ENGINE_ERRORS):
        for container in client.containers.list(
            all=True, filters={"label": labels}, ignore_removed=True
        ):
            if run_id is not None or everything or _is_leftover(container.labels):
                _remove(container)
                count += 1
    return count


def _is_leftover(labels: dict[str, str]) -> bool:
    created = int(labels.get(CREATED_LABEL, "0"))
    if time.time() - created > LIFETIME_SECONDS:
        return True
    if labels.get(HOST_LABEL) != socket.gethostname():
        return False
    try:
        os.kill(int(labels.get(PID_LABEL, "0")), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


class DockerConnection:
    """The attached streams of one container."""

    def __init__(
        self, client: docker.DockerClient, container: Container, stream: Any, order: Order
    ) -> None:
        self.room = Room(
            SCRATCH,
            (SCRATCH, SHARED_MEMORY),
            alone=True,
            rlimits=resource_limits(order.limits),
        )
        self._client = client  # kept alive, since the stream is closed together with it
        self._container = container
        self._stream = stream
        self._socket = _raw_socket(stream)
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
            self._read_block(deadline)
        data = bytes(self._output[:count])
        del self._output[:count]
        return data

    def complaint(self) -> str:
        """Return what has been written to standard error, cut; "" for nothing."""
        with contextlib.suppress(ConnectionLost, TimeoutError):
            while True:
                self._read_block(time.monotonic() + 0.2)
        return self._errors.decode("utf-8", "replace").strip()

    def ran_out_of_memory(self) -> bool:
        """Tell whether the engine has seen the container out of memory."""
        with contextlib.suppress(*ENGINE_ERRORS):
            self._container.reload()
            return bool(self._container.attrs["State"].get("OOMKilled"))
        return False

    def outage(self) -> str:
        """Return why the sandbox itself failed, or "" when it is the submission that ended it."""
        try:
            self._client.ping()
        except ENGINE_ERRORS as error:
            return f"the Docker engine stopped answering ({_reason(error)}); start it and try again"
        return ""

    def close(self) -> None:
        """Close the stream, then kill and remove the container.

        In this order: a kill while nobody reads the stream can hang (moby issue 41827).
        """
        with contextlib.suppress(OSError):
            self._socket.close()
            self._stream.close()
        _remove(self._container)

    def _read_block(self, deadline: float) -> None:
        """Read one block of the multiplexed stream into the buffer it belongs to."""
        header = self._read_exactly(_STREAM_HEADER_BYTES, deadline)
        content = self._read_exactly(int.from_bytes(header[4:], "big"), deadline)
        if header[0] == _STDOUT:
            self._output += content
        elif header[0] == _STDERR:
            self._errors += content[: MAX_COMPLAINT_BYTES - len(self._errors)]

    def _read_exactly(self, count: int, deadline: float) -> bytes:
        parts = []
        while count:
            with self._until(deadline):
                part = self._socket.recv(count)
            if not part:
                raise ConnectionLost
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    @contextlib.contextmanager
    def _until(self, deadline: float) -> Iterator[None]:
        """Bound one operation of the socket, and translate how it ends."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
        try:
            yield
        except TimeoutError:
            raise
        except OSError:
            raise ConnectionLost from None


def missing_image(image: str) -> str:
    """Return the sentence for an image that the engine does not have."""
    for target in TARGETS:
        if image == image_name(target):
            return f"the image {image} is not there; build it with `grade sandbox build {target}`"
    return f"the image {image} is not there; get it with `docker pull {image}`"


def _attach(client: docker.DockerClient, container: Container) -> Any:
    streams = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
    return client.api.attach_socket(str(container.id), params=streams)


def _raw_socket(stream: Any) -> Any:
    """Return the socket below what `attach_socket` gives: a SocketIO, or the socket itself."""
    return getattr(stream, "_sock", stream)


def _remove(container: Container) -> None:
    """Kill and remove a container; one that has gone already is as good."""
    with contextlib.suppress(NotFound, APIError, *ENGINE_ERRORS):
        container.remove(force=True, v=True)


def _reason(error: BaseException) -> str:
    """Return, on one line, the engine's own sentence, or what the system said, or the error's."""
    if isinstance(error, APIError) and error.explanation:
        return " ".join(str(error.explanation).split())[:300]
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return " ".join(str(error).split())[:300]
