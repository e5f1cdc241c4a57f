"""The machine fails while a submission is graded: that costs no points, whatever fails and when.

The faults are real. A hidden test of these banks says over a socket that it is time for one, and
waits until it has happened or goes on asking meanwhile.
"""

import ast
import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docker
import pytest
from conftest import skip_or_fail
from docker.errors import DockerException
from requests.exceptions import RequestException

import grader
from grader.bank import Bank
from grader.cache import Cache
from grader.catalogue import read_bank
from grader.gradebook import open_gradebook
from grader.judge import grade as grade_module
from grader.judge import processes
from grader.judge.fresh import FreshJudges
from grader.judge.grade import Plan, grade
from grader.judge.judging import Judges
from grader.judge.processes import PreloadedJudges
from grader.judge.recorder import Recorder
from grader.limits import JudgeBounds, Limits
from grader.outcomes import Fault, Outcome
from grader.results import Result, Verdict, from_json
from grader.sandbox.choice import SandboxChoice
from grader.submission import read_submission

PATIENCE_SECONDS = 60.0
GRADE = [sys.executable, "-P", "-c", "from grader.cli.main import main; main()"]

Act = Callable[[int], object]
"""Does something to the machine; is given the process id of the judge."""

CATALOG = """
[[section]]
id = "A"
title = "Small"
[[section.exercise]]
id = "small"
title = "A small exercise"
"""

# Only the first who asks for the fault gets it; nobody listens any more when the next one does.
HIDDEN = """
import contextlib, pathlib, socket, tempfile, threading
from hypothesis import given, strategies as st
from grader.testing import scenario

@scenario
def ask(student, *arguments):
    return student.answer(*arguments)

def fault():
    with socket.socket(socket.AF_UNIX) as call, contextlib.suppress(OSError):
        call.connect({address!r})
        call.recv(1)

@contextlib.contextmanager
def a_fault_meanwhile():
    thread = threading.Thread(target=fault)
    thread.start()
    yield
    thread.join()

def test_before():
    assert ask(1000) == 1000
"""
BETWEEN = """
def test_faulty():
    assert ask(1) == 1
    fault()
    assert ask(2) == 2

def test_after():
    assert ask(3) == 3
"""
MEANWHILE = """
def test_faulty():
    assert ask(1) == 1
    with a_fault_meanwhile():
        assert ask(2, 3) == 2

def test_after():
    assert ask(3) == 3
"""
RIGHT = """
import os, signal, time

def answer(number, seconds=0):
    time.sleep(seconds)
    return number
"""
KILLS_ITS_SANDBOX = RIGHT.replace(
    "time.sleep(seconds)", "seconds and (os.kill(os.getppid(), signal.SIGKILL), time.sleep(9))"
)


@dataclass
class Scene:
    """A bank of one exercise, and the fault that happens while its hidden tests run."""

    folder: Path
    tests: str = BETWEEN
    plan: Plan = field(default_factory=lambda: Plan(SandboxChoice("none"), Limits(), seed=0))
    judges: Judges = field(default_factory=FreshJudges)

    @property
    def _address(self) -> str:
        return str(self.folder / "fault")

    def bank(self) -> Bank:
        """Write the bank, and read it."""
        texts = {
            "exercises/catalog.toml": CATALOG,
            "exercises/small.py": '"""Write `answer`."""\n',
            "hidden/test_small.py": HIDDEN.format(address=self._address) + self.tests,
            "solutions/small.py": RIGHT,
        }
        for name, text in texts.items():
            path = self.folder / "bank" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return read_bank(self.folder / "bank")

    def grade(self, text: str = RIGHT) -> Result:
        """Grade a submission."""
        exercise = self.bank().find("small")
        file = self.folder / "small.py"
        file.write_text(text)
        return grade(read_submission(file, exercise), exercise, self.plan, self.judges)

    def grade_during(self, act: Act, text: str = RIGHT) -> Result:
        """Grade a submission, and act when a hidden test says that it is time."""
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self._address)
            listener.listen()
            thread = threading.Thread(target=_act_once, args=(listener, act), daemon=True)
            thread.start()
            try:
                return self.grade(text)
            finally:
                thread.join(PATIENCE_SECONDS)
                os.unlink(self._address)
                assert not thread.is_alive(), "no hidden test has asked for the fault"


def _act_once(listener: socket.socket, act: Act) -> None:
    call, _ = listener.accept()
    listener.close()
    with call:
        credentials = call.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        act(struct.unpack("3i", credentials)[0])


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A scene without a sandbox; nothing may be left in its folder for temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield Scene(tmp_path)
    assert list(temporary.iterdir()) == []


def in_sandbox(scene: Scene, name: str, image: str = "", **limits: float) -> Scene:
    """Let a scene's submissions run in a sandbox."""
    scene.plan = Plan(SandboxChoice(name, image), Limits(**limits), seed=0)  # type: ignore[arg-type]
    return scene


def require_fair(result: Result) -> None:
    """Check that a right submission has all its points, or is not graded and told why."""
    assert not [test for test in result.tests if test.outcome.fault is Fault.SUBMISSION]
    if result.verdict is not Verdict.ALL_POINTS:
        assert result.verdict is Verdict.NOT_GRADED
        sentences = [test.message for test in result.tests if test.outcome is Outcome.JUDGE_BROKE]
        sentences += [result.breakdown.message] if result.breakdown else []
        assert any(sentences)
        assert "Traceback" not in "".join(sentences)


def outage_of(result: Result) -> str:
    """Return why the sandbox failed, after which nothing costs points."""
    require_fair(result)
    assert result.breakdown is not None
    assert result.breakdown.outcome is Outcome.SANDBOX_FAILED
    return result.breakdown.message


def crashed_in(result: Result) -> list[str]:
    """Return the tests in which the submission has ended its own sandbox."""
    assert result.verdict is Verdict.NOT_ALL_POINTS
    assert {test.outcome for test in result.tests} == {Outcome.PASSED, Outcome.CRASHED}
    return [test.name for test in result.tests if test.outcome is Outcome.CRASHED]


# The engine


class Engine:
    """A Docker engine of our own, which may be stopped without harm to anybody else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = f"unix://{folder}/engine.sock"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        # What an engine leaves behind that was killed would keep the next one from starting.
        for name in ("pid", "exec/containerd/containerd.pid"):
            (self._folder / name).unlink(missing_ok=True)
        command = [
            # Without a bridge it would remove that of the machine's own engine, if it could see it.
            *("unshare", "--net", "--"),
            *("dockerd", "--host", self.address, "--pidfile", str(self._folder / "pid")),
            *("--data-root", f"{self._folder}/data", "--exec-root", f"{self._folder}/exec"),
            *("--bridge=none", "--iptables=false", "--ip-forward=false", "--ip-masq=false"),
        ]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert time.monotonic() < until, (self._folder / "log").read_text()
            assert self._process.poll() is None, (self._folder / "log").read_text()
            time.sleep(0.05)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it by a signal."""
        self._process.send_signal(number)
        self._process.wait(PATIENCE_SECONDS)

    def restart(self, number: signal.Signals) -> None:
        """End it by a signal, and start it again."""
        self.stop(number)
        self.start()

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def client(self) -> docker.DockerClient:
        return docker.DockerClient(self.address)

    def act_on_containers(self, method: str, **options: object) -> None:
        """Do what anybody may do who is let near an engine."""
        with contextlib.closing(self.client()) as client:
            for container in client.containers.list():
                getattr(container, method)(**options)

    def _answers(self) -> bool:
        try:
            with contextlib.closing(self.client()) as client:
                return client.ping()
        except (DockerException, RequestException, OSError):
            return False


@pytest.fixture(scope="module")
def own_engine(
    tmp_path_factory: pytest.TempPathFactory, docker_client: docker.DockerClient, core_image: str
) -> Engine:
    """An engine of our own that has the image `core`."""
    if os.geteuid() != 0 or shutil.which("dockerd") is None:
        skip_or_fail("a second engine can only be started by root, where dockerd is on the path")
    folder = tmp_path_factory.mktemp("engine")
    engine = Engine(folder)
    engine.start()
    with contextlib.closing(engine.client()) as client:
        client.api.load_image(docker_client.api.get_image(core_image))
    yield engine
    if not engine.is_running:
        engine.start()  # which cleans up after the one that was killed
    engine.stop()
    for line in Path("/proc/mounts").read_text().splitlines():
        mounted = line.split()[1]
        if mounted.startswith(f"{folder}/"):  # by an engine that was killed
            subprocess.run(["umount", "--lazy", mounted], check=True)
    shutil.rmtree(folder)


@pytest.fixture
def engine(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine of our own, running, and the one that is graded with."""
    if not own_engine.is_running:
        own_engine.start()
    monkeypatch.setenv("DOCKER_HOST", own_engine.address)
    return own_engine


@pytest.mark.docker
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_engine_that_stops_in_the_middle_of_an_answer_costs_no_points(
    scene: Scene, engine: Engine, core_image: str, number: signal.Signals
) -> None:
    scene.tests = MEANWHILE
    in_sandbox(scene, "docker", core_image)
    sentence = outage_of(scene.grade_during(lambda judge: engine.stop(number)))
    assert "engine" in sentence

    engine.start()
    assert scene.grade().verdict is Verdict.ALL_POINTS
    with contextlib.closing(engine.client()) as client:
        assert client.containers.list(all=True) == []


@pytest.mark.docker
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_engine_that_answers_again_when_it_is_asked_is_not_taken_for_one_that_ran_on(
    scene: Scene, engine: Engine, core_image: str, number: signal.Signals
) -> None:
    in_sandbox(scene, "docker", core_image)
    outage_of(scene.grade_during(lambda judge: engine.restart(number)))


@pytest.mark.docker
@pytest.mark.parametrize(
    ("sandbox", "method", "options"),
    [
        ("docker", "kill", {}),
        ("docker", "stop", {"timeout": 1}),
        ("docker", "remove", {"force": True}),
        ("pool", "kill", {}),
    ],
)
def test_a_container_that_somebody_ends_costs_no_points(
    scene: Scene,
    engine: Engine,
    core_image: str,
    sandbox: str,
    method: str,
    options: dict[str, object],
) -> None:
    scene.tests = MEANWHILE
    in_sandbox(scene, sandbox, core_image)
    result = scene.grade_during(lambda judge: engine.act_on_containers(method, **options))
    assert "the container was killed from outside" in outage_of(result)


@pytest.mark.docker
def test_a_container_that_somebody_pauses_costs_no_points(
    scene: Scene, engine: Engine, core_image: str
) -> None:
    in_sandbox(scene, "docker", core_image, test_seconds=1)
    result = scene.grade_during(lambda judge: engine.act_on_containers("pause"))
    assert "the container was paused from outside" in outage_of(result)


@pytest.mark.docker
@pytest.mark.parametrize("sandbox", ["docker", "pool"])
def test_a_submission_that_ends_its_own_container_loses_the_test(
    scene: Scene, engine: Engine, core_image: str, sandbox: str
) -> None:
    scene.tests = MEANWHILE
    in_sandbox(scene, sandbox, core_image)
    result = scene.grade_during(lambda judge: None, KILLS_ITS_SANDBOX)
    assert crashed_in(result) == ["test_faulty"]


# Processes that are killed


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have (Linux)."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *descendants(child)]
    return found


def kill_bubblewrap(judge: int) -> None:
    """Kill, as `killall -9 bwrap` would, what the judge has started."""
    for pid in descendants(judge):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text() == "bwrap\n":
                os.kill(pid, signal.SIGKILL)


@pytest.mark.usefixtures("working_bubblewrap")
def test_a_bubblewrap_that_somebody_kills_costs_no_points(scene: Scene) -> None:
    scene.tests = MEANWHILE
    in_sandbox(scene, "bubblewrap")
    result = scene.grade_during(kill_bubblewrap)
    assert "was ended from outside (signal 9)" in outage_of(result)
    assert scene.grade().verdict is Verdict.ALL_POINTS


@pytest.mark.usefixtures("working_bubblewrap")
def test_a_submission_that_ends_its_own_bubblewrap_loses_the_test(scene: Scene) -> None:
    scene.tests = MEANWHILE
    in_sandbox(scene, "bubblewrap")
    result = scene.grade_during(lambda judge: None, KILLS_ITS_SANDBOX)
    assert crashed_in(result) == ["test_faulty"]


def parent_of(pid: int) -> int:
    """Return the process that has started another."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.parametrize(("preloaded", "number"), [(False, signal.SIGSTOP), (True, signal.SIGKILL)])
def test_a_judge_that_is_killed_or_stopped_costs_no_points(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, preloaded: bool, number: signal.Signals
) -> None:
    monkeypatch.setattr(grade_module, "START_SECONDS", 1.0)
    monkeypatch.setattr(processes, "LEAVE_SECONDS", 0.5)
    scene.plan = Plan(
        SandboxChoice("none"), Limits(submission_seconds=2), 0, bounds=JudgeBounds(seconds=1)
    )
    with PreloadedJudges() as judges:
        scene.judges = judges if preloaded else FreshJudges()
        require_fair(scene.grade_during(lambda judge: os.kill(judge, number)))


def test_the_death_of_the_process_that_judges_are_forked_from_costs_no_points(
    scene: Scene,
) -> None:
    with PreloadedJudges() as judges:
        scene.judges = judges
        require_fair(scene.grade_during(lambda judge: os.kill(parent_of(judge), signal.SIGKILL)))
        assert scene.grade().verdict is Verdict.ALL_POINTS


# A full disk


class Disk:
    """A small disk, which can be filled to the last byte."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filler = folder / "filler"

    def fill(self) -> None:
        """Leave no room."""
        with contextlib.suppress(OSError), self.filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

    def make_room(self) -> None:
        """Remove what fills it."""
        self.filler.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of 2 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        skip_or_fail("a small disk cannot be mounted; that takes root")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_without_room_for_what_a_submission_may_write_nothing_is_graded(
    scene: Scene, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(disk.folder))
    assert f"there is no room in {disk.folder}" in outage_of(scene.grade())


@pytest.mark.usefixtures("working_bubblewrap")
def test_without_room_for_temporary_files_a_sandbox_with_its_own_is_as_good(
    scene: Scene, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Python would take another folder, if the first that it tries were full from the beginning.
    monkeypatch.setattr(tempfile, "tempdir", str(disk.folder))
    monkeypatch.setenv("TMPDIR", str(disk.folder))
    disk.fill()
    assert in_sandbox(scene, "bubblewrap").grade().verdict is Verdict.ALL_POINTS


WRITES = """
@given(st.integers(0, 9))
def test_faulty(number):
    fault()
    try:
        pathlib.Path({file!r}).write_bytes(bytes(4096))
    except OSError:
        pathlib.Path({filler!r}).unlink()
        raise
    assert ask(number) == number
"""


def test_a_disk_that_is_full_for_a_moment_is_not_put_down_to_the_answers(
    scene: Scene, disk: Disk
) -> None:
    # By the time that Hypothesis, or the reference, tries the same again there is room.
    scene.tests = WRITES.format(file=str(disk.folder / "file"), filler=str(disk.filler))
    sentence = outage_of(scene.grade_during(lambda judge: disk.fill()))
    assert "this machine failed: [Errno 28] No space left" in sentence


def test_a_full_disk_takes_only_what_the_cache_can_do_without(scene: Scene, disk: Disk) -> None:
    recording = disk.folder / "examples" / "recording.json"
    disk.fill()
    Recorder().write(recording)
    cache = Cache(disk.folder / "check")
    cache.put("0" * 64, {"large": "x" * 5000})
    scene.plan = Plan(SandboxChoice("none"), Limits(), 0, recording=recording, record_to=recording)

    assert scene.grade().verdict is Verdict.ALL_POINTS
    assert cache.get("0" * 64) is None
    assert [path for path in disk.folder.rglob("*") if path.is_file()] == [disk.folder / "filler"]


def run_grade(*arguments: str | Path, prefix: tuple[str, ...] = ()) -> tuple[int, str]:
    """Run `grade`; return its exit status and all that it said."""
    command = [*prefix, *GRADE, *map(str, arguments)]
    finished = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    return finished.returncode, finished.stdout


def test_a_class_is_graded_once_there_is_room_for_its_gradebook(scene: Scene, disk: Disk) -> None:
    names = [f"student{number}" for number in range(4)]
    for name in names:
        (scene.folder / "class" / name).mkdir(parents=True)
        (scene.folder / "class" / name / "small.py").write_text(RIGHT)
    scene.bank()
    gradebook = disk.folder / "gradebook.db"
    command = (
        *("batch", scene.folder / "class", "--bank", scene.folder / "bank"),
        *("--sandbox", "none", "--layout", "students", "--gradebook", gradebook),
    )
    with open_gradebook(str(gradebook)):
        pass
    disk.fill()
    status, said = run_grade(*command)
    assert status == 3
    assert "full" in said
    assert "Traceback" not in said

    disk.make_room()
    assert run_grade(*command)[0] == 0
    assert "0 graded, 4 unchanged" in run_grade(*command)[1]
    with open_gradebook(str(gradebook)) as book:
        assert sorted(grade.student for grade in book.standing()) == names
        assert all(grade.result.verdict is Verdict.ALL_POINTS for grade in book.standing())
        assert [len(book.history(name, "small")) for name in names] == [1] * len(names)


def test_a_report_that_there_is_no_room_for_is_told_and_leaves_none(
    scene: Scene, disk: Disk
) -> None:
    (scene.folder / "small.py").write_text(RIGHT)
    scene.bank()
    disk.fill()
    status, said = run_grade(
        *("submit", scene.folder / "small.py", "--bank", scene.folder / "bank"),
        *("--sandbox", "none", "--format", "json", "--output", disk.folder / "report"),
    )
    assert status == 3
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert not (disk.folder / "report").exists()


# No files, no processes


def verdict_within(scene: Scene, sandbox: str, prefix: tuple[str, ...]) -> Verdict | None:
    """Run `grade submit` on a right submission, and check what it says; None for no result."""
    file = scene.folder / "small.py"
    file.write_text(RIGHT)
    options = ("--bank", scene.folder / "bank", "--sandbox", sandbox, "--format", "json")
    status, said = run_grade("submit", file, *options, prefix=prefix)
    assert "Traceback" not in said
    results = [from_json(json.loads(line)) for line in said.splitlines() if line[0] == "{"]
    if not results:
        assert (status, said.count("grade: ")) == (3, 1), said
        return None
    require_fair(results[0])
    assert status == results[0].verdict.exit_status
    return results[0].verdict


def within(shell: str) -> tuple[str, ...]:
    """Return what stands before a command to have something done in its process first."""
    return ("sh", "-c", f'{shell} && exec "$@"', "sh")


@pytest.mark.usefixtures("working_bubblewrap")
def test_without_descriptors_nothing_is_graded_or_everything_rightly(scene: Scene) -> None:
    scene.bank()
    found = {
        count: verdict_within(scene, "bubblewrap", within(f"ulimit -n {count}"))
        for count in (6, 12, 40, 300)
    }
    assert found[6] is None
    assert found[40] is Verdict.NOT_GRADED  # a submission may have 256
    assert found[300] is Verdict.ALL_POINTS


@pytest.mark.docker
def test_without_descriptors_for_the_engine_nothing_is_graded_or_everything_rightly(
    scene: Scene, engine: Engine
) -> None:
    with contextlib.closing(engine.client()) as client:
        client.images.list()[0].tag("grader-core:latest")
    scene.bank()
    found = {
        count: verdict_within(scene, "docker", within(f"ulimit -n {count}")) for count in (11, 40)
    }
    assert found[11] is not Verdict.ALL_POINTS
    assert found[40] is Verdict.ALL_POINTS  # the container has its own


@pytest.fixture
def few_processes() -> Iterator[Callable[[int], tuple[str, ...]]]:
    """Gives what stands before a command to let it, with all that it starts, be that many."""
    parents = [Path("/sys/fs/cgroup/pids"), Path("/sys/fs/cgroup")]
    name = f"grader-tests-{os.getpid()}"
    for parent in parents:
        group = parent / name
        try:
            group.mkdir()
            (group / "pids.max").write_text("100")
        except OSError:
            with contextlib.suppress(OSError):
                group.rmdir()
            continue
        break
    else:
        skip_or_fail("there is no cgroup to count processes with; that takes root")

    def allow(count: int) -> tuple[str, ...]:
        (group / "pids.max").write_text(str(count))
        return within(f"echo $$ > {group}/cgroup.procs")

    yield allow
    group.rmdir()


@pytest.mark.usefixtures("working_bubblewrap")
def test_without_processes_nothing_is_graded_or_everything_rightly(
    scene: Scene, few_processes: Callable[[int], tuple[str, ...]]
) -> None:
    scene.bank()
    found = {
        count: verdict_within(scene, "bubblewrap", few_processes(count)) for count in (1, 4, 6, 20)
    }
    assert found[1] is None
    assert found[6] is Verdict.NOT_GRADED  # a worker that cannot fork
    assert found[20] is Verdict.ALL_POINTS


# The clock


CLOCKS = {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "date.today"}
MAY_ASK = {
    "batch/keep.py": "when a grade was found, which nothing goes by",
    "cache.py": "what has not been asked for in a month",
    "sandbox/docker.py": "whether a container of another machine is a leftover",
    "sandbox/policy.py": "its label for that",
}


def test_nothing_but_leftovers_and_dates_goes_by_a_clock_that_can_be_set() -> None:
    root = Path(grader.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS:
                found.add(path.relative_to(root).as_posix())
    assert found == set(MAY_ASK)
