"""What authors of hidden tests import: scenario, points, hint, raises, and the submission's text.

A hidden test is an ordinary pytest test. What it wants to know of the submission it asks through
scenarios: functions whose source is sent to the sandbox and called there with the student's module
first. A scenario returns observations as plain data and never judges.
"""

import ast
import builtins
import contextlib
import inspect
import re
import symtable
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, overload

from grader import messages
from grader.results import Frame

if TYPE_CHECKING:
    import pytest


class AuthoringError(Exception):
    """A hidden test is written in a way that cannot work; the message says what to change."""


class Raised(Exception):  # noqa: N818 - an observation, not an error of ours
    """An exception of the submission's, as data: it never arrives as an instance of its own class.

    `bases` are "module.name" texts of its class and all bases; `frames` are the student's own.
    """

    def __init__(
        self, type_name: str, bases: tuple[str, ...], message: str, frames: tuple[Frame, ...] = ()
    ) -> None:
        super().__init__(f"{type_name}: {message}" if message else type_name)
        self.type_name = type_name
        self.bases = bases
        self.message = message
        self.frames = frames

    def is_a(self, expected: type[BaseException] | str) -> bool:
        """Tell whether it is an exception of that class (builtin or by name), or of a subclass."""
        if isinstance(expected, str):
            return any(base.rpartition(".")[2] == expected for base in self.bases)
        return f"{expected.__module__}.{expected.__qualname__}" in self.bases


class Mismatch(AssertionError):  # noqa: N818 - a wrong answer, not an error of ours
    """An assertion that failed, with the sentence for the student and the student's frames."""

    def __init__(self, message: str, frames: tuple[Frame, ...] = ()) -> None:
        super().__init__(message)
        self.frames = frames


class Captured(NamedTuple):
    """What a scenario with `capture=True` gives: its value and what the submission printed."""

    value: Any
    out: str
    err: str


@dataclass(frozen=True)
class Question:
    """One call of a scenario. `fresh` asks for a new import of the submission before it."""

    scenario: str
    arguments: tuple[Any, ...]
    stdin: str
    fresh: bool


class Stage(Protocol):
    """Where hidden tests run: what answers their questions."""

    def ask(self, question: Question) -> Captured:
        """Put a question to the submission; raises Raised when the submission does."""

    def source(self) -> str:
        """Return the text of the submission's main file."""

    def tree(self) -> ast.Module:
        """Return the syntax tree of the submission's main file."""


_stage: ContextVar[Stage] = ContextVar("stage")


@contextlib.contextmanager
def on_stage(stage: Stage) -> Iterator[None]:
    """Let `stage` answer the questions that are asked inside the block."""
    token = _stage.set(stage)
    try:
        yield
    finally:
        _stage.reset(token)


def _current_stage() -> Stage:
    try:
        return _stage.get()
    except LookupError:
        raise AuthoringError(
            "a scenario was called outside a hidden test; call it from a test function in "
            "hidden/test_NAME.py of a bank, not at import"
        ) from None


def source_text() -> str:
    """Return the text of the submission's main file, read by the judge and not by the sandbox."""
    return _current_stage().source()


def syntax_tree() -> ast.Module:
    """Return the syntax tree of the submission's main file, for exercises that forbid a tool."""
    return _current_stage().tree()


def points(number: int) -> "pytest.MarkDecorator":
    """Give a hidden test `number` points, a whole number above 0; without it a test has 1."""
    if type(number) is not int or number < 1:
        raise AuthoringError(f"points takes a whole number above 0, not {number!r}")
    import pytest  # no part of what who reads a recording needs of this module

    return pytest.mark.points(number)


def hint(text: str) -> "pytest.MarkDecorator":
    """Give a hidden test the sentence that helps a student whose submission fails it."""
    import pytest

    return pytest.mark.hint(text)


@contextlib.contextmanager
def raises(
    *expected: type[BaseException] | str, match: str | None = None
) -> Iterator[list[Raised]]:
    """Assert that the submission raises one of `expected`, by class or (its own classes) by name.

    Args:
        expected: builtin exception classes, or names of the submission's own.
        match: a regular expression that the message must contain.

    Yields:
        A list that holds the exception (`Raised`) after the block.
    """
    caught: list[Raised] = []
    try:
        yield caught
    except Raised as error:
        wanted = any(error.is_a(one) for one in expected)
        if not wanted or (match is not None and not re.search(match, error.message)):
            text = _expectation(expected, match)
            sentence = messages.raised_instead(error.type_name, error.message, text)
            raise Mismatch(sentence, error.frames) from None
        caught.append(error)
    else:
        raise Mismatch(messages.not_raised(_expectation(expected, match)))


def _expectation(expected: Sequence[type[BaseException] | str], match: str | None) -> str:
    names = [one if isinstance(one, str) else one.__name__ for one in expected]
    text = " or ".join(names)
    return text if match is None else f"{text} with a message that matches {match!r}"


class Scenario:
    """A function that runs in the sandbox; calling it here asks the submission.

    Attributes:
        name: the function's name.
        source: what is sent: the function without decorators, annotations, docstring, comments.
        is_async: whether it needs an event loop.
    """

    def __init__(self, function: Callable[..., Any], options: dict[str, bool]) -> None:
        self.name = function.__name__
        self.is_async = inspect.iscoroutinefunction(function)
        self._options = options
        self._signature = inspect.signature(function)
        self._where = f"scenario {self.name!r} in {function.__code__.co_filename}"
        self._check_signature()
        self._usual_count = self._count_parameters()
        self.source = _portable_source(function, self._where)
        self._check_names(function)

    def __call__(self, *arguments: Any, stdin: str = "", **named: Any) -> Any:
        """Ask the submission: send the arguments, wait, and return the plain value.

        With the option `capture`, return a `Captured`. Raises Raised when the submission does.
        """
        question = self.question(*arguments, stdin=stdin, **named)
        return self.value_of(_current_stage().ask(question))

    def question(self, *arguments: Any, stdin: str = "", **named: Any) -> Question:
        """Return what a call with these arguments asks."""
        if stdin and not self._options["stdin"]:
            raise AuthoringError(f"{self._where}: only @scenario(stdin=True) takes stdin")
        if named or len(arguments) != self._usual_count:
            arguments = self._bound(arguments, named)
        return Question(self.name, arguments, stdin, self._options["fresh"])

    def _bound(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """Return all arguments by position, as Python's rules for calls have them."""
        try:
            bound = self._signature.bind(None, *arguments, **named)
        except TypeError as error:
            raise AuthoringError(f"{self._where}: {error}") from None
        # Else an argument that is left out would take those after it along.
        bound.apply_defaults()
        return bound.args[1:]

    def _count_parameters(self) -> int | None:
        """Return how many arguments leave nothing to be bound; None where that cannot be said."""
        parameters = list(self._signature.parameters.values())[1:]
        is_fixed = all(one.kind is not one.VAR_POSITIONAL for one in parameters)
        return len(parameters) if is_fixed else None

    def value_of(self, captured: Captured) -> Any:
        """Return what a call gives its test of an answer: all of it, or the value alone."""
        return captured if self._options["capture"] else captured.value

    def _check_signature(self) -> None:
        parameters = list(self._signature.parameters.values())
        if not parameters:
            raise AuthoringError(f"{self._where}: its first parameter is the student's module")
        for parameter in parameters:
            if parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD):
                raise AuthoringError(
                    f"{self._where}: parameter {parameter.name!r} can be given by keyword only; "
                    "arguments travel by position"
                )

    def _check_names(self, function: Callable[..., Any]) -> None:
        """Refuse names that will not exist in the sandbox: globals of the file, and closures."""
        table = symtable.symtable(self.source, self._where, "exec")
        outside = set(_global_names(table)) - set(dir(builtins)) - {self.name}
        outside |= set(function.__code__.co_freevars)
        if outside:
            names = ", ".join(sorted(outside))
            raise AuthoringError(
                f"{self._where}: it uses {names} from outside, which the sandbox does not have; "
                "import or define it inside the scenario, or pass it as an argument"
            )


@overload
def scenario(function: Callable[..., Any], /) -> Scenario: ...
@overload
def scenario(
    *, stdin: bool = False, capture: bool = False, fresh: bool = False
) -> Callable[[Callable[..., Any]], Scenario]: ...
def scenario(
    function: Callable[..., Any] | None = None,
    /,
    *,
    stdin: bool = False,
    capture: bool = False,
    fresh: bool = False,
) -> Scenario | Callable[[Callable[..., Any]], Scenario]:
    """Make a function (plain or `async def`) a scenario; its first parameter is the module.

    Args:
        function: the function, where the decorator is used without arguments.
        stdin: calls take `stdin="..."`, which `input()` and sys.stdin read.
        capture: calls return `Captured(value, out, err)` with what was printed.
        fresh: the submission is imported anew for each call.

    Raises:
        AuthoringError: for a scenario that uses a global of its file or a closure, or whose
            arguments cannot travel by position.
    """
    options = {"stdin": stdin, "capture": capture, "fresh": fresh}
    if function is not None:
        return Scenario(function, options)
    return lambda decorated: Scenario(decorated, options)


def _portable_source(function: Callable[..., Any], where: str) -> str:
    """Return the function's source with nothing but what runs: no comment crosses to a student."""
    try:
        source = textwrap.dedent(inspect.getsource(function))
    except OSError:
        raise AuthoringError(f"{where}: its source cannot be read") from None
    node = ast.parse(source).body[0]
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        raise AuthoringError(f"{where}: a scenario is a function made with `def`")
    node.decorator_list = []
    node.returns = None
    for argument in ast.walk(node.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    if ast.get_docstring(node) is not None:
        node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(node) + "\n"


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the names that a table's functions look up outside of themselves."""
    for symbol in table.get_symbols():
        # At the top stand the function's name and, for defaults of its parameters, others.
        if table.get_type() == "module" and symbol.is_referenced() and not symbol.is_assigned():
            yield symbol.get_name()
    for child in table.get_children():
        for symbol in child.get_symbols():
            if symbol.is_global() and symbol.is_referenced():
                yield symbol.get_name()
        yield from _global_names(child)
