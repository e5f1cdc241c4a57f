"""`grade start`: a copy of the stub, which never takes the place of anything."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]


def tree(folder: Path) -> dict[str, str]:
    """Return the files below a folder with their texts."""
    return {
        file.relative_to(folder).as_posix(): file.read_text()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_the_stub_is_copied_to_where_one_is(cli_invoke: Invoke, small_bank: Path) -> None:
    cli_invoke("start", "double", "--bank", small_bank)
    assert tree(Path()) == {"double.py": (small_bank / "exercises/double.py").read_text()}


def test_a_folder_is_made_for_it(cli_invoke: Invoke, small_bank: Path) -> None:
    cli_invoke("start", "double", "new/course", "--bank", small_bank)
    assert list(tree(Path())) == ["new/course/double.py"]


def test_the_stub_of_a_folder_is_a_folder(cli_invoke: Invoke, small_bank: Path) -> None:
    (small_bank / "exercises/shop/__pycache__").mkdir()
    cli_invoke("start", "shop", "--bank", small_bank)
    assert tree(Path("shop")) == tree(small_bank / "exercises/shop")
    assert not Path("shop/__pycache__").exists()


def test_it_says_what_to_type_next(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADE_BANK", str(small_bank))
    assert cli_invoke("start", "double", "my files").stdout == (
        "my files/double.py is yours to work on; then: grade submit 'my files/double.py'\n"
    )


def test_a_bank_that_was_named_has_to_be_named_again(cli_invoke: Invoke, small_bank: Path) -> None:
    stdout = cli_invoke("start", "double", "--bank", small_bank).stdout
    assert stdout.endswith(f"then: grade submit double.py --bank {small_bank}\n")


@pytest.mark.parametrize("name", ["double", "shop"])
@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling link"])
def test_what_is_there_is_left_as_it_is(
    cli_invoke: Invoke, small_bank: Path, name: str, kind: str
) -> None:
    target = Path("double.py" if name == "double" else "shop")
    if kind == "file":
        target.write_text("mine")
    elif kind == "folder":
        target.mkdir()
        (target / "mine.txt").write_text("mine")
    else:
        if kind == "link":
            Path("elsewhere").write_text("mine")
        target.symlink_to("elsewhere")
    before = tree(Path())

    stderr = cli_invoke("start", name, "--bank", small_bank, status=2).stderr

    assert stderr == f"grade: {target} is there already, and is left as it is\n"
    assert tree(Path()) == before
    assert target.is_symlink() is kind.endswith("link")


def test_a_folder_that_cannot_be_made_is_named(cli_invoke: Invoke, small_bank: Path) -> None:
    Path("course").write_text("a file")
    stderr = cli_invoke("start", "double", "course", "--bank", small_bank, status=2).stderr
    assert stderr == "grade: the folder course cannot be made: File exists\n"


def test_a_stub_that_cannot_be_copied_is_named(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", fail)
    monkeypatch.setattr("grader.cli.start.open_bank", lambda bank: FakeBank(small_bank))
    (line,) = cli_invoke("start", "double", status=2).stderr.splitlines()
    assert line.endswith("exercises/double.py cannot be copied to double.py: Permission denied")
    assert not Path("double.py").exists()


class FakeBank:
    """A bank whose only exercise is `double`, found without its catalogue."""

    def __init__(self, root: Path) -> None:
        self.stub = root / "exercises/double.py"

    def find(self, name: str) -> "FakeBank":
        return self
