"""The report of a class as JUnit XML, which continuous integration and course systems read.

The elements and attributes are those of pytest (`_pytest/junitxml.py`) and of Jenkins' schema
(`junit-10.xsd`), with one addition that pytest makes as well: test cases have properties. There is
no standard for points.
"""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.messages import inert, inert_line
from grader.outcomes import Fault, Outcome
from grader.reports.moments import utc
from grader.reports.plain import explain, why_not_graded
from grader.results import TestRecord

_COUNTED = {"errors": "error", "failures": "failure", "skipped": "skipped"}


def render(record: ClassRecord) -> str:
    """Return the XML: a test suite for each student, and in it a test case for each hidden test.

    The `classname` of a test case is the exercise. `failure` is the submission's fault, `error` is
    ours, and what was not handed in is `skipped`. The properties `points` and `max_points` stand
    with each test, and as sums with each student; where something is not graded there are no
    `points`. What XML cannot hold is written as an escape, as by `grader.messages.inert`.
    """
    root = ElementTree.Element("testsuites", name=inert_line(record.title or "grade"))
    refused = {(one.student, one.exercise): one for one in record.refusals}
    for student in record.students:
        root.append(_suite(record, student, refused))
    _count(root)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _suite(
    record: ClassRecord, student: Student, refused: Mapping[tuple[str, str], Refusal]
) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_name(student))
    found = [record.by_pair.get((student.id, topic.id)) for topic in record.topics]
    grades = [grade for grade in found if grade]
    if grades:
        suite.set("timestamp", utc(max(grade.graded_at for grade in grades)))
    _add_sums(suite, student, grades)
    for topic, grade in zip(record.topics, found, strict=True):
        cases = _graded(grade) if grade else _ungraded(topic, refused.get((student.id, topic.id)))
        suite.extend(cases)
    _count(suite)
    return suite


def _name(student: Student) -> str:
    id_ = inert_line(student.id)
    return f"{inert_line(student.name)} ({id_})" if student.name else id_


def _add_sums(suite: ElementTree.Element, student: Student, grades: list[Grade]) -> None:
    graded = [grade.result for grade in grades if grade.is_graded]
    properties = {"student": student.id}
    if graded:
        properties["points"] = str(sum(result.points for result in graded))
        properties["max_points"] = str(sum(result.max_points for result in graded))
    _add_properties(suite, properties)


def _graded(grade: Grade) -> Iterator[ElementTree.Element]:
    """Yield the test cases of a grade, and one more where the grading as a whole went wrong."""
    result = grade.result
    for test in result.tests:
        yield _test(grade, test)
    if not grade.is_graded and (result.breakdown or not result.tests):
        case = _case(result.exercise, "grading")
        outcome = result.breakdown.outcome if result.breakdown else Outcome.NOT_COLLECTED
        _add_what_happened(case, "error", outcome, why_not_graded(result))
        yield case


def _test(grade: Grade, test: TestRecord) -> ElementTree.Element:
    case = _case(grade.result.exercise, test.name, test.seconds)
    properties = {"title": test.title, "max_points": str(test.max_points)}
    if grade.is_graded:
        properties["points"] = str(test.points)
    _add_properties(case, properties)
    if test.outcome is not Outcome.PASSED:
        kind = "error" if test.outcome.fault is Fault.GRADER else "failure"
        _add_what_happened(case, kind, test.outcome, explain(test))
    return case


def _ungraded(topic: Topic, refusal: Refusal | None) -> Iterator[ElementTree.Element]:
    case = _case(topic.id, "hand in")
    reason = refusal.reason if refusal else "Nothing was handed in."
    type_ = "refused" if refusal else "missing"
    ElementTree.SubElement(case, "skipped", type=type_, message=inert_line(reason))
    yield case


def _case(exercise: str, name: str, seconds: float = 0.0) -> ElementTree.Element:
    attributes = {"classname": inert_line(exercise), "name": inert_line(name)}
    return ElementTree.Element("testcase", attributes, time=f"{seconds:.3f}")


def _add_properties(element: ElementTree.Element, properties: Mapping[str, str]) -> None:
    parent = ElementTree.SubElement(element, "properties")
    for name, value in properties.items():
        ElementTree.SubElement(parent, "property", name=name, value=inert_line(value))


def _add_what_happened(
    case: ElementTree.Element, kind: str, outcome: Outcome, explanation: str
) -> None:
    first, _, _ = explanation.partition("\n")
    element = ElementTree.SubElement(case, kind, type=outcome.value, message=inert_line(first))
    element.text = inert(explanation)


def _count(element: ElementTree.Element) -> None:
    """Set what a reader shows without counting itself."""
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    for attribute, tag in _COUNTED.items():
        if attribute != "skipped" or element.tag == "testsuite":
            element.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    seconds = sum(float(case.get("time", "0")) for case in cases)
    element.set("time", f"{seconds:.3f}")
