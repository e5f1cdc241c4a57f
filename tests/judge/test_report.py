"""What the judge's process reports: written line by line, and put together again."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judge.report import Account, Reporter
from grader.outcomes import Outcome
from grader.results import Breakdown, Frame, TestRecord, record_to_json

NOT_RUN = TestRecord("test_it", "It works", 2, Outcome.JUDGE_BROKE, "not judged")
FAILED = TestRecord(
    "test_it",
    "It works",
    2,
    Outcome.FAILED,
    "wrong \udcff\n",
    counterexample=(("number", "0"),),
    got="1",
    expected="2",
    frames=(Frame("small.py", 1, "answer", "return 1"),),
    hint="Think.",
    seconds=0.25,
)
OTHER = TestRecord("test_other", "It works, too", 1, Outcome.JUDGE_BROKE)


def account_of(stream: io.BytesIO) -> Account:
    """Read a report to its end."""
    account = Account()
    for line in stream.getvalue().splitlines():
        account.add(line)
    return account


def test_every_message_is_one_line_and_is_there_at_once() -> None:
    stream = io.BytesIO()
    reporter = Reporter(stream)
    reporter.collected([NOT_RUN])
    assert stream.getvalue().count(b"\n") == 1
    reporter.record(FAILED)
    assert stream.getvalue().count(b"\n") == 2
    assert stream.getvalue().isascii()


def test_a_record_takes_the_place_of_the_one_that_announced_it() -> None:
    stream = io.BytesIO()
    reporter = Reporter(stream)
    reporter.collected([NOT_RUN, OTHER])
    reporter.record(FAILED)
    assert account_of(stream) == Account({"test_it": FAILED, "test_other": OTHER})


def test_the_order_is_that_of_the_file_and_not_of_the_reports() -> None:
    stream = io.BytesIO()
    reporter = Reporter(stream)
    reporter.collected([OTHER, NOT_RUN])
    reporter.record(FAILED)
    reporter.record(OTHER)
    assert list(account_of(stream).records) == ["test_other", "test_it"]


def test_a_judge_is_finished_when_it_says_so() -> None:
    stream = io.BytesIO()
    reporter = Reporter(stream)
    reporter.collected([])
    assert not account_of(stream).is_finished
    reporter.finished({"python": "3.13.1"})
    assert account_of(stream) == Account(facts={"python": "3.13.1"}, is_finished=True)


def test_a_breakdown_is_an_outcome_of_ours_and_a_sentence() -> None:
    stream = io.BytesIO()
    breakdown = Breakdown(Outcome.NOT_COLLECTED, "hidden/test_small.py has no test")
    Reporter(stream).breakdown(breakdown)
    assert account_of(stream) == Account(breakdown=breakdown)


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"ok", b'["passed", 1]', b"[1, 2, 3]", b"{}", b"7", b"null", b"[" * 100_000),
        *(b'["record", 1]', b'["record", {}]', b'["collected", 1]', b'["collected", [null]]'),
        *(b'["breakdown", []]', b'["breakdown", {"outcome": "passed"}]', b'["finished", 3]'),
    ],
    ids=lambda line: repr(line[:40]),
)
def test_a_line_that_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Account().add(line)


texts = st.text(st.characters(codec=None, categories=None), max_size=20)
frames = st.builds(Frame, texts, st.integers(1, 2**31), texts, texts)
records = st.builds(
    TestRecord,
    texts,
    texts,
    st.integers(0, 100),
    st.sampled_from(Outcome),
    texts,
    st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    got=texts,
    expected=texts,
    frames=st.lists(frames, max_size=2).map(tuple),
    hint=texts,
    seconds=st.floats(0, 1e6),
    example=texts,
)


@given(records)
def test_whatever_text_a_submission_put_into_a_record_it_comes_back(record: TestRecord) -> None:
    stream = io.BytesIO()
    Reporter(stream).record(record)
    assert account_of(stream).records == {record.name: record}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(Outcome),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "outcome", "message", "counterexample", "frames", "value"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=10,
)
lines = st.one_of(
    st.binary(max_size=50),
    json_values.map(lambda value: json.dumps(value).encode()),
    st.tuples(st.sampled_from(["collected", "record", "breakdown", "finished"]), json_values).map(
        lambda message: json.dumps(message).encode()
    ),
    records.map(lambda record: json.dumps(["record", record_to_json(record)]).encode()[:-5]),
)


@given(lines)
def test_any_line_is_taken_in_or_refused_and_then_changes_nothing(line: bytes) -> None:
    account = Account()
    try:
        account.add(line)
    except ValueError:
        assert account == Account()
