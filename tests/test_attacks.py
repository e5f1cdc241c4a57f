"""Hostile submissions, run against the real sandboxes: each loses what it deserves and no more.

Every file of attacks/submissions says in its first two lines what it tries and which outcome each
test must have. After each an honest submission gets all its points, and nothing is left behind.
"""

import re
import zlib
from pathlib import Path

import docker
import pytest

from grader.catalogue import read_bank
from grader.judge.grade import Plan, grade
from grader.results import Result, Verdict
from grader.sandbox.choice import SandboxChoice
from grader.sandbox.policy import LABEL
from grader.submission import read_submission

HERE = Path(__file__).parent / "attacks"
BANK = read_bank(HERE / "bank")
VICTIM = BANK.find("victim")
SUBMISSIONS = sorted((HERE / "submissions").glob("*.py"))


def grade_in(sandbox: SandboxChoice, file: Path) -> Result:
    plan = Plan(sandbox, VICTIM.limits, seed_of(file), hidden_paths=(str(BANK.root),))
    return grade(read_submission(file, VICTIM), VICTIM, plan)


def seed_of(file: Path) -> int:
    """Return a seed of the file's own: it is in the environment of everything the file starts."""
    return zlib.crc32(file.name.encode())


def expected_outcomes(file: Path) -> dict[str, set[str]]:
    """Read the second line: `# Expect: test_double=timed_out test_echo=passed ...`.

    Where it depends on the version of Python, outcomes are joined by `|`.
    """
    line = file.read_text().splitlines()[1]
    pairs = re.findall(r"(\w+)=([\w|]+)", line.removeprefix("# Expect:"))
    return {name: set(outcomes.split("|")) for name, outcomes in pairs}


def processes_left(seed: int) -> list[bytes]:
    """Return the command lines of processes on this machine that a grading with `seed` started."""
    mark = f"PYTHONHASHSEED={seed}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes())
        except OSError:  # it has ended meanwhile
            continue
    return found


def containers_left(seed: int) -> list[str]:
    """Return the containers that a grading with `seed` started, whatever their state."""
    client = docker.from_env()
    containers = client.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True)
    mark = f"PYTHONHASHSEED={seed}"
    return [str(one.id) for one in containers if mark in one.attrs["Config"]["Env"]]


@pytest.mark.parametrize("file", SUBMISSIONS, ids=lambda file: file.stem)
def test_attack_gets_what_it_deserves_and_leaves_nothing(
    file: Path, strict_sandbox: SandboxChoice
) -> None:
    result = grade_in(strict_sandbox, file)

    expected = expected_outcomes(file)
    found = {test.name: test.outcome.value for test in result.tests}
    assert found.keys() == expected.keys()
    unexpected = {name: outcome for name, outcome in found.items() if outcome not in expected[name]}
    assert unexpected == {}
    assert result.verdict is Verdict.NOT_ALL_POINTS
    assert processes_left(seed_of(file)) == []
    if strict_sandbox.name == "docker":
        assert containers_left(seed_of(file)) == []


def test_an_honest_submission_gets_all_points_after_all_of_them(
    strict_sandbox: SandboxChoice,
) -> None:
    result = grade_in(strict_sandbox, VICTIM.reference)
    assert result.verdict is Verdict.ALL_POINTS
    assert result.points == 10


def test_no_text_of_an_attack_can_move_a_terminal(strict_sandbox: SandboxChoice) -> None:
    from grader.reports.text import render

    result = grade_in(strict_sandbox, HERE / "submissions" / "terminal_escapes.py")
    text = render(result).plain
    assert "\\x1b[2J" in text
    assert not [
        character for character in text if not character.isprintable() and character != "\n"
    ]
