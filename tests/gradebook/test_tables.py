"""The types of column that are the gradebook's own, apart from any database."""

from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from grader.gradebook.tables import AnyText

DIALECT = sqlite.dialect()
TEXT = AnyText()


@given(st.text(st.characters(exclude_categories=[])))
@example("\\u0000")
@example("\\\\u005c")
@example("\0\ud800\udfff\\")
def test_any_text_is_stored_as_text_that_every_database_takes(text: str) -> None:
    stored = TEXT.process_bind_param(text, DIALECT)
    assert stored is not None
    assert "\0" not in stored
    stored.encode("utf-8")
    assert TEXT.process_result_value(stored, DIALECT) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\\0")))
def test_usual_text_is_stored_as_it_is(text: str) -> None:
    assert TEXT.process_bind_param(text, DIALECT) == text


def test_nothing_stays_nothing() -> None:
    assert TEXT.process_bind_param(None, DIALECT) is None
    assert TEXT.process_result_value(None, DIALECT) is None
