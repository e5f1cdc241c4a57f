"""Reads from an exercise's files what a check needs to know of them; nothing in them is run."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.bank import Exercise, printable
from grader.errors import GraderError

Function = ast.FunctionDef | ast.AsyncFunctionDef
"""What `def` and `async def` are in a syntax tree."""

# Several tests are joined by a comma. CONTRIBUTING.md describes the line to authors.
_LABEL = re.compile(r"# Mistake: (?P<mistake>.+)\. Caught by: (?P<tests>[^\s,]+(?:, ?[^\s,]+)*)")


@dataclass(frozen=True)
class PythonFile:
    """A file of Python: its text and its syntax tree."""

    path: Path
    source: str
    tree: ast.Module


@dataclass(frozen=True)
class TestFunction:
    """A hidden test as it is written: one function or method, however often it is parametrized.

    `name` is the test's name in results, without parameters: "test_y", or "TestX::test_y" in a
    class. `line` is the line of its `def`. `title` is "" where there is no docstring.
    """

    __test__ = False  # pytest would take the class for a test

    name: str
    line: int
    title: str


@dataclass(frozen=True)
class ScenarioFunction:
    """A scenario: the name that tests call it by, and the function that runs in the sandbox.

    `module_parameter` is the name of its first parameter, the student's module; "" where there is
    none. `captures` says whether tests get what was printed as well.
    """

    name: str
    line: int
    node: Function
    module_parameter: str
    captures: bool

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that tests give, in order."""
        arguments = self.node.args
        return tuple(one.arg for one in [*arguments.posonlyargs, *arguments.args][1:])


@dataclass(frozen=True)
class HiddenTestFile:
    """A file of hidden tests, taken apart; tests and scenarios in the order of the file."""

    path: Path
    tree: ast.Module
    tests: tuple[TestFunction, ...]
    scenarios: tuple[ScenarioFunction, ...]

    @property
    def matches_messages(self) -> bool:
        """Whether a test looks at the text of an exception, by `raises(..., match=...)`."""
        calls = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return any(
            last_name(call.func) == "raises" and any(word.arg == "match" for word in call.keywords)
            for call in calls
        )


@dataclass(frozen=True)
class Stub:
    """What students start from.

    `path` is the file that holds the task, or the main file where none does; `task` is then "".
    `text` is that of all files and of the task; `words` are the words in it and in the files'
    names. `files` are those in Python.
    """

    path: Path
    task: str
    text: str
    words: frozenset[str]
    files: tuple[PythonFile, ...]


@dataclass(frozen=True)
class WrongSolution:
    """A known mistake: a file, or a folder for an exercise of several files.

    `mistake` and `caught_by`, the names of tests, come from the first line of `labelled`; they are
    empty where it does not read "# Mistake: what is wrong. Caught by: test_a, test_b".
    """

    path: Path
    labelled: Path
    mistake: str
    caught_by: tuple[str, ...]


def read_hidden_tests(path: Path) -> HiddenTestFile:
    """Read a file of hidden tests.

    Raises:
        GraderError: when the file cannot be read or is no Python.
    """
    tree = read_python(path).tree
    return HiddenTestFile(path, tree, tuple(_tests(tree.body)), tuple(_scenarios(tree)))


def read_stub(exercise: Exercise) -> Stub:
    """Read an exercise's stub: all of its files, where it is a folder.

    The task is the docstring of the main file, or else of the first file that has one.

    Raises:
        GraderError: when a file cannot be read, or ends in .py and is no Python.
    """
    paths = files_of(exercise.stub, exercise)
    files = tuple(read_python(path) for path in paths if path.suffix == ".py")
    main = exercise.stub / exercise.main if exercise.is_folder else exercise.stub
    main_first = sorted(files, key=lambda file: file.path != main)
    told = next((file for file in main_first if ast.get_docstring(file.tree)), None)
    task = ast.get_docstring(told.tree) or "" if told else ""
    # The docstring stands in the text, too, but there with escapes and indented.
    text = "\n".join([*map(read_text, paths), task])
    return Stub(
        path=told.path if told else main,
        task=task,
        text=text,
        words=words_of(" ".join([text, *exercise.files])),
        files=files,
    )


def read_wrong_solutions(exercise: Exercise) -> tuple[WrongSolution, ...]:
    """Read the labels of an exercise's wrong solutions, sorted by name; () where there are none.

    Raises:
        GraderError: when a file cannot be read.
    """
    paths = solutions_in(exercise.wrong_dir, exercise)
    return tuple(_wrong_solution(path, exercise) for path in paths)


def solutions_in(folder: Path, exercise: Exercise) -> tuple[Path, ...]:
    """Return the solutions in a folder, sorted: files, or folders for an exercise of several files.

    A folder that is missing has none.
    """
    if not folder.is_dir():
        return ()
    entries = sorted(folder.iterdir())
    if exercise.is_folder:
        return tuple(path for path in entries if path.is_dir() and path.name != "__pycache__")
    return tuple(path for path in entries if path.suffix == ".py")


def files_of(path: Path, exercise: Exercise) -> tuple[Path, ...]:
    """Return the files of a stub, reference or wrong solution; of a folder, those that are there.

    A wrong solution's folder may lack files.
    """
    if not exercise.is_folder:
        return (path,)
    return tuple(path / name for name in exercise.files if (path / name).is_file())


def read_python(path: Path) -> PythonFile:
    """Read and parse a file.

    Raises:
        GraderError: when it cannot be read or is no Python; the message says in which line.
    """
    source = read_text(path)
    try:
        return PythonFile(path, source, ast.parse(source))
    except SyntaxError as error:
        place = f"{printable(path)}:{error.lineno or 1}"
        raise GraderError(f"{place} is no Python: {error.msg}; mend the file") from None
    except (ValueError, RecursionError, MemoryError) as error:
        # Such as nesting that is too deep; the message may be empty.
        reason = f"Python gives up on it ({type(error).__name__})"
        raise GraderError(f"{printable(path)}: {reason}; mend the file") from None


def read_text(path: Path) -> str:
    """Read a file as text; what is no text in a file of another kind than Python is replaced.

    Raises:
        GraderError: when it cannot be read, or ends in .py and is not UTF-8; the message says in
            which line.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GraderError(f"{printable(path)} cannot be read: {error.strerror}") from None
    try:
        return content.decode("utf-8-sig", "strict" if path.suffix == ".py" else "replace")
    except UnicodeDecodeError as error:
        place = f"{printable(path)}:{content.count(10, 0, error.start) + 1}"
        raise GraderError(f"{place} is not UTF-8; save the file as UTF-8") from None


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text: what could be a name in Python, and numbers."""
    return frozenset(re.findall(r"\w+", text))


def last_name(node: ast.expr) -> str:
    """Return the last part of a dotted name, "c" of `a.b.c`, or "" for any other expression."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """Yield what a function's body holds, without what functions and classes in it hold."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)


def names_used_in(node: ast.AST) -> set[str]:
    """Return the names that are looked up anywhere in a syntax tree."""
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }


def _scenarios(tree: ast.Module) -> Iterator[ScenarioFunction]:
    functions = {node.name: node for node in tree.body if isinstance(node, Function)}
    for statement in tree.body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for decorator in statement.decorator_list:
                    yield from _scenario(statement.name, statement, statement, decorator)
            # scenario(function), where the judge calls the same function as well.
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Call(func=maker, args=[ast.Name(id=given)])
            ) if given in functions:
                yield from _scenario(name, statement, functions[given], maker)


def _scenario(
    name: str, statement: ast.stmt, node: Function, maker: ast.expr
) -> Iterator[ScenarioFunction]:
    """Yield the scenario that `maker`, `scenario` or `scenario(...)`, makes of a function."""
    keywords = maker.keywords if isinstance(maker, ast.Call) else []
    if last_name(maker.func if isinstance(maker, ast.Call) else maker) != "scenario":
        return
    parameters = [*node.args.posonlyargs, *node.args.args]
    yield ScenarioFunction(
        name=name,
        line=statement.lineno,
        node=node,
        module_parameter=parameters[0].arg if parameters else "",
        captures=any(one.arg == "capture" and _is_true(one.value) for one in keywords),
    )


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _tests(body: list[ast.stmt], prefix: str = "") -> Iterator[TestFunction]:
    """Yield the tests among these statements, by pytest's rules for their names."""
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _tests(node.body, f"{prefix}{node.name}::")
        elif isinstance(node, Function) and node.name.startswith("test"):
            yield TestFunction(prefix + node.name, node.lineno, _title(node))


def _title(node: Function) -> str:
    lines = (ast.get_docstring(node) or "").strip().splitlines()
    return lines[0] if lines else ""


def _wrong_solution(path: Path, exercise: Exercise) -> WrongSolution:
    labelled = path
    if exercise.is_folder:
        names = [exercise.main, *(name for name in exercise.files if name.endswith(".py"))]
        there = (path / name for name in names if (path / name).is_file())
        labelled = next(there, path / exercise.main)
    lines = read_text(labelled).splitlines() if labelled.is_file() else []
    label = _LABEL.fullmatch(lines[0].rstrip()) if lines else None
    if label is None:
        return WrongSolution(path, labelled, "", ())
    tests = tuple(name.strip() for name in label["tests"].split(","))
    return WrongSolution(path, labelled, label["mistake"], tests)
