"""Programs that are started: what they get, what comes back, and that each of them ends."""

import os
import signal
import sys
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.process import (
    Setting,
    end_program,
    judge_command,
    run_program,
    start_program,
    wait_for_end,
)

PATIENCE_SECONDS = 30.0
NOBODY = 65534

SLEEP = "import signal, sys; print('ready', flush=True); signal.pause()"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-S", "-c", code, *arguments]


def test_a_program_gets_its_input_and_gives_output_and_status() -> None:
    code = "import sys; sys.stderr.write('low'); print(sys.stdin.read().upper()); sys.exit(3)"
    finished = run_program(python(code), input_bytes=b"text")

    assert (finished.stdout, finished.stderr, finished.returncode) == (b"TEXT\n", b"low", 3)


def test_a_program_has_the_given_environment_and_no_other() -> None:
    code = "import os; print(sorted(os.environ))"

    assert run_program(python(code), env={"LANG": "C.UTF-8"}).stdout == b"['LANG']\n"


def test_a_missing_program_is_named() -> None:
    with pytest.raises(GraderError, match="no-such-program cannot be started: No such file"):
        run_program(["no-such-program"])
    with pytest.raises(GraderError, match="no-such-program cannot be started: No such file"):
        start_program(["no-such-program"], Setting(env={}))


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(GraderError, match=r"did not end within 0\.05 s"):
        run_program(python(SLEEP), timeout_seconds=0.05)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run a program as somebody else")
def test_a_program_runs_as_the_given_user_and_in_no_group_of_ours() -> None:
    program = ["/bin/sh", "-c", "id -u; id -G"]
    finished = run_program(program, uid=NOBODY)
    process = start_program(program, Setting(env={"PATH": os.environ["PATH"]}, uid=NOBODY))
    started, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert finished.stdout.split() == started.split() == [b"65534", b"65534"]


def test_a_started_program_has_a_session_and_a_folder_of_its_own(tmp_path: Path) -> None:
    code = "import os; print(os.getsid(0) == os.getpid(), os.getcwd(), sorted(os.environ))"
    process = start_program(python(code), Setting(env={"LANG": "C.UTF-8"}, folder=str(tmp_path)))
    out, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert out.decode() == f"True {tmp_path} ['LANG']\n"


def test_a_program_inherits_the_given_descriptors_and_no_other() -> None:
    read, write = os.pipe()
    other = os.dup(read)
    os.set_inheritable(other, True)
    try:
        os.write(write, b"text")
        look = f"try: os.fstat({other})\nexcept OSError: print(0)"
        code = f"import os; print(os.read({read}, 2))\n{look}"
        finished = run_program(python(code), pass_fds=(read,))
        process = start_program(python(code), Setting(env={}, pass_fds=(read,)))
        started, _ = process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        for descriptor in (read, write, other):
            os.close(descriptor)

    assert (finished.stdout, started) == (b"b'te'\n0\n", b"b'xt'\n0\n")


def test_errors_of_a_started_program_go_to_the_given_file(tmp_path: Path) -> None:
    with (tmp_path / "errors").open("wb") as file:
        setting = Setting(env={}, errors=file)
        process = start_program(python("import sys; sys.stderr.write('low')"), setting)
        process.communicate(timeout=PATIENCE_SECONDS)

    assert process.stderr is None
    assert (tmp_path / "errors").read_text() == "low"


def test_waiting_for_a_program_that_runs_on_raises_nothing() -> None:
    process = start_program(python(SLEEP), Setting(env={}))
    wait_for_end(process, 0.01)

    assert process.poll() is None
    assert end_program(process, 0.0)


def test_a_program_that_ends_by_itself_takes_no_force() -> None:
    process = start_program(python(""), Setting(env={}))
    wait_for_end(process, PATIENCE_SECONDS)

    assert end_program(process, PATIENCE_SECONDS) is False
    assert process.returncode == 0


@pytest.mark.parametrize(("code", "status"), [(SLEEP, -signal.SIGTERM), (DEAF, -signal.SIGKILL)])
def test_a_program_that_runs_on_is_ended_by_force(code: str, status: int) -> None:
    process = start_program(python(code), Setting(env={}))
    assert process.stdout is not None
    assert process.stdout.read(6) == b"ready\n"

    # The deaf one is given no time, since it would only use it up.
    assert end_program(process, 0.0 if code is DEAF else PATIENCE_SECONDS) is True
    assert process.returncode == status
    assert process.stdout.closed


def test_a_programs_whole_session_ends_with_it() -> None:
    code = f"import os\nos.fork()\n{SLEEP}"
    process = start_program(python(code), Setting(env={}))
    assert process.stdout is not None
    assert [process.stdout.read(6) for _ in range(2)] == [b"ready\n"] * 2
    reader = os.dup(process.stdout.fileno())

    end_program(process, 0.0)

    # The stream ends when the last process that could write to it has ended.
    with os.fdopen(reader, "rb") as stream:
        assert stream.read() == b""


def test_the_judge_imports_nothing_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "grader.py").write_text("print('planted')")
    command = [*judge_command()[:-2], "-c", "import grader; print(len(grader.__path__))"]
    process = start_program(command, Setting(env={}, folder=str(tmp_path)))
    out, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert judge_command()[-2:] == ["-m", "grader.judge"]
    assert out == b"1\n"
