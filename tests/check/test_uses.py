"""Which names hidden tests need a submission to have."""

import textwrap
from pathlib import Path

import pytest
from exercise_files import write_exercise

from grader.check.reading import read_hidden_tests, read_stub
from grader.check.uses import Kind, Use, names_used

ANY_KEYWORD = "def free(**values): ...\nclass Free:\n    def __init__(self, **values): ..."


def names_in(folder: Path, body: str, stub: str = "", calls: str = "") -> set[str]:
    """Return the names that a scenario with this body needs, where a test calls it."""
    inner = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    hidden = f"@scenario\ndef asked(student, given, *more):\n{inner}\n"
    hidden += f"def test_a(given):\n    {calls or 'asked(given)'}\n"
    exercise = write_exercise(folder, stub=stub, hidden=hidden)
    uses = names_used(read_hidden_tests(exercise.hidden_test), read_stub(exercise), "small")
    return {use.name for use in uses}


@pytest.mark.parametrize(
    ("body", "names"),
    [
        # On the module itself.
        ("student.double(given)", {"double"}),
        # Lists have it, too, but modules do not.
        ("student.count(given)", {"count"}),
        ("student.LIMIT = 3", {"LIMIT"}),
        ("getattr(student, 'double')(given)", {"double"}),
        ("hasattr(student, 'double')", {"double"}),
        ("from small.inner import double", {"double"}),
        ("import small.inner\nsmall.inner.double()", {"inner", "double"}),
        # On what comes from it.
        ("student.Box().open.wide", {"Box", "open", "wide"}),
        ("student.make(given)[0].size", {"make", "size"}),
        ("for box in student.boxes(): getattr(box, 'size', None)", {"boxes", "size"}),
        (
            "try: student.f()\nexcept student.Error as error: error.reasons",
            {"f", "Error", "reasons"},
        ),
        ("class A(student.Base):\n    def f(self): return self.size", {"Base", "size"}),
        ("@student.counted\ndef f(): pass\nf.calls", {"counted", "calls"}),
        # Keywords.
        ("student.double(given, times=2, **given)", {"double", "times"}),
        ("student.Box().shut(slowly=True)", {"Box", "shut", "slowly"}),
        ("class A(student.Base, metaclass=student.Meta, size=1): pass", {"Base", "Meta", "size"}),
    ],
)
def test_a_name_that_is_looked_up_is_needed(tmp_path: Path, body: str, names: set[str]) -> None:
    assert names_in(tmp_path, body) == names


@pytest.mark.parametrize(
    "body",
    [
        "student.__name__, student.__doc__, student.__file__",
        "student.double(given).bit_length()",
        "student.double.__name__",
        "student.double(given).sort(key=len, reverse=True)",
        "iterator = student.double()\niterator.send(None), iterator.close(), iterator.gi_frame",
        "try: student.double()\nexcept Exception as error: error.args, error.__cause__",
        "import math\nmath.floor(student.double())",
        "box = given\nbox.size",
        # What the scenario itself has put there.
        "double = student.double()\ndouble.size = 1\ndouble.size",
        "class A(student.double):\n    size = 1\n    def area(self): return self.size\nA().area()",
        "class A:\n    @student.double\n    def area(self, width): pass\nA.area(width=1)",
        "@student.double\ndef f(size): pass\nstudent.double.f(size=1)",
        "student.double(SimpleNamespace(size=1)).size",
        "Box = namedtuple('Box', 'size, width')\nstudent.double(Box(1, 2)).width",
        "Box = type('Box', (), {'size': 1})\nstudent.double(Box()).size",
        "box = student.double()\nsetattr(box, 'size', 1)\nbox.size",
        # Keywords that the student's function hands on.
        "student.double(given)(size=1)",
        "decorated = student.double(given)\ndecorated(size=1)",
    ],
)
def test_what_python_or_the_scenario_brings_is_not(tmp_path: Path, body: str) -> None:
    assert names_in(tmp_path, body) <= {"double"}


def test_keywords_of_a_function_that_takes_any_are_not_needed(tmp_path: Path) -> None:
    body = "student.free(size=1), student.Free(width=2), student.tied(height=3)"
    assert names_in(tmp_path, body, ANY_KEYWORD) == {"free", "Free", "tied", "height"}


def test_what_such_a_function_is_given_may_be_looked_up_as_an_attribute(tmp_path: Path) -> None:
    body = "student.Free(width=2).width, student.Free().height"
    assert names_in(tmp_path, body, ANY_KEYWORD) == {"Free", "height"}


def test_attributes_of_an_imported_class_are_not_needed(tmp_path: Path) -> None:
    stub = "from flask import Flask\ndef make() -> Flask: ...\ndef other(): ..."
    body = "student.make().test_client().get('/').status_code\nstudent.other().size"
    assert names_in(tmp_path, body, stub) == {"make", "other", "size"}


@pytest.mark.parametrize(
    ("calls", "names"),
    [
        ("asked('double'), asked('halve')", {"double", "halve"}),
        ("asked(given='double')", {"double"}),
        ("asked(given)", set()),
    ],
)
def test_a_name_may_be_given_by_the_test(tmp_path: Path, calls: str, names: set[str]) -> None:
    assert names_in(tmp_path, "getattr(student, given)()", calls=calls) == names


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("raises(ValueError, KeyError)", {"ValueError", "KeyError"}),
        ("raises('Abort', match='no entry')", {"Abort"}),
        ("testing.raises('Abort')", {"Abort"}),
        ("raises(expected)", set()),
        ("print(ValueError, 'Abort')", set()),
    ],
)
def test_exceptions_that_are_expected_are_needed(
    tmp_path: Path, call: str, names: set[str]
) -> None:
    assert names_in(tmp_path, "pass", calls=call) == names


def test_each_use_has_its_line_and_kind(tmp_path: Path) -> None:
    hidden = """
@scenario
def asked(student):
    box = student.Box(
        size=1,
    )
    return box.area

def test_a():
    with raises("Abort"):
        asked()
"""
    exercise = write_exercise(tmp_path, hidden=hidden)
    uses = names_used(read_hidden_tests(exercise.hidden_test), read_stub(exercise), "small")
    assert uses == (
        Use("Box", 4, Kind.MODULE_NAME),
        Use("size", 5, Kind.KEYWORD),
        Use("area", 7, Kind.ATTRIBUTE),
        Use("Abort", 10, Kind.EXCEPTION),
    )
