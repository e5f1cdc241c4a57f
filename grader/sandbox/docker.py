"""The sandbox for other people's code: a fresh container of a Docker (or Podman) engine.

`container_settings` is the whole policy in one place; SECURITY.md says what each line is for.
Nothing is ever executed in, copied to or copied from a container: its standard streams are the one
way in and out, which is also why an engine on another machine serves as well as a local one.
"""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.models.containers import Container
from docker.types import LogConfig, Ulimit

from grader.sandbox.base import (
    MAX_COMPLAINT_BYTES,
    ConnectionLost,
    Order,
    Room,
    SandboxError,
    environment,
    fresh_uid,
    resource_limits,
)
from grader.sandbox.bundle import python_command
from grader.sandbox.choice import TARGETS, image_name

LABEL = "grader"
HOST_LABEL = "grader.host"
PID_LABEL = "grader.pid"
CREATED_LABEL = "grader.created"
LIFETIME_SECONDS = 3_600

_ENGINE_SECONDS = 30
_SCRATCH = "/tmp"  # noqa: S108 - inside, where it is a fresh tmpfs
_SHARED_MEMORY_BYTES = 1024 * 1024
_SHARED_MEMORY = "/dev/shm"  # noqa: S108 - inside
_INODES = 4_096
_NPROC = 4_096
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


def container_settings(order: Order, runtime: str | None) -> dict[str, Any]:
    """Return everything that a container is created with, by the names of the Docker SDK."""
    limits = order.limits
    uid = fresh_uid()
    env = environment(order, _SCRATCH)
    settings: dict[str, Any] = {
        "labels": _labels(order.run_id),
        "user": f"{uid}:{uid}",
        "network_mode": "none",
        "cap_drop": ["ALL"],
        "security_opt": _security_options(_seccomp_file().read_text(encoding="utf-8")),
        "privileged": False,
        "read_only": True,
        "tmpfs": {_SCRATCH: f"{_tmpfs_options(order)},nr_inodes={_INODES}"},
        "ipc_mode": "private",
        "shm_size": _SHARED_MEMORY_BYTES,
        "cgroupns": "private",
        "mem_limit": limits.memory_bytes,
        "memswap_limit": limits.memory_bytes,
        "pids_limit": limits.processes,
        "nano_cpus": int(limits.cpus * 1e9),
        "ulimits": _ulimits(order),
        "log_config": LogConfig(type="none"),
        "init": True,
        "tty": False,
        "stdin_open": True,
        "hostname": "sandbox",
        "working_dir": "/",
        "environment": env,
        # In the place of the image's own, so that any image with a Python serves.
        "entrypoint": python_command("python3", env),
    }
    if runtime is not None:
        settings["runtime"] = runtime
    return settings


def _ulimits(order: Order) -> list[Ulimit]:
    """Return the container's ulimits; never nproc, which counts a user across containers."""
    values = {
        "nofile": 256,
        "core": 0,
        "fsize": order.limits.files_bytes,
        "cpu": resource_limits(order.limits)["RLIMIT_CPU"],
        "memlock": 0,
        "msgqueue": 0,
        "sigpending": 256,
    }
    return [Ulimit(name=name, soft=value, hard=value) for name, value in values.items()]


def podman_settings(order: Order) -> dict[str, Any]:
    """Return the settings that Podman wants in another form than Docker.

    It takes the name of a file with the seccomp profile, not its text, and knows no limit on the
    number of files in a tmpfs; their size is limited all the same.
    """
    return {
        "security_opt": _security_options(str(_seccomp_file())),
        "tmpfs": {_SCRATCH: _tmpfs_options(order)},
        # Without one it asks for more than the host may have to give, and fails.
        "ulimits": [*_ulimits(order), Ulimit(name="nproc", soft=_NPROC, hard=_NPROC)],
    }


def _tmpfs_options(order: Order) -> str:
    # Open to every user: not every engine can give it to one, and there is only one inside.
    return f"rw,nosuid,nodev,noexec,mode=1777,size={order.limits.files_bytes}"


def _security_options(seccomp: str) -> list[str]:
    return ["no-new-privileges:true", f"seccomp={seccomp}"]


def _seccomp_file() -> Path:
    return Path(__file__).with_name("seccomp.json")


def _labels(run_id: str) -> dict[str, str]:
    """Return the labels by which a leftover is told from a container in use."""
    return {
        LABEL: run_id,
        HOST_LABEL: socket.gethostname(),
        PID_LABEL: str(os.getpid()),
        CREATED_LABEL: str(int(time.time())),
    }


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
            _SCRATCH,
            (_SCRATCH, _SHARED_MEMORY),
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
