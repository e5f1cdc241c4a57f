"""What of a scenario leads to the student's code, and what does not."""

import ast
import textwrap
from pathlib import Path

import pytest
from exercise_files import write_exercise

from grader.check.following import follow, foreign_names
from grader.check.reading import read_hidden_tests, read_stub


def leads_home(folder: Path, body: str, foreign: frozenset[str] = frozenset()) -> bool:
    """Tell whether the name `it` of a scenario with this body leads to the student's code."""
    inner = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    hidden = f"@scenario\nasync def asked(student, given):\n{inner}\n"
    exercise = write_exercise(folder, hidden=hidden)
    (scenario,) = read_hidden_tests(exercise.hidden_test).scenarios
    return follow(scenario, foreign, "small").leads_home(ast.Name("it", ast.Load()))


@pytest.mark.parametrize(
    "body",
    [
        "it = student",
        "it = student.f",
        "it = student.f(given)",
        "it: object = student.f(given)",
        "it = await student.f(given)",
        "it = student.f(given).items[0]",
        "first = student.f(given)\nit = first",
        "it = last\nlast = student.f(given)",
        "it = -student.V() + 1",
        "it = 1 + student.V()",
        "it = given or student.V()",
        "it = student.V() if given else None",
        "print(it := student.V())",
        "it = lambda: student.V()",
        "it, other = student.pair()",
        "(other, [it, *rest]) = student.pair()",
        "given, it = 1, student.V()",
        "*it, last = student.several()",
        "it = [1, student.V()]",
        "it = {'key': student.V()}['key']",
        "it = [student.V() for _ in given]",
        "it = {key: student.V() for key in given}",
        "[it for it in student.several()]",
        "for it in student.several(): pass",
        "async for it in student.several(): pass",
        "for key, it in {'a': student.V()}.items(): pass",
        "with student.opened() as it: pass",
        "with given as other, student.opened() as (it, _): pass",
        "async with student.opened() as it: pass",
        "with contextlib.closing(student.V()) as it: pass",
        "it = next(iter(student.several()))",
        "it = list(itertools.islice(student.several(), 3))",
        "it = sorted(given + student.several())",
        "it = getattr(student, given)",
        "it = type(student.V())",
        "it = asyncio.run(student.f())",
        "it = importlib.import_module('small.inner')",
        "import small.inner as it",
        "from small.inner import it",
        "import small.inner\nit = small.inner.f()",
        "it = []\nit.append(student.V())",
        "it = {}\nit['a']['b'] = student.V()",
        "self.kept = student.V()\nit = other.kept",
        "try: pass\nexcept student.Error as it: pass",
        "try: pass\nexcept Exception as it: pass",
        "@student.trace\ndef it(): pass",
        "@student.register\nclass it: pass",
        "class it(student.Base): pass",
        "class it(metaclass=student.Meta): pass",
        "class A(student.Base):\n    def method(self): it = self",
        "class A(student.Base):\n    def method(self): it = super().method()",
        "class A:\n    field = student.Field()\nit = A().field",
        "class A:\n    @student.trace\n    def method(self): pass\nit = A.method",
        "class A:\n    def method(self): return student.V()\nit = A().method()",
        "def make(): return student.V()\nit = make()",
        "def make(): yield student.V()\nit = make()",
        "def make(): yield from student.several()\nit = make()",
        "def look(node): it = node\nlook(student.V())",
        "def look(node):\n    it = node\n    look(node.left)\nlook(student.V())",
    ],
)
def test_what_comes_from_the_student_is_followed(tmp_path: Path, body: str) -> None:
    assert leads_home(tmp_path, body)


@pytest.mark.parametrize(
    "body",
    [
        "it = given",
        "it = None",
        "it = student.f == given",
        "it = not student.f",
        "it = f'{student.f}'",
        "it = len(student.several())",
        "it = json.loads(student.text())",
        "it, other = 1, student.V()",
        "for it in given: student.f(it)",
        "with given as it, student.opened(): pass",
        "it = []\nit.remove(student.V())",
        "it = []\nother = []\nother.append(student.V())",
        "it = importlib.import_module('json')",
        "import smaller as it",
        "from json import it",
        "try: student.f()\nexcept json.JSONDecodeError as it: pass",
        "try: student.f()\nexcept ValueError as it: pass",
        "def it(): student.f()",
        "def it():\n    def inner(): return student.f()",
        "class it:\n    def method(self): return student.f()",
        "def look(node, other): it = other\nlook(student.V(), 1)",
        "class A:\n    field = student.Field()\nit = A().other",
    ],
)
def test_what_is_the_tests_own_is_not(tmp_path: Path, body: str) -> None:
    assert not leads_home(tmp_path, body)


def test_a_foreign_name_leads_elsewhere(tmp_path: Path) -> None:
    foreign = frozenset({"app"})
    assert not leads_home(tmp_path, "it = student.app.test_client()", foreign)
    assert leads_home(tmp_path, "it = student.other.test_client()", foreign)


@pytest.mark.parametrize(
    "declared",
    [
        "def it() -> Path: ...",
        "def it() -> 'Path': ...",
        "def it() -> list[Path]: ...",
        "def it() -> Iterator[Path | None]: ...",
        "async def it() -> flask.Flask: ...",
        "class A:\n    def it(self) -> Path: ...",
        "it: Path",
        "it: Path = make()",
        "it = flask.Flask(__name__)",
        "it = Path()",
    ],
)
def test_a_name_of_an_imported_class_is_foreign(tmp_path: Path, declared: str) -> None:
    assert foreign_in(tmp_path, declared) == {"it"}


@pytest.mark.parametrize(
    "declared",
    [
        "def it(): ...",
        "def it() -> int: ...",
        "def it() -> Own: ...",
        "def it() -> 'Own': ...",
        "def it() -> ')': ...",
        "def it() -> Iterator[Own]: ...",
        "def it() -> dict[Path, Own]: ...",
        "def it() -> Callable[..., Any]: ...",
        "it = object()",
        "it = Path",
        # A second one of that name, which is the student's.
        "def it() -> Path: ...\nclass A:\n    def it(self) -> Own: ...",
    ],
)
def test_any_other_name_is_the_students(tmp_path: Path, declared: str) -> None:
    assert foreign_in(tmp_path, declared) == frozenset()


def foreign_in(folder: Path, declared: str) -> frozenset[str]:
    """Return the foreign names of a stub with some imports, a class and this declaration."""
    imports = """
        import flask
        from collections.abc import Callable, Iterator
        from pathlib import Path
        from typing import Any
        class Own: ...
    """
    stub = f"{textwrap.dedent(imports)}\n{declared}\n"
    return foreign_names(read_stub(write_exercise(folder, stub=stub)).files)
