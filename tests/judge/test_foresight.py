"""Questions asked ahead: which are sent together, and when a test has left what was foreseen."""

import math
from typing import Any

import pytest

from grader.inside.wire import WireError, decode
from grader.judge.foresight import Ahead, Foreseen, key_of_question, runs_of, write_question
from grader.testing import Question


def question(*arguments: Any, stdin: str = "", fresh: bool = False) -> Question:
    return Question("ask", arguments, stdin, fresh)


def foreseen(*questions: Question, certain: str = "") -> Foreseen:
    """Return what is foreseen of a test; `certain` has a letter for each question, y or n."""
    letters = certain or "y" * len(questions)
    texts = tuple(map(write_question, questions))
    return Foreseen(texts, tuple(letter == "y" for letter in letters))


ONE, TWO, THREE = question(1), question(2), question(3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (question(1), question(True)),
        (question(1), question(1.0)),
        (question(0.0), question(-0.0)),
        (question("a"), question(b"a")),
        (question([1]), question((1,))),
        (question(1), question(1, stdin="x")),
        (question(1), question(1, fresh=True)),
    ],
)
def test_questions_that_python_takes_for_equal_are_told_apart(
    one: Question, other: Question
) -> None:
    assert key_of_question(one) != key_of_question(other)


def test_the_same_question_has_the_same_key_also_with_a_nan() -> None:
    assert key_of_question(question(math.nan, "a")) == key_of_question(question(math.nan, "a"))


def test_what_is_no_plain_data_has_no_key() -> None:
    assert key_of_question(question(object())) is None
    with pytest.raises(WireError):
        write_question(question(object()))


def test_a_run_ends_before_a_question_that_is_not_certain() -> None:
    assert foreseen(ONE, TWO, THREE, ONE, certain="yyny").runs == {0: 2, 3: 4}
    assert foreseen(ONE, TWO, certain="nn").runs == {}


def test_a_run_is_no_longer_than_one_frame_may_be() -> None:
    large = question("x" * 100_000)
    assert foreseen(large, large, ONE).runs == {0: 1, 1: 3}
    assert [count for count, _ in runs_of([large, large, ONE])] == [1, 2]


def test_the_text_of_a_run_is_what_the_worker_reads() -> None:
    text = foreseen(ONE, question("ä", stdin="in\n")).json(0, 2)
    assert decode(b"[" + text + b"]") == [["ask", [1], "", False], ["ask", ["ä"], "in\n", False]]


def test_answers_to_a_run_are_taken_one_by_one() -> None:
    ahead = Ahead(foreseen(ONE, TWO))
    assert ahead.next_run()
    assert ahead.unread == 2
    assert ahead.is_done
    for asked, left in ((ONE, 1), (TWO, 0)):
        assert ahead.fits(asked)
        assert ahead.questions_for(asked) == b""
        assert ahead.is_sent
        ahead.asked.append(asked)
        assert ahead.unread == left
    # Nobody is there any more who could answer.
    assert not ahead.fits(THREE)


def test_a_question_that_is_not_the_foreseen_one_does_not_fit() -> None:
    ahead = Ahead(foreseen(ONE, TWO))
    ahead.next_run()
    assert not ahead.fits(TWO)


def test_a_run_in_the_middle_is_sent_when_its_first_question_is_asked() -> None:
    ahead = Ahead(foreseen(ONE, TWO, THREE, certain="nyy"))
    assert ahead.next_run() == b""
    assert ahead.fits(THREE)  # the first is put when the test puts it, whatever it is
    assert ahead.questions_for(THREE) == b""
    assert not ahead.is_sent
    ahead.asked.append(THREE)
    assert ahead.questions_for(TWO) == foreseen(TWO, THREE).json(0, 2)
    assert ahead.is_sent
    assert ahead.is_done


def test_another_question_in_the_place_of_a_run_is_put_alone() -> None:
    ahead = Ahead(foreseen(ONE, TWO, certain="ny"))
    ahead.asked.append(ONE)
    assert ahead.questions_for(THREE) == b""
    assert not ahead.is_sent
    assert not ahead.is_done
