"""Standard input and output in a submission: fresh for each call, whole, and bounded."""

import io
import sys
from collections.abc import Callable

import pytest
from driver import Driver

from grader.inside.streams import Streams

LIMIT = 1_000


@pytest.fixture
def floods() -> list[str]:
    """Grows where a child would end because too much was written."""
    return []


@pytest.fixture
def streams(floods: list[str], monkeypatch: pytest.MonkeyPatch) -> Streams:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, getattr(sys, name))  # put back afterwards
    return Streams(LIMIT, lambda: floods.append("too much"))


def test_each_call_gets_what_it_wrote_and_no_more(streams: Streams) -> None:
    streams.begin("")
    print("one")
    print("trouble", file=sys.stderr)
    assert streams.end() == ("one\n", "trouble\n")

    streams.begin("")
    print("two")
    assert streams.end() == ("two\n", "")


def test_what_was_written_before_the_first_call_is_not_in_its_output(streams: Streams) -> None:
    print("while importing")
    streams.begin("")

    assert streams.end() == ("", "")


def test_input_is_read_line_by_line(streams: Streams) -> None:
    streams.begin("Ada\n36\n")

    assert input("Name? ") == "Ada"
    assert sys.stdin.readline() == "36\n"
    assert sys.stdin.readline() == ""
    assert streams.end()[0] == "Name? "


def test_input_at_its_end_raises_eof_error(streams: Streams) -> None:
    streams.begin("")

    with pytest.raises(EOFError):
        input()


@pytest.mark.parametrize("size", [3, 100_000])
def test_input_left_unread_is_not_seen_by_the_next_call(size: int, streams: Streams) -> None:
    streams.begin("first\n" + "more\n" * size)
    assert input() == "first"

    streams.begin("second\n")

    assert sys.stdin.read() == "second\n"


def test_input_keeps_any_text(streams: Streams) -> None:
    streams.begin("naïve 日本 \U0001f40d")

    assert sys.stdin.read() == "naïve 日本 \U0001f40d"


def test_an_object_taken_at_import_still_serves_in_later_calls(streams: Streams) -> None:
    streams.begin("")
    stdin, stdout = sys.stdin, sys.stdout  # as by `from sys import stdin, stdout`
    for text in ("one", "two"):
        streams.begin(text)
        stdout.write(stdin.read())
        assert streams.end() == (text, "")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: sys.stdout.close(),
        lambda: sys.stdout.detach(),
        lambda: sys.stdin.close(),
        lambda: sys.stdin.detach(),
        lambda: io.TextIOWrapper(sys.stdout.buffer),  # closes the buffer when it is collected
        lambda: setattr(sys, "stdout", None),
        lambda: setattr(sys, "stdin", io.StringIO("mine")),
    ],
    ids=["close", "detach", "close stdin", "detach stdin", "wrap", "none", "replace stdin"],
)
def test_a_spoilt_stream_is_mended_for_the_next_call(
    spoil: Callable[[], object], streams: Streams
) -> None:
    streams.begin("")
    spoil()
    streams.end()

    streams.begin("input")
    print(sys.stdin.read())

    assert streams.end() == ("input\n", "")


def test_output_written_before_a_stream_was_closed_is_kept(streams: Streams) -> None:
    streams.begin("")
    print("last words")
    sys.stdout.close()

    assert streams.end() == ("last words\n", "")


def test_bytes_and_text_come_in_the_order_in_which_they_were_flushed(streams: Streams) -> None:
    streams.begin("")
    print("text", flush=True)
    sys.stdout.buffer.write(b"bytes \xff\n")

    assert streams.end() == ("text\nbytes �\n", "")


def test_a_lone_surrogate_is_written_as_an_escape(streams: Streams) -> None:
    streams.begin("")
    print("\ud800")

    assert streams.end() == ("\\ud800\n", "")


def test_output_up_to_the_limit_is_kept(streams: Streams, floods: list[str]) -> None:
    streams.begin("")
    sys.stdout.write("x" * (LIMIT - 3))
    sys.stderr.write("yyy")

    assert streams.end() == ("x" * (LIMIT - 3), "yyy")
    assert not floods


def test_both_streams_together_may_not_hold_more_than_the_limit(
    streams: Streams, floods: list[str]
) -> None:
    streams.begin("")
    sys.stdout.write("x" * (LIMIT - 3))
    sys.stderr.write("yyyy")
    streams.end()

    assert floods == ["too much"]


def test_too_much_is_noticed_while_it_is_written(streams: Streams, floods: list[str]) -> None:
    streams.begin("")
    sys.stdout.write("x" * 100_000)

    assert floods


def test_the_limit_is_for_each_call_anew(streams: Streams, floods: list[str]) -> None:
    for _ in range(3):
        streams.begin("")
        sys.stdout.write("x" * LIMIT)
        assert streams.end() == ("x" * LIMIT, "")
    assert not floods


def test_standard_streams_name_their_descriptors(streams: Streams) -> None:
    streams.begin("")

    assert (sys.stdout.fileno(), sys.stderr.fileno()) == (1, 2)


PRINTING = """
from sys import stdout
import sys

print("while importing")

def greet(name):
    print("Hello", name)
    stdout.write("again\\n")
    return input()

def flood():
    while True:
        print("x" * 1000)

def flood_bytes():
    while True:
        sys.stdout.buffer.write(b"x" * 1000)

def close():
    sys.stdout.close()

def fail():
    print("half")
    raise ValueError
"""


def test_a_call_is_answered_with_its_output(start_worker: Callable[..., Driver]) -> None:
    driver = start_worker(PRINTING).begin_test()

    for _ in range(2):
        reply = driver.call("use", "greet", "Ada", stdin="one\ntwo\n")
        assert reply == ["answer", "one", "Hello Ada\nagain\n", ""]


def test_output_of_a_call_that_raised_does_not_reach_the_next(
    start_worker: Callable[..., Driver],
) -> None:
    driver = start_worker(PRINTING).begin_test()
    driver.failure("fail")

    assert driver.call("use", "greet", "Ada", stdin="one\n")[2] == "Hello Ada\nagain\n"


def test_a_call_that_closes_its_output_is_answered_as_is_the_next(
    start_worker: Callable[..., Driver],
) -> None:
    driver = start_worker(PRINTING).begin_test()

    assert driver.call("use", "close") == ["answer", None, "", ""]
    assert driver.failure("greet", "Ada")["type"] == "ValueError"  # the object it kept is closed
    assert driver.use("close") is None


@pytest.mark.parametrize("function", ["flood", "flood_bytes"])
def test_printing_without_end_ends_the_test(
    function: str, start_worker: Callable[..., Driver]
) -> None:
    driver = start_worker(PRINTING).begin_test()
    number = driver.say_call("use", function)

    assert driver.hear() == ["flooded", number]
    assert driver.hear() == ["ended", 0, True]
    driver.begin_test()


def test_printing_without_end_at_import_ends_the_test(
    start_worker: Callable[..., Driver],
) -> None:
    driver = start_worker("while True: print('x' * 1000)")

    assert driver.ask("test") == ["flooded", 0]
    assert driver.hear() == ["ended", 0, True]
