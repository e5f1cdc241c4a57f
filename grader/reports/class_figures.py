"""Counts what a class's page shows: each cell, the scores, which tests fail, and on what."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.outcomes import Fault
from grader.results import Result, TestRecord, Verdict

MAX_GROUPS = 3
BANDS = 10  # a band is a tenth of all points; those who have all points are a band of their own


class State(StrEnum):
    """What is known of one student and one exercise."""

    ALL = "all points"
    SOME = "some points"
    NONE = "no points"
    NOT_GRADED = "not graded"
    REFUSED = "refused"  # something was handed in that could not be taken
    MISSING = "missing"


@dataclass(frozen=True)
class Cell:
    """One student and one exercise; `points` are 0 where there is no grade."""

    topic: Topic
    state: State
    points: int
    max_points: int
    is_late: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the points are not known, through no fault of the student."""
        return self.state in (State.NOT_GRADED, State.REFUSED)


@dataclass(frozen=True)
class Line:
    """A student and the cells of all exercises, in the order of the topics."""

    student: Student
    cells: tuple[Cell, ...]

    @property
    def points(self) -> int:
        """The points of all exercises; what is missing counts nothing."""
        return sum(cell.points for cell in self.cells)

    @property
    def max_points(self) -> int:
        """What there was to earn."""
        return sum(cell.max_points for cell in self.cells)

    @property
    def is_open(self) -> bool:
        """Whether any of its points are not known."""
        return any(cell.is_open for cell in self.cells)

    @property
    def is_missing(self) -> bool:
        """Whether nothing was handed in at all."""
        return all(cell.state is State.MISSING for cell in self.cells)


@dataclass(frozen=True)
class Band:
    """How many students have a score from `least` to `most` per cent; `share` is of the largest."""

    least: int
    most: int
    students: int
    share: float


@dataclass(frozen=True)
class Scores:
    """How the scores are distributed, in per cent of all points.

    `open` students are left out because something of theirs is not graded, `absent` ones because
    they have handed in nothing.
    """

    bands: tuple[Band, ...]
    counted: int
    mean: float
    median: float
    open: int
    absent: int


@dataclass(frozen=True)
class Group:
    """Students who fail a test in the same way; `test` is the record of the first of them."""

    test: TestRecord
    students: int


@dataclass(frozen=True)
class Failing:
    """A hidden test that somebody fails, and the smallest counterexamples.

    `more_groups` and `more_students` are what is not among `groups`.
    """

    test: TestRecord
    failed: int
    graded: int
    groups: tuple[Group, ...]
    more_groups: int
    more_students: int


@dataclass(frozen=True)
class TopicFigures:
    """One exercise over the whole class; `mean` is in points, None where nobody is graded.

    `failing` begins with the test that most students fail; `passed` counts the tests that nobody
    fails.
    """

    topic: Topic
    states: Mapping[State, int]
    late: int
    graded: int
    mean: float | None
    max_points: int
    failing: tuple[Failing, ...]
    passed: int


@dataclass(frozen=True)
class Unjudged:
    """Something that has no points, and why; `student` and `topic` are None where not known."""

    student: Student | None
    topic: Topic | None
    place: str
    reason: str


def lines_of(record: ClassRecord) -> tuple[Line, ...]:
    """Return a line for each student, in the order of the record."""
    topics = {topic.id: topic for topic in record.topics}
    worth = {topic.id: topic.max_points for topic in record.topics}
    for grade in record.grades:
        if grade.exercise in topics and not topics[grade.exercise].max_points:
            worth[grade.exercise] = max(worth[grade.exercise], grade.result.max_points)
    return tuple(_line(record, student, worth) for student in record.students)


def line_of(record: ClassRecord, student: Student) -> Line:
    """Return the line of one student, without a look at anybody else's grades."""
    return _line(record, student, {topic.id: topic.max_points for topic in record.topics})


def _line(record: ClassRecord, student: Student, worth: Mapping[str, int]) -> Line:
    """Return a student's line; `worth` is what there is to earn where there is no grade."""
    refused = {one.exercise for one in record.refusals if one.student == student.id}
    return Line(
        student,
        tuple(
            _cell(
                topic,
                record.by_pair.get((student.id, topic.id)),
                worth[topic.id],
                is_refused=topic.id in refused,
            )
            for topic in record.topics
        ),
    )


def _cell(topic: Topic, grade: Grade | None, worth: int, *, is_refused: bool) -> Cell:
    if grade is None:
        return Cell(topic, State.REFUSED if is_refused else State.MISSING, 0, worth)
    result = grade.result
    if result.verdict is Verdict.NOT_GRADED:
        return Cell(topic, State.NOT_GRADED, 0, worth, grade.is_late)
    return Cell(topic, _state(result), result.points, result.max_points, grade.is_late)


def _state(result: Result) -> State:
    if result.verdict is Verdict.ALL_POINTS:
        return State.ALL
    return State.SOME if result.points else State.NONE


def scores_of(lines: Sequence[Line]) -> Scores:
    """Return how the scores of a class are distributed."""
    absent = [line for line in lines if line.is_missing]
    unknown = [line for line in lines if line.is_open]
    counted = [
        line for line in lines if not line.is_missing and not line.is_open and line.max_points
    ]
    shares = [100 * line.points / line.max_points for line in counted]
    return Scores(
        bands=_bands([line.points * BANDS // line.max_points for line in counted]),
        counted=len(counted),
        mean=statistics.fmean(shares) if shares else 0.0,
        median=statistics.median(shares) if shares else 0.0,
        open=len(unknown),
        absent=len(absent),
    )


def _bands(numbers: Sequence[int]) -> tuple[Band, ...]:
    counts = Counter(numbers)
    largest = max(counts.values(), default=1)
    step = 100 // BANDS
    return tuple(
        Band(
            least=step * number,
            most=min(100, step * (number + 1) - 1),
            students=counts[number],
            share=counts[number] / largest,
        )
        for number in range(BANDS, -1, -1)
    )


def figures_of(record: ClassRecord, lines: Sequence[Line]) -> Iterator[TopicFigures]:
    """Yield the figures of each exercise, in the order of the record."""
    for place, topic in enumerate(record.topics):
        cells = [line.cells[place] for line in lines]
        grades = (record.by_pair.get((line.student.id, topic.id)) for line in lines)
        results = [grade.result for grade in grades if grade and grade.is_graded]
        failing = _failing(results)
        names = {test.name for result in results for test in result.tests}
        yield TopicFigures(
            topic=topic,
            states=Counter(cell.state for cell in cells),
            late=sum(cell.is_late for cell in cells),
            graded=len(results),
            mean=statistics.fmean(result.points for result in results) if results else None,
            max_points=max((cell.max_points for cell in cells), default=topic.max_points),
            failing=failing,
            passed=len(names) - len(failing),
        )


def _failing(results: Sequence[Result]) -> tuple[Failing, ...]:
    """Return the tests that somebody fails; those with equal numbers in the order of the tests."""
    seen: dict[str, list[TestRecord]] = {}
    for result in results:
        for test in result.tests:
            seen.setdefault(test.name, []).append(test)
    failing = (_failing_test(tests) for tests in seen.values())
    return tuple(sorted(filter(None, failing), key=lambda test: -test.failed))


def _failing_test(tests: Sequence[TestRecord]) -> Failing | None:
    lost = [test for test in tests if test.outcome.fault is Fault.SUBMISSION]
    if not lost:
        return None
    groups = _groups(lost)
    rest = groups[MAX_GROUPS:]
    return Failing(
        test=lost[0],
        failed=len(lost),
        graded=len(tests),
        groups=groups[:MAX_GROUPS],
        more_groups=len(rest),
        more_students=sum(group.students for group in rest),
    )


def _groups(tests: Sequence[TestRecord]) -> tuple[Group, ...]:
    """Group failures by what was given and what came back; the smallest counterexample first.

    Where nothing came back, the message tells one failure from another. Failures without a
    counterexample come last.
    """
    together: dict[object, list[TestRecord]] = {}
    for test in tests:
        together.setdefault((test.counterexample, test.got or test.message), []).append(test)
    groups = (Group(same[0], len(same)) for same in together.values())
    return tuple(sorted(groups, key=_size))


def _size(group: Group) -> tuple[bool, int, str, int]:
    text = "\n".join(f"{name} = {value}" for name, value in group.test.counterexample)
    return not text, len(text), text, -group.students


def unjudged_of(record: ClassRecord) -> Iterator[Unjudged]:
    """Yield what is not graded, through no fault of the submission, and then what was refused."""
    students = {student.id: student for student in record.students}
    topics = {topic.id: topic for topic in record.topics}
    for student in record.students:
        for topic in record.topics:
            grade = record.by_pair.get((student.id, topic.id))
            if grade and not grade.is_graded:
                yield Unjudged(student, topic, grade.result.submission, reason_of(grade.result))
    for refusal in record.refusals:
        yield _refused(refusal, students, topics)


def _refused(
    refusal: Refusal, students: Mapping[str, Student], topics: Mapping[str, Topic]
) -> Unjudged:
    return Unjudged(
        student=students.get(refusal.student),
        topic=topics.get(refusal.exercise),
        place=refusal.place,
        reason=refusal.reason,
    )


def reason_of(result: Result) -> str:
    """Return why a result is not graded, for the teacher."""
    if result.breakdown is not None:
        return result.breakdown.message
    ours = [test for test in result.tests if test.outcome.fault is Fault.GRADER]
    if not ours:
        return "No hidden test has run."
    return "\n".join(f"{test.title} {test.outcome.value}: {test.message}" for test in ours)
