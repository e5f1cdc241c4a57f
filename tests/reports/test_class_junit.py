"""The JUnit XML of a class: what a reader finds in it, its shape, and that no text breaks it."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import xunit2

from grader.classroom import ClassRecord
from grader.outcomes import Fault, Outcome
from grader.reports.class_junit import render
from reports.small_class import ADA, FAILED, grade_of, record_of, small_class, with_texts

# What may stand where, with what it must have: Jenkins' junit-10.xsd, as far as it is used here
# (https://github.com/jenkinsci/xunit-plugin, src/main/resources/.../types/model/xsd/junit-10.xsd).
# That schema has no properties in a test case; pytest writes them, and junitparser reads them.
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "testcase": {"properties", "skipped", "error", "failure"},
    "properties": {"property"},
}
REQUIRED = {
    "testsuite": {"name", "tests", "failures", "errors"},
    "testcase": {"name"},
    "property": {"name", "value"},
}
ALLOWED = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "time", "skipped", "timestamp"},
    "testcase": {"name", "time", "classname"},
    "property": {"name", "value"},
    "skipped": {"type", "message"},
    "error": {"type", "message"},
    "failure": {"type", "message"},
}

any_text = st.text(
    st.characters() | st.sampled_from("<>&\"'\0\x01\x0b\x1b\r\n\t\x85\ufffe\uffff\udcff]"),
    max_size=20,
)


def shape_of(element: ElementTree.Element) -> None:
    """Assert that an element and all inside of it are as the schema says."""
    assert (
        REQUIRED.get(element.tag, set()) <= set(element.attrib) <= ALLOWED.get(element.tag, set())
    )
    assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
    for child in element:
        shape_of(child)


def suites_of(record: ClassRecord, tmp_path: Path) -> list[xunit2.TestSuite]:
    """Return the test suites that a reader finds in the file."""
    file = tmp_path / "junit.xml"
    file.write_text(render(record), encoding="utf-8")
    return list(xunit2.JUnitXml.fromfile(str(file)))


def test_a_reader_finds_a_suite_for_each_student(tmp_path: Path) -> None:
    suites = suites_of(small_class(), tmp_path)
    assert [suite.name for suite in suites] == [
        "Lovelace, Ada (ada)",
        "Bob (bob)",
        "Cy (cy)",
        "dee",
    ]
    assert [(one.tests, one.failures, one.errors, one.skipped) for one in suites] == [
        (3, 1, 0, 0),
        (3, 0, 1, 1),
        (2, 0, 1, 1),
        (2, 0, 0, 2),
    ]
    assert suites[0].time == 1.25
    assert suites[0].timestamp == "2026-06-01T14:32:05Z"


def test_a_reader_finds_a_case_for_each_hidden_test(tmp_path: Path) -> None:
    ada = suites_of(small_class(), tmp_path)[0]
    assert [(case.classname, case.name, case.is_passed) for case in ada] == [
        ("decorators", "test_trace", True),
        ("decorators", "test_repeat", False),
        ("generators", "test_trace", True),
    ]
    (failure,) = list(ada)[1].result
    assert failure.message == "Your code gave a wrong answer."
    assert "with: times = 0" in failure.text


def test_a_reader_finds_the_points(tmp_path: Path) -> None:
    ada, bob, *_ = suites_of(small_class(), tmp_path)
    sums = {one.name: one.value for one in ada.properties()}
    assert sums == {"student": "ada", "points": "6", "max_points": "8"}
    cases = [{one.name: one.value for one in case.properties()} for case in ada]
    assert [(case["points"], case["max_points"]) for case in cases] == [
        ("3", "3"),
        ("0", "2"),
        ("3", "3"),
    ]
    assert {one.name for one in bob.properties()} == {"student"}


def test_what_is_not_graded_has_no_points_anywhere() -> None:
    root = ElementTree.fromstring(render(record_of(*small_class().grades[2:])))
    names = {element.get("name") for element in root.iter("property")}
    assert "points" not in names
    assert "max_points" in names


@pytest.mark.parametrize("outcome", Outcome)
def test_the_fault_decides_between_failure_and_error(outcome: Outcome) -> None:
    from dataclasses import replace

    record = record_of(grade_of(ADA, replace(FAILED, outcome=outcome)), students=(ADA,))
    case = ElementTree.fromstring(render(record)).find(".//testcase[@name='test_repeat']")
    assert case is not None
    found = {child.tag for child in case} - {"properties"}
    tags = {Fault.NOBODY: set(), Fault.SUBMISSION: {"failure"}, Fault.GRADER: {"error"}}
    assert found == tags[outcome.fault]


def test_it_is_of_the_usual_shape() -> None:
    shape_of(ElementTree.fromstring(render(small_class())))


@given(any_text)
def test_whatever_a_text_holds_the_xml_is_valid_and_says_it(text: str) -> None:
    xml = render(with_texts(text))
    root = ElementTree.fromstring(xml.encode())
    shape_of(root)
    assert len(root.findall("testsuite")) == 1
    assert len(root.findall(".//testcase")) == 2
    assert xml.replace("\n", "").isprintable()


def test_what_xml_cannot_hold_is_written_as_an_escape() -> None:
    root = ElementTree.fromstring(render(with_texts("a\0b\x1b[2J\udcff")))
    suite = root.find("testsuite")
    assert suite is not None
    assert suite.get("name") == "a\\x00b\\x1b[2J\\udcff (ada)"
