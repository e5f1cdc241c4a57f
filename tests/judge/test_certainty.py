"""Which questions are certain: no question that tells an answer is ever asked ahead."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.judge.certainty import other_lengths, other_values
from judge.conftest import JudgeHere, WriteExercise, job_for
from judge.fakes import ActingSandbox

Certain = Callable[[str, Callable[..., Any]], list[bool]]
"""Takes hidden tests and the reference; returns what was recorded of `test_it`."""


@pytest.fixture
def certain(write_exercise: WriteExercise, judge_here: JudgeHere, tmp_path: Path) -> Certain:
    def record(tests: str, reference: Callable[..., Any]) -> list[bool]:
        exercise = write_exercise(tests)
        file = tmp_path / "recording.json"
        job = dataclasses.replace(job_for(exercise), record_to=file)
        judge_here(exercise, ActingSandbox(reference), job)
        found: list[bool] = json.loads(file.read_text())["test_it"]["certain"]
        return found

    return record


def code_of(scenario: str, what: str, value: Any) -> Any:
    """A reference that writes a text backwards, and reads it again."""
    return value[::-1]


INDEPENDENT = {
    "one after another": """
        def test_it():
            assert ask("write", "one") == "eno"
            assert ask("write", "two") == "owt"
    """,
    "for each example": """
        @settings(max_examples=5)
        @given(text=st.text())
        def test_it(text):
            assert ask("write", text) == text[::-1]
    """,
    "after a look at the answer": """
        def test_it():
            text = ask("write", "one")
            assert len(text) == 3 and text.isalpha()
            assert ask("write", "two") == "owt"
    """,
    "both in one assertion": """
        def test_it():
            assert [ask("write", "one"), ask("write", "two")] == ["eno", "owt"]
    """,
}


@pytest.mark.parametrize("tests", INDEPENDENT.values(), ids=INDEPENDENT.keys())
def test_what_follows_from_no_answer_is_certain(certain: Certain, tests: str) -> None:
    found = certain(tests, code_of)
    assert found
    assert all(found)


DEPENDENT = {
    "the answer is the argument": """
        def test_it():
            written = ask("write", "text")
            assert ask("read", written) == "text"
    """,
    "a part of it is": """
        def test_it():
            written = ask("write", "text")
            assert ask("read", written[0]) == "t"
    """,
    "its length is": """
        def test_it():
            written = ask("write", ["t", "e"])
            assert ask("read", "abcdef"[: len(written)]) == "ba"
    """,
    "whether it is right decides": """
        def test_it():
            if ask("write", "text") == "txet":
                assert ask("read", "right") == "thgir"
            else:
                assert False
    """,
    "it is an index": """
        def test_it():
            place = "abcdef".index(ask("write", "c"))
            assert ask("read", "abcdef"[place]) == "c"
    """,
}


@pytest.mark.parametrize("tests", DEPENDENT.values(), ids=DEPENDENT.keys())
def test_what_follows_from_an_answer_is_not(certain: Certain, tests: str) -> None:
    assert certain(tests, code_of) == [True, False]


def test_an_answer_is_not_carried_from_one_example_to_the_next(certain: Certain) -> None:
    found = certain(
        """
        last = ["start"]

        @settings(max_examples=3)
        @given(text=st.text(min_size=1, max_size=3))
        def test_it(text):
            last[0] = ask("write", last[0] + text)
        """,
        code_of,
    )
    assert found[0]
    assert not any(found[1:])


def test_what_comes_after_an_expected_exception_is_certain_if_nothing_depends_on_it(
    certain: Certain,
) -> None:
    def refuses(scenario: str, number: int) -> int:
        if number < 0:
            raise ValueError("negative")
        return number

    found = certain(
        """
        def test_it():
            with raises(ValueError):
                ask(-1)
            assert ask(1) == 1
        """,
        refuses,
    )
    assert found == [True, True]


def test_a_test_that_waits_for_ever_for_an_altered_answer_is_given_up(
    certain: Certain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.judge.certainty.PATIENCE_SECONDS", 0.05)
    found = certain(
        """
        def test_it():
            number = ask("write", "b")
            while number != "b":
                pass
            assert ask("write", "c") == "c"
        """,
        code_of,
    )
    assert found == [True, False]


@pytest.mark.parametrize(
    "value",
    [0, True, 1.5, 1e300, "text", b"bytes", 1j, [1, "a"], (1, [2]), {"a": 1}, {1, 2}],
    ids=repr,
)
def test_an_altered_answer_is_another_of_the_same_type(value: Any) -> None:
    for altered in (other_values(value), other_lengths(value)):
        assert type(altered) is type(value)
        assert altered != value


def test_lengths_are_altered_but_for_tuples() -> None:
    assert len(other_lengths([1, 2])) == 3
    assert len(other_lengths((1, 2))) == 2
    assert len(other_lengths(([1, 2],))[0]) == 3
    assert other_lengths([]) == [0]
    assert len(other_values([1, 2])) == 2
