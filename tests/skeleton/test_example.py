"""The files of a new exercise: the title stands in the task, and the linter has no complaint."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.catalogue.layout import default_files, paths_of
from grader.catalogue.shape import complaint_about_title
from grader.skeleton.example import example_files

ROOT = Path(__file__).parents[2]

TITLES = [
    "Closures",
    'The "best" of it',
    'all of """it""""""',
    '"',
    "\\",
    "back\\slash \\n \\N{SNOWMAN} \\",
    "{braces} {{ heading }} {% raw %} {# no #}",
    "Größe, it\u2019s \u2013 漢字 🐍",
    "\u0421\u0421\u0421\u0420",
    "word " * 40 + "end",
    "w" * 300,
    '"""' * 50,
    "\\" * 200,
    "漢字" * 100,
    "  blanks around  ",
    "# >>> 1 / 0",
]


def files_of(root: Path, exercise_id: str, title: str) -> dict[Path, str]:
    # The title of the section is written as the one of the exercise is, so the same one serves.
    return example_files(paths_of(root, exercise_id, default_files(exercise_id)), title, title)


def heading_of(title: str) -> list[str]:
    """Return the lines of title and level in the task of a stub with this title for both."""
    stub = next(iter(files_of(Path(), "new", title).values()))
    task = ast.get_docstring(ast.parse(stub))
    assert task is not None
    return task.splitlines()[:3:2]


@pytest.mark.parametrize("title", TITLES)
def test_the_task_begins_with_the_title(title: str) -> None:
    assert heading_of(title) == [f"# {title.strip()}", f"Level: {title.strip()}"]


@given(title=st.text('"\\ {}%#aé漢', min_size=1, max_size=200))
def test_a_title_of_awkward_signs_comes_out_right(title: str) -> None:
    if not complaint_about_title(title):
        assert heading_of(title) == [f"# {title.strip()}", f"Level: {title.strip()}"]


def test_each_file_says_what_is_to_be_replaced() -> None:
    for path, text in files_of(Path(), "new", "New").items():
        assert "TODO" in text, path


@pytest.fixture(scope="module")
def folder_of_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files for each title, and with our settings of the linter."""
    root = tmp_path_factory.mktemp("bank")
    shutil.copy(ROOT / "pyproject.toml", root)
    for number, title in enumerate(TITLES):
        for path, text in files_of(root, f"exercise_{number}", title).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "arguments",
    [
        # Here, as in a bank beside it, `grader` is not what comes from elsewhere.
        ("check", "--config", "lint.isort.known-first-party=['grader']"),
        ("format", "--check"),
        ("format", "--check", "--isolated"),
    ],
    ids=["lint", "format", "format by default"],
)
def test_the_linter_has_no_complaint(folder_of_examples: Path, arguments: tuple[str, ...]) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--no-cache", "."],
        cwd=folder_of_examples,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
