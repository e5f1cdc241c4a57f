"""The class that is graded: how many are wrong or hang, and that no two files are the same."""

from pathlib import Path

import pytest

from benchmarks.classroom import (
    HANGING_EVERY,
    TESTS,
    WRONG_EVERY,
    Paper,
    failing_tests,
    hanging_files,
    make_papers,
    right_files,
    write_papers,
    wrong_files,
)


def hangs(paper: Paper) -> bool:
    return any(
        paper.source.startswith(file.read_text(encoding="utf-8")) for file in hanging_files()
    )


def test_one_in_four_is_wrong() -> None:
    papers = make_papers(24)
    assert sum(bool(paper.fails) for paper in papers) == 24 / WRONG_EVERY
    assert not any(map(hangs, papers))


def test_one_in_twelve_hangs_where_that_is_asked_for() -> None:
    papers = make_papers(24, with_hangs=True)
    assert sum(map(hangs, papers)) == 24 / HANGING_EVERY
    assert sum(bool(paper.fails) for paper in papers) == 24 / WRONG_EVERY


def test_a_class_has_different_right_and_wrong_solutions() -> None:
    papers = make_papers(40)
    bodies = {paper.source.rpartition("\n# Handed in by")[0] for paper in papers}
    assert len(bodies) == len(right_files()) + len(wrong_files())


def test_no_two_submissions_are_the_same() -> None:
    papers = make_papers(100)
    assert len({paper.source for paper in papers}) == len({one.student for one in papers}) == 100


@pytest.mark.parametrize("file", [*wrong_files(), *hanging_files()], ids=lambda file: file.stem)
def test_a_mistake_names_tests_that_there_are(file: Path) -> None:
    fails = failing_tests(file.read_text(encoding="utf-8"))
    assert fails
    assert fails <= set(TESTS)


def test_what_passes_is_what_does_not_fail() -> None:
    assert Paper("anna", "", frozenset({"test_runs"})).passes == len(TESTS) - 1


def test_papers_lie_in_a_folder_for_each_student(tmp_path: Path) -> None:
    papers = make_papers(2)
    write_papers(papers, tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*.py"))] == [
        "student0000/sequences.py",
        "student0001/sequences.py",
    ]
