"""The limits: the documented defaults, and what each of them can be set to."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.limits import GIB, KIB, LIMIT_NAMES, MIB, LimitError, Limits, parse_limit

BYTES_NAMES = [name for name in LIMIT_NAMES if name.endswith("_bytes")]
SECONDS_NAMES = [name for name in LIMIT_NAMES if name.endswith("_seconds")]


def test_the_defaults_are_those_that_the_documentation_gives() -> None:
    assert dataclasses.asdict(Limits()) == {
        "test_seconds": None,
        "submission_seconds": 60,
        "memory_bytes": 268_435_456,
        "processes": 64,
        "cpus": 1,
        "files_bytes": 33_554_432,
        "answer_bytes": 1_048_576,
        "output_bytes": 65_536,
    }


def test_a_tests_time_follows_from_what_the_reference_takes_unless_it_is_set() -> None:
    assert Limits().seconds_for(None) == 10
    assert Limits().seconds_for(0.01) == 2
    assert Limits().seconds_for(0.5) == 10
    assert Limits().seconds_for(3) == 60
    for reference in (None, 0.01, 3):
        assert Limits(test_seconds=5).seconds_for(reference) == 5


def test_replace_changes_what_it_is_given_and_nothing_else() -> None:
    limits = Limits(processes=7)
    changed = limits.replace({"memory_bytes": "512MiB", "cpus": 0.5})
    assert changed == Limits(processes=7, memory_bytes=512 * MIB, cpus=0.5)
    assert limits == Limits(processes=7)


def test_replacing_nothing_gives_equal_limits() -> None:
    assert Limits(cpus=3).replace({}) == Limits(cpus=3)


def test_replace_refuses_an_unknown_name_and_lists_the_known() -> None:
    with pytest.raises(LimitError) as caught:
        Limits().replace({"memory": "1GiB"})
    assert "'memory' is no limit" in str(caught.value)
    assert all(name in str(caught.value) for name in LIMIT_NAMES)


@pytest.mark.parametrize(
    ("value", "size_bytes"),
    [
        (1, 1),
        (65536, 65536),
        ("65536", 65536),
        ("512B", 512),
        ("64KiB", 64 * KIB),
        ("256MiB", 256 * MIB),
        ("2GiB", 2 * GIB),
        (" 2 GiB ", 2 * GIB),
    ],
)
@pytest.mark.parametrize("name", BYTES_NAMES)
def test_a_size_is_a_number_of_bytes_or_has_a_binary_unit(
    name: str, value: object, size_bytes: int
) -> None:
    assert parse_limit(name, value) == size_bytes


@pytest.mark.parametrize(
    "value",
    [0, -1, 1.5, True, None, [], {}, "", "MiB", "1.5MiB", "-1MiB", "0GiB", "1MB", "1mib", "1 2"],
)
@pytest.mark.parametrize("name", BYTES_NAMES)
def test_no_size_is_refused_with_name_and_value(name: str, value: object) -> None:
    with pytest.raises(LimitError) as caught:
        parse_limit(name, value)
    assert str(caught.value).startswith(f"{name} must be a size such as")
    assert str(caught.value).endswith(f"not {value!r}")


@pytest.mark.parametrize(("value", "number"), [(5, 5), (0.25, 0.25), ("2.5", 2.5), ("1e3", 1000)])
@pytest.mark.parametrize("name", [*SECONDS_NAMES, "cpus"])
def test_seconds_and_cpus_are_numbers_or_text_of_one(
    name: str, value: object, number: float
) -> None:
    assert parse_limit(name, value) == number


@pytest.mark.parametrize(
    "value",
    [0, -1, -0.5, True, None, [], "", "ten", "5s", "inf", "nan", float("inf"), float("nan"), 1e9],
)
@pytest.mark.parametrize("name", [*SECONDS_NAMES, "cpus", "processes"])
def test_what_no_clock_can_wait_for_is_refused_with_name_and_value(
    name: str, value: object
) -> None:
    with pytest.raises(LimitError) as caught:
        parse_limit(name, value)
    assert str(caught.value).startswith(f"{name} must be a")
    assert str(caught.value).endswith(f"not {value!r}")


def test_processes_are_whole() -> None:
    assert parse_limit("processes", "16") == 16
    with pytest.raises(LimitError, match=r"a whole number above 0, not 1\.5"):
        parse_limit("processes", 1.5)


@given(name=st.sampled_from(LIMIT_NAMES), value=st.text() | st.integers() | st.floats())
def test_any_value_gives_a_limit_above_zero_or_a_limit_error(name: str, value: object) -> None:
    try:
        parsed = parse_limit(name, value)
    except LimitError:
        return
    assert parsed > 0
    assert isinstance(parsed, int) or name in (*SECONDS_NAMES, "cpus")


@given(st.integers(1, 10**6), st.sampled_from([("", 1), ("B", 1), ("KiB", KIB), ("GiB", GIB)]))
def test_a_unit_multiplies(number: int, unit: tuple[str, int]) -> None:
    name, factor = unit
    assert parse_limit("memory_bytes", f"{number}{name}") == number * factor
