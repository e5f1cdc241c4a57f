"""The sentences for students, and how text of theirs is made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import messages
from grader.messages import MAX_VALUE_CHARACTERS, cut, inert, inert_line, show, syntax_error

# All of Unicode, lone surrogates too, and more often than by chance what moves a terminal.
NASTY = "\x00\x07\x08\x0b\x0c\r\x1b\x7f\x85\x9b\xa0\xad\u200b\u200e\u2028\u202e\u2066\ufeff\udcff"
any_text = st.text(st.characters() | st.sampled_from(NASTY + "\n\t [x]"), max_size=30)


# Inert text


@given(any_text)
def test_inert_text_is_printable_but_for_line_breaks_and_tabs(text: str) -> None:
    assert inert(text).replace("\n", "").replace("\t", "").isprintable()


@given(any_text)
def test_an_inert_line_is_printable(text: str) -> None:
    assert inert_line(text).isprintable()


@given(any_text)
def test_what_is_inert_already_stays_as_it_is(text: str) -> None:
    assert inert(inert(text)) == inert(text)
    assert inert_line(inert_line(text)) == inert_line(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S", "M"))))
def test_letters_of_all_languages_and_markup_stay_as_they_are(text: str) -> None:
    assert inert(text) == inert_line(text) == text


@pytest.mark.parametrize(
    "character", [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA1)), *NASTY]
)
def test_every_control_becomes_an_escape_that_names_it(character: str) -> None:
    shown = inert_line(character)
    assert shown.encode("ascii").decode("unicode_escape") == character
    assert shown.startswith("\\")
    assert inert(character) == (character if character in "\n\t" else shown)


# Values


@pytest.mark.parametrize("value", [None, True, -1.5, "it's", b"\x00", [1, (2,)], {"a": {3}}])
def test_a_value_is_shown_as_in_source_code(value: object) -> None:
    assert show(value) == repr(value)


@pytest.mark.parametrize(
    ("value", "beginning"),
    [
        (10**5000, "0x"),
        (-(10**5000), "-0x"),
        ([10**5000], "<a value with a very large number>"),
        ({"key": 10**5000}, "<a value with a very large number>"),
    ],
    ids=["large", "below zero", "in a list", "in a dict"],
)
def test_an_integer_beyond_pythons_limit_on_digits_is_shown(value: object, beginning: str) -> None:
    assert show(value).startswith(beginning)
    assert len(show(value)) < MAX_VALUE_CHARACTERS + 50


def test_a_long_value_keeps_its_two_ends_and_says_how_much_is_left_out() -> None:
    assert show("a" * 1000) == (
        "'" + "a" * 199 + " ... (602 characters left out) ... " + "a" * 199 + "'"
    )


def test_what_is_just_short_enough_is_not_cut() -> None:
    text = "a" * MAX_VALUE_CHARACTERS
    assert cut(text) == text
    assert cut(text + "b") != text + "b"


@given(st.text(max_size=2000))
def test_a_cut_text_is_never_long(text: str) -> None:
    assert len(cut(text)) <= MAX_VALUE_CHARACTERS + 50


# Sentences


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (messages.failed(), "Your code gave a wrong answer."),
        (messages.raised("KeyError", "'a'"), "Your code raised KeyError: 'a'."),
        (messages.raised("KeyError", ""), "Your code raised KeyError."),
        (messages.raised("ValueError", "No."), "Your code raised ValueError: No."),
        (messages.raised("ValueError", "..."), "Your code raised ValueError: ..."),
        (
            messages.raised_instead("KeyError", "1", "ValueError"),
            "Your code raised KeyError: 1, where ValueError was expected.",
        ),
        (
            messages.not_raised("ValueError"),
            "Your code raised nothing, where ValueError was expected.",
        ),
        (
            messages.timed_out(2.5),
            "Your code had not finished after 2.5 s. Does it loop for ever?",
        ),
        (
            messages.submission_timed_out(60.0),
            "The 60 s for all tests together were used up before this one.",
        ),
        (
            messages.out_of_memory(256 * 1024 * 1024),
            "Your code used more than the 256 MiB of memory that it may.",
        ),
        (
            messages.too_much_output(64 * 1024),
            "Your code printed more than 64 KiB in one call.",
        ),
        (
            messages.too_much_output(1025),
            "Your code printed more than 1025 bytes in one call.",
        ),
        (
            messages.crashed(messages.exited(-11)),
            "Your code ended the Python process (signal 11) before it had answered.",
        ),
        (
            messages.crashed(messages.exited(3)),
            "Your code ended the Python process (exit status 3) before it had answered.",
        ),
        (messages.missing_name("double"), "Your file has no `double`."),
        (messages.missing_file("app.py"), "Your folder has no file app.py."),
        (
            messages.not_utf8(7),
            "Your file is not UTF-8 text (line 7); save it with the encoding UTF-8.",
        ),
        (
            messages.import_raised("ImportError", "no x"),
            "Importing your file raised ImportError: no x.",
        ),
        (
            messages.import_raised("SystemExit", "0"),
            "Your file calls sys.exit() (or raises SystemExit) while it is imported.",
        ),
        (
            messages.import_failed(messages.timed_out(1.0)),
            "Importing your file did not work: your code had not finished after 1 s. "
            "Does it loop for ever?",
        ),
    ],
)
def test_a_sentence_reads(sentence: str, expected: str) -> None:
    assert sentence == expected


def test_what_is_our_fault_is_said_to_cost_nothing() -> None:
    assert "not your fault" in messages.not_judged()


# Syntax errors


def test_a_syntax_error_shows_the_line_and_a_caret_below_the_place() -> None:
    assert syntax_error("invalid syntax", 2, 9, "    a = = b") == (
        "Your file cannot be read as Python: invalid syntax in line 2.\n    a = = b\n        ^"
    )


def test_the_caret_stands_below_its_character_whatever_tabs_are_shown_as() -> None:
    code, pointer = syntax_error("invalid syntax", 1, 6, "\ta\t= = b").splitlines()[1:]
    assert code.expandtabs(4).index("=") == pointer.expandtabs(4).index("^") - 2
    assert code.expandtabs(8).index("=") == pointer.expandtabs(8).index("^") - 2


@pytest.mark.parametrize(
    ("line", "column", "code", "expected"),
    [
        (0, 0, "", "Your file cannot be read as Python: bad."),
        (3, 4, "   ", "Your file cannot be read as Python: bad in line 3."),
        (3, 0, "a b", "Your file cannot be read as Python: bad in line 3.\n    a b"),
    ],
    ids=["no place", "no code", "no column"],
)
def test_a_syntax_error_says_what_is_known(
    line: int, column: int, code: str, expected: str
) -> None:
    assert syntax_error("bad", line, column, code) == expected


@given(column=st.integers(min_value=1, max_value=2**31), code=st.text(max_size=40))
def test_the_caret_is_never_far_beyond_the_line(column: int, code: str) -> None:
    # The column comes from the sandbox, which could ask for a line of gigabytes.
    assert len(syntax_error("bad", 1, column, code)) <= 2 * len(code) + 80


def test_a_value_is_shown_without_its_address() -> None:
    assert messages.show([len, lambda: 0, object()]) == (
        "[<built-in function len>, <function test_a_value_is_shown_without_its_address.<locals>."
        "<lambda>>, <object object>]"
    )
    assert messages.show("at 0x12") == "'at 0x12'"
