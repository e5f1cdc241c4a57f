"""Tells how many points an exercise has, by the text of its hidden tests and without running it."""

import ast

from grader.bank import Exercise

_TestFunction = ast.FunctionDef | ast.AsyncFunctionDef
_DEFAULT = 1  # what `grader.testing.points` says of a test without it


def points_of(exercise: Exercise) -> int | None:
    """Return the points of all hidden tests together, or None where the text does not tell.

    It does not where a file cannot be read, where pytest makes several tests of one function, or
    where points are anything but a number.
    """
    try:
        module = ast.parse(exercise.hidden_test.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
    total = 0
    for test in _tests_in(module.body):
        worth = _points_of(test)
        if worth is None:
            return None
        total += worth
    return total


def _tests_in(body: list[ast.stmt]) -> list[_TestFunction]:
    """Return the functions that pytest collects by their names, those of test classes included."""
    found: list[_TestFunction] = []
    for node in body:
        if isinstance(node, _TestFunction) and node.name.startswith("test"):
            found.append(node)
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            found += _tests_in(node.body)
    return found


def _points_of(test: _TestFunction) -> int | None:
    worth = _DEFAULT
    for decorator in test.decorator_list:
        if not isinstance(decorator, ast.Call):
            continue
        called = ast.unparse(decorator.func).rpartition(".")[2]
        if called == "parametrize":
            return None
        if called == "points":
            number = decorator.args[0] if decorator.args else None
            if not (isinstance(number, ast.Constant) and type(number.value) is int):
                return None
            worth = number.value
    return worth
