"""Every limit that a submission is held to, with its default, its unit and its reader.

A limit is set for all by the defaults here, for one exercise by `limits` in the catalogue, and for
one run by `--limit NAME=VALUE`; each later one replaces the earlier.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB

# Fifteen digits are a petabyte: more than anybody means, and far from what int() refuses to read.
_BYTES = re.compile(r"(?P<number>\d{1,15})\s*(?P<unit>B|KiB|MiB|GiB)?")
_UNITS = {None: 1, "B": 1, "KiB": KIB, "MiB": MIB, "GiB": GIB}

# A hang costs two seconds and not ten, and a slow machine is not a student's fault.
LEAST_TEST_SECONDS = 2.0
TIMES_REFERENCE = 20.0
UNKNOWN_TEST_SECONDS = 10.0
"""Where the reference's time is not known, as for `pytest hidden/test_NAME.py`."""


class LimitError(ValueError):
    """A limit has an unknown name or a value that cannot be one; the message names both."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds are wall-clock seconds that the judge spent waiting.

    Where `test_seconds` is None, what the reference takes for a test decides (`seconds_for`).
    """

    test_seconds: float | None = None
    submission_seconds: float = 60.0
    memory_bytes: int = 256 * MIB
    processes: int = 64
    cpus: float = 1.0
    files_bytes: int = 32 * MIB
    answer_bytes: int = 1 * MIB
    output_bytes: int = 64 * KIB

    def seconds_for(self, reference_seconds: float | None) -> float:
        """Return what a test may take, given what the reference took for it on this machine."""
        if self.test_seconds is not None:
            return self.test_seconds
        if reference_seconds is None:
            return UNKNOWN_TEST_SECONDS
        return max(LEAST_TEST_SECONDS, TIMES_REFERENCE * reference_seconds)

    def replace(self, changes: Mapping[str, object]) -> "Limits":
        """Return these limits with `changes` (name to number, or to text such as "512MiB").

        Raises:
            LimitError: for an unknown name, or a value that is no positive number of its unit.
        """
        parsed = {name: parse_limit(name, value) for name, value in changes.items()}
        return dataclasses.replace(self, **parsed)  # type: ignore[arg-type]


@dataclass(frozen=True)
class JudgeBounds:
    """What a judge's process may use: it is trusted, but what it compares is a submission's.

    `seconds` come on top of the time that the submission has; they are for drawing examples and
    comparing answers.
    """

    seconds: float = 60.0
    memory_bytes: int = 2 * GIB


LIMIT_NAMES = tuple(field.name for field in dataclasses.fields(Limits))


def parse_limit(name: str, value: object) -> float | int:
    """Read one limit: a positive number, for `..._bytes` also text with B, KiB, MiB or GiB.

    Raises:
        LimitError: for an unknown name or an impossible value.
    """
    if name not in LIMIT_NAMES:
        raise LimitError(f"{name!r} is no limit; the limits are {', '.join(LIMIT_NAMES)}")
    if name.endswith("_bytes"):
        return _parse_bytes(name, value)
    return _parse_number(name, value, whole=name == "processes")


def _parse_bytes(name: str, value: object) -> int:
    match = _BYTES.fullmatch(str(value).strip())
    number = int(match["number"]) * _UNITS[match["unit"]] if match else 0
    if isinstance(value, bool) or number < 1:
        raise LimitError(f"{name} must be a size such as 65536, 64KiB or 256MiB, not {value!r}")
    return number


def _parse_number(name: str, value: object, *, whole: bool) -> float | int:
    kind = "a whole number above 0" if whole else "a number above 0"
    try:
        number = int(str(value)) if whole else float(str(value))
    except ValueError:
        raise LimitError(f"{name} must be {kind}, not {value!r}") from None
    # The comparison also refuses nan; the upper end refuses inf, which no clock can wait for.
    if not 0 < number < 1e9:
        raise LimitError(f"{name} must be {kind}, not {value!r}")
    return number
