"""Hidden tests of the attacked exercise of two files: three, so that one can be lost and the others kept."""

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.testing import points, scenario

SECRET = "the-secret-of-the-hidden-tests"

# Few examples: the attacks are what is tried here, not the arithmetic.
few = settings(max_examples=15)


@scenario
def doubled(student, number):
    return student.double(number)


@scenario
def echoed(student, text):
    return student.echo(text)


@scenario
def totalled(student, numbers):
    return student.total(numbers), numbers


@points(2)
@few
@given(number=st.integers())
def test_double(number):
    """`double` gives twice the number."""
    assert doubled(number) == 2 * number


@points(3)
@few
@given(text=st.text(max_size=5))
def test_echo(text):
    """`echo` gives the text back."""
    assert echoed(text) == text


@points(5)
@few
@given(numbers=st.lists(st.integers(), max_size=5))
def test_total(numbers):
    """`total` gives the sum and leaves the list as it was."""
    got, left = totalled(numbers)
    assert got == sum(numbers)
    assert left == numbers
