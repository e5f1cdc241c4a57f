"""Hostile submissions, run against the real sandboxes: each loses what it deserves and no more.

What each tries, and what has to become of it, stands in the first lines of its file
(`attack_files`). After each an honest submission gets all its points, and nothing is left behind.
`make attacks` prints a line for each in every sandbox; a run of all tests tries each attack in one
of them, by turns.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docker
import pytest
from attack_files import ATTACKS, GROUPS, Attack, all_attacks
from attack_table import SECURITY, with_table

from grader.bank import Exercise
from grader.catalogue import read_bank
from grader.judge.grade import Plan, grade, recording_path
from grader.judge.processes import PreloadedJudges
from grader.results import Result, Verdict
from grader.sandbox.bundle import porter
from grader.sandbox.choice import SandboxChoice
from grader.sandbox.lender import ContainerPool
from grader.sandbox.policy import LABEL
from grader.submission import read_submission

BANK = read_bank(ATTACKS / "bank")

# In the environment of everything that is started here, and nowhere else: so what is left is found.
SEED = 730_000_000 + os.getpid()
MARK = f"PYTHONHASHSEED={SEED}"
SERVER = b"grader.judge.server"
PORTER = porter().splitlines()[0].encode()

STRICT = ("docker", "bubblewrap", "pool")
IN_ENGINE = ("docker", "pool")


def attempts() -> Iterator[Any]:
    """Yield each attack with each sandbox that it may run in."""
    for number, attack in enumerate(all_attacks()):
        for sandbox in (*STRICT, *(["none"] if attack.is_harmless else [])):
            marks = [pytest.mark.docker] if sandbox in IN_ENGINE else []
            if sandbox != STRICT[number % len(STRICT)]:
                marks.append(pytest.mark.long)
            name = f"{sandbox}-{attack.group}-{attack.name}"
            yield pytest.param(sandbox, attack, id=name, marks=marks)


@pytest.fixture(scope="module")
def temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder for temporary files of everything that is started here."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr("tempfile.tempdir", str(folder))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield folder


@pytest.fixture(scope="module")
def judges(temporary_folder: Path) -> Iterator[PreloadedJudges]:
    """Judges that are forked from one process."""
    with PreloadedJudges() as judges:
        yield judges


@dataclass(frozen=True)
class Ring:
    """One sandbox, with the judges that ask what is in it."""

    sandbox: SandboxChoice
    judges: PreloadedJudges

    def grade(self, file: Path, exercise: Exercise, recording: Path | None = None) -> Result:
        """Grade a submission."""
        plan = Plan(
            self.sandbox, exercise.limits, SEED, hidden_paths=(str(BANK.root),), recording=recording
        )
        return grade(read_submission(file, exercise), exercise, plan, self.judges)


@pytest.fixture(scope="module")
def containers() -> Iterator[ContainerPool]:
    """The containers that the sandbox "pool" uses again and again, whatever was in them."""
    with ContainerPool(1) as pool:
        yield pool


@pytest.fixture
def ring(request: pytest.FixtureRequest, judges: PreloadedJudges) -> Ring:
    """The sandbox that the test is for."""
    name = request.getfixturevalue("sandbox")
    image = address = ""
    if name in IN_ENGINE:
        image = request.getfixturevalue("core_image")
    if name == "pool":
        address = request.getfixturevalue("containers").address
    elif name == "bubblewrap":
        request.getfixturevalue("working_bubblewrap")
    return Ring(SandboxChoice(name, image, pool=address), judges)


@pytest.fixture(scope="module")
def honest_recording(judges: PreloadedJudges) -> Path:
    """The examples that an honest submission is judged by, drawn once."""
    victim = BANK.find("victim")
    file = recording_path(victim, SEED)
    plan = Plan(SandboxChoice("none"), victim.limits, SEED, record_to=file)
    grade(read_submission(victim.reference, victim), victim, plan, judges)
    return file


def processes_left() -> list[bytes]:
    """Return the command lines of processes on this machine that a grading here has started.

    Without what serves all gradings: the server of judges, and the spawner of a pooled container,
    whose parent is the container's porter.
    """
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}\0".encode() in (process / "environ").read_bytes():
                parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
                if PORTER not in Path("/proc", parent, "cmdline").read_bytes():
                    found.append((process / "cmdline").read_bytes())
        except OSError:  # it has ended meanwhile
            continue
    return [command for command in found if SERVER not in command]


def containers_left() -> list[str]:
    """Return the containers that a grading here has started, whatever their state."""
    client = docker.from_env()
    containers = client.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True)
    return [str(one.id) for one in containers if MARK in one.attrs["Config"]["Env"]]


@pytest.mark.parametrize(("sandbox", "attack"), list(attempts()))
def test_attack_gets_what_it_deserves_and_leaves_nothing(
    sandbox: str,
    attack: Attack,
    ring: Ring,
    honest_recording: Path,
    temporary_folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    start = time.monotonic()
    result = ring.grade(attack.path, BANK.find(attack.exercise))
    record_property("attack", (attack.group, attack.name, sandbox, words(result)))
    record_property("seconds", time.monotonic() - start)

    expected = attack.outcomes()
    found = {test.name: test.outcome for test in result.tests}
    assert found.keys() == expected.keys(), result.breakdown
    unexpected = {name: found[name] for name in found if found[name] not in expected[name]}
    assert unexpected == {}, result.tests
    assert processes_left() == []
    left = [path.name for path in temporary_folder.iterdir()]
    assert [name for name in left if not name.startswith("grader-pool-")] == []
    if sandbox in IN_ENGINE:
        assert containers_left() == []

    victim = BANK.find("victim")
    honest = ring.grade(victim.reference, victim, honest_recording)
    assert honest.verdict is Verdict.ALL_POINTS
    assert honest.points == 10


def words(result: Result) -> str:
    """Return the outcomes in a few words, most of which are alike."""
    found = [test.outcome.value.replace("_", " ") for test in result.tests]
    return found[0] if len(set(found)) == 1 else ", ".join(found)


def test_no_text_of_an_attack_can_move_a_terminal(judges: PreloadedJudges) -> None:
    from grader.reports.text import render

    ring = Ring(SandboxChoice("none"), judges)
    result = ring.grade(ATTACKS / "wire/terminal_escapes.py", BANK.find("victim"))
    text = render(result).plain
    assert "\\x1b[2J" in text
    assert not [
        character for character in text if not character.isprintable() and character != "\n"
    ]


def test_every_group_has_attacks_with_a_sentence_each() -> None:
    attacks = all_attacks()
    assert {attack.group for attack in attacks} == GROUPS.keys()
    assert len({attack.name for attack in attacks}) == len(attacks)
    for attack in attacks:
        assert attack.outcomes(), attack.path
        assert re.fullmatch(r"[a-z`].{10,110}[^.]", attack.tries), attack.path


def test_the_table_in_security_is_that_of_the_files() -> None:
    text = SECURITY.read_text(encoding="utf-8")
    assert text == with_table(text), "write it anew with `make attack-table`"
