"""Finds out which questions of a hidden test are certain: asked whatever the answers are.

The test is run twice more, without the submission, on what was written down while the reference was
judged: once with every value in the answers changed, once with every length. A question that turns
up unchanged both times does not follow from an answer. No assertion fails in these runs, or each
would end at the first one; where one ends for another reason, what would have come after it counts
as uncertain. So the mistake that can be made is to ask a question later than need be.
"""

import ast
import contextlib
import math
import random
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import pytest

from grader.inside.wire import decode
from grader.judge.foresight import key_of_question
from grader.testing import Captured, Question, Raised, on_stage

# An author's loop may wait for an answer that never comes now.
PATIENCE_SECONDS = 10.0

_TWIN = "grader.judge._twin"
_PYTEST_ENDS = (pytest.fail.Exception, pytest.skip.Exception, pytest.exit.Exception)


@dataclass(frozen=True)
class Exchange:
    """A question that was asked in the example with that number, and what came of it."""

    example: int
    question: Question
    reply: Captured | Raised


class _Elsewhere(BaseException):
    """The test has been led elsewhere, or nowhere."""


def certain_questions(
    item: pytest.Function, examples: Sequence[str], exchanges: Sequence[Exchange]
) -> list[bool]:
    """Tell of each question of a test whether it is certain.

    Args:
        item: the test.
        examples: the arguments of each call of its function, in the wire's JSON.
        exchanges: what the reference was asked, in order.
    """
    first, second = (
        _unchanged(item, examples, exchanges, alter) for alter in (other_values, other_lengths)
    )
    return [one and other for one, other in zip(first, second, strict=True)]


def other_values(value: Any) -> Any:
    """Return plain data of the same shape in which no part is as it was."""
    return _altered(value, _other_atom, lambda items: items)


def other_lengths(value: Any) -> Any:
    """Return plain data in which lists, texts and the like are longer, and other values differ.

    A tuple keeps its length: it is what a scenario returns that has several things to tell, and
    the test takes it apart at once.
    """
    return _altered(value, _longer_atom, lambda items: [*items, *items[-1:]] if items else [0])


def _altered(
    value: Any, atom: Callable[[Any], Any], stretch: Callable[[list[Any]], list[Any]]
) -> Any:
    def altered(item: Any) -> Any:
        return _altered(item, atom, stretch)

    kind = type(value)
    if kind in (list, set, frozenset):
        return kind(stretch(list(map(altered, value))))
    if kind is tuple:
        return tuple(map(altered, value))
    if kind is dict:
        pairs = [(altered(key), altered(item)) for key, item in value.items()]
        return dict([*pairs, ("?", 0)] if len(stretch(pairs)) > len(pairs) else pairs)
    return atom(value)


def _other_atom(value: Any) -> Any:
    """Return another value of the type, so far off that no part of it is the same."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, float):
        return 7 * value + 11.5 if math.isfinite(7 * value) else 1.5
    if isinstance(value, int | complex):
        return 7 * value + 11
    if isinstance(value, str):
        return "".join("b" if letter == "a" else "a" for letter in value) or "a"
    if isinstance(value, bytes):
        return bytes(byte ^ 0x55 for byte in value) or b"a"
    return value


def _longer_atom(value: Any) -> Any:
    """Return yet another value of the type, and a longer text."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, float):
        return -value - 5.25 if math.isfinite(value) and value + 5.25 != value else 2.5
    if isinstance(value, int | complex):
        return -value - 5
    if isinstance(value, str | bytes):
        return _other_atom(value) * 2
    return value


def _other_reply(reply: Captured | Raised, alter: Callable[[Any], Any]) -> Captured | Raised:
    if isinstance(reply, Raised):
        return Raised(reply.type_name, reply.bases, alter(reply.message), reply.frames)
    return Captured(alter(reply.value), alter(reply.out), alter(reply.err))


def _unchanged(
    item: pytest.Function,
    examples: Sequence[str],
    exchanges: Sequence[Exchange],
    alter: Callable[[Any], Any],
) -> list[bool]:
    """Run a test on altered answers; tell of each question whether it was asked again."""
    stage = _AlteredStage(exchanges, alter)
    with _twin(item) as function, on_stage(stage), _patience():
        for number, example in enumerate(examples):
            stage.begin(number)
            random.seed(0)  # as Hypothesis does before each example
            # Whatever becomes of it: on answers that are no answers, a test may do anything.
            with contextlib.suppress(Exception, *_PYTEST_ENDS, _Elsewhere):
                function(**decode(example.encode("ascii")))
    return stage.seen


class _AlteredStage:
    """Gives altered answers as long as it is asked what the reference was asked."""

    def __init__(self, exchanges: Sequence[Exchange], alter: Callable[[Any], Any]) -> None:
        self.seen = [False] * len(exchanges)
        self._exchanges = exchanges
        self._alter = alter
        self._next = 0
        self._example = 0

    def begin(self, example: int) -> None:
        """Go on to an example."""
        self._example = example
        while self._next < len(self._exchanges) and self._exchanges[self._next].example < example:
            self._next += 1

    def ask(self, question: Question) -> Captured:
        """Give the altered answer to the next question, if this is it."""
        if self._next == len(self._exchanges):
            raise _Elsewhere
        exchange = self._exchanges[self._next]
        key = key_of_question(question)
        if exchange.example != self._example or key is None:
            raise _Elsewhere
        if key != key_of_question(exchange.question):
            raise _Elsewhere
        self.seen[self._next] = True
        self._next += 1
        reply = _other_reply(exchange.reply, self._alter)
        if isinstance(reply, Raised):
            raise reply
        return reply

    def source(self) -> str:
        """Return no text: what follows from it is not known to be certain."""
        raise _Elsewhere

    def tree(self) -> ast.Module:
        """Return no tree, likewise."""
        raise _Elsewhere


@contextlib.contextmanager
def _patience() -> Iterator[None]:
    """End the block, without an error, when it takes too long."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise _Impatience

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
    try:
        with contextlib.suppress(_Impatience):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Impatience(BaseException):
    """A run takes too long; not one of those that end a single example."""


@contextlib.contextmanager
def _twin(item: pytest.Function) -> Iterator[Callable[..., Any]]:
    """Give the function of a test in a module of its own, in which no assertion fails."""
    module = ModuleType(_TWIN)
    module.__file__ = str(item.path)
    sys.modules[_TWIN] = module  # where dataclasses and the like look for it
    try:
        exec(_code_of(item.path), vars(module))  # noqa: S102 - the author's own tests
        function = vars(module).get(item.name, _nothing)
        handle = getattr(function, "hypothesis", None)
        yield function if handle is None else handle.inner_test
    finally:
        del sys.modules[_TWIN]


def _nothing(**example: Any) -> None:
    """Take the place of a test that stands in a class: it asks nothing that would be certain."""


def _code_of(path: Path) -> CodeType:
    """Return a file's code in which each assertion is worked out, but nothing follows from it."""
    tree = _WithoutAssertions().visit(ast.parse(path.read_bytes()))
    return compile(ast.fix_missing_locations(tree), str(path), "exec")


class _WithoutAssertions(ast.NodeTransformer):
    def visit_Assert(self, node: ast.Assert) -> ast.Expr:
        return ast.Expr(node.test)
