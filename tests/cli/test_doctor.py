"""`grade doctor`: what the checkup found, line by line, and whether this machine can grade."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.sandbox.checkup import Check, Checkup, State

Invoke = Callable[..., Any]

PYTHON = Check("Python", State.GOOD, "3.13.1 at /usr/bin/python3")
NO_ENGINE = Check("engine", State.BAD, "no engine answers", "start Docker or Podman")
OLD_CGROUPS = Check("cgroups", State.GOOD, "v1")
BUBBLEWRAP = Check("bubblewrap", State.GOOD, "bwrap starts a Python in namespaces of its own")
NO_BUBBLEWRAP = Check("bubblewrap", State.BAD, "bwrap is not on the path", "install \x1b[2J it")


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[[Checkup], None]:
    """Let the checkup find what a test says, in the place of this machine."""
    return lambda checkup: monkeypatch.setattr("grader.sandbox.checkup.examine", lambda: checkup)


def test_each_check_has_a_line_and_a_bad_one_what_to_do(
    cli_invoke: Invoke, found: Callable[[Checkup], None]
) -> None:
    found(Checkup((PYTHON, NO_ENGINE, OLD_CGROUPS, BUBBLEWRAP), ("bubblewrap",)))
    assert cli_invoke("doctor").stdout == (
        "✓ Python      3.13.1 at /usr/bin/python3\n"
        "✗ engine      no engine answers\n"
        "              to do: start Docker or Podman\n"
        "✓ cgroups     v1\n"
        "✓ bubblewrap  bwrap starts a Python in namespaces of its own\n"
        "\n"
        "Ready to grade with: bubblewrap\n"
    )


def test_all_that_is_ready_is_named(cli_invoke: Invoke, found: Callable[[Checkup], None]) -> None:
    found(Checkup((PYTHON, BUBBLEWRAP), ("docker", "bubblewrap")))
    assert cli_invoke("doctor").stdout.endswith("\nReady to grade with: docker, bubblewrap\n")


def test_a_machine_where_nothing_works_is_told_what_to_do_and_fails(
    cli_invoke: Invoke, found: Callable[[Checkup], None]
) -> None:
    found(Checkup((PYTHON, NO_ENGINE, NO_BUBBLEWRAP), ()))
    finished = cli_invoke("doctor", status=3)
    assert finished.stdout.count("to do: ") == 2
    assert "Ready" not in finished.stdout
    assert finished.stderr == (
        "grade: no sandbox works here; `--sandbox none` grades your own code, nobody else's\n"
    )


def test_what_the_machine_says_is_inert(
    cli_invoke: Invoke, found: Callable[[Checkup], None]
) -> None:
    found(Checkup((NO_BUBBLEWRAP, BUBBLEWRAP), ("bubblewrap",)))
    assert "to do: install \\x1b[2J it\n" in cli_invoke("doctor").stdout
