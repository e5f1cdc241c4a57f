"""A class that is made up: forty students, four exercises, every state, and odd names among them.

It is the same whenever it is built, and nothing is graded for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from grader import messages
from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.reports.class_html import pages
from grader.results import Breakdown, Evidence, Frame, Result, TestRecord

EVIDENCE = Evidence(
    *("a" * 64, "b" * 64, "c" * 64, "d" * 64, "docker", "grader-core", "", 0, Limits()),
    versions={"sandbox_python": "3.13.1"},
)
BEGIN = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)

SCRIPT = "<script>alert(1)</script>"
TURNED = "Anna \u202egnoL\u202c"
LONG = "Maximiliana " + "von und zu " * 20 + "Wolfenstein"
NAMES = (
    *("Ada Berg", "Ben Osei", "Carla Nunes", "Dmitri Orlov", "Elif Kaya", "Femi Adeyemi"),
    *("Greta Lind", "Hugo Marsh", "Ines Duarte", "Jonas Weber", "Kira Novak", "Liam Byrne"),
    *("Mina Park", "Nils Dahl", "Olga Petrova", "Pablo Reyes", "Quinn Abbott", "Rosa Conti"),
    *("Sven Holm", "Tara Singh", "Umar Farouk", "Vera Koch", "Wen Li", "Ximena Soto"),
    *("Yara Haddad", "Zoe Martin", "Aldo Ricci", "Bea Fischer", "Cem Aydin", "Dora Szabo"),
    *("Emil Krause", "Fay O'Neill", "נועה לוי", "Hana Sato", "Igor Pavlov", "José Ángel Ruiz"),
    *(SCRIPT, TURNED, LONG, ""),
)
ABSENT = "s09"  # has handed in nothing


@dataclass(frozen=True)
class Test:
    """A hidden test, and the ways to fail it, each as the fields of a record."""

    __test__ = False

    name: str
    title: str
    points: int
    failures: tuple[Mapping[str, Any], ...]
    hint: str = ""


@dataclass(frozen=True)
class Made:
    """An exercise with its tests, and what students hand in for it."""

    topic: Topic
    tests: tuple[Test, ...]
    code: str


def wrong(got: str, expected: str, **inputs: str) -> Mapping[str, Any]:
    """Return the fields of a record for a wrong answer."""
    return {
        "outcome": Outcome.FAILED,
        "message": messages.failed(),
        "counterexample": tuple(inputs.items()),
        "got": got,
        "expected": expected,
    }


def raises(error: str, text: str, frame: Frame, **inputs: str) -> Mapping[str, Any]:
    """Return the fields of a record for an exception."""
    return {
        "outcome": Outcome.RAISED,
        "message": messages.raised(error, text),
        "counterexample": tuple(inputs.items()),
        "frames": (frame,),
    }


LOOPS = {"outcome": Outcome.TIMED_OUT, "message": messages.timed_out(2)}
CRASHES = {"outcome": Outcome.CRASHED, "message": messages.crashed(messages.exited(-11))}

DECORATORS = '''\
import functools


def count_calls(func):
    """Count how often func is called."""

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        result = func(*args, **kwargs)
        wrapper.calls += 1  # but what if func raises?
        return result

    wrapper.calls = 0
    return wrapper


def trace(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        shown = [str(value) for value in args]
        shown += [f"{name}={value}" for name, value in kwargs.items()]
        print(f"> {func.__name__}({', '.join(shown)})")
        result = func(*args, **kwargs)
        print(f"< {func.__name__} = {result}")
        return result

    return wrapper
'''
GENERATORS = '''\
def windows(items, size):
    items = list(items)
    for start in range(len(items) - size + 1):
        yield tuple(items[start : start + size])


def flatten(value, depth=None):
    """Take lists and tuples apart."""
    for item in value:
        if isinstance(item, (list, tuple)) and depth != 0:
            yield from flatten(item, None if depth is None else depth - 1)
        else:
            yield item


def averager():
    total, count, mean = 0.0, 0, None
    while True:
        number = yield mean
        total += number
        count += 1
        mean = total / count
'''
COPIES = '''\
def copy_to(value, depth):
    """Return a copy in which the first `depth` levels are new."""
    if depth == 0:
        return value
    if isinstance(value, list):
        return [copy_to(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {key: copy_to(item, depth - 1) for key, item in value.items()}
    return value
'''
VECTORS = """\
import math


class Vector:
    def __init__(self, *numbers):
        self.numbers = numbers

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.numbers, other.numbers)))

    def __eq__(self, other):
        return self.numbers == other.numbers

    def __abs__(self):
        return math.hypot(*self.numbers)

    def __repr__(self):
        return f"Vector{self.numbers}"
"""
MADE = (
    Made(
        Topic("decorators", "Write two decorators", "L2", 6),
        (
            Test(
                "test_metadata",
                "A decorated function keeps its name and docstring.",
                1,
                (wrong("'wrapper'", "'order'", decorator="'trace'"),),
                "`functools.wraps` copies both.",
            ),
            Test(
                "test_counts",
                "`calls` counts every call, failed ones included, for each decorated function.",
                2,
                (
                    wrong("0", "1", calls="['raises']"),
                    wrong("2", "1", calls="['returns', 'other']"),
                    wrong("{'first': 3, 'second': 3}", "{'first': 2, 'second': 1}", calls="'aab'"),
                    raises(
                        "UnboundLocalError",
                        "cannot access local variable 'calls' where it is not associated with a "
                        "value",
                        Frame("decorators.py", 10, "wrapper", "wrapper.calls += 1"),
                        calls="['returns']",
                    ),
                    LOOPS,
                ),
                "What happens to the count when the function raises?",
            ),
            Test(
                "test_trace",
                "`trace` prints a call, its arguments, and its result or exception.",
                2,
                (
                    wrong("['> f(0)', '< f = 0']", "[\"> f('0')\", \"< f = '0'\"]", args="['0']"),
                    wrong("['> f()']", "['> f()', '! f: ValueError']", args="[]", ends="'raises'"),
                ),
                "Compare the lines character by character: `repr` shows a text in quotes.",
            ),
            Test("test_methods", "A decorated method works on its instance.", 1, (CRASHES,)),
        ),
        DECORATORS,
    ),
    Made(
        Topic("generators", "Values on demand", "L2", 5),
        (
            Test(
                "test_windows",
                "`windows` gives every run of `size` neighbours, as tuples, in order.",
                2,
                (
                    wrong("[]", "[(0,)]", items="[0]", size="1"),
                    wrong("[[0], [1]]", "[(0,), (1,)]", items="[0, 1]", size="1"),
                ),
            ),
            Test(
                "test_lazy",
                "`windows` reads nothing when it is called, and later no item before it is needed.",
                1,
                (wrong("3", "0", items="[0, 0, 0]", taken="0"), LOOPS),
                "A list reads everything at once. Which collection forgets its oldest item?",
            ),
            Test(
                "test_flatten",
                "`flatten` takes lists and tuples apart, as many levels as `depth` says.",
                2,
                (
                    wrong("[[]]", "[]", value="[[]]", depth="1"),
                    wrong("[0]", "[[0]]", value="[[0]]", depth="0"),
                    raises(
                        "RecursionError",
                        "maximum recursion depth exceeded",
                        Frame("generators.py", 10, "flatten", "yield from flatten(item, depth)"),
                        value="['a']",
                        depth="None",
                    ),
                ),
            ),
        ),
        GENERATORS,
    ),
    Made(
        Topic("shallow_vs_deep_copy", "Copy to a chosen depth", "L2", 4),
        (
            Test(
                "test_levels",
                "As many levels are new as `depth` says, and those below are the same objects.",
                2,
                (
                    wrong("[True]", "[False]", value="[[]]", depth="2"),
                    wrong("[False, False]", "[False, True]", value="[[[]]]", depth="1"),
                ),
            ),
            Test(
                "test_kinds",
                "Lists, dicts, sets and tuples are copied, each to its own kind.",
                2,
                (
                    wrong("'list'", "'tuple'", value="()"),
                    raises(
                        "TypeError",
                        "unhashable type: 'list'",
                        Frame("shallow_vs_deep_copy.py", 8, "copy_to", "return value"),
                        value="{(): []}",
                    ),
                ),
            ),
        ),
        COPIES,
    ),
    Made(
        Topic("dunder_methods", "A vector that behaves like a number", "L2", 5),
        (
            Test(
                "test_add",
                "Vectors of one length are added, and others raise ValueError.",
                2,
                (wrong("'Vector(0,)'", "'ValueError'", left="(0,)", right="(0, 0)"),),
                "`zip` stops at the shorter one without a word.",
            ),
            Test(
                "test_equal",
                "A vector is equal to a vector with the same numbers, and to nothing else.",
                1,
                (
                    raises(
                        "AttributeError",
                        "'int' object has no attribute 'numbers'",
                        Frame(
                            *("dunder_methods.py", 12, "__eq__"),
                            "return self.numbers == other.numbers",
                        ),
                        left="()",
                        right="0",
                    ),
                ),
            ),
            Test(
                "test_repr",
                "`repr` is the call that makes an equal vector.",
                2,
                (wrong("'Vector(0,)'", "'Vector(0)'", numbers="(0,)"),),
            ),
        ),
        VECTORS,
    ),
)
TOPICS = tuple(made.topic for made in MADE)


def students() -> Iterator[Student]:
    """Yield the students, with ids s00, s01, ..., all but the last of them with names."""
    for number, name in enumerate(NAMES):
        key = f"s{number:02}"
        yield Student(key, name, f"{key}@example.org", "AB"[number % 2])


def class_record() -> ClassRecord:
    """Return the record of the class."""
    people = tuple(students())
    grades = []
    for number, student in enumerate(people):
        for place, made in enumerate(MADE):
            if student.id != ABSENT and (number * 5 + place * 3) % 17 != 1:
                grades.append(_grade(student, made, number, place))
    return ClassRecord(
        "Programming in Python, summer 2026", TOPICS, people, _without_refused(grades), REFUSALS
    )


REFUSALS = (
    Refusal("s06/generators.py", "it is a link, and links are not followed", "s06", "generators"),
    Refusal("s22/decorators.py", "it is a FIFO, not a regular file", "s22", "decorators"),
    Refusal("bob_<b>.py", "bob is not in the roster"),
)


def _without_refused(grades: list[Grade]) -> tuple[Grade, ...]:
    refused = {(one.student, one.exercise) for one in REFUSALS}
    return tuple(grade for grade in grades if (grade.student, grade.exercise) not in refused)


def _grade(student: Student, made: Made, number: int, place: int) -> Grade:
    records = tuple(_record(test, number, 7 * place + turn) for turn, test in enumerate(made.tests))
    name = f"{made.topic.id}.py"
    content = made.code.encode()
    if (number + 9 * place) % 41 == 23:
        sentence = messages.syntax_error("invalid syntax", 4, 17, "def count_calls func:")
        records = tuple(
            replace(_passed(test), outcome=Outcome.DOES_NOT_LOAD, message=sentence)
            for test in made.tests
        )
        content = content.replace(b"(", b" ", 1)
    breakdown = None
    if (student.id, made.topic.id) == ("s13", "dunder_methods"):
        sentence = "the Docker engine stopped answering (Connection refused)"
        breakdown = Breakdown(Outcome.SANDBOX_FAILED, sentence)
        record = replace(_passed(made.tests[-1]), outcome=Outcome.SANDBOX_FAILED)
        records = (*records[:-1], replace(record, message=messages.not_judged()))
    result = Result(
        *(made.topic.id, made.topic.title, f"{student.id}/{name}", records, EVIDENCE),
        breakdown=breakdown,
    )
    return Grade(
        student=student.id,
        exercise=made.topic.id,
        result=result,
        graded_at=BEGIN + timedelta(minutes=number * 4 + place),
        files={name: content},
        is_late=(number * 5 + place * 11) % 13 == 3,
        number=number * 4 + place + 1,
    )


def _passed(test: Test) -> TestRecord:
    return TestRecord(test.name, test.title, test.points, Outcome.PASSED)


def _record(test: Test, number: int, turn: int) -> TestRecord:
    """Return a test's record: some students fail little and some much, most in the first way."""
    skill = 30 + number * 37 % 70
    luck = (number * 53 + turn * 29) % 97
    if luck < skill:
        return _passed(test)
    way = (luck - skill) // 9 % len(test.failures)
    return replace(_passed(test), hint=test.hint, **test.failures[way])


def write(folder: Path, record: ClassRecord | None = None) -> None:
    """Write the pages of a class, the made-up one unless another is given, into a folder."""
    for name, page in pages(record or class_record()):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")
