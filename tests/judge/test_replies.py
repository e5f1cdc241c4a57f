"""The worker's messages: each becomes its record, and everything else is refused as WireError."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.inside.wire import WireError
from grader.judge import replies
from grader.judge.replies import Failure, parse_reply
from grader.results import Frame

FAILURE: dict[str, Any] = {
    "type": "Late",
    "bases": ["small.Late", "builtins.ValueError"],
    "message": "too late",
    "frames": [["small.py", 3, "answer", "raise Late('too late')"]],
    "missing": "",
}
PARSED = Failure(
    "Late",
    ("small.Late", "builtins.ValueError"),
    "too late",
    (Frame("small.py", 3, "answer", "raise Late('too late')"),),
)

MESSAGES: list[tuple[list[Any], object]] = [
    (["ready", "3.13.1"], replies.Ready("3.13.1")),
    (["broken", "why"], replies.Broken("why")),
    (["loaded"], replies.Loaded()),
    (["unloadable", FAILURE], replies.Unloadable(PARSED)),
    (["answer", 7, [1, None], "out", "err"], replies.Answer(7, [1, None], "out", "err")),
    (["raised", 7, FAILURE], replies.RaisedReply(7, PARSED)),
    (["unsendable", 7, "too large"], replies.Unsendable(7, "too large")),
    (["flooded", 7], replies.Flooded(7)),
    (["ended", -9, False], replies.ChildEnded(-9, False)),
]


@pytest.mark.parametrize(("message", "record"), MESSAGES, ids=lambda item: str(item)[:20])
def test_a_message_becomes_its_record(message: list[Any], record: object) -> None:
    assert parse_reply(message) == record


def test_a_syntax_error_keeps_line_column_and_code() -> None:
    data = {**FAILURE, "line": 2, "column": 5, "code": "def f(:"}
    failure = parse_reply(["unloadable", data]).failure  # type: ignore[union-attr]
    assert (failure.line, failure.column, failure.code) == (2, 5, "def f(:")


NOT_MESSAGES: list[Any] = [
    None,
    "loaded",
    ("loaded",),
    {"loaded": 1},
    [],
    [["loaded"]],
    ["LOADED"],
    ["setup", {}],
    ["loaded", 1],
    ["answer", 7, 1, ""],
    ["answer", 7, 1, "", "", ""],
    ["answer", True, 1, "", ""],
    ["answer", 7.0, 1, "", ""],
    ["answer", 7, 1, b"", ""],
    ["answer", 7, 1, "", None],
    ["ended", 0, 1],
    ["ended", True, True],
    ["ended", 10**100, True],
    ["ended", 256, True],
    ["raised", 7, []],
    ["flooded", "7"],
]


@pytest.mark.parametrize("message", NOT_MESSAGES, ids=lambda item: str(item)[:20])
def test_anything_else_is_refused(message: object) -> None:
    with pytest.raises(WireError):
        parse_reply(message)


@pytest.mark.parametrize(
    "change",
    [
        {"type": 1},
        {"bases": "builtins.ValueError"},
        {"bases": [1]},
        {"bases": None},
        {"message": None},
        {"missing": ["x"]},
        {"code": 7},
        {"line": -1},
        {"line": 2**31},
        {"line": True},
        {"column": "5"},
        {"frames": {}},
        {"frames": [["small.py", 3, "answer"]]},
        {"frames": [("small.py", 3, "answer", "")]},
        {"frames": [["small.py", "3", "answer", ""]]},
        {"frames": [["small.py", True, "answer", ""]]},
        {"frames": [["small.py", 2**40, "answer", ""]]},
    ],
    ids=str,
)
def test_a_failure_with_a_part_of_another_kind_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(WireError):
        parse_reply(["raised", 1, {**FAILURE, **change}])


def test_a_failure_is_cut_to_what_a_person_can_read() -> None:
    long = "x" * 100_000
    frames = [[long, 1, long, long]] * 1000
    data = {"type": long, "bases": [long] * 1000, "message": long, "frames": frames}
    failure = parse_reply(["raised", 1, data]).failure  # type: ignore[union-attr]
    texts = [failure.type_name, failure.message, *failure.bases]
    texts += [text for frame in failure.frames for text in (frame.file, frame.function, frame.code)]
    assert max(map(len, texts)) <= 2000
    assert len(failure.frames) <= 10
    assert len(failure.bases) <= 50


def test_the_reason_of_an_unsendable_answer_is_cut() -> None:
    assert len(parse_reply(["unsendable", 1, "x" * 100_000]).reason) <= 2000  # type: ignore[union-attr]


def test_the_version_of_python_is_cut() -> None:
    assert len(parse_reply(["ready", "3" * 100_000]).python) <= 2000  # type: ignore[union-attr]


def test_a_frame_in_line_0_is_shown_in_line_1_where_a_result_begins_to_count() -> None:
    reply = parse_reply(["raised", 1, {**FAILURE, "frames": [["small.py", 0, "f", ""]]}])
    assert reply.failure.frames[0].line == 1  # type: ignore[union-attr]


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.sampled_from(list(FAILURE)), inner, max_size=3)
    ),
    max_leaves=10,
)
named = st.tuples(st.sampled_from([message[0] for message, _ in MESSAGES]), st.lists(plain))


@given(plain | named.map(lambda pair: [pair[0], *pair[1]]))
def test_any_value_is_a_reply_or_refused(message: object) -> None:
    try:
        reply = parse_reply(message)
    except WireError:
        return
    assert isinstance(message, list)
    assert message[0] in [known[0] for known, _ in MESSAGES]
    assert type(reply).__module__ == replies.__name__
