"""A class of four with two exercises, and everything that can become of a hand-in once."""

from datetime import UTC, datetime
from typing import Any

from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Breakdown, Evidence, Result, TestRecord

EVIDENCE = Evidence("a" * 64, "b" * 64, "c" * 64, "d" * 64, "none", "", "", 0, Limits())
GRADED_AT = datetime(2026, 6, 1, 14, 32, 5, tzinfo=UTC)

ADA = Student("ada", "Lovelace, Ada", "ada@example.org", "A", "101")
BOB = Student("bob", "Bob", "bob@example.org", "B", "102")
CY = Student("cy", "Cy", "cy@example.org", "A", "103")
DEE = Student("dee", "", "", "", "104")

TOPICS = (
    Topic("decorators", "Write two decorators", "L2", 5),
    Topic("generators", "Generators", "L2", 3),
)

PASSED = TestRecord("test_trace", "`trace` prints.", 3, Outcome.PASSED, seconds=0.5)
FAILED = TestRecord(
    "test_repeat",
    "`repeat` repeats.",
    2,
    Outcome.FAILED,
    "Your code gave a wrong answer.",
    (("times", "0"),),
    "[1]",
    "[]",
    hint="Think of 0.",
    seconds=0.25,
)
BROKEN = TestRecord("test_repeat", "`repeat` repeats.", 2, Outcome.SANDBOX_FAILED, "Not judged.")
ENGINE_DOWN = Breakdown(Outcome.SANDBOX_FAILED, "the engine does not answer")


def result_of(
    *tests: TestRecord, exercise: str = "decorators", breakdown: Breakdown | None = None
) -> Result:
    """Return a result with these tests."""
    return Result(
        exercise, "Write two decorators", f"{exercise}.py", tests, EVIDENCE, breakdown=breakdown
    )


def grade_of(student: Student, *tests: TestRecord, **details: Any) -> Grade:
    """Return a grade with these tests; `breakdown` and `exercise` go into its result."""
    inside = {name: details.pop(name) for name in ("exercise", "breakdown") if name in details}
    result = result_of(*tests, **inside)
    return Grade(student.id, result.exercise, result, GRADED_AT, **details)


def record_of(*grades: Grade, **details: Any) -> ClassRecord:
    """Return a record of the class with these grades."""
    known: dict[str, Any] = {
        "title": "Small class",
        "topics": TOPICS,
        "students": (ADA, BOB, CY, DEE),
        "grades": grades,
    }
    return ClassRecord(**(known | details))


def small_class() -> ClassRecord:
    """Return a record in which Ada has all points for one exercise and some for the other.

    Bob's decorators are not graded because the sandbox failed on the way, Cy's because nothing
    ran; Bob's generators were refused. The rest is missing.
    """
    return record_of(
        grade_of(ADA, PASSED, FAILED, is_late=True, place="ada/decorators.py", number=7),
        grade_of(ADA, PASSED, exercise="generators", number=8),
        grade_of(BOB, PASSED, BROKEN, number=9),
        grade_of(CY, breakdown=ENGINE_DOWN, number=10),
        refusals=(
            Refusal(
                "bob/generators.py",
                "It is a link, and links are not followed.",
                "bob",
                "generators",
            ),
            Refusal("x.bin", "It belongs to nobody."),
        ),
    )


def with_texts(text: str) -> ClassRecord:
    """Return a record in which every text that can be a student's is this one."""
    student = Student("ada", text, text, text)
    test = TestRecord(
        "test_a", text, 1, Outcome.FAILED, text, ((text, text),), text, text, (), text
    )
    result = Result("decorators", text, text, (test,), EVIDENCE)
    grade = Grade("ada", "decorators", result, GRADED_AT, place=text)
    refusal = Refusal(text, text or "-", "ada", "generators")
    return ClassRecord(text, TOPICS, (student,), (grade,), (refusal,))
