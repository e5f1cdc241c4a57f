"""The contract of a sandbox: one suite, run against each backend that this machine has."""

import contextlib
import glob
import itertools
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docker
import pytest
from driver import Driver, an_order

from grader.limits import MIB
from grader.sandbox.base import (
    FIRST_UID,
    MAX_COMPLAINT_BYTES,
    ConnectionLost,
    Order,
    Sandbox,
    environment,
    resource_limits,
    user_limits,
)
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.docker import DockerSandbox
from grader.sandbox.none import NoSandbox
from grader.sandbox.policy import LABEL
from grader.sandbox.pool import PoolSandbox

STRICT = [
    *(pytest.param(name, marks=pytest.mark.docker) for name in ("docker", "pool")),
    "bubblewrap",
]
everywhere = pytest.mark.parametrize("sandbox", [*STRICT, "none"], indirect=True, scope="module")
# What only a real sandbox promises.
in_strict_ones = pytest.mark.parametrize("sandbox", STRICT, indirect=True, scope="module")

PATIENCE_SECONDS = 20.0
SHORT_SECONDS = 0.2
FILES_BYTES = 4 * MIB

_numbers = itertools.count()

Open = Callable[..., Driver]


def unique_order(hidden_paths: tuple[str, ...] = (), **limits: Any) -> Order:
    """Return an order whose seed and run id mark everything that belongs to its room."""
    seed = os.getpid() * 500 + next(_numbers)
    order = an_order(seed, hidden_paths, **limits)
    return Order(order.limits, f"contract{seed}", seed, hidden_paths)


@pytest.fixture(scope="module")
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    if request.param == "docker":
        client = request.getfixturevalue("docker_client")
        return DockerSandbox(client, request.getfixturevalue("core_image"), None)
    if request.param == "pool":
        return PoolSandbox(request.getfixturevalue("core_image"), None)
    if request.param == "none":
        return NoSandbox()
    request.getfixturevalue("working_bubblewrap")
    return Bubblewrap()


@pytest.fixture
def open_room(sandbox: Sandbox) -> Iterator[Open]:
    """Open rooms whose worker is ready; they are closed with the test."""
    with contextlib.ExitStack() as rooms:

        def open_one(submission: str = "", order: Order | None = None, **setup: Any) -> Driver:
            connection = sandbox.open(order or unique_order())
            rooms.callback(connection.close)
            driver = Driver(connection, submission)
            kind, *rest = driver.set_up(**setup)
            assert kind == "ready", rest
            return driver

        yield open_one


def soon(seconds: float = SHORT_SECONDS) -> float:
    return time.monotonic() + seconds


# What is left of a room


def processes_of(order: Order) -> set[int]:
    """Return the processes of this machine that have the room's environment, hence its seed."""
    mark = b"PYTHONHASHSEED=%d\0" % order.seed
    found = set()
    for file in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):  # it has ended, or is another user's
            if mark in file.read_bytes():
                found.add(int(file.parent.name))
    return found


def wait_until_gone(order: Order) -> set[int]:
    """Return the room's processes that are left when the kernel has had time to end them."""
    deadline = soon(PATIENCE_SECONDS)
    while (left := processes_of(order)) and time.monotonic() < deadline:
        os.sched_yield()
    return left


def leftovers(order: Order, sandbox: Sandbox, request: pytest.FixtureRequest) -> list[str]:
    """Return everything of a closed room that is still there."""
    left = [f"process {pid}" for pid in wait_until_gone(order)]
    left += glob.glob(os.path.join(tempfile.gettempdir(), f"grader-{order.run_id}-*"))
    if sandbox.name in ("docker", "pool"):
        client: docker.DockerClient = request.getfixturevalue("docker_client")
        label = f"{LABEL}={order.run_id}"
        left += [str(c.id) for c in client.containers.list(all=True, filters={"label": label})]
    return left


# Opening, talking, deadlines


@everywhere
def test_a_room_answers_one_test_after_another(open_room: Open) -> None:
    driver = open_room("def f(x): return [x]")

    for number in range(3):
        assert driver.begin_test().use("f", number) == [number]
        driver.end_test()
    assert driver.connection.outage() == ""
    assert driver.connection.ran_out_of_memory() is False


@everywhere
def test_a_large_question_and_a_large_answer_cross(open_room: Open) -> None:
    driver = open_room("def f(x): return x").begin_test()
    text = "naïve" * 100_000

    assert driver.use("f", text) == text


@everywhere
def test_two_rooms_at_a_time_do_not_disturb_each_other(open_room: Open) -> None:
    first, second = (open_room("def f(x): return x").begin_test() for _ in range(2))

    first.connection.close()

    assert second.use("f", 2) == 2


@everywhere
def test_receive_raises_timeout_error_at_the_deadline(open_room: Open) -> None:
    connection = open_room().connection

    with pytest.raises(TimeoutError):
        connection.receive(1, soon())
    with pytest.raises(TimeoutError):
        connection.receive(1, soon(-1.0))


STATES = """
import os, signal, sys

WORKER = os.getppid()  # asked at once: when the worker has gone, it may be whoever adopts orphans

def enter(state):
    os.write(101, b"!")
    globals()[state]()

def loop():
    while True: pass

def sleep():
    while True: signal.pause()

def flood():
    while True: os.write(101, b"x" * 100_000)

def run_away():
    while True:
        if os.fork():
            os._exit(0)

def crowd():
    for _ in range(20):
        if os.fork() == 0:
            os.setsid()
            loop()
    loop()

def ignore_signals():
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    loop()

def stop():
    os.kill(os.getpid(), signal.SIGSTOP)

def stop_the_worker():
    os.kill(WORKER, signal.SIGSTOP)
    stop()

def close_the_wire():
    os.close(100)
    os.close(101)
    loop()

def detach():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 200)
            sleep()
        os._exit(0)
    os.wait()

def exec_another():
    os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(1000)"])

def visible():
    found = []
    for pid in range(1, 32768):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            continue
        except PermissionError:
            pass
        found.append(pid)
    return found, os.getpid()

def end_the_worker():
    os.kill(WORKER, signal.SIGKILL)
    os._exit(0)
"""
UNENDING = [
    "loop",
    "sleep",
    "flood",
    "run_away",
    "crowd",
    "ignore_signals",
    "stop",
    "stop_the_worker",
    "close_the_wire",
    "exec_another",
]


def enter(driver: Driver, state: str) -> None:
    """Bring the child into a state in which it says nothing sensible any more."""
    driver.begin_test().say_call("use", "enter", state)
    assert driver.connection.receive(1, soon(PATIENCE_SECONDS)) == b"!"


@everywhere
@pytest.mark.parametrize("state", ["loop", "stop_the_worker"])
def test_send_raises_timeout_error_where_nobody_reads(open_room: Open, state: str) -> None:
    driver = open_room(STATES)
    enter(driver, state)

    with pytest.raises(TimeoutError):
        driver.connection.send(bytes(32 * MIB), soon())


@everywhere
def test_a_stream_whose_worker_has_ended_is_lost(open_room: Open) -> None:
    driver = open_room(STATES).begin_test()
    driver.say_call("use", "end_the_worker")

    with pytest.raises(ConnectionLost):
        driver.hear()
    with pytest.raises(ConnectionLost):
        driver.hear()
    # An engine may leave its end of the stream open, which it does not read any more.
    with pytest.raises((ConnectionLost, TimeoutError)):
        driver.connection.send(bytes(32 * MIB), soon())
    assert driver.connection.outage() == ""


@everywhere
def test_a_worker_that_cannot_start_complains(sandbox: Sandbox) -> None:
    connection = sandbox.open(unique_order())
    try:
        connection.send(b"\0\0\0\x05wrong", soon(PATIENCE_SECONDS))
        with pytest.raises(ConnectionLost):
            connection.receive(1, soon(PATIENCE_SECONDS))
        complaint = connection.complaint()
    finally:
        connection.close()

    # A worker that is there already has started, and it has nobody to complain to.
    assert connection.room.is_staffed or "JSONDecodeError" in complaint
    assert len(complaint) <= MAX_COMPLAINT_BYTES


@everywhere
def test_an_image_is_named_with_its_digest_or_not_at_all(sandbox: Sandbox) -> None:
    name, digest = sandbox.image()

    assert bool(name) == bool(digest) == (sandbox.name in ("docker", "pool"))
    assert digest.startswith("sha256:") or not digest


# Closing


@everywhere
@pytest.mark.parametrize("state", UNENDING)
def test_close_leaves_nothing_whatever_the_submission_does(
    open_room: Open, sandbox: Sandbox, request: pytest.FixtureRequest, state: str
) -> None:
    order = unique_order()
    driver = open_room(STATES, order)
    enter(driver, state)

    driver.connection.close()

    assert leftovers(order, sandbox, request) == []


@everywhere
def test_close_is_safe_at_once_and_again(
    sandbox: Sandbox, request: pytest.FixtureRequest, open_room: Open
) -> None:
    order = unique_order()
    connection = sandbox.open(order)
    connection.close()
    other = open_room("def f(): return 1").begin_test()

    connection.close()

    assert other.use("f") == 1
    assert leftovers(order, sandbox, request) == []


@in_strict_ones
def test_a_process_that_detached_itself_is_gone_when_its_test_is(open_room: Open) -> None:
    driver = open_room(STATES).begin_test()
    driver.use("detach")
    seen, _ = driver.use("visible")
    driver.end_test()

    left, child = driver.begin_test().use("visible")

    assert len(left) == len(seen) - 1
    assert child in left


@everywhere
def test_a_process_that_detached_itself_is_gone_when_its_room_is(
    open_room: Open, sandbox: Sandbox, request: pytest.FixtureRequest
) -> None:
    order = unique_order()
    driver = open_room(STATES, order).begin_test()
    driver.use("detach")
    driver.connection.close()

    assert leftovers(order, sandbox, request) == []


# What a submission finds

LOOK = """
import ctypes, errno, os, resource, socket, subprocess, sys, tempfile

LIBC = ctypes.CDLL(None, use_errno=True)

def attempt(function, *arguments):
    try:
        return function(*arguments)
    except OSError as error:
        return errno.errorcode[error.errno]

def look(limits, port, files):
    return {
        "environment": dict(os.environ),
        "argv": sys.argv,
        "hashes": hashes(),
        "rlimits": {name: resource.getrlimit(getattr(resource, name)) for name in limits},
        "ids": [os.getuid(), os.geteuid(), os.getgid(), os.getegid()],
        "groups": os.getgroups(),
        "becoming root": attempt(os.setuid, 0),
        "hostname": socket.gethostname(),
        "connecting out": attempt(connect, "192.0.2.1", 80),
        "connecting to the host": attempt(connect, "127.0.0.1", port),
        "sending out": attempt(send_out),
        "planting": {folder: attempt(plant, folder) for folder in folders()},
        "reading": {file: attempt(read, file) for file in files},
        "scratch": attempt(use_scratch),
        "no new privileges": LIBC.prctl(39, 0, 0, 0, 0),
        "capabilities": capabilities(),
        "user namespace": unshare(0x10000000),
        "mount namespace": unshare(0x00020000),
    }

def hashes():
    seed = int(os.environ["PYTHONHASHSEED"])
    program = [sys.executable, "-c", "print(hash('text'))"]
    return [hash("text")] + [
        int(subprocess.run(program, env={"PYTHONHASHSEED": str(s)}, capture_output=True).stdout)
        for s in (seed, seed + 1)
    ]

def connect(host, port):
    socket.create_connection((host, port), timeout=5).close()

def send_out():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.sendto(b"x", ("192.0.2.1", 53))

def folders():
    return ["/", "/usr", "/etc", "/dev", "/var", "/home", os.path.dirname(sys.executable)]

def plant(folder):
    open(os.path.join(folder, "planted"), "w").close()

def read(file):
    with open(file, "rb") as opened:
        return opened.read(100)

def use_scratch():
    with tempfile.NamedTemporaryFile() as file, open("beside", "w") as beside:
        file.write(b"kept")
        file.seek(0)
        return file.read()

def capabilities():
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    LIBC.capget(header, sets)
    return list(sets)

def unshare(flag):
    pid = os.fork()
    if pid == 0:
        os._exit(0 if LIBC.unshare(flag) == 0 else 1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

def fill(folder, count):
    for number in range(count):
        with open(os.path.join(folder, str(number)), "wb") as file:
            file.write(bytes(1024 * 1024))

def too_many_files():
    for number in range(20_000):
        open(str(number), "w").close()

def one_large_file(size):
    with open("large", "wb") as file:
        os.ftruncate(file.fileno(), size)

def try_to(name, *arguments):
    return attempt(globals()[name], *arguments)

def fork_on():
    count = 0
    while count < 1000:
        try:
            pid = os.fork()
        except OSError as error:
            return count, errno.errorcode[error.errno]
        if pid == 0:
            while True: os.read(os.pipe()[0], 1)
        count += 1
    return count, ""
"""


@pytest.fixture(scope="module")
def order() -> Order:
    """The order of the room that is looked at."""
    return unique_order(files_bytes=FILES_BYTES)


@pytest.fixture(scope="module")
def room(sandbox: Sandbox, order: Order) -> Iterator[Driver]:
    """One room for all tests that only look, or leave nothing but files."""
    connection = sandbox.open(order)
    try:
        driver = Driver(connection, LOOK)
        assert driver.set_up()[0] == "ready"
        yield driver
    finally:
        connection.close()


@pytest.fixture(scope="module")
def found(room: Driver, order: Order, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a submission finds when it looks about it."""
    secret = tmp_path_factory.mktemp("bank") / "test_secret.py"
    secret.write_text("the answer is 42")
    files = ["/etc/shadow", str(secret), f"/proc/{os.getpid()}/cmdline", "/proc/1/environ"]
    names = list(room.connection.room.rlimits)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        facts: dict[str, Any] = room.begin_test().use("look", names, port, files)
    room.end_test()
    facts["secret"] = facts["reading"].pop(str(secret))
    return facts


@everywhere
def test_the_environment_is_the_fixed_list_and_no_more(
    found: dict[str, Any], room: Driver, order: Order
) -> None:
    assert found["environment"] == environment(order, room.connection.room.scratch)
    assert found["argv"] == ["-c"]


@everywhere
def test_hashes_follow_from_the_orders_seed(found: dict[str, Any]) -> None:
    own, same_seed, other_seed = found["hashes"]

    assert own == same_seed
    assert own != other_seed


@everywhere
def test_limits_inside_are_those_that_were_ordered(
    found: dict[str, Any], order: Order, sandbox: Sandbox
) -> None:
    expected = resource_limits(order.limits)
    assert expected["RLIMIT_FSIZE"] == FILES_BYTES
    assert 0 < expected["RLIMIT_DATA"] < order.limits.memory_bytes
    if sandbox.name in ("bubblewrap", "pool"):
        expected |= user_limits(order.limits)
        assert expected["RLIMIT_NPROC"] == order.limits.processes

    assert found["rlimits"] == {name: (value, value) for name, value in expected.items()}


@everywhere
def test_the_scratch_folder_is_writable(found: dict[str, Any]) -> None:
    assert found["scratch"] == b"kept"


@everywhere
def test_a_file_beyond_the_limit_cannot_be_made(room: Driver) -> None:
    room.begin_test()

    assert room.use("try_to", "one_large_file", FILES_BYTES) is None
    assert room.use("try_to", "one_large_file", FILES_BYTES + 1) == "EFBIG"
    room.end_test()


@in_strict_ones
@pytest.mark.parametrize("folder", [".", "/dev/shm"])
def test_files_together_cannot_take_more_than_the_limit(room: Driver, folder: str) -> None:
    for _ in range(2):  # what the test before has left does not count
        room.begin_test()
        assert room.use("try_to", "fill", folder, 1 if folder != "." else 3) in (None, "ENOSPC")
        assert room.use("try_to", "fill", folder, 5) == "ENOSPC"
        room.end_test()


@in_strict_ones
def test_nothing_beside_the_scratch_folder_is_writable(found: dict[str, Any]) -> None:
    assert len(found["planting"]) >= 6
    assert set(found["planting"].values()) <= {"EROFS", "EACCES", "ENOENT"}


@in_strict_ones
def test_there_is_no_network(found: dict[str, Any]) -> None:
    assert found["connecting out"] in ("ENETUNREACH", "EHOSTUNREACH")
    assert found["sending out"] in ("ENETUNREACH", "EHOSTUNREACH")
    assert found["connecting to the host"] == "ECONNREFUSED"  # its own loopback, where nobody is


@in_strict_ones
def test_the_user_is_not_root_and_cannot_become_it(found: dict[str, Any]) -> None:
    assert 0 not in found["ids"] + found["groups"]
    assert found["becoming root"] in ("EPERM", "EINVAL")
    assert found["no new privileges"] == 1
    assert found["capabilities"] == [0] * 6


@in_strict_ones
def test_no_namespace_can_be_made(found: dict[str, Any]) -> None:
    assert found["user namespace"] is False
    assert found["mount namespace"] is False


@in_strict_ones
def test_nothing_of_the_host_can_be_read(found: dict[str, Any]) -> None:
    assert found["secret"] == "ENOENT"
    assert found["reading"]["/etc/shadow"] in ("ENOENT", "EACCES")
    assert found["reading"][f"/proc/{os.getpid()}/cmdline"] == "ENOENT"
    assert found["hostname"] == "sandbox"


@in_strict_ones
def test_only_the_rooms_own_processes_can_be_seen(open_room: Open) -> None:
    visible, own = open_room(STATES).begin_test().use("visible")

    assert own in visible
    assert len(visible) <= 3  # the first process of the namespace, the worker, and the child
    assert max(visible) < 100


@in_strict_ones
def test_no_more_processes_than_ordered_can_be_started(open_room: Open) -> None:
    driver = open_room(LOOK, unique_order(processes=12)).begin_test()
    count, error = driver.use("fork_on")
    driver.end_test()

    assert 0 < count < 12
    assert error == "EAGAIN"
    assert driver.begin_test().use("fork_on") == (count, error)


@in_strict_ones
def test_each_room_has_a_user_of_its_own(sandbox: Sandbox, open_room: Open) -> None:
    if os.geteuid() != 0 and sandbox.name == "bubblewrap":
        pytest.skip("only root can run a program as somebody else")
    orders = [unique_order(), unique_order()]
    for order in orders:
        open_room(order=order)
    users = {os.stat(f"/proc/{pid}").st_uid for order in orders for pid in processes_of(order)}
    assert len(users - {0}) == 2
    assert min(users - {0}) >= FIRST_UID


FILL_TOGETHER = """
import os, signal

READ, WRITE = os.pipe()

def fill(count, megabytes):
    for _ in range(count):
        if os.fork() == 0:
            held = bytearray(b"x") * (megabytes * 1024 * 1024)
            os.read(READ, 1)
    return os.wait()[1]

def end_the_worker():
    os.kill(os.getppid(), signal.SIGKILL)
    os._exit(0)
"""


@pytest.mark.docker
@pytest.mark.parametrize("sandbox", STRICT[:1], indirect=True, scope="module")
def test_processes_together_cannot_take_more_memory_than_the_limit(open_room: Open) -> None:
    driver = open_room(FILL_TOGETHER, unique_order(memory_bytes=64 * MIB)).begin_test()

    # Each of them stays below its own limit and then waits for ever, unless the kernel ends it.
    assert driver.use("fill", 3, 40) == signal.SIGKILL

    # The engine says so once the container has ended, which is a little after its stream has.
    driver.say_call("use", "end_the_worker")
    deadline = soon(PATIENCE_SECONDS)
    while not driver.connection.ran_out_of_memory():
        assert time.monotonic() < deadline
