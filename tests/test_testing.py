"""What authors of hidden tests import: scenarios that can cross, marks, and expected exceptions."""

import ast
import asyncio
from typing import Any

import pytest

from grader.results import Frame
from grader.testing import (
    AuthoringError,
    Captured,
    Mismatch,
    Question,
    Raised,
    Scenario,
    on_stage,
    points,
    raises,
    scenario,
    source_text,
    syntax_tree,
)

LIMIT = 3


class EchoStage:
    """Answers each question with its arguments, and keeps the questions."""

    def __init__(self) -> None:
        self.questions: list[Question] = []

    def ask(self, question: Question) -> Captured:
        self.questions.append(question)
        return Captured(list(question.arguments), "out", "err")

    def source(self) -> str:
        return "x = 1\n"

    def tree(self) -> ast.Module:
        return ast.parse(self.source())


@scenario
def echo(student: Any, *arguments: Any) -> Any:
    return student.echo(*arguments)


@scenario
def with_defaults(student: Any, first: int = 1, second: int = 2, third: int = 3) -> Any:
    return student.echo(first, second, third)


# A call of a scenario is a question.


def test_a_call_asks_the_stage_and_gives_the_value() -> None:
    stage = EchoStage()
    with on_stage(stage):
        assert echo(1, "two") == [1, "two"]
    assert stage.questions == [Question("echo", (1, "two"), "", fresh=False)]


@pytest.mark.parametrize(
    ("arguments", "named", "asked"),
    [
        ((), {}, (1, 2, 3)),
        ((7,), {}, (7, 2, 3)),
        ((), {"second": 7}, (1, 7, 3)),
        ((7,), {"third": 9}, (7, 2, 9)),
        ((), {"third": 9, "first": 7}, (7, 2, 9)),
    ],
)
def test_arguments_given_by_name_or_left_out_travel_by_position(
    arguments: tuple[int, ...], named: dict[str, Any], asked: tuple[int, ...]
) -> None:
    assert with_defaults.question(*arguments, **named).arguments == asked


@pytest.mark.parametrize(
    ("arguments", "named"), [((1, 2, 3, 4), {}), ((), {"fourth": 4}), ((1,), {"first": 1})]
)
def test_arguments_that_the_scenario_does_not_take_are_the_authors_error(
    arguments: tuple[int, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(AuthoringError, match=r"scenario 'with_defaults' in .*test_testing\.py: "):
        with_defaults.question(*arguments, **named)


def test_with_capture_a_call_gives_what_was_printed_as_well() -> None:
    @scenario(capture=True)
    def act(student: Any) -> Any:
        return student.act()

    with on_stage(EchoStage()):
        assert act() == Captured([], "out", "err")


def test_with_stdin_a_call_takes_the_text_that_input_reads() -> None:
    @scenario(stdin=True)
    def act(student: Any, number: int) -> Any:
        return student.act(number)

    assert act.question(1, stdin="a line\n") == Question("act", (1,), "a line\n", fresh=False)


def test_without_the_option_stdin_is_the_authors_error() -> None:
    with pytest.raises(AuthoringError, match="only @scenario\\(stdin=True\\) takes stdin"):
        echo.question(stdin="a line\n")


def test_with_fresh_each_call_asks_for_a_new_import() -> None:
    @scenario(fresh=True)
    def act(student: Any) -> Any:
        return student.act()

    assert act.question().fresh


def test_the_exception_of_a_submission_passes_through() -> None:
    class RaisingStage(EchoStage):
        def ask(self, question: Question) -> Captured:
            raise Raised("ValueError", ("builtins.ValueError",), "no")

    with on_stage(RaisingStage()), pytest.raises(Raised, match="ValueError: no"):
        echo()


# The stage.


def test_outside_a_hidden_test_a_scenario_says_where_it_can_be_called() -> None:
    with pytest.raises(AuthoringError, match="a scenario was called outside a hidden test"):
        echo()


def test_the_stage_is_gone_after_its_block_whatever_happened() -> None:
    with pytest.raises(KeyError), on_stage(EchoStage()):
        raise KeyError
    with pytest.raises(AuthoringError):
        echo()


def test_source_and_tree_are_the_stages() -> None:
    with on_stage(EchoStage()):
        assert source_text() == "x = 1\n"
        assert isinstance(syntax_tree().body[0], ast.Assign)


# What crosses of a scenario.


@scenario
def chatty(
    student: "secret annotation",  # type: ignore[valid-type]  # noqa: F722
    numbers: list[int],
    /,
    *more: "secret annotation",  # type: ignore[valid-type]  # noqa: F722
) -> "secret result":  # type: ignore[valid-type]  # noqa: F722
    """A secret docstring.

    With a secret second paragraph.
    """
    # a secret comment
    text = "# not a comment"  # another secret comment

    def inner(number: int) -> int:
        """Part of the code: exercises look at docstrings and annotations."""
        return number

    return student.act(inner, numbers, more, text)


def test_of_a_scenario_only_its_code_crosses() -> None:
    assert chatty.source == (
        "def chatty(student, numbers, /, *more):\n"
        "    text = '# not a comment'\n"
        "\n"
        "    def inner(number: int) -> int:\n"
        '        """Part of the code: exercises look at docstrings and annotations."""\n'
        "        return number\n"
        "    return student.act(inner, numbers, more, text)\n"
    )


def test_what_crosses_runs_by_itself_as_the_scenario_did() -> None:
    namespace: dict[str, Any] = {}
    exec(with_defaults.source, namespace)

    class Student:
        echo = staticmethod(lambda *arguments: arguments)

    assert namespace["with_defaults"](Student, 7) == (7, 2, 3)


def test_a_scenario_that_is_only_a_docstring_does_nothing() -> None:
    @scenario
    def act(student: Any) -> None:
        """Only import it."""

    assert act.source == "def act(student):\n    pass\n"


def test_an_async_scenario_stays_one() -> None:
    @scenario
    async def act(student: Any) -> Any:
        return await student.act()

    assert act.is_async
    assert not echo.is_async
    namespace: dict[str, Any] = {}
    exec(act.source, namespace)
    assert asyncio.iscoroutinefunction(namespace["act"])


def test_a_scenario_knows_its_name() -> None:
    assert isinstance(echo, Scenario)
    assert echo.name == "echo"


# Scenarios that could not work.


def outside(names: str) -> str:
    """Return the end of the sentence for names that the sandbox does not have."""
    return (
        f"it uses {names} from outside, which the sandbox does not have; "
        "import or define it inside the scenario, or pass it as an argument"
    )


def refusal_of(function: Any) -> str:
    """Return why a function is refused as a scenario, without the place."""
    with pytest.raises(AuthoringError) as caught:
        scenario(function)
    place, _, reason = str(caught.value).partition(": ")
    assert place == f"scenario {function.__name__!r} in {__file__}"
    return reason


def test_a_global_is_refused() -> None:
    def act(student: Any) -> Any:
        return student.act(LIMIT)

    assert refusal_of(act) == outside("LIMIT")


def test_a_global_deep_inside_is_refused() -> None:
    def act(student: Any) -> Any:
        class Helper:
            def method(self):  # type: ignore[no-untyped-def]
                return [LIMIT + Question for _ in student.numbers]  # type: ignore[operator]

        return Helper

    assert refusal_of(act) == outside("LIMIT, Question")


def test_a_global_as_default_of_a_parameter_is_refused() -> None:
    def act(student: Any, limit: int = LIMIT) -> Any:
        return student.act(limit)

    assert refusal_of(act) == outside("LIMIT")


def test_a_closure_is_refused() -> None:
    limit = 3

    def act(student: Any) -> Any:
        return student.act(limit)

    assert refusal_of(act) == outside("limit")


@scenario
def recursive(student: Any, depth: int = len("abc")) -> Any:
    import json

    def count(number: int) -> int:
        return number and count(number - 1)

    return recursive(student, depth - 1) if depth else json.dumps([count(3), max(1, 2), __name__])


def test_builtins_imports_and_the_scenario_itself_are_not_from_outside() -> None:
    namespace: dict[str, Any] = {"__name__": "scenario"}
    exec(recursive.source, namespace)
    assert namespace["recursive"](None) == '[0, 2, "scenario"]'


def test_a_parameter_by_keyword_only_is_refused() -> None:
    def act(student: Any, *, count: int) -> Any:
        return student.act(count)

    sentence = "parameter 'count' can be given by keyword only; arguments travel by position"
    assert refusal_of(act) == sentence


def test_parameters_of_any_name_are_refused() -> None:
    def act(student: Any, **options: int) -> Any:
        return student.act(options)

    assert "parameter 'options' can be given by keyword only" in refusal_of(act)


def test_a_scenario_without_a_parameter_is_refused() -> None:
    def act() -> int:
        return 1

    assert refusal_of(act) == "its first parameter is the student's module"


def test_a_lambda_is_refused() -> None:
    with pytest.raises(AuthoringError, match="a scenario is a function made with `def`"):
        scenario(lambda student: 1)


def test_a_function_without_source_is_refused() -> None:
    namespace: dict[str, Any] = {}
    exec("def act(student): return 1", namespace)
    with pytest.raises(AuthoringError, match="its source cannot be read"):
        scenario(namespace["act"])


# Points. What becomes of them and of hints is tested with the judge, which knows the marks.


@pytest.mark.parametrize("number", ["x", "3", 0, -1, 1.5, True, None], ids=repr)
def test_points_are_a_whole_number_above_0(number: Any) -> None:
    with pytest.raises(AuthoringError, match="points takes a whole number above 0, not "):
        points(number)


# Exceptions of the submission.

FRAMES = (Frame("small.py", 3, "act", "raise Late('too late')"),)
LATE = Raised(
    "Late",
    ("small.Late", "builtins.ValueError", "builtins.Exception", "builtins.BaseException"),
    "too late",
    FRAMES,
)


@pytest.mark.parametrize("expected", [ValueError, Exception, BaseException, "Late", "ValueError"])
def test_an_exception_is_one_of_its_bases(expected: Any) -> None:
    assert LATE.is_a(expected)


@pytest.mark.parametrize("expected", [KeyError, Raised, "small.Late", "late", "Lat", ""])
def test_an_exception_is_nothing_else(expected: Any) -> None:
    assert not LATE.is_a(expected)


def test_a_class_of_the_submissions_with_the_name_of_a_builtin_is_not_the_builtin() -> None:
    forged = Raised("ValueError", ("small.ValueError", "builtins.Exception"), "")
    assert not forged.is_a(ValueError)
    assert forged.is_a("ValueError")


def test_an_alias_of_a_builtin_is_that_builtin() -> None:
    assert Raised("OSError", ("builtins.OSError",), "").is_a(IOError)


@pytest.mark.parametrize(
    ("expected", "match"),
    [
        ((ValueError,), None),
        (("Late",), None),
        ((KeyError, ValueError), None),
        ((ValueError,), "late"),
        ((ValueError,), "^too late$"),
        ((ValueError,), ""),
    ],
)
def test_the_exception_that_was_asked_for_is_caught_and_can_be_looked_at(
    expected: tuple[Any, ...], match: str | None
) -> None:
    with raises(*expected, match=match) as caught:
        raise LATE
    assert caught == [LATE]


@pytest.mark.parametrize(
    ("expected", "match", "wanted"),
    [
        ((KeyError,), None, "KeyError"),
        ((KeyError, "Early"), None, "KeyError or Early"),
        ((ValueError,), "early", "ValueError with a message that matches 'early'"),
    ],
)
def test_another_exception_is_a_mismatch_with_the_students_frames(
    expected: tuple[Any, ...], match: str | None, wanted: str
) -> None:
    with pytest.raises(Mismatch) as caught, raises(*expected, match=match):
        raise LATE
    assert str(caught.value) == f"Your code raised Late: too late, where {wanted} was expected."
    assert caught.value.frames == FRAMES


def test_no_exception_is_a_mismatch() -> None:
    with pytest.raises(Mismatch) as caught, raises(ValueError):
        pass
    assert str(caught.value) == "Your code raised nothing, where ValueError was expected."


def test_an_exception_of_the_hidden_test_itself_is_not_the_submissions() -> None:
    with pytest.raises(ZeroDivisionError), raises(ZeroDivisionError):
        raise ZeroDivisionError


def test_a_mismatch_is_an_assertion_that_failed() -> None:
    assert issubclass(Mismatch, AssertionError)
