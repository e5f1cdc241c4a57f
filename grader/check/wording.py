"""Judges how an exercise is written: all is said, labelled and used, and nothing is given away.

Each rule is a function from the exercise's files, as text, to findings.
"""

import ast
import difflib
import doctest
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.bank import Exercise, printable
from grader.check.known import attributes_of_imports, packages_of
from grader.check.reading import (
    HiddenTestFile,
    PythonFile,
    ScenarioFunction,
    Stub,
    WrongSolution,
    files_of,
    names_used_in,
    own_nodes,
    read_hidden_tests,
    read_python,
    read_stub,
    read_text,
    read_wrong_solutions,
    words_of,
)
from grader.check.uses import Kind, Use, names_used
from grader.findings import Code, Finding

# What is code in a title although it is not marked as such: a dotted name, a name with "_", a call,
# an operator. Plain English has none of these: "and/or", "e.g.", "file(s)" and "3.5" are no code.
_CODE_IN_TEXT = re.compile(
    r"""
    \b[A-Za-z_]\w+ (?: \. [A-Za-z_]\w+ )+ (?: \(\) )?
    | \b[A-Za-z]\w*_\w+ (?: \(\) )?
    | \b[A-Za-z_]\w+ \( (?! e?s\) ) [^()]* \)
    | \b\w+ \s* (?: == | != | <= | >= | := | [-+*/%|&^]= ) \s* \w+
    """,
    re.VERBOSE,
)
_BOOL_FUNCTIONS = frozenset(
    {"all", "any", "bool", "callable", "hasattr", "isinstance", "issubclass"}
)


def wording_findings(exercise: Exercise, root: Path) -> tuple[Finding, ...]:
    """Return what is wrong with the wording of an exercise of the bank at `root`.

    Raises:
        GraderError: when a file cannot be read, or is no Python.
    """
    material = _Material(
        exercise=exercise,
        root=root,
        stub=read_stub(exercise),
        hidden=read_hidden_tests(exercise.hidden_test),
        wrong=read_wrong_solutions(exercise),
    )
    return tuple(finding for rule in _RULES for finding in rule(material))


@dataclass(frozen=True)
class _Material:
    """What the rules look at."""

    exercise: Exercise
    root: Path
    stub: Stub
    hidden: HiddenTestFile
    wrong: tuple[WrongSolution, ...]

    def place(self, path: Path, line: int | None = None) -> str:
        """Return where in the bank something is, such as "hidden/test_closures.py:12"."""
        inside = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        text = printable(inside.as_posix())
        return text if line is None else f"{text}:{line}"

    def test_place(self, line: int) -> str:
        """Return a place in the hidden tests."""
        return self.place(self.hidden.path, line)

    @cached_property
    def reference(self) -> tuple[PythonFile, ...]:
        """The reference's files in Python."""
        paths = files_of(self.exercise.reference, self.exercise)
        return tuple(read_python(path) for path in paths if path.suffix == ".py")


def _untitled(material: _Material) -> Iterator[Finding]:
    for test in material.hidden.tests:
        if not test.title:
            yield Finding(
                Code.TEST_UNTITLED,
                material.test_place(test.line),
                f"{test.name} has no docstring, whose first line students read as its title",
                "say in one line, in the words of the task, what a submission does that passes",
            )


def _title_shows_code(material: _Material) -> Iterator[Finding]:
    for test in material.hidden.tests:
        for code in _code_in(test.title):
            if not _is_said(code, material.stub.text):
                yield Finding(
                    Code.TITLE_SHOWS_CODE,
                    material.test_place(test.line),
                    f"the title of {test.name} shows `{printable(code)}`, which the stub does not",
                    "say it in plain words, or as the task does; a title must not give a way away",
                )


def _code_in(title: str) -> list[str]:
    """Return the parts of a title that are code, those in backticks first."""
    marked = re.findall(r"`+([^`]+)`+", title)
    unmarked = re.sub(r"`+[^`]+`+", " ", title)
    return [*marked, *_CODE_IN_TEXT.findall(unmarked)]


def _is_said(code: str, text: str) -> bool:
    """Tell whether a text has a piece of code as a whole word, whatever the white space in both."""
    # Of `solve()` and `solve(...)` only the name says something.
    code = re.sub(r"\((\.\.\.)?\)$", "", code.strip())
    words = [re.escape(word) for word in code.split()]
    start = r"(?<!\w)" if re.match(r"\w", code) else ""
    end = r"(?!\w)" if re.search(r"\w$", code) else ""
    return re.search(start + r"\s+".join(words) + end, text) is not None


def _scenario_only_bool(material: _Material) -> Iterator[Finding]:
    for scenario in material.hidden.scenarios:
        if not scenario.captures and _returns_only_bools(scenario):
            yield Finding(
                Code.SCENARIO_ONLY_BOOL,
                material.test_place(scenario.line),
                f"the scenario {scenario.name} returns nothing but True or False, which is easily "
                "guessed",
                "return what it compares or looks at, and compare in the test",
            )


def _returns_only_bools(scenario: ScenarioFunction) -> bool:
    returns = [node.value for node in own_nodes(scenario.node) if isinstance(node, ast.Return)]
    flags = _flags(scenario)
    return bool(returns) and all(_is_bool(value, flags) for value in returns)


def _flags(scenario: ScenarioFunction) -> frozenset[str]:
    """Return the names that a scenario gives bools and nothing else."""
    given: dict[str, list[ast.expr]] = {}
    bound: list[str] = []
    # Also in inner functions, which may set a name by `nonlocal`.
    for node in ast.walk(scenario.node):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                given.setdefault(name, []).append(value)
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                bound.append(name)
    return frozenset(
        name
        for name, values in given.items()
        if bound.count(name) == len(values)
        if all(_is_bool(value, frozenset()) for value in values)
    )


def _is_bool(node: ast.expr | None, flags: frozenset[str]) -> bool:
    """Tell whether an expression is a bool by its form; `flags` are names of bools."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, bool)
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in _BOOL_FUNCTIONS
        case ast.Name(id=name):
            return name in flags
        case ast.BoolOp(values=parts):
            return all(_is_bool(part, flags) for part in parts)
        case ast.IfExp(body=one, orelse=other):
            return _is_bool(one, flags) and _is_bool(other, flags)
    return False


def _scenario_unused(material: _Material) -> Iterator[Finding]:
    for scenario in material.hidden.scenarios:
        others = [node for node in material.hidden.tree.body if node is not scenario.node]
        if not any(scenario.name in names_used_in(node) for node in others):
            yield Finding(
                Code.SCENARIO_UNUSED,
                material.test_place(scenario.line),
                f"no test uses the scenario {scenario.name}",
                "call it in a test, or delete it",
            )


def _no_wrong_solution(material: _Material) -> Iterator[Finding]:
    if not material.wrong:
        kind = "a folder" if material.exercise.is_folder else "a file"
        yield Finding(
            Code.NO_WRONG_SOLUTION,
            material.place(material.exercise.wrong_dir),
            "there is no wrong solution, so nothing shows that the tests catch a mistake",
            f"add {kind} for each mistake that students are likely to make",
        )


def _wrong_unlabelled(material: _Material) -> Iterator[Finding]:
    # A label names a test as a whole, and may name one of its parametrized cases.
    names = [test.name for test in material.hidden.tests]
    for solution in material.wrong:
        place = material.place(solution.labelled, 1)
        if not solution.mistake:
            yield Finding(
                Code.WRONG_UNLABELLED,
                place,
                "the first line does not say what the mistake is and which test catches it",
                "begin with `# Mistake: what is wrong. Caught by: test_name`; several tests are "
                "joined by commas",
            )
        for name in solution.caught_by:
            if name.partition("[")[0] not in names:
                yield Finding(
                    Code.WRONG_UNLABELLED,
                    place,
                    f"the label names {printable(name)}, and there is no such test",
                    _which_test(name, names),
                )


def _which_test(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"name one of {', '.join(names)}" if names else "write the test"


def _task_unsaid(material: _Material) -> Iterator[Finding]:
    told: set[str] = set()
    for use in names_used(material.hidden, material.stub, material.exercise.module):
        if use.name not in told and not _is_known(use, material):
            told.add(use.name)
            yield Finding(
                Code.TASK_UNSAID,
                material.test_place(use.line),
                f"the hidden tests need the {use.kind} `{printable(use.name)}`, which the stub "
                "names nowhere",
                "say in the task what it is, or write it into a signature or a class of the stub; "
                "or do without it in the tests",
            )


def _is_known(use: Use, material: _Material) -> bool:
    """Tell whether students can know of a name: from the stub, or from what a library has."""
    if use.name in material.stub.words:
        return True
    if use.kind in (Kind.MODULE_NAME, Kind.EXCEPTION):
        return False
    trees = [*(file.tree for file in material.stub.files), material.hidden.tree]
    if any(use.name in attributes_of_imports(tree) for tree in trees):
        return True
    # What packages of others have cannot be looked up. What is theirs, the reference need not spell
    # out.
    trees += [file.tree for file in material.reference]
    if not packages_of(trees, material.exercise.module):
        return False
    return use.name not in words_of("\n".join(file.source for file in material.reference))


def _to_do(material: _Material) -> Iterator[Finding]:
    for path in _all_files(material):
        lines = read_text(path).splitlines()
        found = [number for number, line in enumerate(lines, 1) if re.search(r"\bTODO\b", line)]
        if found:
            more = "" if len(found) == 1 else f", and in {len(found) - 1} more lines"
            yield Finding(
                Code.TO_DO,
                material.place(path, found[0]),
                f"TODO is left in line {found[0]}{more}",
                "do what it says, and take it out",
            )


def _all_files(material: _Material) -> Iterator[Path]:
    exercise = material.exercise
    yield from files_of(exercise.stub, exercise)
    yield material.hidden.path
    yield from files_of(exercise.reference, exercise)
    for solution in material.wrong:
        yield from files_of(solution.path, exercise)


def _no_example(material: _Material) -> Iterator[Finding]:
    try:
        has_example = bool(doctest.DocTestParser().get_examples(material.stub.task))
    except ValueError:  # an example is written wrongly, which is told where examples are run
        has_example = True
    if not has_example:
        yield Finding(
            Code.NO_EXAMPLE,
            material.place(material.stub.path),
            "the task has no example",
            "show in the docstring, after `>>>`, what a few calls give",
        )


_RULES: tuple[Callable[[_Material], Iterator[Finding]], ...] = (
    _to_do,
    _no_example,
    _no_wrong_solution,
    _wrong_unlabelled,
    _untitled,
    _title_shows_code,
    _scenario_only_bool,
    _scenario_unused,
    _task_unsaid,
)
