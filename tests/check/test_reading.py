"""What is read of an exercise's files: tests, scenarios, the stub, labels of wrong solutions."""

import ast
import re
from pathlib import Path

import pytest
from exercise_files import write_exercise

from grader.check.reading import (
    TestFunction,
    files_of,
    own_nodes,
    read_hidden_tests,
    read_python,
    read_stub,
    read_text,
    read_wrong_solutions,
    words_of,
)
from grader.errors import GraderError

TESTS = '''
from grader import testing
from grader.testing import points, scenario

@scenario
def asked(student, first, second): return student.f(first, second)

@testing.scenario(capture=True, fresh=True)
async def heard(student): await student.g()

@scenario(capture=False)
def unheard(): pass

def both(student): return student.h()

assigned = scenario(both)
assigned_heard = scenario(capture=True)(both)
other = print(both)

def helper(): return indirect()

def indirect(): return Helper().ask()

class Helper:
    def ask(self): return asked(1, 2)

@points(2)
def test_direct(strategy=heard):
    """
    The title.

    No title.
    """
    assigned()

def test_indirect():
    helper()

@points(3)
class TestGroup:
    def test_one(self): pass

    @points(1)
    async def test_two(self):
        """Two."""

    class TestInner:
        def test_three(self): asked()

    def helper(self): pass

class Group:
    def test_none(self): pass
'''


def write(folder: Path, content: str) -> Path:
    """Write a file and return its path."""
    path = folder / "file.py"
    path.write_text(content, encoding="utf-8")
    return path


# Hidden tests.


def test_tests_are_read_with_the_names_that_results_have(tmp_path: Path) -> None:
    assert read_hidden_tests(write(tmp_path, TESTS)).tests == (
        TestFunction("test_direct", 28, "The title."),
        TestFunction("test_indirect", 36, ""),
        TestFunction("TestGroup::test_one", 41, ""),
        TestFunction("TestGroup::test_two", 44, "Two."),
        TestFunction("TestGroup::TestInner::test_three", 48, ""),
    )


def test_scenarios_are_read_however_they_are_made(tmp_path: Path) -> None:
    scenarios = read_hidden_tests(write(tmp_path, TESTS)).scenarios
    assert [
        (one.name, one.node.name, one.line, one.module_parameter, one.captures) for one in scenarios
    ] == [
        ("asked", "asked", 6, "student", False),
        ("heard", "heard", 9, "student", True),
        ("unheard", "unheard", 12, "", False),
        ("assigned", "both", 16, "student", False),
        ("assigned_heard", "both", 17, "student", True),
    ]
    assert scenarios[0].parameters == ("first", "second")
    assert scenarios[2].parameters == ()


@pytest.mark.parametrize(
    ("statement", "matches"),
    [
        ("with raises(ValueError, match='no'): asked(1, 2)", True),
        ("with raises(ValueError): asked(1, 2)", False),
        ("re.fullmatch(match='no')", False),
    ],
)
def test_it_is_known_whether_a_test_looks_at_messages(
    tmp_path: Path, statement: str, matches: bool
) -> None:
    file = read_hidden_tests(write(tmp_path, f"def test_a():\n    {statement}\n"))
    assert file.matches_messages is matches


def test_nothing_of_a_file_is_run(tmp_path: Path) -> None:
    file = write(tmp_path, "raise SystemExit\nimport no_such_module\ndef test_a(): pass\n")
    assert [test.name for test in read_hidden_tests(file).tests] == ["test_a"]


def test_a_body_holds_its_own_statements_and_not_those_of_inner_functions() -> None:
    source = """
def outer():
    if outer_condition:
        return outer_value
    def inner(): return inner_value
    class Inner: inner_attribute = 1
    lambda: inner_lambda
"""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    names = {node.id for node in own_nodes(function) if isinstance(node, ast.Name)}
    assert names == {"outer_condition", "outer_value"}


# Stubs.


def test_a_stub_of_one_file_has_its_docstring_as_task(tmp_path: Path) -> None:
    source = '"""The task\\\'s text.\n\nMore."""\nANSWER = 42\n'
    stub = read_stub(write_exercise(tmp_path, stub=source))
    assert stub.path == tmp_path / "exercises/small.py"
    assert stub.task == "The task's text.\n\nMore."
    assert stub.words >= {"task", "ANSWER", "42", "small"}
    assert "The task\\'s" in stub.text
    assert "The task's" in stub.text


@pytest.mark.parametrize(
    ("main", "other", "task", "holder"),
    [
        ('"""Main."""', '"""Other."""', "Main.", "main.py"),
        ("", '"""Other."""', "Other.", "inner/other.py"),
        ("", "", "", "main.py"),
    ],
)
def test_the_task_of_a_folder_is_in_its_main_file_or_else_in_the_first_that_has_one(
    tmp_path: Path, main: str, other: str, task: str, holder: str
) -> None:
    files = {"page.html": "<b>", "main.py": main, "inner/other.py": other}
    stub = read_stub(write_exercise(tmp_path, stub=files))
    assert (stub.task, stub.path) == (task, tmp_path / "exercises/small" / holder)
    assert [file.path.name for file in stub.files] == ["main.py", "other.py"]
    assert stub.words >= {"page", "html", "inner", "b"}


def test_a_file_of_a_folder_that_is_no_text_does_no_harm(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path, stub={"main.py": "", "picture.png": ""})
    (tmp_path / "exercises/small/picture.png").write_bytes(b"\x89PNG\xff")
    assert "PNG" in read_stub(exercise).words


def test_a_name_is_one_word() -> None:
    assert words_of("`a_b.c(d=1)` größer") == {"a_b", "c", "d", "1", "größer"}


# Wrong solutions.


@pytest.mark.parametrize(
    ("first_line", "mistake", "caught_by"),
    [
        ("# Mistake: it is off. Caught by: test_a", "it is off", ("test_a",)),
        ("# Mistake: e.g. this. Caught by: test_a, test_b", "e.g. this", ("test_a", "test_b")),
        (
            "# Mistake: off. Caught by: TestX::test_a,test_b[1]  ",
            "off",
            ("TestX::test_a", "test_b[1]"),
        ),
        ("# Mistake: it is off. Caught by: ", "", ()),
        ("# Mistake: it is off. Caught by: test_a and test_b", "", ()),
        ("# Mistake: it is off", "", ()),
        ("# Caught by: test_a", "", ()),
        ("", "", ()),
    ],
)
def test_a_label_says_the_mistake_and_which_tests_catch_it(
    tmp_path: Path, first_line: str, mistake: str, caught_by: tuple[str, ...]
) -> None:
    (solution,) = read_wrong_solutions(write_exercise(tmp_path, wrong={"a.py": first_line + "\n"}))
    assert (solution.mistake, solution.caught_by) == (mistake, caught_by)


def test_only_the_first_line_is_a_label(tmp_path: Path) -> None:
    label = "# Mistake: it is off. Caught by: test_a\n"
    exercise = write_exercise(tmp_path, wrong={"a.py": "\n" + label, "b.py": ""})
    assert [solution.mistake for solution in read_wrong_solutions(exercise)] == ["", ""]


def test_wrong_solutions_of_one_file_are_the_files_in_order(tmp_path: Path) -> None:
    wrong = {"b.py": "", "a.py": "", "notes.txt": "", "__pycache__/a.pyc": ""}
    exercise = write_exercise(tmp_path, wrong=wrong)
    found = read_wrong_solutions(exercise)
    assert [solution.path for solution in found] == [
        exercise.wrong_dir / "a.py",
        exercise.wrong_dir / "b.py",
    ]


def test_wrong_solutions_of_several_files_are_folders_with_a_label_in_the_main_file(
    tmp_path: Path,
) -> None:
    label = "# Mistake: off. Caught by: test_{}\n"
    wrong = {
        "b": {"main.py": label.format("b"), "other.py": ""},
        # Without the main file, what is there is labelled.
        "a": {"other.py": label.format("a")},
        "c": {"main.py": "", "other.py": label.format("c")},
        "d": {"page.html": ""},
        "__pycache__": {"x.pyc": ""},
        "loose.py": "",
    }
    stub = {"page.html": "", "main.py": "", "other.py": ""}
    exercise = write_exercise(tmp_path, stub=stub, wrong=wrong)
    found = read_wrong_solutions(exercise)
    assert [
        (one.path.name, one.labelled.relative_to(one.path).as_posix(), one.caught_by)
        for one in found
    ] == [
        ("a", "other.py", ("test_a",)),
        ("b", "main.py", ("test_b",)),
        ("c", "main.py", ()),
        ("d", "main.py", ()),
    ]
    assert files_of(found[0].path, exercise) == (exercise.wrong_dir / "a/other.py",)


def test_without_the_folder_there_are_no_wrong_solutions(tmp_path: Path) -> None:
    assert read_wrong_solutions(write_exercise(tmp_path, wrong={})) == ()


# Files that cannot be read.


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x = 1\ndef (:\n", ":2 is no Python: invalid syntax; mend the file"),
        (b"x = 1\n# \xff\n", ":2 is not UTF-8; save the file as UTF-8"),
        # Which error it is differs between versions of Python.
        (b"x = 1\0\n", "(:1 is no Python: .*null byte|: Python gives up on it)"),
        (b"-" * 100_000 + b"1\n", r": Python gives up on it \((Recursion|Memory)Error\)"),
    ],
)
def test_a_file_that_is_no_python_is_an_error_with_its_place(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "file.py"
    file.write_bytes(content)
    with pytest.raises(GraderError, match=re.escape(str(file)) + sentence):
        read_python(file)


def test_a_file_that_is_not_there_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"gone\.py cannot be read: No such file"):
        read_text(tmp_path / "gone.py")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "file.py"
    file.write_bytes(b"\xef\xbb\xbfx = 1\n")
    assert read_python(file).source == "x = 1\n"
