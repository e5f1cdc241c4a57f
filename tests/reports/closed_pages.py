"""What holds for every page of a class: what it may hold, where it may lead, how it is built."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.outcomes import Outcome
from grader.results import Breakdown, Frame, Result, TestRecord
from reports.made_up import EVIDENCE
from reports.pages import Element

HOSTILE = (
    "</style></title></pre></bdi><script>alert(1)</script><img src=http://example.org onerror=x>"
    "\"' onmouseover=x &amp; <!-- ]]> {{ 7 * 7 }} {% raw %} [x](javascript:alert(1)) "
    "\u202e\x1b[31m\x00\udcff"
)
POLICY = {"default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"}
TAGS = {
    *("html", "head", "meta", "link", "title", "style", "body", "main", "section", "article"),
    *("h1", "h2", "h3", "h4", "p", "a", "span", "strong", "code", "pre", "ul", "ol", "li", "bdi"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "div"),
    *("dl", "dt", "dd"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "class", "id", "href", "title", "scope", "http-equiv"),
    *("rel", "style", "open", "role", "tabindex", "aria-labelledby", "aria-label", "dir"),
}
STYLE = re.compile(r"width: \d{1,3}\.\d%")


def assert_closed(page: Element) -> None:
    """Assert that a page holds nothing but what our templates write, and loads nothing."""
    elements = list(page.all())
    assert {one.tag for one in elements} <= TAGS
    assert {name for one in elements for name in one.attributes} <= ATTRIBUTES
    assert all(STYLE.fullmatch(one.attributes.get("style", "width: 0.0%")) for one in elements)
    assert [one.attributes["href"] for one in page.all("link")] == ["data:,"]
    policies = [
        one.attributes["content"]
        for one in page.all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    assert set(policies[0].split("; ")) >= POLICY


def assert_accessible(page: Element) -> None:
    """Assert what a reader with other means than a screen relies on."""
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("title").text.strip()
    assert any(one.attributes.get("name") == "viewport" for one in page.all("meta"))
    levels = [int(one.tag[1]) for one in page.all() if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in page.all("table"):
        assert table.one("caption").words
        assert {head.attributes.get("scope") for head in table.all("th")} <= {"col", "row"}
    assert all(link.text.strip() for link in page.all("a"))


def links_of(page: Element) -> Mapping[bool, list[str]]:
    """Return the addresses of the links: True those within the page, which are there, False others.

    Raises:
        AssertionError: where one leads to no place of the page, or a place is there twice.
    """
    places = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(places) == len(set(places))
    links = [one.attributes["href"] for one in page.all("a")]
    labels = [one.attributes.get("aria-labelledby") for one in page.all()]
    inside = [link for link in links if link.startswith("#")]
    assert {link[1:] for link in inside} | set(filter(None, labels)) <= set(places)
    return {True: inside, False: [link for link in links if not link.startswith("#")]}


def class_with(text: str) -> ClassRecord:
    """Return the record of a class in which every text of a stranger's is `text`."""
    student = Student(text, text, text, text)
    topic = Topic(text, text, text, 4)
    test = TestRecord(
        *(text, text, 2, Outcome.FAILED, text, ((text, text),), text, text),
        frames=(Frame(text, 1, text, text), Frame("a.py", 1, text, text)),
        hint=text,
    )
    other = replace(test, name=f"{text}2", counterexample=(), got="", expected="")
    result = Result(text, text, text, (test, other), EVIDENCE)
    files = {"a.py": text.encode("utf-8", "surrogatepass"), text: b"x = 1\n"}
    second = Topic(f"{text}2", text, text, 4)
    broken = replace(result, breakdown=Breakdown(Outcome.JUDGE_BROKE, text))
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return ClassRecord(
        text,
        (topic, second),
        (student, Student(f"{text}2", "")),
        (
            Grade(text, text, result, moment, files, is_late=True),
            Grade(text, second.id, broken, moment, files),
        ),
        (Refusal(text, text, text, text), Refusal(text, text, text), Refusal(text, text)),
    )
