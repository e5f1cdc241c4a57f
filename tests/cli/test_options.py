"""Options that commands share: limits by NAME=VALUE, and where a bank is looked for."""

import re
from pathlib import Path

import click
import pytest

from grader.cli.options import LimitOption, describe_limits, open_bank
from grader.errors import BankError, UsageError
from grader.limits import LIMIT_NAMES, MIB, Limits, parse_limit


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("test_seconds=2.5", ("test_seconds", 2.5)),
        ("memory_bytes=512MiB", ("memory_bytes", 512 * MIB)),
        ("processes=8", ("processes", 8)),
    ],
)
def test_a_limit_is_a_name_and_a_number(text: str, limit: tuple[str, float]) -> None:
    assert LimitOption().convert(text, None, None) == limit


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("seconds=3", f"'seconds' is no limit; the limits are {', '.join(LIMIT_NAMES)}"),
        ("=3", "'' is no limit"),
        ("test_seconds", "test_seconds has no value; write test_seconds=VALUE"),
        ("test_seconds=", "test_seconds must be a number above 0, not ''"),
        ("test_seconds=soon", "test_seconds must be a number above 0, not 'soon'"),
        ("test_seconds=nan", "test_seconds must be a number above 0, not 'nan'"),
        ("test_seconds=inf", "test_seconds must be a number above 0, not 'inf'"),
        ("processes=1.5", "processes must be a whole number above 0, not '1.5'"),
        ("memory_bytes=1GB", "memory_bytes must be a size such as 65536, 64KiB or 256MiB"),
        ("memory_bytes=-1", "memory_bytes must be a size"),
    ],
)
def test_what_is_no_limit_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(click.BadParameter) as caught:
        LimitOption().convert(text, None, None)
    assert caught.value.message.startswith(sentence)


def test_the_defaults_in_the_help_can_be_typed_as_they_stand() -> None:
    shown = dict(re.findall(r"(\w+)=([^,]+?)[,.](?: |$)", describe_limits()))
    assert ["test_seconds", *shown] == list(LIMIT_NAMES)
    assert {name: parse_limit(name, text) for name, text in shown.items()} | {
        "test_seconds": None
    } == vars(Limits())
    assert shown["memory_bytes"] == "256MiB"


def test_a_bank_is_looked_for_from_here_or_from_where_one_says(
    small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_bank(None, small_bank / "solutions").root == small_bank
    monkeypatch.chdir(small_bank / "solutions")
    assert open_bank(None).root == small_bank


def test_a_named_bank_has_to_be_one_and_to_be_right(small_bank: Path) -> None:
    with pytest.raises(UsageError, match="is no bank"):
        open_bank(small_bank / "solutions")
    (small_bank / "hidden/test_double.py").unlink()
    with pytest.raises(BankError, match=r"the hidden test hidden/test_double\.py is missing"):
        open_bank(small_bank)
