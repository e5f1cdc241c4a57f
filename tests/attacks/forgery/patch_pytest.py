# Expected: double fails
# Tries: patches the test runner, wherever it is to be found

import gc
import sys


def passed(*args, **kwargs):
    return "passed"


def double(number):
    for module in list(sys.modules.values()):
        for name in (
            "TestReport",
            "Function",
            "Session",
            "CallInfo",
            "Mismatch",
            "judge_exception",
        ):
            if hasattr(module, name):
                setattr(module, name, passed)
    for thing in gc.get_objects():
        if type(thing).__name__ in ("TestReport", "Session", "Function"):
            thing.outcome = "passed"
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
