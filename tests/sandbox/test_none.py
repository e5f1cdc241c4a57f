"""The plain process: what it leaves is adopted and ended, and its folder is removed."""

import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest
from driver import an_order

from grader.process import Setting, end_program, start_program
from grader.sandbox.base import SandboxError
from grader.sandbox.none import (
    NoSandbox,
    adopt_orphans,
    end_orphans,
    host_python,
    remove_folder,
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt others")

DAEMON = """
import os, signal
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.write(1, b"%d." % os.getpid())
        signal.pause()
    os._exit(0)
os.wait()
signal.pause()
"""


@linux
def test_a_daemon_is_adopted_and_ended() -> None:
    adopt_orphans()
    process = start_program([sys.executable, "-S", "-c", DAEMON], Setting(env={}))
    assert process.stdout is not None
    daemon = int(process.stdout.read(20).rstrip(b"."))
    end_program(process, 0.0)

    end_orphans(set())

    with pytest.raises(ProcessLookupError):
        os.kill(daemon, 0)


@linux
def test_programs_that_were_there_before_or_are_in_our_session_live_on() -> None:
    code = "import os, signal; os.write(1, b'!'); signal.pause()"
    earlier = start_program([sys.executable, "-S", "-c", code], Setting(env={}))
    ours = os.fork()
    if ours == 0:
        while True:
            signal.pause()
    try:
        end_orphans({earlier.pid})

        assert earlier.poll() is None
        assert os.waitpid(ours, os.WNOHANG) == (0, 0)
    finally:
        end_program(earlier, 0.0)
        os.kill(ours, signal.SIGKILL)
        os.waitpid(ours, 0)


def test_the_folder_carries_the_runs_id_and_goes_with_the_room() -> None:
    order = an_order()
    connection = NoSandbox().open(order)
    scratch = Path(connection.room.scratch)
    assert scratch.name.startswith(f"grader-{order.run_id}-")
    assert scratch.stat().st_mode & 0o777 == 0o700

    connection.close()

    assert not scratch.exists()
    assert connection.room.emptied == (str(scratch),)
    assert connection.room.alone is False


def test_a_disk_without_room_for_what_a_submission_may_write_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SandboxError, match=rf"no room in {tmp_path} for the \d+ MiB .* TMPDIR"):
        NoSandbox().open(an_order(files_bytes=2**60))

    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_rights_is_removed_with_all_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "scratch"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "file").touch()
    (folder / "link").symlink_to(tmp_path)
    for path in (folder / "a" / "b", folder / "a", folder):
        path.chmod(0)

    remove_folder(str(folder))

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_already_is_as_good(tmp_path: Path) -> None:
    remove_folder(str(tmp_path / "gone"))

    assert tmp_path.exists()


def test_the_interpreter_is_outside_any_virtual_environment() -> None:
    python = Path(host_python())

    assert python.is_file()
    assert not python.is_symlink()
    assert not (python.parent.parent / "pyvenv.cfg").exists()
