"""Processes that are killed or run at the same time: what was told as stored is there, once."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filed import filed, key

from grader.gradebook import Gradebook, open_gradebook

TESTS = Path(__file__).parent.parent
PROGRAM = TESTS / "gradebook/storing.py"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(where: str) -> Iterator[Start]:
    """Start processes that store grades; they wait for a line and are ended with the test."""
    processes = []

    def begin(student: str, *numbers: int) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, PROGRAM, where, student, *map(str, numbers)],
            env=os.environ | {"PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield begin
    for process in processes:
        process.kill()
        process.communicate()


def go(process: "subprocess.Popen[str]") -> None:
    """Let a process begin."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def killed_after(process: "subprocess.Popen[str]", lines: int) -> list[str]:
    """Kill a process when it has printed that many lines, and return all that it printed."""
    assert process.stdout is not None
    go(process)
    printed = [process.stdout.readline() for _ in range(lines)]
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL
    return [*printed, *rest.splitlines(keepends=True)]


def check_whole(book: Gradebook, where: str, student: str) -> list[int]:
    """Check that each grade is there with all that belongs to it; return their numbers."""
    history = book.history(student, "small")
    prints = [grade.fingerprint for grade in history]
    assert len(prints) == len(set(prints))
    assert [grade.files for grade in history] == [
        filed(key(student, number=int(fingerprint, 16))).files for fingerprint in prints
    ]
    standing = [grade for grade in book.standing() if grade.student == student]
    assert standing == list(history[-1:])
    if not where.startswith("postgresql"):
        found = sqlite3.connect(where).execute("PRAGMA integrity_check").fetchall()
        assert found == [("ok",)]
    return [int(fingerprint, 16) for fingerprint in prints]


def test_what_was_told_as_stored_outlives_a_kill(start: Start, where: str) -> None:
    told: set[int] = set()
    for lines in (1, 7, 8, 23, 40):
        # The same command again: what is there already is told as not new.
        printed = [line.split() for line in killed_after(start("anna", 10_000), lines)]
        assert not any(is_new == "True" for number, is_new in printed if int(number) in told)
        told |= {int(number) for number, _ in printed}
        with open_gradebook(where) as book:
            stored = check_whole(book, where, "anna")
        assert told <= set(stored)
        # One may be stored and not yet told.
        assert stored == list(range(len(stored)))


@pytest.mark.parametrize("statements", [2, 8, 20, 30, 36, 40])
def test_a_process_that_dies_at_a_statement_leaves_all_or_nothing(
    start: Start, where: str, statements: int
) -> None:
    process = start("anna", 3, statements)
    go(process)
    printed, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL
    with open_gradebook(where) as book:
        stored = check_whole(book, where, "anna")
        assert len(stored) == len(printed.splitlines())
        book.store(filed(key("anna", number=99)))
        assert check_whole(book, where, "anna") == [*stored, 99]


def test_all_processes_that_open_a_new_gradebook_succeed(start: Start, where: str) -> None:
    names = ["anna", "bob", "carl", "dora"]
    processes = [start(name, 1) for name in names]
    for process in processes:
        go(process)
    assert [process.communicate()[0] for process in processes] == ["0 True\n"] * len(names)
    with open_gradebook(where) as book:
        assert sorted(student.id for student in book.class_record().students) == names


def test_processes_that_write_at_the_same_time_all_succeed(start: Start, where: str) -> None:
    processes = [start(name, 25) for name in ("anna", "bob", "bob")]
    for process in processes:
        go(process)
    first, *same = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert first.count("True") == 25
    # Each of the keys that two processes had was stored by one of them.
    assert sum(printed.count("True") for printed in same) == 25
    with open_gradebook(where) as book:
        for name in ("anna", "bob"):
            assert check_whole(book, where, name) == list(range(25))
