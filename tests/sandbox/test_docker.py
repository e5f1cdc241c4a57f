"""Containers: what the engine makes of them, leftovers, the stream's framing, engines elsewhere."""

import contextlib
import itertools
import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docker
import pytest
from docker.errors import APIError, NotFound
from driver import Driver, an_order
from hypothesis import given
from hypothesis import strategies as st

from grader.limits import MIB
from grader.sandbox.base import (
    MAX_COMPLAINT_BYTES,
    ConnectionLost,
    Order,
    SandboxError,
    resource_limits,
)
from grader.sandbox.docker import (
    LIFETIME_SECONDS,
    DockerConnection,
    DockerSandbox,
    connect,
    missing_image,
    sweep,
)
from grader.sandbox.policy import (
    CREATED_LABEL,
    HOST_LABEL,
    LABEL,
    PID_LABEL,
    STARTED_LABEL,
    start_of,
)

PATIENCE_SECONDS = 20.0
HOST = socket.gethostname()
ABSENT = "grader-tests-absent:1"


def soon(seconds: float = PATIENCE_SECONDS) -> float:
    return time.monotonic() + seconds


ORDER = an_order(
    seed=7,
    memory_bytes=100 * MIB,
    processes=5,
    cpus=0.5,
    files_bytes=2 * MIB,
    submission_seconds=30.0,
)


# What the engine makes of them


@pytest.mark.docker
def test_the_engine_takes_every_setting(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    connection = DockerSandbox(docker_client, core_image, None).open(ORDER)
    try:
        (container,) = docker_client.containers.list(filters={"label": f"{LABEL}={ORDER.run_id}"})
        attributes = container.attrs
    finally:
        connection.close()

    host = attributes["HostConfig"]
    assert attributes["Image"] == core_image
    assert host["Binds"] in (None, [])
    assert attributes["Mounts"] == []
    assert host["NetworkMode"] == "none"
    assert host["CapDrop"] == ["ALL"]
    assert host["CapAdd"] in (None, [])
    assert (host["ReadonlyRootfs"], host["Privileged"], host["Init"]) == (True, False, True)
    assert (host["Memory"], host["MemorySwap"]) == (100 * MIB, 100 * MIB)
    assert (host["PidsLimit"], host["NanoCpus"]) == (5, 500_000_000)
    assert host["LogConfig"]["Type"] == "none"
    assert (host["IpcMode"], host["CgroupnsMode"]) == ("private", "private")


@pytest.mark.docker
def test_the_image_is_known_by_its_digest(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    assert DockerSandbox(docker_client, "grader-core:latest", None).image() == (
        "grader-core:latest",
        core_image,
    )


@pytest.mark.docker
def test_a_runtime_that_the_engine_lacks_is_told_and_leaves_nothing(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    order = Order(ORDER.limits, "tests-runtime", 1)
    with pytest.raises(SandboxError, match=r"could not be started: .*no-such-runtime"):
        DockerSandbox(docker_client, core_image, "no-such-runtime").open(order)

    assert not docker_client.containers.list(all=True, filters={"label": f"{LABEL}=tests-runtime"})


@pytest.mark.docker
def test_a_missing_image_is_told_with_the_command_that_gets_it(
    docker_client: docker.DockerClient,
) -> None:
    sandbox = DockerSandbox(docker_client, ABSENT, None)

    for attempt in (sandbox.image, lambda: sandbox.open(ORDER)):
        with pytest.raises(SandboxError, match=f"{ABSENT} is not there; .* `docker pull {ABSENT}`"):
            attempt()


@pytest.mark.parametrize("target", ["core", "tools", "web"])
def test_a_missing_image_of_ours_is_told_with_the_command_that_builds_it(target: str) -> None:
    assert missing_image(f"grader-{target}:latest") == (
        f"the image grader-{target}:latest is not there; "
        f"build it with `grade sandbox build {target}`"
    )


def test_an_engine_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/no.sock")

    with pytest.raises(SandboxError, match=rf"no Docker engine answers at unix://{tmp_path}/no"):
        connect()


def test_an_engine_named_without_sense_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "nonsense://here")

    with pytest.raises(SandboxError, match="no Docker engine answers at nonsense://here"):
        connect()


# Leftovers


@dataclass
class FakeContainer:
    """A container of which only the labels matter; `gone` once it has been removed."""

    labels: Mapping[str, str]
    refuses: Exception | None = None
    gone: bool = False

    def remove(self, force: bool, v: bool) -> None:
        assert force
        assert v
        self.gone = True
        if self.refuses:
            raise self.refuses


@dataclass
class FakeEngine:
    """An engine that lists the given containers, of which it filters none out."""

    found: list[FakeContainer]
    asked: dict[str, Any] = field(default_factory=dict)

    @property
    def containers(self) -> "FakeEngine":
        return self

    def list(self, **options: Any) -> list[FakeContainer]:
        self.asked = options
        return self.found


def labelled(
    pid: int | None = None, host: str = HOST, age_seconds: float = 0.0, started: str | None = None
) -> FakeContainer:
    pid = os.getpid() if pid is None else pid
    return FakeContainer(
        {
            LABEL: "run",
            HOST_LABEL: host,
            PID_LABEL: str(pid),
            STARTED_LABEL: start_of(pid) if started is None else started,
            CREATED_LABEL: str(int(time.time() - age_seconds)),
        }
    )


@pytest.fixture(scope="module")
def dead_pid() -> int:
    """The id of a process that has ended."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


def sweep_engine(engine: FakeEngine, **options: Any) -> int:
    return sweep(engine, **options)  # type: ignore[arg-type]  # the fake is enough of one


def test_sweep_removes_what_a_dead_judge_has_left(dead_pid: int) -> None:
    engine = FakeEngine([labelled(dead_pid), labelled()])

    assert sweep_engine(engine) == 1
    assert [container.gone for container in engine.found] == [True, False]


def test_sweep_removes_what_a_judge_has_left_whose_id_another_program_has_now() -> None:
    assert sweep_engine(FakeEngine([labelled(started="1")])) == 1


def test_sweep_removes_of_another_host_what_is_older_than_any_grading() -> None:
    old, young = LIFETIME_SECONDS + 5, LIFETIME_SECONDS - 60
    ages = (old, young, -old)
    engine = FakeEngine([labelled(host="another-host", age_seconds=age) for age in ages])

    assert sweep_engine(engine) == 1
    assert [container.gone for container in engine.found] == [True, False, False]


@pytest.mark.parametrize("seconds", [10 * LIFETIME_SECONDS, -10 * LIFETIME_SECONDS])
def test_a_clock_that_is_set_does_not_make_a_judge_at_work_a_dead_one(seconds: float) -> None:
    assert sweep_engine(FakeEngine([labelled(age_seconds=seconds)])) == 0


def test_sweep_leaves_what_another_host_may_be_using(dead_pid: int) -> None:
    engine = FakeEngine([labelled(dead_pid, "another-host")])

    assert sweep_engine(engine) == 0
    assert not engine.found[0].gone


def test_sweep_leaves_what_another_users_judge_is_using(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pid: int, number: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)

    assert sweep_engine(FakeEngine([labelled(started="")])) == 0


def test_sweep_removes_all_of_one_run_and_really_all_where_it_is_told_to() -> None:
    assert sweep_engine(FakeEngine([labelled(), labelled()]), run_id="run") == 2
    assert sweep_engine(FakeEngine([labelled(), labelled()]), everything=True) == 2


@pytest.mark.parametrize(("options", "label"), [({}, LABEL), ({"run_id": "r1"}, f"{LABEL}=r1")])
def test_sweep_asks_for_containers_with_both_our_labels(
    options: dict[str, Any], label: str
) -> None:
    engine = FakeEngine([])
    sweep_engine(engine, **options)

    assert engine.asked["filters"] == {"label": [label, CREATED_LABEL]}
    assert engine.asked["all"] is True


@pytest.mark.parametrize("error", [NotFound("gone"), APIError("in progress")])
def test_sweep_goes_on_where_a_container_is_being_removed_already(
    dead_pid: int, error: Exception
) -> None:
    engine = FakeEngine([labelled(dead_pid), labelled(dead_pid)])
    engine.found[0].refuses = error

    assert sweep_engine(engine) == 2
    assert engine.found[1].gone


@pytest.mark.docker
def test_opening_a_room_sweeps_only_the_leftovers(
    docker_client: docker.DockerClient, core_image: str, dead_pid: int
) -> None:
    left, in_use = (labelled(pid).labels for pid in (dead_pid, os.getpid()))
    foreign = {LABEL: "another tool's"}
    containers = [
        docker_client.containers.create(core_image, labels=dict(labels))
        for labels in (left, in_use, foreign)
    ]
    try:
        DockerSandbox(docker_client, core_image, None).open(ORDER).close()
        there = {str(c.id) for c in docker_client.containers.list(all=True)}
    finally:
        for container in containers:
            with contextlib.suppress(NotFound):
                container.remove(force=True)

    assert [str(container.id) in there for container in containers] == [False, True, True]


# The stream


@dataclass
class FakeSocket:
    """A socket that hands out `pieces` one at a time, and then has ended or stays silent.

    It takes at most `takes` bytes of what is sent at a time, and keeps them in `sent`.
    """

    pieces: list[bytes]
    silent: bool = False
    takes: int = 1_000
    sent: bytes = b""
    closed: bool = False
    timeouts: list[float] = field(default_factory=list)

    def settimeout(self, seconds: float) -> None:
        self.timeouts.append(seconds)

    def recv(self, count: int) -> bytes:
        if not self.pieces:
            if self.silent:
                raise TimeoutError
            return b""
        piece, rest = self.pieces[0][:count], self.pieces[0][count:]
        self.pieces[:1] = [rest] if rest else []
        return piece

    def send(self, data: memoryview) -> int:
        if not self.takes:
            raise BrokenPipeError
        self.sent += bytes(data[: self.takes])
        return min(len(data), self.takes)

    def close(self) -> None:
        self.closed = True


def block(stream: int, content: bytes) -> bytes:
    """Return a block as in "Attach to a container" of the engine's API: 1 is output, 2 errors."""
    return bytes([stream, 0, 0, 0]) + len(content).to_bytes(4, "big") + content


def connected(stream: Any, container: Any = None) -> DockerConnection:
    client: Any = SimpleNamespace(ping=lambda: True)
    return DockerConnection(client, container, stream, ORDER)


def receive_all(connection: DockerConnection, count: int = 65536) -> bytes:
    received = b""
    while True:
        try:
            received += connection.receive(count, soon())
        except ConnectionLost:
            return received


BLOCKS = block(1, b"one") + block(2, b"low") + block(1, b"") + block(1, b"two") + block(2, b"er")


@pytest.mark.parametrize("size", [1, 3, 7, 8, 9, 11, 1_000])
def test_output_is_told_from_errors_however_the_stream_is_cut(size: int) -> None:
    pieces = [BLOCKS[i : i + size] for i in range(0, len(BLOCKS), size)]
    connection = connected(FakeSocket(pieces))

    assert receive_all(connection) == b"onetwo"
    assert connection.complaint() == "lower"


def test_receive_returns_no_more_than_was_asked_for_and_keeps_the_rest() -> None:
    connection = connected(FakeSocket([block(1, b"abcdef")]))

    assert [connection.receive(4, soon()), connection.receive(4, soon())] == [b"abcd", b"ef"]


def test_a_header_inside_the_output_is_only_output() -> None:
    forged = block(2, b"forged") + block(1, b"output")

    assert receive_all(connected(FakeSocket([block(1, forged)]))) == forged


@pytest.mark.parametrize("rest", [b"", b"\1\0\0", block(1, b"half")[:-2]])
def test_a_stream_that_ends_is_lost_also_within_a_block(rest: bytes) -> None:
    connection = connected(FakeSocket([block(1, b"whole") + rest]))

    assert receive_all(connection) == b"whole" + rest[len(block(1, b"")) :]


def test_a_silent_stream_times_out_and_a_past_deadline_at_once() -> None:
    fake = FakeSocket([], silent=True)
    connection = connected(fake)

    with pytest.raises(TimeoutError):
        connection.receive(1, soon())
    with pytest.raises(TimeoutError):
        connection.receive(1, soon(-1.0))
    with pytest.raises(TimeoutError):
        connection.send(b"x", soon(-1.0))
    assert len(fake.timeouts) == 1
    assert 0 < fake.timeouts[0] <= PATIENCE_SECONDS


def test_a_complaint_is_cut_and_read_as_far_as_it_has_come() -> None:
    pieces = [block(2, b" low " + b"x" * 3_000 + b"\xff"), block(2, b"y" * 50_000), b"\2\0"]
    complaint = connected(FakeSocket(pieces, silent=True)).complaint()

    assert complaint.startswith("low xxx")
    assert complaint.endswith("y")
    assert len(complaint) <= MAX_COMPLAINT_BYTES


class TalkativeSocket(FakeSocket):
    """A socket in which a block of output is always there; it notes how much was asked for."""

    def __init__(self, announced: int = 4) -> None:
        super().__init__([])
        self.asked: list[int] = []
        self.announced = announced

    def recv(self, count: int) -> bytes:
        self.asked.append(count)
        assert len(self.asked) < 10_000, "it is read for ever"
        if not self.pieces:
            self.pieces = [bytes([1, 0, 0, 0]) + self.announced.to_bytes(4, "big") + b"talk"]
        return super().recv(count)


def test_a_complaint_ends_also_where_the_output_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    now = itertools.count()
    monkeypatch.setattr("grader.sandbox.attached.time.monotonic", lambda: next(now) / 100)
    connection = connected(TalkativeSocket())

    assert connection.complaint() == ""
    assert not connection._attached._output


def test_a_block_that_announces_gigabytes_is_read_piece_by_piece() -> None:
    fake = TalkativeSocket(announced=2**32 - 1)

    assert connected(fake).receive(100, soon()) == b"talk"
    assert max(fake.asked) <= 65536


sources_and_contents = st.lists(
    st.tuples(st.sampled_from([0, 1, 2, 3, 255]), st.binary(max_size=20)), max_size=8
)


@given(sources_and_contents, st.integers(1, 30))
def test_each_stream_is_put_together_from_its_own_blocks(
    blocks: list[tuple[int, bytes]], size: int
) -> None:
    stream = b"".join(block(source, content) for source, content in blocks)
    connection = connected(FakeSocket([stream[i : i + size] for i in range(0, len(stream), size)]))

    assert receive_all(connection) == b"".join(text for source, text in blocks if source == 1)
    errors = b"".join(text for source, text in blocks if source == 2)
    assert connection.complaint() == errors.decode("utf-8", "replace").strip()


@given(st.binary(max_size=200), st.integers(1, 30))
def test_any_bytes_of_an_engine_are_output_or_the_end(stream: bytes, size: int) -> None:
    connection = connected(FakeSocket([stream[i : i + size] for i in range(0, len(stream), size)]))

    received = receive_all(connection)
    assert len(received) + len(connection.complaint().encode()) <= 3 * len(stream)


def test_all_of_a_message_is_sent_bit_by_bit() -> None:
    fake = FakeSocket([], takes=3)
    connected(fake).send(b"0123456789", soon())

    assert fake.sent == b"0123456789"
    assert len(fake.timeouts) == 4


def test_sending_to_a_stream_that_has_broken_is_lost() -> None:
    with pytest.raises(ConnectionLost):
        connected(FakeSocket([], takes=0)).send(b"x", soon())


def test_the_socket_below_the_stream_is_used_where_there_is_one() -> None:
    fake = FakeSocket([block(1, b"below")])
    stream = SimpleNamespace(_sock=fake, close=lambda: None)

    assert connected(stream).receive(100, soon()) == b"below"


def test_close_closes_the_stream_before_it_removes_the_container() -> None:
    order = []
    fake = FakeSocket([])
    container = SimpleNamespace(remove=lambda **options: order.append(fake.closed))
    connected(fake, container).close()

    assert order == [True]  # a kill while nobody reads an open stream can hang


def test_the_room_is_alone_and_knows_its_limits() -> None:
    room = connected(FakeSocket([])).room

    assert room.alone
    assert room.emptied == ("/tmp", "/dev/shm")
    assert room.rlimits == resource_limits(ORDER.limits)


def test_an_engine_that_has_stopped_is_an_outage() -> None:
    def fail() -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    connection = connected(FakeSocket([]))
    assert connection.outage() == ""

    connection._client = SimpleNamespace(ping=fail)  # type: ignore[assignment]
    assert "stopped answering (Connection refused)" in connection.outage()


@dataclass
class NotingEngine:
    """An engine that answers, and of the container C has noted these actions and no others."""

    actions: tuple[str, ...]
    times_asked: int = 0

    def ping(self) -> bool:
        return True

    def info(self) -> dict[str, str]:
        return {"SystemTime": "2026-01-01T00:00:09.123456789Z"}

    def version(self) -> dict[str, Any]:
        return {}

    @property
    def api(self) -> "NotingEngine":
        return self

    base_url, api_version = "http://engine", "1.41"

    def get(self, url: str, **options: Any) -> SimpleNamespace:
        self.times_asked += 1
        events = [{"Action": action, "Actor": {"ID": "C"}} for action in self.actions]
        return SimpleNamespace(ok=True, text="\n".join(map(json.dumps, events)))


def in_engine(stream: FakeSocket, *actions: str) -> DockerConnection:
    def refuse(timeout: float) -> None:
        raise NotFound("it is gone")

    attrs = {"Created": "2026-01-01T00:00:00Z"}
    connection = connected(stream, SimpleNamespace(id="C", attrs=attrs, wait=refuse))
    connection._client = NotingEngine(actions)  # type: ignore[assignment]
    return connection


@pytest.mark.parametrize("silent", [True, False])
def test_what_the_engine_has_noted_tells_who_ended_a_stream_or_stopped_it(silent: bool) -> None:
    for actions, sentence in ((("start",), ""), (("start", "kill"), "was killed from outside")):
        connection = in_engine(FakeSocket([], silent=silent), *actions)
        with pytest.raises((ConnectionLost, TimeoutError)):
            connection.receive(1, soon())

        assert sentence in connection.outage()
        assert bool(connection.outage()) == bool(sentence)


def test_the_engine_is_not_asked_what_it_has_noted_while_the_stream_is_well() -> None:
    connection = in_engine(FakeSocket([block(1, b"noise")]))
    connection.receive(100, soon())

    assert connection.outage() == ""
    assert connection._client.times_asked == 0  # type: ignore[attr-defined]


# An engine elsewhere


def pump(source: socket.socket, target: socket.socket) -> None:
    """Copy one direction of a connection until it ends."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def serve_forwarding(server: socket.socket, path: str) -> None:
    """Forward each connection to the Unix socket at `path`, until the server is closed."""
    while True:
        try:
            near, _ = server.accept()
        except OSError:
            return
        far = socket.socket(socket.AF_UNIX)
        far.connect(path)
        for ends in ((near, far), (far, near)):
            threading.Thread(target=pump, args=ends, daemon=True).start()


@pytest.fixture
def engine_over_tcp(docker_client: docker.DockerClient) -> Iterator[str]:
    """The address of the engine as if it were another machine's."""
    address = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    if not address.startswith("unix://"):
        pytest.skip("the engine is reached over a network already")
    with socket.create_server(("127.0.0.1", 0)) as server:
        arguments = (server, address.removeprefix("unix://"))
        threading.Thread(target=serve_forwarding, args=arguments, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)  # which wakes the thread that accepts


@pytest.mark.docker
def test_an_engine_over_tcp_is_reached_by_the_same_code(
    engine_over_tcp: str, core_image: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", engine_over_tcp)
    client = connect()
    assert client.api.base_url == engine_over_tcp.replace("tcp", "http")
    connection = DockerSandbox(client, core_image, None).open(an_order())
    try:
        driver = Driver(connection, "def f(x): return x * 2\ndef g():\n    while True: pass")
        assert driver.set_up()[0] == "ready"
        assert driver.begin_test().use("f", "large" * 50_000) == "large" * 100_000
        driver.say_call("use", "g")
        with pytest.raises(TimeoutError):
            connection.receive(1, soon(0.2))
    finally:
        connection.close()

    assert not client.containers.list(all=True, filters={"label": f"{LABEL}={an_order().run_id}"})
    client.close()
