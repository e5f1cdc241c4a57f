"""Finds what a failed `assert` of a hidden test compared, so that a student can be told.

The judge runs pytest with `--assert=plain`: its own comparison of two long texts can take minutes,
which a submission could bring about at will. Instead the parts of the one assertion that failed
are evaluated once more, here, in the frame that it failed in. They are the author's expressions
over plain data. A scenario that is called in one does not ask the submission again: it gives the
answer that the same question has had.
"""

import ast
import linecache
from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType, FrameType, TracebackType
from typing import Any

from grader.messages import show
from grader.testing import Captured, Question, Scenario

# Evaluating these a second time would give another value, or do something.
_UNREPEATABLE = (ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.Lambda)
_UNREPEATABLE_CALLS = frozenset({"next", "iter", "open", "input", "print", "exec", "eval"})


@dataclass(frozen=True)
class Comparison:
    """The two sides of a failed comparison, as they are shown; "" for what is not known."""

    got: str = ""
    expected: str = ""


# Gives the answer that a question has had; raises LookupError for one that was never asked.
Recall = Callable[[Question], Captured]


def explain(traceback: TracebackType | None, file: str, recall: Recall) -> Comparison:
    """Return what the innermost assertion of `file` in a traceback compared.

    Never raises: an assertion that cannot be taken apart gives an empty comparison.
    """
    frame, line = _innermost(traceback, file)
    if frame is None:
        return Comparison()
    node = _assertion_at(file, line)
    if node is None:
        return Comparison()
    try:
        return _compare(node.test, _Values(frame, recall))
    except Exception:  # an author's expression may raise anything, and a report must still be made
        return Comparison()


def _innermost(traceback: TracebackType | None, file: str) -> tuple[FrameType | None, int]:
    found: tuple[FrameType | None, int] = (None, 0)
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == file:
            found = (traceback.tb_frame, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _assertion_at(file: str, line: int) -> ast.Assert | None:
    """Return the `assert` statement that covers a line of a file."""
    tree = ast.parse("".join(linecache.getlines(file)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or 0):
            return node
    return None


class _Values:
    """Evaluates expressions of a test once more, with the names of the frame that failed."""

    def __init__(self, frame: FrameType, recall: Recall) -> None:
        # One scope, so that comprehensions see the frame's locals.
        names = {**frame.f_globals, **frame.f_locals}
        self._names = {name: _recalling(value, recall) for name, value in names.items()}

    def of(self, node: ast.expr) -> Any:
        """Return an expression's value; raises ValueError where evaluating it is not safe."""
        if any(map(_cannot_repeat, ast.walk(node))):
            raise ValueError("an expression that cannot be evaluated twice")
        code: CodeType = compile(ast.Expression(node), "<assertion>", "eval")
        return eval(code, self._names)  # noqa: S307 - the author's own expression


def _recalling(value: Any, recall: Recall) -> Any:
    """Return a function that gives a scenario's earlier answers; any other value as it is."""
    if not isinstance(value, Scenario):
        return value
    return lambda *arguments, **named: value.value_of(recall(value.question(*arguments, **named)))


def _cannot_repeat(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id in _UNREPEATABLE_CALLS
    return isinstance(node, _UNREPEATABLE)


def _compare(test: ast.expr, values: _Values) -> Comparison:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for part in test.values:
            if not values.of(part):
                return _compare(part, values)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        got, expected = values.of(test.left), values.of(test.comparators[0])
        return Comparison(show(got), _wanted(test.ops[0], expected))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return Comparison(show(values.of(test.operand)), "nothing, or something empty")
    if isinstance(test, ast.Name | ast.Attribute | ast.Subscript):
        return Comparison(show(values.of(test)), "something true")
    return Comparison()


def _wanted(operator: ast.cmpop, expected: Any) -> str:
    """Return the right side of a comparison, with the operator in words unless it is equality."""
    words: dict[type[ast.cmpop], str] = {
        ast.NotEq: "anything but ",
        ast.Lt: "less than ",
        ast.LtE: "at most ",
        ast.Gt: "more than ",
        ast.GtE: "at least ",
        ast.In: "something in ",
        ast.NotIn: "something not in ",
        ast.IsNot: "anything but ",
    }
    return words.get(type(operator), "") + show(expected)
