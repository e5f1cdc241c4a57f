"""`grade` itself: its help, its version, and how each way to end becomes an exit status."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import grader
from grader.cli.main import COMMANDS, grade
from grader.errors import GraderError, UsageError
from grader.process import run_program

Invoke = Callable[..., Any]
COMMAND = (sys.executable, "-c", "from grader.cli.main import main; main()")


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield all commands below a group, the group first, each with the words that call it."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield (*path, name), command


ALL_COMMANDS = list(commands(grade))
every_command = pytest.mark.parametrize(
    ("path", "command"), ALL_COMMANDS, ids=[" ".join(path) or "grade" for path, _ in ALL_COMMANDS]
)


# Help


@every_command
def test_help_of_every_command_teaches_and_succeeds(
    cli_invoke: Invoke, path: tuple[str, ...], command: click.Command
) -> None:
    for option in ("--help", "-h"):
        text = cli_invoke(*path, option).stdout
        assert text.startswith(f"Usage: {' '.join(('grade', *path))} [OPTIONS]")
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            # The words of the help say what the argument in the usage line stands for.
            metavar = parameter.make_metavar(click.Context(command)).strip("[].")
            assert metavar in command.help, parameter.name
        elif isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@every_command
def test_help_is_not_cut_and_fits_eighty_columns(
    cli_invoke: Invoke, path: tuple[str, ...], command: click.Command
) -> None:
    text = cli_invoke(*path, "--help").stdout
    assert max(map(len, text.splitlines())) <= 80
    _, _, table = text.partition("Commands:\n")
    assert "..." not in table


def test_the_commands_stand_in_the_order_in_which_a_newcomer_needs_them(
    cli_invoke: Invoke,
) -> None:
    _, _, table = cli_invoke("--help").stdout.partition("Commands:\n")
    names = [line.split()[0] for line in table.split("\n\n")[0].splitlines()]
    for_students = ["submit", "list", "show", "start"]
    for_a_class = ["doctor", "sandbox", "batch", "report", "regrade", "verify"]
    for_the_bank = ["new", "check"]
    assert names == [*for_students, *for_a_class, *for_the_bank, "completion"]


def test_the_exit_statuses_are_in_the_help(cli_invoke: Invoke) -> None:
    text = " ".join(cli_invoke("--help").stdout.split())
    assert "0 all points, 1 not all, 2 wrong usage, 3 not graded (our fault), 130" in text


def test_without_a_command_the_help_is_shown_as_wrong_usage(cli_invoke: Invoke) -> None:
    assert "grade submit decorators.py" in cli_invoke(status=2).stderr


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version_is_that_of_the_package(cli_invoke: Invoke, option: str) -> None:
    assert cli_invoke(option).stdout == f"grade, version {grader.__version__}\n"


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sumbit"], "No such command 'sumbit'. Did you mean 'submit'?"),
        (["--bank", "x"], "No such option '--bank'."),
        (["submit"], "Missing argument 'FILE...'."),
        (["show"], "Missing argument 'NAME'."),
        (["show", "a", "b"], "Got unexpected extra argument (b)"),
        (["completion", "tcsh"], "'tcsh' is not one of 'bash', 'zsh', 'fish'."),
        (["sandbox", "build", "cor"], "'cor' is not one of 'core', 'tools', 'web'."),
        (["submit", "x.py", "--sandbox", "vm"], "'vm' is not one of"),
        (["submit", "x.py", "--seed", "-1"], "-1 is not in the range 0<=x<=4294967295"),
        (["submit", "x.py", "--seed", "one"], "'one' is not a valid integer"),
        (["submit", "x.py", "--format", "xml"], "'xml' is not one of 'text', 'json', 'grade"),
        (["submit", "x.py", "--feedback", "all"], "'all' is not one of"),
        (["submit", "x.py", "--output", "/"], "is a directory"),
        (["check", "--jobs", "0"], "0 is not in the range x>=1"),
        (["check", "--sandbox", "vm"], "'vm' is not one of"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json', 'html'."),
        (["check", "--output", "/"], "is a directory"),
    ],
)
def test_what_click_refuses_is_one_sentence_and_the_way_to_the_help(
    cli_invoke: Invoke, arguments: list[str], sentence: str
) -> None:
    finished = cli_invoke(*arguments, status=2)
    usage, hint, empty, error = finished.stderr.splitlines()
    assert usage.startswith("Usage: grade ")
    assert "--help' for help" in hint
    assert empty == ""
    assert error.startswith("Error: ")
    assert sentence in error
    assert finished.stdout == ""


# How a command that does not succeed ends


@pytest.mark.parametrize(
    ("error", "status", "stderr"),
    [
        (GraderError("we failed; mend it"), 3, "grade: we failed; mend it\n"),
        (UsageError("ask otherwise"), 2, "grade: ask otherwise\n"),
        (KeyboardInterrupt(), 130, "grade: interrupted\n"),
        (click.Abort(), 130, "grade: interrupted\n"),
        (OSError(28, "No space left"), 3, "grade: the output cannot be written: No space left\n"),
        (PermissionError(13, "No", "a\nb"), 3, "grade: a\\nb: No\n"),
    ],
    ids=["ours", "usage", "ctrl-c", "abort", "output", "system"],
)
def test_an_error_becomes_a_sentence_and_a_status(
    cli_invoke: Invoke,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    status: int,
    stderr: str,
) -> None:
    def fail(bank: object) -> None:
        raise error

    monkeypatch.setattr("grader.cli.list.open_bank", fail)
    assert cli_invoke("list", status=status).stderr.lstrip("\n") == stderr


def test_an_error_with_a_students_text_is_inert(cli_invoke: Invoke, small_bank: Path) -> None:
    stderr = cli_invoke("show", "\x1b[2J\u202e\udcff", "--bank", small_bank, status=2).stderr
    assert "\\u001b[2J\\u202e\\udcff" in stderr
    assert stderr.rstrip("\n").isprintable()


# As a real program


def program(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `grade` in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
def test_a_full_disk_behind_standard_output_is_said_in_one_line(small_bank: Path) -> None:
    with open("/dev/full", "w") as full:
        finished = program("list", "--bank", small_bank, stdout=full)
    assert finished.stderr == ("grade: the output cannot be written: No space left on device\n")
    assert finished.returncode == 3


def test_a_terminal_that_is_not_utf8_gets_escapes(small_bank: Path) -> None:
    catalog = small_bank / "exercises/catalog.toml"
    catalog.write_text(catalog.read_text().replace("A shop", "Ein Geschäft"), encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    finished = program("list", "--bank", small_bank, stdout=subprocess.PIPE, env=environment)
    assert finished.returncode == 0
    assert "Ein Gesch\\xe4ft" in finished.stdout


def test_each_command_is_found_by_its_name_and_says_what_the_list_says() -> None:
    for name, (_, purpose) in COMMANDS.items():
        command = grade.get_command(click.Context(grade), name)
        assert command is not None
        assert command.get_short_help_str(200) == purpose


def test_the_help_imports_no_command() -> None:
    code = "import sys; from grader.cli.main import run; run(['--help']); print(list(sys.modules))"
    finished = run_program([sys.executable, "-c", code])
    modules = finished.stdout.decode()
    assert "'grader.cli.main'" in modules
    for name in ("grader.cli.submit", "grader.judge", "pytest", "docker", "rich"):
        assert f"'{name}'" not in modules
