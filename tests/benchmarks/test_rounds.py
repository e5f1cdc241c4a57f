"""The rounds: each is begun by another, and who cannot be run is named and left out."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks import measuring
from benchmarks.classroom import make_papers
from benchmarks.contenders import BASELINES, CONTENDERS
from benchmarks.contenders.base import Desk
from benchmarks.contenders.plain import passed_of
from benchmarks.record import Settings
from benchmarks.rounds import Field, count_right, enter, hold_rounds, rotated
from benchmarks.running import NOT_ENDED, Command, NotRun, last_words, must_run, run, said
from benchmarks.workshop import Workshop


@dataclass
class Made:
    """A contender that runs a script of Python in the place of a grader."""

    name: str = "made"
    script: str = "print('done')"
    passes: int = 6
    is_slow: bool = False
    missing: str = ""
    label: str = "made up"
    is_ours: bool = False
    sizes: list[int] = field(default_factory=list)

    def prepare(self, workshop: Workshop) -> str:
        """Be there, or not."""
        if self.missing:
            raise NotRun(self.missing)
        return "made 1.0"

    def commands(self, desk: Desk, jobs: int) -> Sequence[Command]:
        """Return one command for all."""
        self.sizes.append(len(desk.papers))
        return [command(desk.folder, self.script)]

    def command_for_one(self, desk: Desk) -> Command:
        """Return the same for one."""
        return command(desk.folder, self.script)

    def passed(self, desk: Desk) -> Mapping[str, int]:
        """Let all pass the same number of tests."""
        return {paper.student: self.passes for paper in desk.papers}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at how busy the machine is for no time at all."""
    monkeypatch.setattr(measuring, "BUSY_SECONDS", 0.0)


def command(folder: Path, script: str, seconds: float = 60.0) -> Command:
    """Return a command that runs a script of Python."""
    return Command((sys.executable, "-c", script), folder, {}, folder / "output", seconds)


def a_field(tmp_path: Path, said: list[str], rounds: int = 2) -> Field:
    """Return where contenders are measured, on a class of four."""
    return Field(Workshop(tmp_path), Settings(4, False, 2, rounds), said.append)


def test_each_round_is_begun_by_another() -> None:
    made = [Made("a"), Made("b"), Made("c")]
    orders = ["".join(one.name for one in rotated(made, number)) for number in range(4)]
    assert orders == ["abc", "bca", "cab", "abc"]
    assert rotated([], 1) == []


def test_a_slow_one_takes_part_in_the_first_round_only(tmp_path: Path) -> None:
    made = [Made("quick"), Made("slow", is_slow=True)]
    runs = list(hold_rounds(made, a_field(tmp_path, [])))
    assert [(run.contender, run.number) for run in runs] == [
        ("quick", 0),
        ("slow", 0),
        ("quick", 1),
    ]


def test_a_round_says_how_busy_the_machine_is_and_how_many_grades_are_right(
    tmp_path: Path,
) -> None:
    lines: list[str] = []
    (run,) = hold_rounds([Made()], a_field(tmp_path, lines, rounds=1))
    assert lines[0].startswith("round 1 of 1: load ")
    assert (run.students, run.right) == (4, 3)  # one in four has to fail a test


def test_who_is_not_there_is_named_with_the_reason(tmp_path: Path) -> None:
    lines: list[str] = []
    entrant = enter(Made(missing="no such package"), a_field(tmp_path, lines))
    assert entrant.not_run == "no such package"
    assert lines[-1] == "made up: not run: no such package"


def test_who_gets_everything_wrong_is_not_run(tmp_path: Path) -> None:
    script = "import sys; sys.exit('no kernel')"
    entrant = enter(Made(script=script, passes=0), a_field(tmp_path, []))
    assert entrant.not_run == "it graded nothing rightly (exit status 1: no kernel)"


def test_who_is_there_is_tried_on_a_few(tmp_path: Path) -> None:
    made = Made()
    entrant = enter(made, a_field(tmp_path, []))
    assert (entrant.version, entrant.not_run, entrant.tried) == ("made 1.0", "", 4)
    assert made.sizes == [4]


def test_a_grade_is_right_if_just_the_right_tests_pass() -> None:
    papers = make_papers(4)
    passed = {paper.student: paper.passes for paper in papers}
    assert count_right(papers, passed) == 4
    assert count_right(papers, passed | {papers[0].student: 5}) == 3
    assert count_right(papers, {}) == 0


def test_a_command_leaves_what_it_says(tmp_path: Path) -> None:
    script = "import sys; print('out'); print('err', file=sys.stderr)"
    assert run(command(tmp_path, script)) == 0
    assert said(command(tmp_path, script)) == "out\n"
    assert last_words(command(tmp_path, script)) == "err"


def test_a_command_is_ended_past_its_time(tmp_path: Path) -> None:
    assert run(command(tmp_path, "while True: pass", seconds=0.2)) == NOT_ENDED


def test_a_program_that_is_missing_or_fails_is_a_reason(tmp_path: Path) -> None:
    with pytest.raises(NotRun, match=r"^no engine: bad$"):
        must_run(command(tmp_path, "import sys; sys.exit('bad')"), "no engine")
    missing = Command((str(tmp_path / "missing"),), tmp_path, {}, tmp_path / "output", 60.0)
    with pytest.raises(NotRun, match=r"^no engine: .*: No such file or directory$"):
        must_run(missing, "no engine")


@pytest.mark.parametrize(
    ("output", "passed"),
    [
        ("......  [100%]\n6 passed in 0.81s\n", 6),
        ("E  assert '9 passed'\n=== short ===\nFAILED x\n1 failed, 5 passed in 1.02s\n", 5),
        ("6 failed in 0.5s\n", 0),
        ("..", 0),
        ("", 0),
    ],
)
def test_what_passed_is_in_the_last_line_of_pytest(output: str, passed: int) -> None:
    assert passed_of(output) == passed


def test_contenders_have_names_of_their_own_and_baselines_are_among_them() -> None:
    names = [contender.name for contender in CONTENDERS]
    assert len(set(names)) == len(names)
    assert set(BASELINES) <= set(names)
