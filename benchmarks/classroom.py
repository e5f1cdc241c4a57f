"""Makes up the class that everybody grades: who hands in what, and which tests must fail."""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BANK = HERE / "bank"
EXERCISE = "sequences"
FILE_NAME = f"{EXERCISE}.py"
PLAIN_TESTS = HERE / "plain" / "test_sequences.py"
TESTS = (
    *("test_runs", "test_chunks", "test_rotate", "test_merged", "test_digits"),
    "test_nothing",
)

# Every fourth is wrong, and of every twelfth, which is one of those, one test hangs.
WRONG_EVERY = 4
HANGING_EVERY = 12


@dataclass(frozen=True)
class Paper:
    """What one student hands in, and the names of the tests that it must fail."""

    student: str
    source: str
    fails: frozenset[str]

    @property
    def passes(self) -> int:
        """How many tests it must pass."""
        return len(TESTS) - len(self.fails)


def make_papers(count: int, *, with_hangs: bool = False) -> tuple[Paper, ...]:
    """Return what a class of `count` hands in; no two files are the same, byte by byte."""
    right, wrong, hanging = right_files(), wrong_files(), hanging_files()
    papers = []
    for number in range(count):
        kind, turn = right, number - number // WRONG_EVERY
        if number % WRONG_EVERY == WRONG_EVERY - 1:
            kind, turn = wrong, number // WRONG_EVERY
        if with_hangs and number % HANGING_EVERY == HANGING_EVERY - 1:
            kind, turn = hanging, number // HANGING_EVERY
        papers.append(_paper(f"student{number:04}", kind[turn % len(kind)]))
    return tuple(papers)


def write_papers(papers: tuple[Paper, ...], folder: Path) -> None:
    """Write each paper to `folder`/STUDENT/sequences.py."""
    for paper in papers:
        target = folder / paper.student / FILE_NAME
        target.parent.mkdir(parents=True)
        target.write_text(paper.source, encoding="utf-8")


def right_files() -> list[Path]:
    """Return the solutions that pass all tests, the reference first."""
    others = BANK / "solutions/also_right" / EXERCISE
    return [BANK / "solutions" / FILE_NAME, *sorted(others.glob("*.py"))]


def wrong_files() -> list[Path]:
    """Return the solutions with a mistake, all of which come to an end."""
    return sorted((BANK / "solutions/wrong" / EXERCISE).glob("*.py"))


def hanging_files() -> list[Path]:
    """Return the solutions that hang in a test."""
    return sorted((HERE / "hangs").glob("*.py"))


def failing_tests(source: str) -> frozenset[str]:
    """Return the tests that the first line of a solution names as those that it fails."""
    return frozenset(re.findall(r"\btest_\w+", source.splitlines()[0]))


def _paper(student: str, file: Path) -> Paper:
    source = file.read_text(encoding="utf-8")
    return Paper(student, f"{source}\n# Handed in by {student}.\n", failing_tests(source))
