"""The sandbox for other people's code: a fresh container of a Docker (or Podman) engine.

What a container is created with stands in `grader.sandbox.policy`.
Nothing is ever executed in, copied to or copied from a container: its standard streams are the one
way in and out, which is also why an engine on another machine serves as well as a local one.
"""

import contextlib
import os
import socket
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.models.containers import Container

from grader.sandbox.attached import AttachedStream
from grader.sandbox.base import (
    Order,
    Room,
    SandboxError,
    resource_limits,
)
from grader.sandbox.choice import TARGETS, image_name
from grader.sandbox.interference import interference, is_podman
from grader.sandbox.policy import (
    CREATED_LABEL,
    HOST_LABEL,
    LABEL,
    PID_LABEL,
    SCRATCH,
    SHARED_MEMORY,
    STARTED_LABEL,
    container_settings,
    podman_settings,
    start_of,
)

LIFETIME_SECONDS = 3_600

_ENGINE_SECONDS = 30
_END_SECONDS = 2

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


def machine_of(client: docker.DockerClient) -> str:
    """Return the engine's machine as `uname -m` names it; raises SandboxError."""
    try:
        return str(client.info().get("Architecture", ""))
    except ENGINE_ERRORS as error:
        raise SandboxError(f"the engine did not answer: {_reason(error)}") from None


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
            return is_podman(self._client)
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
        container, stream = self.start(lambda: self._settings(order))
        return DockerConnection(self._client, container, stream, order)

    def _settings(self, order: Order) -> dict[str, Any]:
        settings = container_settings(order, self._runtime)
        return settings | podman_settings(order) if self._is_podman else settings

    def start(self, settings: Callable[[], Mapping[str, Any]]) -> tuple[Container, Any]:
        """Create and start a container; return it and its streams. Raises SandboxError."""
        container = None
        try:
            container = self._client.containers.create(self._image_id, **settings())
            # Before the start, or what is said first would be lost.
            stream = _attach(self._client, container)
            container.start()
        except ENGINE_ERRORS as error:
            if container is not None:
                remove(container)
            raise SandboxError(
                f"the container of {self._image} could not be started: {_reason(error)}"
            ) from None
        return container, stream


def sweep(
    client: docker.DockerClient, *, run_id: str | None = None, everything: bool = False
) -> int:
    """Remove leftover containers, or all of one run, or really all; return how many.

    A leftover is one whose judge, on this machine, does not run any more; of another machine's
    judges, one that is older than any grading can be.
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
                remove(container)
                count += 1
    return count


def _is_leftover(labels: dict[str, str]) -> bool:
    if labels.get(HOST_LABEL) == socket.gethostname():
        return not _is_at_work(int(labels.get(PID_LABEL, "0")), labels.get(STARTED_LABEL, ""))
    # The one use of a clock that may be wrong, or another than that of who made the container.
    return time.time() - int(labels.get(CREATED_LABEL, "0")) > LIFETIME_SECONDS


def _is_at_work(pid: int, started: str) -> bool:
    """Tell whether a judge on this machine still runs, and its id is not another program's."""
    now = start_of(pid)
    if now and started:
        return now == started
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


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
        self._attached = AttachedStream(raw_socket(stream))

    def send(self, data: bytes, deadline: float) -> None:
        """Write all of `data`; raises TimeoutError at the deadline, or ConnectionLost."""
        self._attached.send(data, deadline)

    def receive(self, count: int, deadline: float) -> bytes:
        """Return 1 to `count` bytes; raises TimeoutError at the deadline, or ConnectionLost."""
        return self._attached.receive(count, deadline)

    def complaint(self) -> str:
        """Return what has been written to standard error, cut; "" for nothing."""
        return self._attached.complaint()

    def ran_out_of_memory(self) -> bool:
        """Tell whether the engine has seen the container out of memory."""
        with contextlib.suppress(*ENGINE_ERRORS):
            self._container.reload()
            return bool(self._container.attrs["State"].get("OOMKilled"))
        return False

    def outage(self) -> str:
        """Return why the sandbox itself failed, or "" when it is the submission that ended it."""
        return outage_of(self._client, self._container, self._attached)

    def close(self) -> None:
        """Close the stream, then kill and remove the container.

        In this order: a kill while nobody reads the stream can hang (moby issue 41827).
        """
        self._attached.close()
        with contextlib.suppress(OSError):
            self._stream.close()
        remove(self._container)


def outage_of(client: docker.DockerClient, container: Container, attached: AttachedStream) -> str:
    """Return how the engine, or somebody else, has ended a container; "" where neither has.

    `container` is as it was when it had been created.
    """
    try:
        client.ping()
        if attached.has_ended:
            _wait_for_end(container)
        if attached.has_ended or attached.was_silent:
            return interference(client, container, _ENGINE_SECONDS)
    except ENGINE_ERRORS as error:
        return f"the Docker engine stopped answering ({_reason(error)}); start it and try again"
    return ""


def _wait_for_end(container: Container) -> None:
    """Wait until the engine has seen the end, before which it may not have noted a kill."""
    with contextlib.suppress(*ENGINE_ERRORS):
        container.wait(timeout=_END_SECONDS)


def missing_image(image: str) -> str:
    """Return the sentence for an image that the engine does not have."""
    for target in TARGETS:
        if image == image_name(target):
            return f"the image {image} is not there; build it with `grade sandbox build {target}`"
    return f"the image {image} is not there; get it with `docker pull {image}`"


def _attach(client: docker.DockerClient, container: Container) -> Any:
    streams = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
    return client.api.attach_socket(str(container.id), params=streams)


def raw_socket(stream: Any) -> Any:
    """Return the socket below what `attach_socket` gives: a SocketIO, or the socket itself."""
    return getattr(stream, "_sock", stream)


def remove(container: Container) -> None:
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
