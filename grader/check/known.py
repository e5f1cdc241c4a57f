"""Names that nobody has to be told: the attributes of what comes with Python.

Only modules of the standard library are imported here, never a file of an exercise.
"""

import ast
import builtins
import importlib
import sys
import types
from collections import namedtuple
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

# A task may say "async with" or "module" and leave it to Python what these look up.
_SPECIAL_NAMES = frozenset({"__aenter__", "__aexit__", "__dict__", "__file__", "__path__"})
# Builtin types have these, and yet nobody expects them of what a decorator gives back.
_NEVER_MEANT = frozenset({"__wrapped__"})
# Importing one of these does something: it prints, or opens a browser.
_WITH_EFFECT = frozenset({"antigravity", "this"})
# Functions that make a class, whose attributes are the same whichever it is.
_RECORD = namedtuple("_RECORD", ())
_RECORD_MAKERS = (namedtuple, NamedTuple)
_OF_OURS = frozenset({"grader", "hypothesis", "pytest"})


@cache
def builtin_attributes() -> frozenset[str]:
    """Return the attributes of builtin types, exceptions, functions, generators, modules, ..."""
    unnamed: list[Any] = [iter(()), iter([]), iter({}), {}.keys(), {}.values(), {}.items()]
    classes = {*map(type, unnamed), *_classes_in(builtins), *_classes_in(types)}
    return _SPECIAL_NAMES.union(*map(dir, classes)) - _NEVER_MEANT


def attributes_of_imports(tree: ast.Module) -> frozenset[str]:
    """Return the attributes of what a file imports from the standard library.

    Of `import a` they are those of all classes of the module, of `from a import B` those of `B`.
    """
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found.update(*map(dir, _classes_in(_standard_module(alias.name))))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            module = _standard_module(node.module)
            values = [getattr(module, alias.name, None) for alias in node.names]
            found.update(*(dir(value) for value in values if isinstance(value, type)))
            if any(value in _RECORD_MAKERS for value in values):
                found.update(dir(_RECORD))
    return frozenset(found)


def packages_of(trees: Iterable[ast.Module], own: str) -> frozenset[str]:
    """Return the packages of others that files import; `own` is the name of the submission."""
    imported = {name.partition(".")[0] for tree in trees for name in _modules_named_in(tree)}
    return frozenset(imported - {own} - _OF_OURS - sys.stdlib_module_names)


def _modules_named_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _standard_module(name: str) -> types.ModuleType | None:
    """Return a module of the standard library, or None for any other and where it is missing."""
    top = name.partition(".")[0]
    if top not in sys.stdlib_module_names or top in _WITH_EFFECT:
        return None
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _classes_in(module: types.ModuleType | None) -> list[type]:
    return [value for value in vars(module).values() if isinstance(value, type)] if module else []
