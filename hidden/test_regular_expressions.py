"""Hidden tests of the exercise `regular_expressions`; what is expected is found without `re`."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

OPERATORS = ["+", "-", "*", "/", "**", "//", "(", ")", "<", "<=", ">", ">=", "=="]
DIGITS = "0123456789"


@scenario
def tokens_of(student, text):
    return student.tokenize(text)


@scenario
def tokens_or_offset(student, text):
    try:
        return student.tokenize(text)
    except SyntaxError as error:
        return {"SyntaxError": {"offset": error.offset}}


def is_digits(text):
    return text != "" and set(text) <= set(DIGITS)


def is_number(text):
    mantissa, has_exponent, exponent = text.replace("E", "e").partition("e")
    whole, point, fraction = mantissa.partition(".")
    if has_exponent and not is_digits(exponent[exponent[:1] in ("+", "-") :]):
        return False
    if point:
        return is_digits(fraction) and whole.strip(DIGITS) == ""
    return is_digits(whole)


def kind_of(text):
    """Return the kind of token that a text is, or None."""
    if text in OPERATORS:
        return "op"
    if text.isascii() and text.isidentifier():
        return "name"
    return "number" if is_number(text) else None


def expected_tokens(text):
    """Return the tokens, or where there is none as the scenario tells it."""
    tokens, start = [], 0
    while start < len(text):
        ends = [end for end in range(start + 1, len(text) + 1) if kind_of(text[start:end])]
        if ends:
            token = text[start : ends[-1]]
            tokens.append((kind_of(token), token, start))
            start = ends[-1]
        elif text[start] in " \t":
            start += 1
        else:
            return {"SyntaxError": {"offset": start}}
    return tokens


def is_clean(text):
    """Tell whether all of a text is tokens and blanks."""
    return isinstance(expected_tokens(text), list)


digits = st.text(DIGITS, min_size=1, max_size=2)
numbers = st.builds(
    lambda mantissa, exponent: mantissa + exponent,
    st.one_of(
        digits,
        st.builds("{}.{}".format, digits, digits),
        st.builds(".{}".format, digits),
    ),
    st.sampled_from(["", "", "e1", "E20", "e-3", "E+4"]),
)
names = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from("aezAZ_"),
    st.text("aezAZ_059", max_size=2),
)
operators = st.sampled_from(OPERATORS)
blanks = st.sampled_from([" ", " ", "  ", "\t"])


spaced_tokens = st.lists(
    st.builds(lambda token, blank: token + blank, numbers | names | operators, blanks), max_size=5
).map("".join)
spaced_expressions = st.one_of(
    spaced_tokens, spaced_tokens.map(str.strip), spaced_tokens.map(" {}".format)
)


@points(2)
@hint(
    "Each token is a tuple of its kind, its text and the index where it starts. Count the blanks "
    "for the index, but let them give no token. Which forms can a number have?"
)
@given(text=spaced_expressions)
def test_tokens_between_blanks(text):
    """`tokenize` finds numbers, names and operators between blanks, with their places."""
    tokens = tokens_of(text)
    assert tokens == expected_tokens(text)


@points(1)
@hint("Of several operators that fit at one place, the longest is taken. Which one is tried first?")
@given(text=st.lists(operators | st.sampled_from("a1"), max_size=5).map("".join).filter(is_clean))
def test_longest_operator(text):
    """`tokenize` takes the longest operator that fits, also where no blank stands."""
    tokens = tokens_of(text)
    assert tokens == expected_tokens(text)


# Few different pieces, so that those meet which mislead, as in 1.5.5 and 1e2e2.
one_and_more = st.lists(st.sampled_from([".5", "e2"]), max_size=3).map(lambda more: ["1", *more])
number_and_name_pieces = st.lists(
    st.sampled_from(["1", "20", ".5", "e", "E", "+", "-", "x", "_"]), max_size=6
)
touching_numbers = (one_and_more | number_and_name_pieces).map("".join).filter(is_clean)


@points(1)
@hint(
    "Where does a number end? An exponent needs digits, a point needs digits after it, and what "
    "does not belong to the number begins the next token."
)
@given(text=touching_numbers)
def test_numbers_and_names_that_touch(text):
    """`tokenize` finds the longest number or name, also where no blank stands."""
    tokens = tokens_of(text)
    assert tokens == expected_tokens(text)


foreign_piece = st.sampled_from(["", "$", "=", ".", "7.", "!", "\n", "\xa0", "é", "²", "٣"])
clean_piece = st.sampled_from(["7", "a", "(", " ", "\t"])
clean_pieces = st.lists(clean_piece, max_size=3).map("".join)
more_pieces = st.lists(clean_piece | foreign_piece, max_size=3).map("".join)
nothing = st.just("")


@points(2)
@hint(
    "Does your code look at every character, one token after the other? What does it do where the "
    "pattern does not match? Mind that some shorthands of `re` take more than ASCII characters."
)
@given(text=st.builds("{}{}{}".format, clean_pieces, foreign_piece, nothing | more_pieces))
def test_what_is_no_token(text):
    """`tokenize` raises SyntaxError with the `offset` of the first character that fits nothing."""
    answer = tokens_or_offset(text)
    assert answer == expected_tokens(text)


@scenario
def dates_rewritten(student, text):
    return student.iso_dates(text)


def with_iso_dates(text):
    """Look at each run of digits and slashes: it is a date as a whole, or holds none."""
    runs = ["".join(run) for _, run in groupby(text, lambda one: one in DIGITS + "/")]
    return "".join(map(iso_or_unchanged, runs))


def iso_or_unchanged(run):
    parts = run.split("/")
    if [len(part) for part in parts] not in ([1, 1, 4], [1, 2, 4], [2, 1, 4], [2, 2, 4]):
        return run
    day, month, year = parts
    if int(day) in range(1, 32) and int(month) in range(1, 13):
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return run


def two_forms(numbers):
    """Draw a number as it is, or with a leading zero."""
    return st.builds(
        lambda form, number: form.format(number), st.sampled_from(["{}", "{:02}"]), numbers
    )


years = st.sampled_from(["2024", "1999", "0800"])
days = two_forms(st.integers(1, 31) | st.sampled_from([1, 30, 31]))
months = two_forms(st.integers(1, 12) | st.sampled_from([1, 2, 12]))
dates = st.builds("{}/{}/{}".format, days, months, years)
words = st.sampled_from(["on", "1-2", "3/4", "2024", "and/or", "7.5"])


@points(2)
@hint(
    "Which group of your pattern is the day, which the month? A day or month of one digit gets a "
    "leading zero, and what is no date stays as it is."
)
@given(
    text=st.lists(
        st.builds(
            lambda piece, gap: piece + gap, dates | words, st.sampled_from([" ", ", ", "\n"])
        ),
        max_size=4,
    ).map("".join)
)
def test_dates_are_rewritten(text):
    """`iso_dates` rewrites every date in a text and leaves the rest as it is."""
    rewritten = dates_rewritten(text)
    assert rewritten == with_iso_dates(text)


digit_pairs = st.sampled_from(["00", "0", "13", "20", "31", "32", "40", "99", "001", "٣", ""])
other_years = st.sampled_from(["2024", "999", "24", "20245", "٢024"])


def date_texts(days, months, years):
    return st.builds("{}/{}/{}".format, days, months, years)


# Mostly only one of the three cannot be, since one is enough to leave all alone.
near_dates = st.one_of(
    date_texts(st.sampled_from(["0", "31", "32", "33"]), months, years),
    date_texts(digit_pairs, months, years),
    date_texts(days, digit_pairs, years),
    date_texts(days, months, other_years),
    date_texts(st.integers(0, 40), st.integers(0, 20), years),
)


@points(1)
@hint(
    "`\\d\\d?` takes 32 and 0 as well. Where does your code check the range, and how many digits "
    "does it want for the year? Which characters are digits?"
)
@given(text=near_dates)
def test_impossible_dates_stay(text):
    """`iso_dates` leaves days, months and years alone that cannot be, and only these."""
    rewritten = dates_rewritten(text)
    assert rewritten == with_iso_dates(text)


neighbours = st.text("3/x_-.(٣ ", max_size=2)


@points(1)
@hint(
    "A pattern can look at the character before and after a date without taking it. Which "
    "characters must not stand there, and which may?"
)
@given(
    text=st.lists(st.builds(lambda date, gap: date + gap, dates, neighbours), max_size=2).flatmap(
        lambda pieces: neighbours.map(lambda first: first + "".join(pieces))
    )
)
def test_neighbours_of_dates(text):
    """`iso_dates` leaves a date alone that a digit or a slash touches, and only then."""
    rewritten = dates_rewritten(text)
    assert rewritten == with_iso_dates(text)
