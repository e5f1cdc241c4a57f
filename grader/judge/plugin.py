"""The pytest plugin that makes `pytest hidden/test_NAME.py` work: by default on the reference.

It is loaded into every pytest run where `grade` is installed, so it does nothing at all unless a
file of hidden tests of a bank is named on the command line.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from grader.bank import Exercise
    from grader.results import TestRecord


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --submission and --sandbox."""
    group = parser.getgroup("grade", "hidden tests of a bank of exercises")
    group.addoption(
        "--submission",
        type=Path,
        metavar="FILE",
        help="run the hidden tests on FILE; without it, on the reference",
    )
    group.addoption(
        "--sandbox",
        default="none",
        choices=["docker", "bubblewrap", "none"],
        help="where the submission runs; default: %(default)s",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Set up each file of hidden tests that is named on the command line."""
    for argument in config.args:
        path = Path(argument.partition("::")[0]).absolute()
        if path.parent.name == "hidden" and (path.parent.parent / "exercises").is_dir():
            _set_up(config, path)


def _set_up(config: pytest.Config, path: Path) -> None:
    """Register the plugin object for one file; a wrong option is the user's error, in a line."""
    from grader.catalogue import read_bank
    from grader.errors import GraderError

    try:
        bank = read_bank(path.parent.parent)
        for exercise in bank.exercises:
            if exercise.hidden_test == path:
                _register(config, exercise)
    except GraderError as error:
        raise pytest.UsageError(str(error)) from None


def _register(config: pytest.Config, exercise: "Exercise") -> None:
    from grader.judge.hidden_tests import Collection, HiddenTests
    from grader.judge.session import Session
    from grader.sandbox.base import Order
    from grader.sandbox.choice import SandboxChoice, image_name, take_sandbox
    from grader.submission import read_submission

    submission = read_submission(config.getoption("submission") or exercise.reference, exercise)
    choice = SandboxChoice(config.getoption("sandbox"), image_name(exercise.image))
    session = Session(take_sandbox(choice), Order(exercise.limits, "pytest", 0), submission)
    config.add_cleanup(session.close)
    config.pluginmanager.register(Collection(exercise, shrink=True))
    config.pluginmanager.register(HiddenTests(exercise, submission, session, _forget))


def _forget(record: "TestRecord") -> None:
    """Leave the report to pytest, which is asked here for its own."""
