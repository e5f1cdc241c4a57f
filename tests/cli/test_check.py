"""`grade check`: what is checked and how, what is told of it, and the exit status."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from grader.bank import Exercise
from grader.check.check import Task
from grader.check.gradings import Workshop
from grader.cli.check import workshop
from grader.findings import Check, Code, Finding, Kind, Matrix, Row, check_from_json
from grader.sandbox.choice import SandboxChoice

Invoke = Callable[..., Any]

COMMAND = (sys.executable, "-c", "from grader.cli.main import main; main()")
# Far beyond what any of it takes: it only keeps a test that has gone wrong from waiting for ever.
PATIENCE_SECONDS = 60.0

WEAK = Finding(Code.WEAK, "solutions/double.py", "WEAK", "CATCH THEM")
REDUNDANT = Finding(Code.TEST_REDUNDANT, "hidden/test_double.py", "REDUNDANT", "MERGE THEM")
NOT_CHECKED = Finding(Code.NOT_CHECKED, "", "NOT CHECKED", "MEND THAT")


def check_of(exercise: Exercise, findings: tuple[Finding, ...]) -> Check:
    """Return a check with two mutants, one of which is caught."""
    rows = tuple(Row(Kind.MUTANT, "", "", caught_by) for caught_by in ((), ("test_a",)))
    return Check(exercise.id, exercise.title, findings, Matrix((), rows))


@dataclass
class FakeChecks:
    """Stands in for the check: gives the findings that were set, and remembers what was asked.

    `findings` are by an exercise's name. `interrupted` is the exercise at which Ctrl-C is pressed.
    """

    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    interrupted: str = ""
    tasks: list[Task] = field(default_factory=list)
    workshops: list[Workshop] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The exercises that were to be checked."""
        return [task.exercise.id for task in self.tasks]

    def check_all(self, tasks: Sequence[Task], workshop: Workshop) -> Iterator[Check]:
        """Yield checks, as `grader.check.check.check_all` does."""
        self.tasks += tasks
        self.workshops.append(workshop)
        for task in tasks:
            if task.exercise.id == self.interrupted:
                raise KeyboardInterrupt
            yield check_of(task.exercise, self.findings.get(task.exercise.id, ()))


@pytest.fixture(autouse=True)
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what is kept, so that nothing is written into the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def bank(small_bank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small bank, named by the variable."""
    monkeypatch.setenv("GRADE_BANK", str(small_bank))
    return small_bank


@pytest.fixture
def fake_checks(bank: Path, monkeypatch: pytest.MonkeyPatch) -> FakeChecks:
    """Check with a fake, in a sandbox that works."""
    fake = FakeChecks()

    def settled(choice: SandboxChoice, provide_image: object) -> SandboxChoice:
        return replace(choice, name="bubblewrap") if choice.name == "auto" else choice

    monkeypatch.setattr("grader.check.check.check_all", fake.check_all)
    monkeypatch.setattr("grader.cli.sandboxes.settle", settled)
    return fake


# Real checks, without a sandbox since the code is ours


@pytest.mark.usefixtures("bank")
def test_what_is_wrong_with_an_exercise_is_told_with_place_and_remedy(cli_invoke: Invoke) -> None:
    finished = cli_invoke("check", "double", "--sandbox", "none", status=1)
    first, *rest = finished.stdout.splitlines()
    assert first == "✗ double  Twice as much"
    assert "  no-wrong-solution  solutions/wrong/double" in rest
    assert any(line.startswith("    → add a file for each mistake") for line in rest)
    (line,) = finished.stderr.splitlines()
    assert line.startswith("warning: there is no sandbox")


@pytest.mark.usefixtures("bank")
def test_an_exercise_that_cannot_be_read_is_not_checked(cli_invoke: Invoke) -> None:
    stdout = cli_invoke("check", "triple", "--sandbox", "none", status=3).stdout
    assert "hidden/test_triple.py:1 is no Python" in " ".join(stdout.split())


# Which exercises


def test_without_a_name_all_are_checked(cli_invoke: Invoke, fake_checks: FakeChecks) -> None:
    cli_invoke("check")
    assert fake_checks.names == ["double", "triple", "shop"]


def test_exercises_are_checked_in_the_order_in_which_they_are_named_and_once(
    cli_invoke: Invoke, fake_checks: FakeChecks
) -> None:
    cli_invoke("check", "shop", "double", "shop")
    assert fake_checks.names == ["shop", "double"]


def test_a_section_has_its_exercises_checked(cli_invoke: Invoke, fake_checks: FakeChecks) -> None:
    cli_invoke("check", "--section", "B")
    assert fake_checks.names == ["triple", "shop"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["doubel"], 'the bank has no exercise "doubel"; did you mean double?'),
        (["double", "nothing"], 'the bank has no exercise "nothing"'),
        (["--section", "C"], "the bank has no section 'C'; it has A, B"),
        (["double", "--section", "A"], "name exercises or a --section, not both"),
        (["--bank", "nowhere"], "nowhere is no bank"),
        (["--output", "no/report"], "no/report cannot be written: its folder does not exist"),
        (["--sandbox", "none", "--image", "x"], "--image and --runtime are for --sandbox docker"),
    ],
    ids=" ".join,
)
def test_a_wrong_request_is_refused_before_anything_is_checked(
    cli_invoke: Invoke, fake_checks: FakeChecks, arguments: list[str], sentence: str
) -> None:
    finished = cli_invoke("check", *arguments, status=2)
    assert finished.stdout == ""
    assert sentence in finished.stderr
    assert fake_checks.tasks == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "grade: the bank has no exercise yet; `grade new` adds one\n"),
        (["--section", "A"], "grade: the section A has no exercise yet; `grade new` adds one\n"),
    ],
)
def test_without_exercises_it_is_said_how_to_add_one(
    cli_invoke: Invoke, fake_checks: FakeChecks, bank: Path, arguments: list[str], sentence: str
) -> None:
    (bank / "exercises/catalog.toml").write_text('[[section]]\nid = "A"\ntitle = "A"\n')
    assert cli_invoke("check", *arguments, status=2).stderr == sentence


# How they are checked


def test_an_exercise_is_checked_as_its_students_are_graded(
    cli_invoke: Invoke, fake_checks: FakeChecks, bank: Path
) -> None:
    cli_invoke("check", "double", "triple")
    double, triple = fake_checks.tasks
    assert double.root == bank
    assert double.plan.sandbox.name == "bubblewrap"
    assert double.plan.sandbox.image == "grader-core:latest"
    assert double.plan.hidden_paths == (str(bank),)
    assert double.plan.seed == 0
    assert (double.plan.limits.test_seconds, triple.plan.limits.test_seconds) == (30, None)


def test_in_docker_the_image_is_known_by_its_digest(
    cli_invoke: Invoke, fake_checks: FakeChecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Engine:
        """A sandbox that has an image."""

        def image(self) -> tuple[str, str]:
            return "mine:1", "sha256:1234"

    monkeypatch.setattr("grader.sandbox.choice.take_sandbox", lambda choice: Engine())
    cli_invoke("check", "double", "--image", "mine:1", "--runtime", "runsc")
    (task,) = fake_checks.tasks
    assert task.plan.sandbox == SandboxChoice("docker", "mine:1", "runsc")
    assert task.image_digest == "sha256:1234"


def test_an_engine_that_is_down_is_our_fault(
    cli_invoke: Invoke, fake_checks: FakeChecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/engine.sock")
    finished = cli_invoke("check", "double", "--sandbox", "docker", status=3)
    assert "no Docker engine answers" in finished.stderr
    assert fake_checks.tasks == []


def test_no_sandbox_warns_once_for_all_exercises(
    cli_invoke: Invoke, fake_checks: FakeChecks
) -> None:
    (line,) = cli_invoke("check", "--sandbox", "none").stderr.splitlines()
    assert line.startswith("warning: there is no sandbox")
    assert fake_checks.names == ["double", "triple", "shop"]


def test_the_number_of_jobs_is_that_of_the_cores_unless_it_is_given(
    cli_invoke: Invoke, fake_checks: FakeChecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    cli_invoke("check", "double")
    cli_invoke("check", "double", "--jobs", "5")
    executors: list[Any] = [shop.executor for shop in fake_checks.workshops]
    assert [executor._max_workers for executor in executors] == [3, 5]


@pytest.mark.usefixtures("fake_checks")
def test_what_was_found_before_is_used_unless_it_is_to_be_fresh(
    cli_invoke: Invoke, fake_checks: FakeChecks
) -> None:
    cli_invoke("check", "double")
    cli_invoke("check", "double", "--fresh")
    usual, fresh = (shop.cache for shop in fake_checks.workshops)
    usual.put("a" * 64, 1)
    assert (usual.get("a" * 64), fresh.get("a" * 64)) == (1, None)


# Exit statuses


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ((), (), 0),
        ((REDUNDANT,), (), 0),
        ((WEAK,), (), 1),
        ((), (REDUNDANT, WEAK), 1),
        ((NOT_CHECKED,), (), 3),
        ((NOT_CHECKED,), (WEAK,), 3),
        ((WEAK, NOT_CHECKED), (), 3),
    ],
)
def test_the_worst_finding_decides(
    cli_invoke: Invoke,
    fake_checks: FakeChecks,
    first: tuple[Finding, ...],
    second: tuple[Finding, ...],
    status: int,
) -> None:
    fake_checks.findings = {"double": first, "shop": second}
    cli_invoke("check", "double", "shop", status=status)


# What is told


def test_several_exercises_are_summed_up(cli_invoke: Invoke, fake_checks: FakeChecks) -> None:
    fake_checks.findings = {"double": (WEAK,), "triple": (REDUNDANT,)}
    last = "3 exercises, 1 with faults; strength over all 0.500\n"
    assert cli_invoke("check", status=1).stdout.endswith(last)
    fake_checks.findings = {}
    last = "3 exercises, none with faults; strength over all 0.500\n"
    assert cli_invoke("check").stdout.endswith(last)


@pytest.mark.usefixtures("fake_checks")
def test_one_exercise_is_not_summed_up(cli_invoke: Invoke) -> None:
    assert "exercises" not in cli_invoke("check", "double").stdout


def test_json_is_one_line_an_exercise_and_nothing_else(
    cli_invoke: Invoke, fake_checks: FakeChecks
) -> None:
    fake_checks.findings = {"double": (WEAK, REDUNDANT)}
    lines = cli_invoke("check", "--format", "json", status=1).stdout.splitlines()
    first, *others = (check_from_json(json.loads(line)) for line in lines)
    assert first.findings == (WEAK, REDUNDANT)
    assert [other.exercise for other in others] == ["triple", "shop"]


@pytest.mark.usefixtures("fake_checks")
def test_html_is_one_page_for_all_exercises(cli_invoke: Invoke) -> None:
    page = cli_invoke("check", "--format", "html").stdout
    assert page.count("</html>") == 1
    for title in ("Twice as much", "Three times as much", "A shop"):
        assert title in page


@pytest.mark.parametrize("report_format", ["text", "json", "html"])
def test_a_report_in_a_file_is_what_the_terminal_would_show(
    cli_invoke: Invoke, fake_checks: FakeChecks, report_format: str
) -> None:
    fake_checks.findings = {"double": (WEAK,)}
    arguments = ("check", "double", "--format", report_format)
    shown = cli_invoke(*arguments, status=1).stdout
    finished = cli_invoke(*arguments, "--output", "report", status=1)
    assert finished.stdout == finished.stderr == ""
    assert Path("report").read_text() == shown


@pytest.mark.usefixtures("fake_checks")
def test_of_a_report_in_a_file_the_terminal_has_the_summary(cli_invoke: Invoke) -> None:
    stdout = cli_invoke("check", "--output", "report").stdout
    assert stdout == "3 exercises, none with faults; strength over all 0.500\n"


@pytest.mark.usefixtures("fake_checks")
def test_progress_is_shown_on_a_terminal_only(
    cli_invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli_invoke("check").stderr == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert "graded" in cli_invoke("check").stderr


# Interrupted


def test_an_interrupted_run_writes_no_report(cli_invoke: Invoke, fake_checks: FakeChecks) -> None:
    fake_checks.interrupted = "shop"
    Path("report").write_text("before")
    finished = cli_invoke("check", "--output", "report", status=130)
    assert finished.stderr.endswith("grade: interrupted\n")
    assert Path("report").read_text() == "before"
    assert os.listdir() == ["report"]


class FakeJudges:
    """Judges of which the first works until they are ended."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.has_begun = threading.Event()
        self._have_ended = threading.Event()

    def __enter__(self) -> "FakeJudges":
        return self

    def __exit__(self, *reason: object) -> None:
        self._have_ended.set()

    def work(self, number: int) -> None:
        """Do the work of one judge."""
        self.begun.append(number)
        self.has_begun.set()
        assert self._have_ended.wait(PATIENCE_SECONDS)


def test_when_a_run_ends_early_judges_are_ended_and_nothing_more_is_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judges = FakeJudges()
    monkeypatch.setattr("grader.judge.processes.PreloadedJudges", lambda: judges)
    told: list[int] = []

    def begin_and_interrupt() -> None:
        with workshop(1, told.append, is_fresh=False) as shop:
            for number in range(3):
                shop.run(lambda number=number: judges.work(number))
            assert judges.has_begun.wait(PATIENCE_SECONDS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        begin_and_interrupt()
    assert judges.begun == [0]
    assert told == [+1, +1, +1, -1, -1, -1]


def test_a_report_that_cannot_be_written_ends_what_is_under_way(
    cli_invoke: Invoke, fake_checks: FakeChecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(check: Check) -> str:
        raise OSError(28, "No space left")

    monkeypatch.setattr("grader.cli.check.renderer", lambda report_format: fail)
    stderr = cli_invoke("check", status=3).stderr
    assert stderr == "grade: the output cannot be written: No space left\n"
    (shop,) = fake_checks.workshops
    with pytest.raises(RuntimeError, match="shutdown"):
        shop.executor.submit(print)


def processes_with(mark: str) -> list[int]:
    """Return the processes on this machine that have a text in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until something is so; fail when it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found by /proc")
@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_a_check_that_is_interrupted_leaves_nothing(
    bank: Path, tmp_path: Path, signal_number: int
) -> None:
    temporary, begun = tmp_path / "temporary", tmp_path / "begun"
    temporary.mkdir()
    (bank / "solutions/double.py").write_text(
        f"def double(number):\n    open({str(begun)!r}, 'w').close()\n    while True: pass\n"
    )
    process = subprocess.Popen(
        [*COMMAND, "check", "double", "--sandbox", "none", "--output", "report.txt"],
        # Everything that is started has the folder in its environment.
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(lambda: begun.exists() or process.poll() is not None)
        process.send_signal(signal_number)
        stdout, stderr = process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        process.kill()
    assert process.returncode == 130
    assert stdout == ""
    _, *lines = filter(None, stderr.splitlines())  # after the warning
    assert lines == ["grade: interrupted"]
    wait_until(lambda: not processes_with(str(temporary)))
    assert os.listdir(temporary) == []
    assert not Path("report.txt").exists()
