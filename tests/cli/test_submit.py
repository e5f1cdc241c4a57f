"""`grade submit`: what is graded and how, what is told of it, and the exit status."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docker
import jsonschema
import pytest

import grader
from grader.limits import MIB
from grader.outcomes import Outcome
from grader.sandbox.bubblewrap import why_unavailable
from grader.sandbox.policy import LABEL

Invoke = Callable[..., Any]

COMMAND = (sys.executable, "-c", "from grader.cli.main import main; main()")
SCHEMA = json.loads((Path(grader.__file__).parent / "result.schema.json").read_text())
WRONG = "def double(number):\n    return abs(2 * number)\n\n\ndef half(number):\n    return 1 / 0\n"
# Nothing listens there, and nothing ever will: the folder is not there.
NO_ENGINE = "unix:///nowhere/engine.sock"
# Far beyond what any of it takes: it only keeps a test that has gone wrong from waiting for ever.
PATIENCE_SECONDS = 60.0


@pytest.fixture
def bank(small_bank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small bank, named by the variable."""
    monkeypatch.setenv("GRADE_BANK", str(small_bank))
    return small_bank


# Real gradings, without a sandbox since the code is ours


@pytest.mark.usefixtures("bank")
def test_a_right_file_gets_all_points(cli_invoke: Invoke, double: Path) -> None:
    stdout = cli_invoke("submit", double, "--sandbox", "none").stdout
    assert "✓ `double` gives twice a number.  2/2\n" in stdout
    assert stdout.endswith("\n  3 of 3 points\n")


@pytest.mark.usefixtures("bank")
def test_a_wrong_file_is_told_the_smallest_input_and_what_was_expected(
    cli_invoke: Invoke, double: Path
) -> None:
    double.write_text(WRONG)
    stdout = cli_invoke("submit", double, "--sandbox", "none", status=1).stdout
    assert stdout.partition("\n\n")[2] == (
        "  ✗ `double` gives twice a number.  0/2\n"
        "      Your code gave a wrong answer.\n"
        "      with      number = -1\n"
        "      you gave  2\n"
        "      expected  -2\n"
        "      hint      Two times.\n"
        "  ✗ `half` gives half a number.  0/1\n"
        "      Your code raised ZeroDivisionError: division by zero.\n"
        "      where     double.py, line 6, in half\n"
        "                    return 1 / 0\n"
        "\n"
        "  0 of 3 points\n"
    )


@pytest.mark.usefixtures("bank")
def test_a_syntax_error_is_shown_with_a_caret(cli_invoke: Invoke, double: Path) -> None:
    double.write_text("def double(number):\n\treturn 2 * * number\n")
    stdout = cli_invoke("submit", double, "--sandbox", "none", status=1).stdout
    lines = stdout.splitlines()
    row = next(row for row, line in enumerate(lines) if "return 2 * * number" in line)
    assert "Your file cannot be read as Python: invalid syntax in line 2." in lines[row - 1]
    assert lines[row + 1].index("^") == lines[row].rindex("*")


@pytest.mark.usefixtures("bank")
def test_the_same_seed_gives_the_same_result_but_for_the_seconds(
    cli_invoke: Invoke, double: Path
) -> None:
    double.write_text(WRONG)

    def result() -> Any:
        arguments = ("submit", double, "--sandbox", "none", "--format", "json", "--seed", "7")
        data = json.loads(cli_invoke(*arguments, status=1).stdout)
        for test in data["tests"]:
            del test["seconds"]
        return data

    first = result()
    assert first["tests"][0]["counterexample"] == [{"name": "number", "value": "-1"}]
    assert first == result()


@pytest.mark.usefixtures("bank")
def test_a_hidden_test_with_a_syntax_error_is_our_fault_and_said_once(
    cli_invoke: Invoke, plain_surroundings: Path
) -> None:
    Path("triple.py").write_text("def triple(number):\n    return 3 * number\n")
    stdout = cli_invoke("submit", "triple.py", "--sandbox", "none", status=3).stdout
    summary = stdout.partition("\n\n")[2].splitlines()
    assert summary[0] == "  Not graded, through no fault of the submission."
    assert summary[1].startswith("  hidden/test_triple.py cannot be used: ")
    assert "SyntaxError" in summary[1]
    assert len(summary) == 2


@pytest.mark.usefixtures("bank")
def test_an_engine_that_is_down_is_our_fault_and_says_what_to_do(
    cli_invoke: Invoke, double: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", NO_ENGINE)
    finished = cli_invoke("submit", double, "--sandbox", "docker", status=3)
    assert finished.stdout.partition("\n\n")[2].splitlines() == [
        "  Not graded, through no fault of the submission.",
        f"  no Docker engine answers at {NO_ENGINE} (No such file or directory); start it, name "
        "another with DOCKER_HOST, or use --sandbox bubblewrap",
    ]
    assert finished.stderr == ""


@pytest.mark.docker
@pytest.mark.usefixtures("bank", "docker_client")
def test_a_missing_image_is_our_fault_and_named_with_the_command_that_gets_it(
    cli_invoke: Invoke, double: Path
) -> None:
    image = "nowhere.invalid/image:1"
    stdout = cli_invoke("submit", double, "--image", image, status=3).stdout
    command = f"the image {image} is not there; get it with `docker pull {image}`"
    assert stdout.count(command) == 1
    assert "Not graded, through no fault of the submission.\n" in stdout


# Interrupted


def processes_of(seed: int) -> list[int]:
    """Return the processes on this machine that a grading with `seed` has started."""
    mark = f"PYTHONHASHSEED={seed}\0".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if mark in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found


def containers_of(seed: int) -> list[str]:
    """Return the containers that a grading with `seed` has started."""
    client = docker.from_env()
    containers = client.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True)
    client.close()
    mark = f"PYTHONHASHSEED={seed}"
    return [str(one.id) for one in containers if mark in one.attrs["Config"]["Env"]]


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until something is so; fail when it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found by /proc")
@pytest.mark.parametrize(
    ("sandbox", "signal_number"),
    [
        ("none", signal.SIGINT),
        ("none", signal.SIGTERM),
        ("bubblewrap", signal.SIGINT),
        pytest.param("docker", signal.SIGINT, marks=pytest.mark.docker),
    ],
)
def test_a_grading_that_is_interrupted_leaves_nothing(
    bank: Path,
    double: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    sandbox: str,
    signal_number: int,
) -> None:
    if sandbox == "bubblewrap" and why_unavailable():
        pytest.skip(why_unavailable())
    image = ["--image", request.getfixturevalue("core_image")] if sandbox == "docker" else []
    seed = int.from_bytes(os.urandom(4), "big")  # in the environment of all that is started
    begun, temporary = tmp_path / "begun", tmp_path / "temporary"
    temporary.mkdir()
    double.write_text(f"""
def double(number):
    try:
        open({str(begun)!r}, "w").close()
    except OSError:  # there is no such folder in a sandbox
        pass
    while True:
        pass
""")

    def has_begun() -> bool:
        if sandbox == "none":
            return begun.exists()
        # The judge, what starts the sandbox, and what runs in it.
        return (
            len(processes_of(seed)) >= 3 if sandbox == "bubblewrap" else bool(containers_of(seed))
        )

    options = ["--sandbox", sandbox, *image, "--seed", str(seed), "--output", "report.txt"]
    process = subprocess.Popen(
        [*COMMAND, "submit", str(double), *options],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(lambda: has_begun() or process.poll() is not None)
        process.send_signal(signal_number)
        stdout, stderr = process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        process.kill()

    assert process.returncode == 130
    assert stdout == ""
    warnings = 1 if sandbox == "none" else 0
    assert [line for line in stderr.splitlines() if line][warnings:] == ["grade: interrupted"]
    wait_until(lambda: not processes_of(seed))  # a killed process is gone a moment later
    assert os.listdir(temporary) == []
    assert not Path("report.txt").exists()
    if sandbox == "docker":
        assert containers_of(seed) == []


@pytest.mark.usefixtures("bank")
def test_an_interrupted_run_of_several_files_writes_no_report(
    cli_invoke: Invoke, double: Path, fake_grading: Any
) -> None:
    fake_grading.interrupted = "other.py"
    Path("other.py").touch()
    Path("report.txt").write_text("before")
    arguments = ("submit", double, "other.py", "--exercise", "double", "--output", "report.txt")
    assert cli_invoke(*arguments, status=130).stderr.endswith("grade: interrupted\n")
    assert fake_grading.exercises == ["double"]
    assert Path("report.txt").read_text() == "before"
    assert sorted(os.listdir()) == ["double.py", "other.py", "report.txt"]


# What is refused, before anything is graded


@pytest.fixture
def refused(cli_invoke: Invoke, bank: Path, double: Path, fake_grading: Any) -> Callable[..., str]:
    """Return the one sentence with which a command is refused; nothing may be graded before."""

    def sentence(*arguments: str | Path) -> str:
        finished = cli_invoke("submit", double, *arguments, status=2)
        assert fake_grading.plans == []
        assert finished.stdout == ""
        line: str = finished.stderr.splitlines()[-1]
        return line

    return sentence


def test_a_file_that_is_not_there_is_named(refused: Callable[..., str]) -> None:
    assert refused("no\n\x1b.py") == "grade: no\\n\\x1b.py is not there"


def test_a_name_that_no_file_can_have_is_refused(refused: Callable[..., str]) -> None:
    assert refused("a" * 300 + ".py").endswith("a.py cannot be read: File name too long")


def test_a_file_that_is_named_for_no_exercise_is_answered_with_a_near_match(
    refused: Callable[..., str],
) -> None:
    Path("doubel.py").touch()
    assert refused("doubel.py") == (
        "grade: cannot tell which exercise doubel.py is for: the bank has no exercise "
        '"doubel"; did you mean double?; name it with --exercise NAME'
    )


def test_an_exercise_that_is_not_there_is_answered_with_a_near_match(
    refused: Callable[..., str],
) -> None:
    assert refused("--exercise", "shpo").endswith("did you mean shop?; `grade list` shows all")


@pytest.mark.parametrize(
    ("name", "exercise", "sentence"),
    [
        ("shop.py", "shop", "is a folder with prices.txt, app.py, data/items.py"),
        ("triple", "triple", "a submission for triple is one file"),
        ("pipe", "triple", "is no regular file; name the file to grade"),
    ],
)
def test_a_submission_of_the_wrong_kind_is_refused(
    refused: Callable[..., str], bank: Path, name: str, exercise: str, sentence: str
) -> None:
    Path("shop.py").touch()
    Path("triple").mkdir()
    os.mkfifo("pipe")
    assert sentence in refused(name, "--exercise", exercise)


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ("memory=3", "'memory' is no limit; the limits are test_seconds, submission_seconds"),
        ("memory_bytes=lots", "memory_bytes must be a size such as 65536, 64KiB or 256MiB"),
        ("test_seconds", "test_seconds has no value; write test_seconds=VALUE"),
    ],
)
def test_a_limit_that_is_none_is_refused(
    refused: Callable[..., str], limit: str, sentence: str
) -> None:
    assert sentence in refused("--limit", limit)


@pytest.mark.parametrize("option", ["--image", "--runtime"])
@pytest.mark.parametrize("sandbox", ["bubblewrap", "none"])
def test_an_image_without_docker_is_refused_and_not_passed_over(
    refused: Callable[..., str], option: str, sandbox: str
) -> None:
    sentence = refused(option, "mine", "--sandbox", sandbox)
    assert (
        sentence
        == f"grade: --image and --runtime are for --sandbox docker or pool, not for {sandbox}"
    )


def test_an_output_that_cannot_be_written_is_refused(refused: Callable[..., str]) -> None:
    assert refused("--output", "no/report.txt") == (
        "grade: no/report.txt cannot be written: its folder does not exist"
    )


def test_a_folder_that_is_no_bank_is_refused(refused: Callable[..., str]) -> None:
    assert refused("--bank", "nowhere").startswith("grade: nowhere is no bank")


def test_a_broken_catalogue_is_our_fault(
    cli_invoke: Invoke, bank: Path, double: Path, fake_grading: Any
) -> None:
    (bank / "exercises/catalog.toml").write_text("[[section")
    assert "catalog.toml has 1 problem:\n" in cli_invoke("submit", double, status=3).stderr


# Which bank


def test_the_bank_is_found_upwards_from_here(
    cli_invoke: Invoke,
    small_bank: Path,
    double: Path,
    fake_grading: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = double.absolute()
    monkeypatch.chdir(small_bank / "solutions")
    cli_invoke("submit", file)
    assert fake_grading.plans[0].hidden_paths == (str(small_bank),)


def test_the_bank_is_found_from_the_files_own_folder(
    cli_invoke: Invoke, small_bank: Path, fake_grading: Any
) -> None:
    cli_invoke("submit", small_bank / "solutions/double.py")
    assert fake_grading.plans[0].hidden_paths == (str(small_bank),)


def test_the_bank_here_goes_before_that_of_the_file(
    cli_invoke: Invoke, small_bank: Path, fake_grading: Any
) -> None:
    for name in ("exercises/catalog.toml", "exercises/double.py", "hidden/test_double.py"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).touch()
    Path("solutions").mkdir()
    Path("solutions/double.py").touch()
    Path("exercises/catalog.toml").write_text(
        '[[section]]\nid = "A"\ntitle = "A"\n[[section.exercise]]\nid = "double"\ntitle = "Mine"\n'
    )
    stdout = cli_invoke("submit", small_bank / "solutions/double.py").stdout
    assert stdout.startswith("double  Mine\n")


def test_without_any_bank_the_sentence_says_how_to_name_one(
    cli_invoke: Invoke, double: Path
) -> None:
    (line,) = cli_invoke("submit", double, status=2).stderr.splitlines()
    assert line.endswith("name a bank with --bank DIR or GRADE_BANK")


# How it is graded


@pytest.mark.usefixtures("bank")
def test_seed_limits_image_and_runtime_reach_the_judge(
    cli_invoke: Invoke, double: Path, fake_grading: Any
) -> None:
    limits = ("--limit", "memory_bytes=64MiB", "--limit", "processes=8")
    docker_options = ("--image", "mine:1", "--runtime", "runsc")
    cli_invoke("submit", double, "--seed", "9", *limits, *docker_options)
    (plan,) = fake_grading.plans
    assert plan.seed == 9
    assert (plan.limits.memory_bytes, plan.limits.processes) == (64 * MIB, 8)
    assert plan.limits.test_seconds == 30  # the catalogue's
    # Who names an image or a runtime has chosen docker.
    assert (plan.sandbox.name, plan.sandbox.image, plan.sandbox.runtime) == (
        "docker",
        "mine:1",
        "runsc",
    )


@pytest.mark.usefixtures("bank")
def test_the_image_is_that_of_the_exercise(
    cli_invoke: Invoke, double: Path, fake_grading: Any
) -> None:
    cli_invoke("submit", double)
    assert fake_grading.plans[0].sandbox.image == "grader-core:latest"


@pytest.mark.usefixtures("bank")
def test_a_file_of_another_name_is_graded_as_the_exercise_that_is_named(
    cli_invoke: Invoke, fake_grading: Any
) -> None:
    Path("mine.py").touch()
    assert cli_invoke("submit", "mine.py", "--exercise", "triple").stdout.startswith("triple  ")
    assert fake_grading.exercises == ["triple"]


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch, fake_grading: Any) -> None:
    """Let no engine answer, and choose the sandbox as in earnest."""
    from grader.sandbox.choice import settle

    monkeypatch.setenv("DOCKER_HOST", NO_ENGINE)
    monkeypatch.setattr("grader.cli.sandboxes.settle", settle)


@pytest.mark.usefixtures("bank", "no_engine")
def test_auto_falls_back_on_bubblewrap_without_a_word(
    cli_invoke: Invoke, double: Path, fake_grading: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.sandbox.bubblewrap.why_unavailable", lambda: "")
    assert cli_invoke("submit", double).stderr == ""
    assert fake_grading.plans[0].sandbox.name == "bubblewrap"


@pytest.mark.usefixtures("bank", "no_engine")
def test_auto_that_ends_without_a_sandbox_warns(
    cli_invoke: Invoke, double: Path, fake_grading: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.sandbox.bubblewrap.why_unavailable", lambda: "bwrap is not there")
    (line,) = cli_invoke("submit", double).stderr.splitlines()
    assert line.startswith("warning: there is no sandbox")
    assert fake_grading.plans[0].sandbox.name == "none"


@pytest.mark.usefixtures("bank", "fake_grading")
def test_no_sandbox_warns_once_for_all_files_beside_the_report(
    cli_invoke: Invoke, double: Path
) -> None:
    finished = cli_invoke("submit", double, double, "--sandbox", "none", "--format", "json")
    (line,) = finished.stderr.splitlines()
    assert line.startswith("warning: there is no sandbox")
    assert "`grade doctor` tells what to install" in line
    assert len(finished.stdout.splitlines()) == 2


# Exit statuses


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (Outcome.PASSED, Outcome.PASSED, 0),
        (Outcome.PASSED, Outcome.FAILED, 1),
        (Outcome.TIMED_OUT, Outcome.PASSED, 1),
        (Outcome.JUDGE_BROKE, Outcome.PASSED, 3),
        (Outcome.SANDBOX_FAILED, Outcome.FAILED, 3),
    ],
)
def test_the_worst_of_several_files_decides(
    cli_invoke: Invoke,
    double: Path,
    fake_grading: Any,
    first: Outcome,
    second: Outcome,
    status: int,
) -> None:
    fake_grading.outcomes = {"double.py": (first,), "other.py": (second,)}
    Path("other.py").touch()
    stdout = cli_invoke("submit", double, "other.py", "--exercise", "double", status=status).stdout
    assert stdout.count("double  Twice as much\n") == 2


@pytest.mark.usefixtures("bank")
def test_a_file_without_any_test_is_not_graded(
    cli_invoke: Invoke, double: Path, fake_grading: Any
) -> None:
    fake_grading.outcomes = {"double.py": ()}
    cli_invoke("submit", double, status=3)


# What is told

WORDS = {
    "TITLE": 1,
    "MESSAGE": 2,
    "COUNTEREXAMPLE": 2,
    "GOT": 3,
    "EXPECTED": 3,
    "HINT": 3,
    "CODE": 3,
    "FUNCTION": 3,
}
LEVELS = ("none", "titles", "examples", "full")


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("report_format", ["text", "json"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_level_of_feedback_tells_what_it_says_and_no_more(
    cli_invoke: Invoke, double: Path, fake_grading: Any, level: str, report_format: str
) -> None:
    fake_grading.outcomes = {"double.py": (Outcome.PASSED, Outcome.FAILED, Outcome.TIMED_OUT)}
    options = ("--feedback", level, "--format", report_format)
    stdout = cli_invoke("submit", double, *options, status=1).stdout
    told = {word for word in WORDS if word in stdout}
    assert told == {word for word, least in WORDS.items() if LEVELS.index(level) >= least}
    assert ("test_secret_2" in stdout) is (report_format == "json" and level != "none")
    if report_format == "text":
        assert "2 of 6 points" in stdout


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("level", LEVELS)
def test_json_is_one_line_a_file_in_the_shape_of_the_schema(
    cli_invoke: Invoke, double: Path, fake_grading: Any, level: str
) -> None:
    fake_grading.outcomes = {"double.py": tuple(Outcome)}
    options = ("--feedback", level, "--format", "json")
    lines = cli_invoke("submit", double, double, *options, status=3).stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        assert line.isascii()
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(line))


@pytest.mark.usefixtures("bank", "fake_grading")
@pytest.mark.parametrize("report_format", ["text", "json"])
def test_a_report_in_a_file_is_what_the_terminal_would_show(
    cli_invoke: Invoke, double: Path, report_format: str
) -> None:
    options = ("--format", report_format)
    shown = cli_invoke("submit", double, double, *options).stdout
    finished = cli_invoke("submit", double, double, *options, "--output", "report")
    assert finished.stdout == finished.stderr == ""
    assert Path("report").read_text() == shown
