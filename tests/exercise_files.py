"""One small exercise that is written without fault, and a function that writes it with one."""

from collections.abc import Mapping
from pathlib import Path

from grader.bank import Exercise
from grader.catalogue.layout import paths_of

STUB = '''"""Write `double(number, times=1)`: twice the number, so many times.

A negative `times` raises ValueError.

>>> double(4)
8
"""


def double(number, times=1):
    raise NotImplementedError
'''

HIDDEN = '''
from grader.testing import points, raises, scenario


@scenario
def doubled(student, number, times):
    return student.double(number, times=times)


@points(2)
def test_double():
    """`double` gives twice the number."""
    assert doubled(4, 1) == 8


def test_negative():
    """Fewer than no times is an error."""
    with raises(ValueError):
        doubled(4, -1)
'''

REFERENCE = "def double(number, times=1):\n    return number * 2**times\n"
WRONG = "# Mistake: the number as it is. Caught by: test_double\n"


def write_exercise(
    root: Path,
    *,
    stub: str | Mapping[str, str] = STUB,
    hidden: str = HIDDEN,
    reference: str | Mapping[str, str] = REFERENCE,
    wrong: Mapping[str, str | Mapping[str, str]] | None = None,
) -> Exercise:
    """Write an exercise into the bank at `root`; what is not given is without fault.

    Stub, reference and each wrong solution are a text, or of a folder its files' texts.
    """
    files = ("small.py",) if isinstance(stub, str) else tuple(stub)
    paths = paths_of(root, "small", files)
    _write(paths.stub, stub)
    _write(paths.hidden_test, hidden)
    _write(paths.reference, reference)
    for name, content in ({"same.py": WRONG} if wrong is None else wrong).items():
        _write(paths.wrong_dir / name, content)
    return Exercise("small", "Small", "L1", files, **paths._asdict())


def _write(path: Path, content: str | Mapping[str, str]) -> None:
    if not isinstance(content, str):
        for name, text in content.items():
            _write(path / name, text)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
