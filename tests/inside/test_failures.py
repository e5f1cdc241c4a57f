"""An exception as plain data: what the judge hears of it, whatever class it is of."""

import types
from pathlib import Path
from typing import Any

import pytest

from grader.inside.failures import (
    FIRST_FRAMES,
    LAST_FRAMES,
    MAX_CODE_CHARACTERS,
    MAX_MESSAGE_CHARACTERS,
    describe_failure,
    missing_name,
)

SCENARIO = "<scenario>"


def run(code: str, root: Path, name: str = "submission.py", **names: Any) -> BaseException:
    """Run `code` as a file of the submission in `root`; return the exception that it raises."""
    file = root / name
    file.write_text(code)
    return caught(code, str(file), **names)


def caught(code: str, file: str, **names: Any) -> BaseException:
    """Run `code` as if it stood in `file`; return the exception that it raises."""
    try:
        exec(compile(code, file, "exec"), names)
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def test_type_bases_and_message_are_text(tmp_path: Path) -> None:
    error = run("raise KeyError('name')", tmp_path)

    assert describe_failure(error, str(tmp_path)) == {
        "type": "KeyError",
        "bases": [
            "builtins.KeyError",
            "builtins.LookupError",
            "builtins.Exception",
            "builtins.BaseException",
            "builtins.object",
        ],
        "message": "'name'",
        "frames": [["submission.py", 1, "<module>", "raise KeyError('name')"]],
    }


def test_bases_name_the_module_of_a_class_of_the_submissions_own(tmp_path: Path) -> None:
    code = "class TooLow(ValueError): pass\nraise TooLow('7')"
    failure = describe_failure(run(code, tmp_path, __name__="submission"), str(tmp_path))

    assert failure["bases"][:2] == ["submission.TooLow", "builtins.ValueError"]


def test_frames_outside_the_submission_are_left_out(tmp_path: Path) -> None:
    inside = "import json\ndef read(text):\n    return json.loads(text)\n\nread('{')"
    failure = describe_failure(run(inside, tmp_path), str(tmp_path))

    assert [frame[1:3] for frame in failure["frames"]] == [[5, "<module>"], [3, "read"]]


def test_a_folder_whose_name_begins_like_the_submissions_is_not_the_submissions(
    tmp_path: Path,
) -> None:
    root = tmp_path / "sub"
    (tmp_path / "submission").mkdir()
    error = run("1 / 0", tmp_path, "submission/other.py")

    assert describe_failure(error, str(root))["frames"] == []


def test_frames_of_files_in_folders_are_named_from_the_submissions_root(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    error = run("1 / 0", tmp_path, "package/part.py")

    assert describe_failure(error, str(tmp_path))["frames"][0][0] == "package/part.py"


def test_many_frames_are_cut_to_the_first_and_the_last(tmp_path: Path) -> None:
    code = "def down(n):\n    return 1 / 0 if n == 0 else down(n - 1)\n\ndown(50)"
    frames = describe_failure(run(code, tmp_path), str(tmp_path))["frames"]

    assert len(frames) == FIRST_FRAMES + LAST_FRAMES == 10
    assert frames[0][1:3] == [4, "<module>"]
    assert {frame[2] for frame in frames[1:]} == {"down"}


def test_ten_frames_are_all_kept(tmp_path: Path) -> None:
    code = "def down(n):\n    return 1 / 0 if n == 0 else down(n - 1)\n\ndown(8)"

    assert len(describe_failure(run(code, tmp_path), str(tmp_path))["frames"]) == 10


def test_message_and_code_are_cut(tmp_path: Path) -> None:
    code = f"raise ValueError('{'x' * 5_000}')"
    failure = describe_failure(run(code, tmp_path), str(tmp_path))

    assert failure["message"] == "x" * MAX_MESSAGE_CHARACTERS
    assert failure["frames"][0][3] == code[:MAX_CODE_CHARACTERS]


def test_memory_addresses_are_taken_out_of_the_message(tmp_path: Path) -> None:
    error = run("raise ValueError(object())", tmp_path)

    assert describe_failure(error, str(tmp_path))["message"] == "<object object>"


@pytest.mark.parametrize(
    "body",
    [
        "raise RuntimeError('no')",
        "raise SystemExit(0)",
        "raise KeyboardInterrupt",
        "return str.__new__(type('Text', (str,), {}), 'not quite a str')",
        "return None",
        "return self.__str__()",
    ],
)
def test_a_str_that_misbehaves_gives_an_empty_message(body: str, tmp_path: Path) -> None:
    code = f"class Odd(Exception):\n    def __str__(self):\n        {body}\n\nraise Odd"
    failure = describe_failure(run(code, tmp_path), str(tmp_path))

    assert (failure["type"], failure["message"]) == ("Odd", "")


def test_a_name_that_is_no_exact_str_is_left_empty(tmp_path: Path) -> None:
    code = (
        "class Text(str): pass\nclass Odd(Exception): pass\n"
        "Odd.__module__ = Text('pretended')\nraise Odd"
    )
    failure = describe_failure(run(code, tmp_path), str(tmp_path))

    assert failure["bases"][0] == ".Odd"


def test_a_syntax_error_has_line_column_and_code(tmp_path: Path) -> None:
    error = caught("def f():\n    return (1 +\n", str(tmp_path / "submission.py"))
    failure = describe_failure(error, str(tmp_path))

    assert (failure["type"], failure["line"], failure["column"]) == ("SyntaxError", 2, 12)
    assert failure["message"] == "'(' was never closed"
    assert failure["code"] == "    return (1 +"


def test_a_syntax_error_made_by_hand_has_no_place(tmp_path: Path) -> None:
    failure = describe_failure(run("raise SyntaxError('mine')", tmp_path), str(tmp_path))

    assert [failure[key] for key in ("message", "line", "column", "code")] == ["mine", 0, 0, ""]


def test_a_memory_error_lets_go_of_what_its_frames_hold(tmp_path: Path) -> None:
    released: list[str] = []

    class Ballast:
        def __del__(self) -> None:
            released.append("gone")

    code = "def fill():\n    held = Ballast()\n    raise MemoryError\n\nfill()"
    error = run(code, tmp_path, Ballast=Ballast)
    assert not released

    describe_failure(error, str(tmp_path))

    assert released == ["gone"]


MODULE = types.ModuleType("submission")


def test_a_name_that_the_scenario_looks_up_in_vain_is_missing() -> None:
    error = caught("student.fibonacci(3)", SCENARIO, student=MODULE)

    assert missing_name(error, MODULE, SCENARIO) == "fibonacci"


def test_a_name_is_missing_whatever_python_adds_to_the_message() -> None:
    # As Python 3.13 says of a file that is called as a module of the standard library.
    message = "module 'queue' has no attribute 'push' (consider renaming 'a/queue.py' since it has"
    error = AttributeError(message, name="push", obj=MODULE)

    assert caught("raise error", SCENARIO, error=error) is error
    assert missing_name(error, MODULE, SCENARIO) == "push"


def test_a_name_that_the_submission_looks_up_itself_is_not_missing(tmp_path: Path) -> None:
    error = run("student.fibonacci(3)", tmp_path, student=MODULE)

    assert missing_name(error, MODULE, SCENARIO) == ""


@pytest.mark.parametrize(
    "code",
    ["'text'.fibonacci", "other.fibonacci", "raise AttributeError('fibonacci')", "fibonacci"],
)
def test_other_lookups_of_the_scenario_are_not_missing_names(code: str) -> None:
    error = caught(code, SCENARIO, other=types.ModuleType("other"))

    assert missing_name(error, MODULE, SCENARIO) == ""
