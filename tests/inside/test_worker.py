"""The worker's life: setup, one child for each test, nothing left between them, and its end."""

import os
import select
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from driver import USE, Driver, an_order, open_plain
from interpreters import find_interpreter

from grader.inside import worker
from grader.process import Setting, start_program
from grader.sandbox.base import ConnectionLost, Room, environment
from grader.sandbox.bundle import python_command
from grader.sandbox.local import LocalConnection
from grader.sandbox.none import NoSandbox, host_python

VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
END_SECONDS = 20.0

Start = Callable[..., Driver]


# Setting up


def test_setup_is_answered_with_the_version_of_python() -> None:
    connection = NoSandbox().open(an_order())
    try:
        kind, version = Driver(connection).set_up()
    finally:
        connection.close()

    assert kind == "ready"
    assert version.startswith("3.")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"preload": ["json", "nothing_of_this_name"]}, "No module named 'nothing_of_this_name'"),
        ({"rlimits": {"RLIMIT_FSIZE": "much"}}, "TypeError"),
        ({"files": {"a": b"", "a/b": b""}}, "FileExistsError"),
    ],
)
def test_a_setup_that_fails_is_told_and_the_worker_ends(
    changes: dict[str, object], why: str
) -> None:
    connection = NoSandbox().open(an_order())
    driver = Driver(connection)
    try:
        kind, reason = driver.set_up(**changes)
        assert kind == "broken"
        assert why in reason
        with pytest.raises(ConnectionLost):
            driver.hear()
    finally:
        connection.close()


@pytest.mark.parametrize("count", [20, 255])
def test_a_machine_that_allows_less_than_the_room_has_to_is_told(
    count: int, tmp_path: Path
) -> None:
    env = environment(an_order(), str(tmp_path))
    lower = ["sh", "-c", f'ulimit -n {count}; exec "$@"', "sh"]
    process = start_program([*lower, *python_command(host_python(), env)], Setting(env=env))
    room = Room(str(tmp_path), (), alone=False, rlimits={"RLIMIT_NOFILE": 256})
    connection = LocalConnection(process, room, lambda: None)
    try:
        kind, reason = Driver(connection).set_up()
    finally:
        connection.close()

    assert kind == "broken"
    assert f"RLIMIT_NOFILE is {count} on this machine, and has to be 256 or more" in reason


def test_preloaded_modules_are_there_before_the_submission(start_worker: Start) -> None:
    code = "import sys\ndef f(): return 'colorsys' in sys.modules"

    assert start_worker(code).begin_test().use("f") is False
    assert start_worker(code, preload=["colorsys"]).begin_test().use("f") is True


# From test to test

STATE = """
import os, string, sys

count = 0

def change():
    global count
    count += 1
    os.environ["SEEN"] = "1"
    sys.path.append("elsewhere")
    string.digits = None
    sys.modules["planted"] = os
    open("file", "w").close()
    os.mkdir("folder")
    with open(__file__, "a") as file:
        file.write("count = 99")
    with open(os.path.join(os.path.dirname(__file__), "colorsys.py"), "w") as file:
        file.write("count = 99")
    os.chdir("/")

def state():
    return [
        count, os.environ.get("SEEN"), "elsewhere" in sys.path, string.digits is None,
        "planted" in sys.modules, os.path.basename(os.getcwd()), os.listdir(),
        sorted(os.listdir(os.environ["HOME"])), os.listdir(os.path.dirname(__file__)),
    ]
"""


def test_a_test_does_not_see_what_the_one_before_has_left(start_worker: Start) -> None:
    driver = start_worker(STATE).begin_test()
    before = driver.use("state")
    driver.use("change")
    assert driver.use("state") != before
    driver.end_test()

    assert driver.begin_test().use("state") == before
    assert before[:5] == [0, None, False, False, False]
    assert before[5:] == ["work", [], ["submission", "work"], ["submission.py"]]


def test_a_test_may_remove_the_submissions_files_and_its_folder(start_worker: Start) -> None:
    code = (
        "import os, shutil\n"
        "def f(): shutil.rmtree(os.path.dirname(__file__)); os.rmdir(os.getcwd())\n"
    )
    driver = start_worker(code).begin_test()

    driver.use("f")
    driver.end_test()
    driver.begin_test()


@pytest.mark.parametrize(
    "spoil",
    [
        "os.makedirs('a/b/c'); [os.chmod(f, 0) for f in ('a/b/c', 'a/b', 'a')]",
        "[(os.mkdir('x'), os.chdir('x')) for _ in range(1_100)]",
        "os.symlink('/', 'root'); os.symlink('missing', 'dangling'); os.mkfifo('pipe')",
        "[open(str(i), 'w').close() for i in range(2_000)]",
        "os.chmod('.', 0); os.chmod('..', 0)",
    ],
    ids=["no rights", "deep", "links", "many", "scratch without rights"],
)
def test_whatever_a_test_leaves_in_its_folder_is_removed(start_worker: Start, spoil: str) -> None:
    driver = start_worker(f"import os\ndef f(): {spoil}").begin_test()
    driver.use("f")

    driver.end_test()

    assert os.listdir(driver.connection.room.scratch) == []


def test_a_removed_scratch_folder_is_told(start_worker: Start) -> None:
    code = "import os, shutil\ndef f(): shutil.rmtree(os.environ['HOME'])"
    driver = start_worker(code).begin_test()
    driver.use("f")

    assert driver.ask("done") == ["ended", 0, False]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody whom rights bind")
def test_folders_without_rights_are_removed_by_an_ordinary_user(tmp_path: Path) -> None:
    folder = tmp_path
    os.makedirs(folder / "a" / "b" / "c")
    (folder / "a" / "b" / "file").touch()
    places = ("a/b/file", "a/b/c", "a/b", "a")
    for path in (folder, *(folder / place for place in places)):
        os.chown(path, 65534, 65534)
    for place in places:
        os.chmod(folder / place, 0)
    handle = os.open(folder, os.O_DIRECTORY)
    pid = os.fork()
    if pid == 0:
        os.fchdir(handle)  # whose own parents need not be open to everybody
        os.setgid(65534)
        os.setuid(65534)
        os._exit(0 if worker.clear(".") else 1)
    os.close(handle)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert os.listdir(folder) == []


LEFTOVER = """
import os, signal

def leave():
    pid = os.fork()
    if pid == 0:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        while True:
            signal.pause()
    return pid
"""


def test_a_process_that_a_test_leaves_is_ended_with_it(start_worker: Start) -> None:
    driver = start_worker(LEFTOVER).begin_test()
    pid = driver.use("leave")
    handle = os.pidfd_open(pid)
    driver.end_test()

    with os.fdopen(handle):
        assert select.select([handle], [], [], END_SECONDS)[0]


@pytest.mark.parametrize(
    "mark",
    [
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 7)",
        "resource.prlimit(os.getppid(), resource.RLIMIT_SIGPENDING, (77, 77))",
        "os.sched_setscheduler(os.getppid(), os.SCHED_BATCH, os.sched_param(0))",
        "open(f'/proc/{os.getppid()}/oom_score_adj', 'w').write('777')",
        "os.setxattr('..', 'user.mark', b'seen')",
    ],
)
def test_a_mark_on_what_the_next_test_would_inherit_is_told(start_worker: Start, mark: str) -> None:
    driver = start_worker(f"import os, resource\ndef leave(): {mark}\n").begin_test()
    kind, reply, *_ = driver.call("use", "leave")
    if kind == "raised" and reply["type"] == "OSError":
        pytest.skip(f"the system does not let it: {reply['message']}")
    assert kind == "answer"
    assert driver.ask("done") == ["ended", 0, False]


def test_the_times_of_the_folders_say_nothing_of_the_test_before(start_worker: Start) -> None:
    driver = start_worker("""
import os
def leave(): os.utime("..", (777, 777))
def look(): return os.stat("..").st_atime, os.stat("..").st_mtime
""")
    driver.begin_test().use("leave")
    driver.end_test()
    assert 777 not in driver.begin_test().use("look")


def test_requests_that_cross_with_the_end_of_a_child_do_no_harm(start_worker: Start) -> None:
    code = "import os\ndef f(): os._exit(3)"
    driver = start_worker(code).begin_test()
    driver.say_call("use", "f")
    driver.say_call("use", "f")
    driver.say("done")

    assert driver.hear() == ["ended", 3, True]
    driver.begin_test()
    driver.end_test()


def test_a_long_submission_serves_many_tests(start_worker: Start) -> None:
    driver = start_worker("def f(x): return x\n" + "# padding\n" * 20_000)
    for number in range(20):
        assert driver.begin_test().use("f", number) == number
        driver.end_test()


# Its end


def hear_on(driver: Driver) -> None:
    while True:
        driver.hear()


@pytest.mark.parametrize(
    "requests",
    [
        [],
        [["test"]],
        [["test"], ["call", 1, "use", ["loop"], "", False]],
        [["test"], ["call", 1, "use", ["wait"], "", False]],
    ],
    ids=["idle", "with a child that waits", "a child that loops", "a child that sleeps"],
)
def test_worker_and_child_end_when_there_is_no_judge_any_more(
    requests: list[list[object]], tmp_path: Path
) -> None:
    code = (
        "import signal\ndef loop():\n    while True: pass\n"
        "def wait():\n    while True: signal.pause()\n"
    )
    connection, process = open_plain(sys.executable, str(tmp_path))
    try:
        driver = Driver(connection, code)
        driver.set_up(child_seconds=0.2)
        for request in requests:
            driver.say(*request)
        assert process.stdin is not None
        process.stdin.close()
        # The stream ends only when the last process that could write to it has ended.
        with pytest.raises(ConnectionLost):
            hear_on(driver)
        assert process.wait(END_SECONDS) == 0
    finally:
        connection.close()


def test_the_alarm_is_told_as_the_signal_that_it_sends(start_worker: Start) -> None:
    driver = start_worker("def f():\n    while True: pass", child_seconds=0.2).begin_test()

    assert driver.call("use", "f") == ["ended", -9, True]
    driver.begin_test()


# Each Python

SMOKE = """
import inspect
import pickle
from dataclasses import dataclass

@dataclass
class Pair:
    left: int
    right: int = 0

def double(x):
    return 2 * x

def fail():
    raise LookupError("not there")

async def wait(x):
    return x

def show():
    print("shown", input())
    pair = pickle.loads(pickle.dumps(Pair(1)))
    return inspect.getsource(double), pair == Pair(1), {1: (2.5, None)}, {3}, b"4", 10 ** 30

def leave():
    open("file", "w").close()
"""
ASYNC = "async def awaited(student, x):\n    return await student.wait(x)\n"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_worker_serves_on_each_python(version: str, tmp_path: Path) -> None:
    python = find_interpreter(version)
    connection, _ = open_plain(python, str(tmp_path))
    try:
        driver = Driver(connection, SMOKE)
        kind, answered = driver.set_up(scenarios={"use": USE, "awaited": ASYNC})
        assert kind == "ready"
        assert answered.startswith(version + ".")
        for _ in range(2):
            serve_one_test(driver)
        driver.begin_test()
        assert driver.call("use", "fail")[1]["frames"][0][1:3] == [15, "fail"]
    finally:
        connection.close()


def serve_one_test(driver: Driver) -> None:
    """Have one test served in which each part of the worker is used once."""
    driver.begin_test()
    assert driver.use("double", 21, fresh=True) == 42
    assert driver.call("awaited", [1])[1] == [1]
    kind, value, out, _ = driver.call("use", "show", stdin="line\n")
    source = "def double(x):\n    return 2 * x\n"
    assert (kind, out) == ("answer", "shown line\n")
    assert value == (source, True, {1: (2.5, None)}, {3}, b"4", 10**30)
    failure = driver.failure("fail")
    assert (failure["type"], failure["message"]) == ("LookupError", "not there")
    assert driver.failure("absent")["missing"] == "absent"
    assert driver.use("leave") is None
    driver.end_test()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_syntax_error_is_placed_on_each_python(version: str, tmp_path: Path) -> None:
    python = find_interpreter(version)
    connection, _ = open_plain(python, str(tmp_path))
    try:
        driver = Driver(connection, "x = 1\ndef f(:\n    pass\n")
        driver.set_up()
        kind, failure = driver.ask("test")
    finally:
        connection.close()

    assert kind == "unloadable"
    assert (failure["type"], failure["line"], failure["column"]) == ("SyntaxError", 2, 7)
