"""Runs a file of plain tests on several submissions in one process.

    python run_plain_tests.py TESTS SUBMISSION...

writes an object to standard output: by submission, by test, whether it passed. A test that takes
longer than PATIENCE_SECONDS has not.
"""

import importlib.util
import json
import signal
import sys
from types import FrameType, ModuleType

PATIENCE_SECONDS = 2


class Hanging(BaseException):
    """Is raised in a test that takes too long; not one of those that Hypothesis tries again."""


def load(name: str, file: str) -> ModuleType:
    """Import a file under a name."""
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def passes(tests: ModuleType, name: str) -> bool:
    """Run one test."""
    signal.alarm(PATIENCE_SECONDS)
    try:
        getattr(tests, name)()
    except (Exception, Hanging):
        return False
    finally:
        signal.alarm(0)
    return True


def give_up(number: int, frame: FrameType | None) -> None:
    """Handle the alarm."""
    raise Hanging


def main(tests_file: str, submissions: list[str]) -> None:
    """Run all tests on all submissions."""
    signal.signal(signal.SIGALRM, give_up)
    passed = {}
    for file in submissions:
        load("sequences", file)
        tests = load("plain_tests", tests_file)
        names = [name for name in vars(tests) if name.startswith("test_")]
        passed[file] = {name: passes(tests, name) for name in names}
    json.dump(passed, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
