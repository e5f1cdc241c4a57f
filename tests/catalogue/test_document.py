"""Files that are no catalogue at all: that each is reported with the place of its mistake."""

from pathlib import Path

import pytest
from banks import Report

from grader.catalogue import read_bank
from grader.errors import BankError


@pytest.mark.parametrize(
    ("catalog", "place", "value"),
    [
        ('[[section]]\nid = "L2', "line 2, column 9", '"id = \\"L2"'),
        ("[[section]]\nid = L2\n", "line 2, column 6", '"id = L2"'),
        ("a = 1\na = 2\n", "line 2, column 6", '"a = 2"'),
        ("a = 1\r\nb\r\n", "line 2, column 2", '"b"'),
        ("a = \x00", "line 1, column 5", r'"a = \u0000"'),
    ],
)
def test_a_syntax_error_has_line_column_and_the_line(
    problems_of: Report, catalog: str, place: str, value: str
) -> None:
    (problem,) = problems_of(catalog)
    assert (problem.place, problem.value) == (place, value)
    assert problem.message.startswith("is not TOML: ")


def test_bytes_that_are_not_utf8_have_line_and_byte(problems_of: Report) -> None:
    (problem,) = problems_of(b'[[section]]\ntitle = "Caf\xe9"\n')
    assert (problem.place, problem.value) == ("line 2, byte 13", "byte 0xe9")
    assert "save the file as UTF-8" in problem.message


@pytest.mark.parametrize(
    ("catalog", "message"),
    [("a = " + "[" * 5000, "too deeply"), ("a = " + "9" * 5000, "too many digits")],
)
def test_what_the_toml_reader_gives_up_on_is_reported(
    problems_of: Report, catalog: str, message: str
) -> None:
    (problem,) = problems_of(catalog)
    assert problem.place == "whole file"
    assert message in problem.message


def test_a_table_nested_thousandfold_by_a_dotted_key_is_reported(problems_of: Report) -> None:
    (problem, _) = problems_of(".".join(["a"] * 1100) + " = 1")
    assert (problem.place, problem.value) == ("section", "")


def test_a_catalogue_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    (tmp_path / "exercises/catalog.toml").mkdir(parents=True)
    with pytest.raises(BankError, match="whole file: cannot be read: Is a directory"):
        read_bank(tmp_path)


def test_a_catalogue_that_is_not_there_is_reported_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="No such file") as caught:
        read_bank(tmp_path)
    assert str(tmp_path / "exercises/catalog.toml") in str(caught.value)
