"""Runs the examples in a stub's docstrings against the reference, in the sandbox."""

import ast
import doctest
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.bank import Exercise
from grader.check.reading import PythonFile, read_stub
from grader.errors import GraderError
from grader.judge.grade import Plan
from grader.judge.session import Ended, Script, Session
from grader.outcomes import Fault
from grader.sandbox.base import Order
from grader.sandbox.choice import take_sandbox
from grader.submission import read_submission
from grader.testing import Raised, scenario


@dataclass(frozen=True)
class Failed:
    """An example that the reference does not do as the stub says.

    `line` is 1-based, in the stub; `source`, `want` and `got` are texts as Python's doctest has
    them, with a line break at their ends.
    """

    line: int
    source: str
    want: str
    got: str


class ExampleError(GraderError):
    """The examples could not be run, which is their fault or the reference's."""


@scenario
def run_examples(student: Any, texts: list[tuple[str, int]]) -> list[tuple[int, str, str, str]]:
    """Run each text's examples, one after the other; return (line, source, want, got) of failed."""
    import doctest

    failed = []

    class Runner(doctest.DocTestRunner):
        def report_failure(self, out, test, example, got):  # type: ignore[no-untyped-def]
            failed.append((test.lineno + example.lineno, example.source, example.want, got))

        def report_unexpected_exception(self, out, test, example, exc_info):  # type: ignore[no-untyped-def]
            got = f"{exc_info[0].__name__}: {exc_info[1]}\n"
            self.report_failure(out, test, example, got)  # type: ignore[no-untyped-call]

    for text, line in texts:
        names = dict(vars(student))
        test = doctest.DocTestParser().get_doctest(text, names, "stub", None, line)
        Runner(verbose=False).run(test, out=lambda text: None)
    return failed


def failed_examples(exercise: Exercise, plan: Plan, run_id: str) -> list[Failed]:
    """Return the examples of a stub's docstrings that do not hold for the reference.

    Raises:
        ExampleError: when an example is not well formed, or ends the process that runs them.
        GraderError: when the sandbox fails.
    """
    texts = list(_texts(read_stub(exercise).files))
    if not texts:
        return []
    _check_form(texts)
    order = Order(plan.limits, run_id, plan.seed, plan.hidden_paths)
    reference = read_submission(exercise.reference, exercise)
    session = Session(take_sandbox(plan.sandbox), order, reference)
    script = Script(exercise.module, {run_examples.name: run_examples.source}, exercise.preload)
    try:
        session.begin_test(script)
        answer = session.ask(run_examples.question(texts))
        session.end_test()
    except (Ended, Raised) as error:
        is_ours = isinstance(error, Ended) and error.outcome.fault is Fault.GRADER
        raise (GraderError if is_ours else ExampleError)(str(error)) from None
    finally:
        session.close()
    return [Failed(line + 1, source, want, got) for line, source, want, got in answer.value]


def _texts(files: tuple[PythonFile, ...]) -> Iterator[tuple[str, int]]:
    """Yield each docstring that has an example, and the index of its first line in the file."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for file in files:
        for node in ast.walk(file.tree):
            text = ast.get_docstring(node, clean=False) if isinstance(node, kinds) else None
            if text and ">>>" in text:
                yield text, node.body[0].lineno - 1  # type: ignore[attr-defined]


def _check_form(texts: list[tuple[str, int]]) -> None:
    for text, _ in texts:
        try:
            doctest.DocTestParser().parse(text)
        except ValueError as error:
            raise ExampleError(str(error)) from None
