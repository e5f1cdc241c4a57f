"""The direction of imports: which module may know which, and which package is used where."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HERE = "tests/test_imports.py"

# The modules of `grader`, lowest layer first. A name stands for itself and all that is inside it,
# but `grader` is only `grader/__init__.py`. A module may import from its own layer and from lower
# ones.
LAYERS: tuple[tuple[str, ...], ...] = (
    (
        "grader",
        "grader.errors",
        "grader.findings",
        "grader.inside",
        "grader.limits",
        "grader.messages",
        "grader.outcomes",
        "grader.results",
    ),
    (
        "grader.bank",
        "grader.cache",
        "grader.catalogue",
        "grader.classroom",
        "grader.files",
        "grader.points",
        "grader.process",
        "grader.submission",
    ),
    ("grader.sandbox",),
    ("grader.testing", "grader.judge"),
    ("grader.check", "grader.batch", "grader.gradebook", "grader.intake", "grader.skeleton"),
    ("grader.reports",),
    ("grader.cli",),
)

# Modules that may know less than their layer allows. The worker is sent alone into a sandbox; what
# keeps and shows results must not be able to judge; who needs a bank's exercises does not wait for
# what reads a catalogue.
NARROW: Mapping[str, tuple[str, ...]] = {
    "grader.bank": (*LAYERS[0], "grader.bank"),
    "grader.inside": ("grader.inside",),
    "grader.classroom": (*LAYERS[0], "grader.classroom", "grader.submission"),
    "grader.gradebook": (
        *LAYERS[0],
        *("grader.classroom", "grader.gradebook", "grader.submission"),
    ),
    "grader.reports": (*LAYERS[0], "grader.classroom", "grader.reports"),
}

# Packages that only some modules may import. Every package that is not of the standard library
# stands here; of the standard library only what has to stay in one place.
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "alembic": ("grader.gradebook",),
    "click": ("grader.cli",),
    "distributed": ("grader.batch.crews",),
    "docker": ("grader.sandbox", "grader.cli.doctor"),
    "hypothesis": ("grader.judge", "grader.testing"),
    "jinja2": ("grader.reports", "grader.skeleton"),
    "libcst": ("grader.check.changes",),
    "mutmut": ("grader.check.changes",),
    "pydantic": ("grader.catalogue",),
    "pydantic_core": ("grader.catalogue",),
    "psycopg": ("grader.gradebook",),
    "pygments": ("grader.reports",),
    "pytest": ("grader.judge", "grader.testing"),
    "requests": ("grader.sandbox",),  # the Docker SDK lets the errors of its transport through
    "rich": ("grader.cli", "grader.reports"),
    "sqlalchemy": ("grader.gradebook",),
    "subprocess": ("grader.process", "grader.inside.porter"),
    "tomlkit": ("grader.check", "grader.skeleton"),
    "urllib3": ("grader.sandbox",),  # as with requests
}

WORKER_PYTHON = (3, 9)


@dataclass(frozen=True)
class Import:
    """One import: the module that does it, the line, and the dotted name that it asks for."""

    importer: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.importer} imports {self.name} (line {self.line})"


def modules_of(package: Path) -> dict[str, Path]:
    """Return the modules of a package folder by their dotted names."""
    modules = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = path
    return modules


def parse(path: Path, feature_version: tuple[int, int] | None = None) -> ast.Module:
    """Return the syntax tree of a file, read as this Python or as that older version reads it."""
    source = path.read_text(encoding="utf-8")
    return ast.parse(source, filename=str(path), feature_version=feature_version)


def imports_of(module: str, modules: Mapping[str, Path]) -> Iterator[Import]:
    """Yield every import of a module, those inside functions and for type checkers included."""
    for node in ast.walk(parse(modules[module])):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, module, is_package=modules[module].name == "__init__.py")
            for alias in node.names:
                # `from grader import sandbox` imports a module, `from grader import main` a name.
                inner = f"{source}.{alias.name}"
                yield Import(module, node.lineno, inner if inner in modules else source)


def _absolute(node: ast.ImportFrom, module: str, *, is_package: bool) -> str:
    """Return the absolute name of the module that `from ... import` reads, dots resolved."""
    if node.level == 0:
        return node.module or ""
    parts = module.split(".")
    base = parts[: len(parts) - node.level + is_package]
    return ".".join([*base, node.module] if node.module else base)


def is_inside(name: str, prefixes: tuple[str, ...]) -> bool:
    """Tell whether a dotted name is one of the prefixes or inside one of them."""
    return any(
        name == prefix or (prefix != "grader" and name.startswith(f"{prefix}."))
        for prefix in prefixes
    )


def layer_of(name: str) -> int | None:
    """Return the number of a module's layer, or None for a module that is not in the table."""
    return next((i for i, layer in enumerate(LAYERS) if is_inside(name, layer)), None)


def unknown_modules(modules: Mapping[str, Path]) -> list[str]:
    """Return a sentence for each module that has no layer."""
    return [
        f"{name} is in no layer: add it to LAYERS in {HERE}"
        for name in modules
        if layer_of(name) is None
    ]


def wrong_arrows(modules: Mapping[str, Path]) -> list[str]:
    """Return a sentence for each import between modules of ours that points the wrong way."""
    found = (
        (item, _arrow_fault(item))
        for module in modules
        for item in imports_of(module, modules)
        if item.name.split(".")[0] == "grader"
    )
    return [f"{item}: {fault}" for item, fault in found if fault]


def _arrow_fault(item: Import) -> str:
    for narrow, allowed in NARROW.items():
        if is_inside(item.importer, (narrow,)) and not is_inside(item.name, allowed):
            return f"{narrow} may import only {', '.join(allowed)}"
    own, other = layer_of(item.importer), layer_of(item.name)
    if own is None or other is None:
        return "" if own is None else f"{item.name} is in no layer of {HERE}"
    return f"layer {own} may not know layer {other}" if other > own else ""


def misplaced_packages(modules: Mapping[str, Path]) -> list[str]:
    """Return a sentence for each import of a package in a module that has no business with it."""
    found = (
        (item, _package_fault(item))
        for module in modules
        for item in imports_of(module, modules)
        if item.name.split(".")[0] != "grader"
    )
    return [f"{item}: {fault}" for item, fault in found if fault]


def _package_fault(item: Import) -> str:
    package = item.name.split(".")[0]
    if package in PACKAGES:
        allowed = PACKAGES[package]
        return "" if is_inside(item.importer, allowed) else f"only {', '.join(allowed)} may"
    if package in sys.stdlib_module_names:
        return ""
    return f"{package} is not in PACKAGES of {HERE}: say there who may import it"


def foreign_to_the_worker(modules: Mapping[str, Path]) -> list[str]:
    """Return a sentence for each import of the worker that a bare Python does not have."""
    return [
        f"{item}: the worker has only the standard library and itself"
        for module in modules
        if is_inside(module, ("grader.inside",))
        for item in imports_of(module, modules)
        if item.name.split(".")[0] not in sys.stdlib_module_names
        and not is_inside(item.name, ("grader.inside",))
    ]


def too_new_for_the_worker(modules: Mapping[str, Path]) -> list[str]:
    """Return a sentence for each file of the worker whose syntax its oldest Python cannot read."""
    faults = []
    for module, path in modules.items():
        if not is_inside(module, ("grader.inside",)):
            continue
        try:
            parse(path, WORKER_PYTHON)
        except SyntaxError as error:
            faults.append(f"{module} (line {error.lineno}): {error.msg}")
    return faults


def without_opening_sentence(modules: Mapping[str, Path]) -> list[str]:
    """Return a sentence for each module that does not say in one line what it is for."""
    faults = []
    for module, path in modules.items():
        docstring = ast.get_docstring(parse(path)) or ""
        if not docstring:
            faults.append(f"{module} has no docstring")
        elif not docstring.splitlines()[0].endswith("."):
            faults.append(f"{module}: the docstring's first line does not end its sentence")
    return faults


def listed(faults: list[str]) -> str:
    """Return the faults as the message of a failed test, one a line."""
    return "\n".join(["", *faults])


# The rules hold for this package.

MODULES = modules_of(ROOT / "grader")


def test_walk_finds_the_modules() -> None:
    assert {"grader", "grader.results", "grader.inside.wire"} <= MODULES.keys()


def test_every_module_has_a_layer() -> None:
    faults = unknown_modules(MODULES)
    assert not faults, listed(faults)


def test_imports_point_down() -> None:
    faults = wrong_arrows(MODULES)
    assert not faults, listed(faults)


def test_packages_are_imported_only_where_they_belong() -> None:
    faults = misplaced_packages(MODULES)
    assert not faults, listed(faults)


def test_worker_needs_only_a_bare_python() -> None:
    faults = foreign_to_the_worker(MODULES)
    assert not faults, listed(faults)


def test_worker_is_written_for_its_oldest_python() -> None:
    faults = too_new_for_the_worker(MODULES)
    assert not faults, listed(faults)


def test_every_module_says_in_one_sentence_what_it_is_for() -> None:
    faults = without_opening_sentence(MODULES)
    assert not faults, listed(faults)


# The rules find what they are for, in a small package that is made up for it.


def made_up(folder: Path, files: Mapping[str, str]) -> dict[str, Path]:
    """Write a package named `grader` with these files (path: source), and return its modules."""
    package = folder / "grader"
    for path, source in {"__init__.py": "", **files}.items():
        target = package / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source, encoding="utf-8")
    return modules_of(package)


@pytest.mark.parametrize(
    ("path", "source", "fault"),
    [
        (
            "results.py",
            "import grader.bank",
            "grader.results imports grader.bank (line 1): layer 0 may not know layer 1",
        ),
        (
            "sandbox/docker.py",
            "\nfrom grader.judge.plugin import run",
            "grader.sandbox.docker imports grader.judge.plugin (line 2): "
            "layer 2 may not know layer 3",
        ),
        (
            "process.py",
            "from grader import errors, sandbox",
            "grader.process imports grader.sandbox (line 1): layer 1 may not know layer 2",
        ),
        (
            "sandbox/docker.py",
            "from ..judge import plugin",
            "grader.sandbox.docker imports grader.judge.plugin (line 1): "
            "layer 2 may not know layer 3",
        ),
        (
            "sandbox/__init__.py",
            "from ..cli import main",
            "grader.sandbox imports grader.cli (line 1): layer 2 may not know layer 6",
        ),
        (
            "batch.py",
            "def show():\n    from grader.reports import text",
            "grader.batch imports grader.reports (line 2): layer 4 may not know layer 5",
        ),
        (
            "results.py",
            "import grader.nowhere",
            f"grader.results imports grader.nowhere (line 1): "
            f"grader.nowhere is in no layer of {HERE}",
        ),
    ],
)
def test_a_wrong_arrow_is_named(tmp_path: Path, path: str, source: str, fault: str) -> None:
    others = {
        "errors.py": "",
        "bank.py": "",
        "sandbox/__init__.py": "",
        "judge/__init__.py": "",
        "judge/plugin.py": "",
        "reports/__init__.py": "",
        "cli/__init__.py": "",
    }
    assert wrong_arrows(made_up(tmp_path, {**others, path: source})) == [fault]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bank.py", "from grader.catalogue import read_bank"),
        ("bank.py", "from grader import catalogue"),
        ("reports/text.py", "from grader.judge import grade"),
        ("reports/text.py", "from grader.bank import Bank"),
        ("gradebook.py", "from grader.check import forgers"),
        ("inside/worker.py", "from grader.errors import GraderError"),
        ("inside/worker.py", "from .. import errors"),
    ],
)
def test_a_module_that_may_know_little_is_held_to_it(
    tmp_path: Path, path: str, source: str
) -> None:
    others = {"errors.py": "", "catalogue/__init__.py": ""}
    (fault,) = wrong_arrows(made_up(tmp_path, {**others, path: source}))
    assert "may import only" in fault


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("results.py", "from grader.outcomes import Outcome"),
        ("catalogue/__init__.py", "from grader.bank import Bank\nimport pydantic"),
        ("judge/plugin.py", "from grader.testing import points"),
        ("reports/text.py", "from grader.results import Result\nfrom . import inert"),
        ("reports/book.py", "import grader.classroom"),
        ("inside/worker.py", "from grader.inside import wire\nfrom . import wire as same"),
        ("cli/main.py", "from grader import __version__\nimport grader.judge.plugin"),
    ],
)
def test_a_right_arrow_is_left_alone(tmp_path: Path, path: str, source: str) -> None:
    assert wrong_arrows(made_up(tmp_path, {path: source})) == []


def test_an_unknown_module_is_asked_to_be_added(tmp_path: Path) -> None:
    modules = made_up(tmp_path, {"results.py": "", "results_old.py": "", "cli/main.py": ""})
    assert unknown_modules(modules) == [
        "grader.results_old is in no layer: add it to LAYERS in tests/test_imports.py"
    ]


@pytest.mark.parametrize(
    ("path", "source", "fault"),
    [
        ("bank.py", "import click", "imports click (line 1): only grader.cli may"),
        (
            "sandbox/none.py",
            "from subprocess import Popen",
            "imports subprocess (line 1): only grader.process, grader.inside.porter may",
        ),
        (
            "cli/submit.py",
            "import docker.errors",
            "imports docker.errors (line 1): only grader.sandbox, grader.cli.doctor may",
        ),
        (
            "judge/plugin.py",
            "import numpy",
            f"imports numpy (line 1): numpy is not in PACKAGES of {HERE}: "
            f"say there who may import it",
        ),
    ],
)
def test_a_misplaced_package_is_named(tmp_path: Path, path: str, source: str, fault: str) -> None:
    (found,) = misplaced_packages(made_up(tmp_path, {path: source}))
    assert found.endswith(fault)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_free_where_it_belongs_and_misplaced_in_results(
    tmp_path: Path, package: str
) -> None:
    home = PACKAGES[package][0].removeprefix("grader.")
    modules = made_up(
        tmp_path, {f"{home}/one.py": f"import {package}", "results.py": f"import {package}"}
    )
    (found,) = misplaced_packages(modules)
    assert found.startswith(f"grader.results imports {package} ")


@pytest.mark.parametrize("source", ["import click", "import grader.errors", "import wire"])
def test_an_import_that_a_bare_python_lacks_is_named(tmp_path: Path, source: str) -> None:
    modules = made_up(tmp_path, {"inside/worker.py": f"import json\n{source}"})
    assert foreign_to_the_worker(modules) == [
        f"grader.inside.worker imports {source.split()[1]} (line 2): "
        f"the worker has only the standard library and itself"
    ]


@pytest.mark.parametrize(
    "source", ["match 1:\n    case _: pass\n", "try: pass\nexcept* ValueError: pass\n"]
)
def test_syntax_that_is_too_new_is_named_in_the_worker_only(tmp_path: Path, source: str) -> None:
    modules = made_up(tmp_path, {"inside/worker.py": source, "bank.py": source})
    (fault,) = too_new_for_the_worker(modules)
    assert fault.startswith("grader.inside.worker (line 2): ")


def test_a_module_without_an_opening_sentence_is_named(tmp_path: Path) -> None:
    modules = made_up(
        tmp_path,
        {
            "__init__.py": '"""A grader."""',
            "errors.py": "import json",
            "limits.py": '"""Every limit, with its\nunit."""',
        },
    )
    assert without_opening_sentence(modules) == [
        "grader.errors has no docstring",
        "grader.limits: the docstring's first line does not end its sentence",
    ]
