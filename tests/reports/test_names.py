"""Names of files: safe whatever the text, the same for the same, another for another."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.names import MAX_NAME_CHARACTERS, safe_name

SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*\Z")
DEVICES = ["con", "PRN", "aux", "NUL", "com1", "LPT9", "con.txt", "nul.tar.gz"]

texts = st.text(st.characters() | st.sampled_from("./\\:-_ \0\n\udcffaA0"), max_size=150)


@pytest.mark.parametrize("text", ["anna", "anna.b", "Anna_B-2", "0", "a" * MAX_NAME_CHARACTERS])
def test_a_name_that_is_safe_stays(text: str) -> None:
    assert safe_name(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "..", "../anna", "/etc/passwd", "-rf", ".bashrc", "a/b", "a\\b", "C:", "a\0"),
        *("a\n", "anna.", "ä", "\udcff", "\u202egnp.exe", "<script>"),
        "a" * (MAX_NAME_CHARACTERS + 1),
        *DEVICES,
    ],
)
def test_a_name_that_is_not_gets_a_hash(text: str) -> None:
    name = safe_name(text)
    assert SAFE.match(name)
    assert re.search(r"-[0-9a-f]{12}$", name)
    assert safe_name(text) == name


@given(texts)
def test_every_name_is_safe(text: str) -> None:
    name = safe_name(text)
    assert SAFE.match(name)
    assert not name.endswith(".")
    assert len(name) <= MAX_NAME_CHARACTERS
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name)


@given(texts, texts)
def test_two_texts_have_two_names(one: str, other: str) -> None:
    assert (safe_name(one) == safe_name(other)) is (one == other)


def test_nobody_can_be_called_what_somebody_else_has_become() -> None:
    assert safe_name(safe_name("../anna")) != safe_name("../anna")
    assert safe_name(safe_name(safe_name("../anna"))) != safe_name("../anna")
