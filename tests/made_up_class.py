"""Makes up a class: forty students, what each handed in, and what must come of it.

    python tests/made_up_class.py LAYOUT FOLDER [STUDENTS]

writes a bank of four exercises to FOLDER/bank and the submissions, in one of the layouts that
`grade batch` knows, to FOLDER/submissions (or, for canvas and moodle, to a zip for each exercise).
The submissions are references, known mistakes, other right solutions, and attacks.
"""

import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from attack_files import ATTACKS, Attack, all_attacks

ROOT = Path(__file__).resolve().parent.parent
EXERCISES = ("list_comprehensions", "generators", "global_and_nonlocal")
VICTIM = "victim"
STUDENTS = 40


@dataclass(frozen=True)
class Paper:
    """What a student hands in for an exercise, and what must come of it.

    `lost` are tests that must not be passed; where it is empty, all points are due. `outcomes` says
    of some tests which outcomes they may have.
    """

    student: str
    exercise: str
    source: Path
    lost: frozenset[str] = frozenset()
    outcomes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return self.source.read_bytes()

    def complaint(self, outcomes: Mapping[str, str]) -> str:
        """Return what is wrong with the outcomes of a grading, by test, or ""."""
        passed = {name for name, outcome in outcomes.items() if outcome == "passed"}
        if self.lost & passed:
            return f"{self}: {sorted(self.lost & passed)} passed"
        if not self.lost and not self.outcomes and passed != set(outcomes):
            return f"{self}: not all passed: {outcomes}"
        wrong = {
            name: outcomes.get(name)
            for name, allowed in self.outcomes.items()
            if outcomes.get(name) not in allowed
        }
        return f"{self}: {wrong}" if wrong else ""


def make_bank(folder: Path) -> Path:
    """Write a bank with three exercises of ours and the one that attacks are for; return it."""
    catalog = ""
    for exercise in (*EXERCISES, VICTIM):
        origin = ATTACKS / "bank" if exercise == VICTIM else ROOT
        for name in (
            f"exercises/{exercise}.py",
            f"hidden/test_{exercise}.py",
            f"solutions/{exercise}.py",
        ):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin / name, target)
        catalog += f'[[section.exercise]]\nid = "{exercise}"\ntitle = "{exercise}"\n'
        catalog += "limits = { test_seconds = 3 }\n" if exercise == VICTIM else ""
    (folder / "exercises/catalog.toml").write_text(
        f'[[section]]\nid = "A"\ntitle = "Made up"\n{catalog}'
    )
    return folder


def papers(students: int = STUDENTS) -> Iterator[Paper]:
    """Yield what the class hands in; the last student hands in nothing for the last exercise."""
    attacks = [attack for attack in all_attacks() if not attack.path.is_dir()]
    for number in range(students):
        student = f"student{number:02}"
        for exercise in EXERCISES:
            yield _paper(student, exercise, number)
        if number < students - 1:
            yield _attack(student, attacks[number % len(attacks)], number)


def _paper(student: str, exercise: str, number: int) -> Paper:
    wrong = sorted((ROOT / "solutions/wrong" / exercise).glob("*.py"))
    right = sorted((ROOT / "solutions/also_right" / exercise).glob("*.py"))
    if number % 4 == 0:
        return Paper(student, exercise, ROOT / f"solutions/{exercise}.py")
    if number % 4 == 1:
        return Paper(student, exercise, right[number % len(right)])
    source = wrong[number % len(wrong)]
    first_line = source.read_text(encoding="utf-8").splitlines()[0]
    return Paper(student, exercise, source, frozenset(re.findall(r"\btest_\w+", first_line)))


def _attack(student: str, attack: Attack, number: int) -> Paper:
    if number % 4 == 0:
        return Paper(student, VICTIM, ATTACKS / "bank/solutions/victim.py")
    allowed = {name: frozenset(map(str, may_be)) for name, may_be in attack.outcomes().items()}
    return Paper(student, VICTIM, attack.path, outcomes=allowed)


Place = Callable[[Paper], str]
"""Returns the name that a layout gives a paper."""


def canvas_number(student: str) -> str:
    """Return the number that Canvas knows a student by, in this class."""
    return str(1000 + int(student.removeprefix("student")))


def _moodle(paper: Paper) -> str:
    number = canvas_number(paper.student)
    return f"Student {paper.student[-2:]}_{number}_assignsubmission_file/{paper.exercise}.py"


FOLDERS: Mapping[str, Place] = {
    "students": lambda paper: f"{paper.student}/{paper.exercise}.py",
    "files": lambda paper: f"{paper.student}_{paper.exercise}.py",
    "exercises": lambda paper: f"{paper.exercise}/{paper.student}.py",
    "classroom50": lambda paper: f"course-{paper.exercise}-{paper.student}/{paper.exercise}.py",
}
ZIPS: Mapping[str, Place] = {
    "canvas": lambda paper: (
        f"{paper.student}_{canvas_number(paper.student)}_77_{paper.exercise}.py"
    ),
    "moodle": _moodle,
}
LAYOUTS = (*FOLDERS, *ZIPS)


def write_class(layout: str, folder: Path, students: int = STUDENTS) -> list[Path]:
    """Write the submissions of the class; return what `grade batch` is to be called on."""
    if layout in FOLDERS:
        place = FOLDERS[layout]
        for paper in papers(students):
            target = folder / "submissions" / place(paper)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(paper.content)
        return [folder / "submissions"]
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for exercise in (*EXERCISES, VICTIM):
        file = folder / f"{exercise}.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for paper in papers(students):
                if paper.exercise == exercise:
                    archive.writestr(ZIPS[layout](paper), paper.content)
        files.append(file)
    return files


def main() -> None:
    """Write a class as the command line says."""
    layout, folder = sys.argv[1], Path(sys.argv[2])
    students = int(sys.argv[3]) if len(sys.argv) > 3 else STUDENTS
    bank = make_bank(folder / "bank")
    for path in write_class(layout, folder, students):
        print(f"grade batch {path} --bank {bank}")


if __name__ == "__main__":
    main()
