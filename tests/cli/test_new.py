"""`grade new`: what it says when an exercise was added, and when it was not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]
Add = Callable[..., Any]


@pytest.fixture
def add(cli_invoke: Invoke, small_bank: Path) -> Add:
    """Add the exercise `closures` to the small bank, unless other words are given."""

    def invoke(
        name: str = "closures", title: str = "Closures", section: str = "A", status: int = 0
    ) -> Any:
        arguments = ("new", name, "--title", title, "--section", section, "--bank", small_bank)
        return cli_invoke(*arguments, status=status)

    return invoke


def test_each_file_is_printed_and_what_to_do_next(add: Add, small_bank: Path) -> None:
    finished = add()
    assert finished.stderr == ""
    assert finished.stdout.splitlines() == [
        "../bank/exercises/closures.py",
        "../bank/hidden/test_closures.py",
        "../bank/solutions/closures.py",
        "../bank/solutions/wrong/closures/adds_negative_number.py",
        "../bank/exercises/catalog.toml",
        f"Fill in what is marked with TODO; then: grade check closures --bank {small_bank}",
    ]
    assert all(Path(line).is_file() for line in finished.stdout.splitlines()[:-1])


def test_in_the_bank_the_paths_are_short(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_bank)
    lines = cli_invoke("new", "closures", "--title", "T", "--section", "A").stdout.splitlines()
    assert lines[0] == "exercises/closures.py"
    assert lines[-1] == "Fill in what is marked with TODO; then: grade check closures"


def test_it_is_listed_and_its_task_shown(add: Add, cli_invoke: Invoke, small_bank: Path) -> None:
    add(title='The "best" of [bold]it[/bold]')
    assert 'The "best" of [bold]it[/bold]' in cli_invoke("list", "--bank", small_bank).stdout
    task = cli_invoke("show", "closures", "--bank", small_bank).stdout
    assert 'The "best" of [bold]it[/bold]' in task
    assert "TODO" in task


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"name": "lambda"}, 'the name "lambda" is a keyword of Python'),
        ({"name": "double"}, 'the bank has an exercise "double" already; choose another name'),
        ({"title": "\x1b[2J"}, r'the title "\u001b[2J" must be one line of visible text'),
        ({"section": "C"}, 'the bank has no section "C"; take one of A, B, or add a [[section]]'),
    ],
    ids=["name", "taken name", "title", "section"],
)
def test_a_refusal_is_one_sentence(add: Add, words: dict[str, str], sentence: str) -> None:
    finished = add(**words, status=2)
    (line,) = finished.stderr.splitlines()
    assert line.startswith(f"grade: {sentence}")
    assert finished.stdout == ""


def test_a_file_in_the_way_is_named(add: Add, small_bank: Path) -> None:
    (small_bank / "exercises/closures.py").write_text("mine")
    (line,) = add(status=2).stderr.splitlines()
    assert line.startswith("grade: exercises/closures.py stands in the way, and nothing is over")
    assert (small_bank / "exercises/closures.py").read_text() == "mine"


def test_a_bank_with_problems_is_not_added_to(add: Add, small_bank: Path) -> None:
    (small_bank / "hidden/test_shop.py").unlink()
    stderr = add(status=3).stderr
    assert "exercises/catalog.toml has 1 problem:" in stderr
    assert "hidden/test_shop.py is missing" in stderr
    assert not (small_bank / "exercises/closures.py").exists()


@pytest.mark.parametrize("option", ["--title", "--section"])
def test_title_and_section_have_to_be_given(cli_invoke: Invoke, option: str) -> None:
    given = {"--title": ["--section", "A"], "--section": ["--title", "T"]}[option]
    stderr = cli_invoke("new", "closures", *given, status=2).stderr
    assert stderr.endswith(f"Error: Missing option '{option}'.\n")
