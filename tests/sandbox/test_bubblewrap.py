"""The command of bubblewrap: its order, what it shows and covers, and the interpreter it takes."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from driver import Driver, an_order

from grader.limits import MIB
from grader.sandbox import bubblewrap
from grader.sandbox.base import FIRST_UID, UIDS, SandboxError, resource_limits, user_limits
from grader.sandbox.bpf import filter_here
from grader.sandbox.bubblewrap import (
    INSTALL_HINT,
    SECCOMP_HINT,
    UPDATE_HINT,
    USERNS_HINT,
    Bubblewrap,
    bwrap_command,
    why_unavailable,
)

ORDER = an_order(files_bytes=2 * MIB)


@pytest.fixture
def bwrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Make a program `bwrap` of the given shell script the only one on the path."""

    def make(script: str) -> Path:
        program = tmp_path / "path" / "bwrap"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent))
        return program

    return make


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Python outside the system's folders, which is the one that runs `grade`."""
    python = tmp_path.resolve() / "own" / "bin" / "python3"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(bubblewrap, "host_python", lambda: str(python))
    return python


@pytest.fixture
def command(bwrap: Callable[[str], Path], interpreter: Path) -> list[str]:
    bwrap("")
    return bwrap_command(ORDER, None, (9,))


def has(command: list[str], *options: str) -> bool:
    """Tell whether the options stand in the command, one right after the other."""
    return any(tuple(command[i:])[: len(options)] == options for i in range(len(command)))


def test_everything_is_unshared_and_nothing_can_be_gained(command: list[str]) -> None:
    for option in ("--unshare-all", "--disable-userns", "--die-with-parent", "--new-session"):
        assert option in command
    assert has(command, "--cap-drop", "ALL")
    assert has(command, "--uid", "1000", "--gid", "1000", "--hostname", "sandbox")
    assert command[-1] == "--"


def test_the_root_is_made_read_only_last(command: list[str]) -> None:
    assert command[-5:-2] == ["--remount-ro", "/", "--seccomp"]
    assert command.index("--ro-bind") < command.index("--dev") < command.index("--chdir")


def test_the_filter_is_read_from_the_descriptor_that_is_given(command: list[str]) -> None:
    assert command[-3:] == ["--seccomp", "9", "--"]
    assert "--seccomp" not in bwrap_command(ORDER, None, ())


def test_each_place_that_can_be_written_to_has_a_size(command: list[str]) -> None:
    sizes = {
        command[i + 1]: command[i - 1] if command[i - 2] == "--size" else ""
        for i, option in enumerate(command)
        if option == "--tmpfs"
    }

    assert sizes == {"/dev/shm": str(MIB), "/tmp": str(2 * MIB)}
    assert command.index("--dev") < command.index("/dev/shm")
    assert has(command, "--tmpfs", "/dev/shm", "--remount-ro", "/dev")


def test_only_the_system_and_the_interpreter_are_shown(
    command: list[str], interpreter: Path
) -> None:
    shown = {command[i + 1] for i, option in enumerate(command) if option == "--ro-bind"}
    system = {"usr", "bin", "lib", "lib32", "lib64", "libx32", "sbin", "etc/ld.so.cache"}

    assert shown <= {f"/{name}" for name in system} | {str(interpreter.parent.parent)}
    assert {"/usr", str(interpreter.parent.parent)} <= shown
    assert not {"--bind", "--dev-bind", "--proc"} & set(command)


def test_links_of_the_root_stay_links(command: list[str]) -> None:
    for link in (path for path in ("/bin", "/lib", "/sbin") if os.path.islink(path)):
        assert has(command, "--symlink", os.readlink(link), link)


def test_a_bank_inside_what_is_shown_is_covered_and_cannot_be_written_to(
    bwrap: Callable[[str], Path], interpreter: Path, tmp_path: Path
) -> None:
    bwrap("")
    bank = interpreter.parent.parent / "bank"
    link = tmp_path / "link"
    link.symlink_to(bank)
    covered = ("--tmpfs", str(bank), "--remount-ro", str(bank))

    for name in (bank, link):
        command = bwrap_command(an_order(hidden_paths=(str(name),)), None, ())
        assert has(command, *covered)
        assert command.index(str(interpreter.parent.parent)) < command.index(str(bank))


def test_a_bank_elsewhere_needs_no_cover(
    bwrap: Callable[[str], Path], interpreter: Path, tmp_path: Path
) -> None:
    bwrap("")
    order = an_order(hidden_paths=(str(tmp_path / "bank"),))

    assert str(tmp_path / "bank") not in bwrap_command(order, None, ())


# The interpreter


@pytest.fixture
def system_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one system-wide Python that there is; whether it is in reach is up to the test."""
    python = tmp_path.resolve() / "system" / "bin" / "python3"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(bubblewrap, "_SYSTEM_PYTHONS", (str(tmp_path / "absent"), str(python)))
    return python


@pytest.fixture
def in_reach(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """The interpreters that other users may read; pytest's folders are the user's alone."""
    reached: set[Path] = set()
    monkeypatch.setattr(bubblewrap, "_open_to_all", lambda path: path in reached)
    return reached


def test_an_ordinary_user_runs_the_interpreter_that_runs_grade(
    interpreter: Path, system_python: Path, in_reach: set[Path]
) -> None:
    assert bubblewrap._interpreter(None) == str(interpreter)


def test_root_takes_that_too_where_the_other_user_may_read_it(
    interpreter: Path, system_python: Path, in_reach: set[Path]
) -> None:
    in_reach |= {interpreter, system_python}

    assert bubblewrap._interpreter(FIRST_UID) == str(interpreter)


def test_root_takes_the_systems_where_the_other_user_may_not(
    interpreter: Path, system_python: Path, in_reach: set[Path]
) -> None:
    in_reach.add(system_python)

    assert bubblewrap._interpreter(FIRST_UID) == str(system_python)


def test_no_interpreter_in_reach_is_told_with_what_to_do(
    interpreter: Path, system_python: Path, in_reach: set[Path]
) -> None:
    with pytest.raises(SandboxError, match=r"no Python that other users may read .*apt-get"):
        bubblewrap._interpreter(FIRST_UID)


def test_a_folder_closed_to_others_keeps_its_interpreter_out_of_reach(tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python3"
    python.parent.mkdir()
    python.touch()
    python.parent.chmod(0o700)

    assert bubblewrap._open_to_all(python) is False
    assert bubblewrap._open_to_all(Path("/usr/bin/env")) is True


def test_root_runs_it_as_another_user_and_others_as_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    uid = bubblewrap._uid()
    assert uid is not None
    assert FIRST_UID <= uid < FIRST_UID + UIDS

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert bubblewrap._uid() is None


# Whether it works here


def test_a_missing_program_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert why_unavailable() == f"the program bwrap is not on the path; {INSTALL_HINT}"
    with pytest.raises(SandboxError, match="bwrap is not on the path"):
        Bubblewrap().open(ORDER)


def test_a_program_that_may_not_make_namespaces_is_told_with_what_to_do(
    bwrap: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bwrap("echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1")
    monkeypatch.setattr(bubblewrap, "_uid", lambda: None)

    assert why_unavailable() == f"bwrap: setting up uid map: Permission denied; {USERNS_HINT}"


def test_a_program_that_is_too_old_is_to_be_updated(
    bwrap: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bwrap("echo 'bwrap: Unknown option --disable-userns' >&2; exit 1")
    monkeypatch.setattr(bubblewrap, "_uid", lambda: None)

    assert why_unavailable() == f"bwrap: Unknown option --disable-userns; {UPDATE_HINT}"


def test_a_kernel_that_filters_no_calls_is_told_with_what_to_do(
    bwrap: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bwrap("echo 'bwrap: prctl(PR_SET_SECCOMP): Invalid argument' >&2; exit 1")
    monkeypatch.setattr(bubblewrap, "_uid", lambda: None)

    assert why_unavailable() == f"bwrap: prctl(PR_SET_SECCOMP): Invalid argument; {SECCOMP_HINT}"


def test_a_program_that_does_its_work_is_available(
    bwrap: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bwrap("exit 0")
    monkeypatch.setattr(bubblewrap, "_uid", lambda: None)

    assert why_unavailable() == ""


@pytest.mark.usefixtures("working_bubblewrap")
def test_a_room_is_alone_and_counts_its_processes() -> None:
    connection = Bubblewrap().open(ORDER)
    connection.close()

    assert connection.room.alone
    assert connection.room.emptied == ("/tmp", "/dev/shm")
    assert connection.room.rlimits == {
        **resource_limits(ORDER.limits),
        **user_limits(ORDER.limits),
    }


FORBIDDEN = """
import ctypes

def unshare():
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.unshare(0), ctypes.get_errno()
"""


@pytest.mark.usefixtures("working_bubblewrap")
@pytest.mark.parametrize("filtered", [True, False])
def test_calls_of_a_submission_are_filtered_where_there_is_a_filter(
    filtered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not filtered:
        monkeypatch.setattr(bubblewrap, "filter_here", lambda: b"")
    elif not filter_here():
        pytest.skip("there is no filter for this machine")
    assert why_unavailable() == ""
    connection = Bubblewrap().open(ORDER)
    try:
        driver = Driver(connection, FORBIDDEN)
        assert driver.set_up()[0] == "ready"
        found = driver.begin_test().use("unshare")
    finally:
        connection.close()

    assert tuple(found) == ((-1, errno.EPERM) if filtered else (0, 0))


HIDDEN = """
import errno, os

def look(folder):
    return os.listdir(folder), plant(folder)

def plant(folder):
    try:
        open(os.path.join(folder, "planted"), "w").close()
    except OSError as error:
        return errno.errorcode[error.errno]
"""


@pytest.mark.usefixtures("working_bubblewrap")
@pytest.mark.skipif(not os.path.isdir("/usr/share"), reason="there is no folder to hide")
def test_a_hidden_folder_is_empty_and_read_only_inside(tmp_path: Path) -> None:
    link = tmp_path / "bank"
    link.symlink_to("/usr/share")
    found = []
    for hidden in ((), (str(link),)):
        connection = Bubblewrap().open(an_order(hidden_paths=hidden))
        try:
            driver = Driver(connection, HIDDEN)
            assert driver.set_up()[0] == "ready"
            found.append(driver.begin_test().use("look", "/usr/share"))
        finally:
            connection.close()

    assert found[0][0] != []
    assert found[0][1] == "EROFS"
    assert found[1] == ([], "EROFS")


def test_the_image_is_the_hosts_own_python() -> None:
    assert Bubblewrap().image() == ("", "")
