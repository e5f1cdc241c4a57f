"""Finds the names that hidden tests need a submission to have, as attributes, keywords or classes.

Only what can be seen in the text is found: a name that is computed, or drawn, is not.
"""

import ast
import builtins
import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from grader.check.following import Trail, follow, foreign_names
from grader.check.known import builtin_attributes
from grader.check.reading import Function, HiddenTestFile, ScenarioFunction, Stub, last_name
from grader.check.texts import Texts, texts_in

_LOOKING_UP = frozenset({"delattr", "getattr", "hasattr", "setattr"})
# These take the names of attributes as text, and give them to a class or an object.
_GIVING = frozenset({"Enum", "make_dataclass", "namedtuple", "setattr", "type"})
_OF_ANY_MODULE = frozenset({*dir(types.ModuleType("any")), "__dict__", "__file__", "__path__"})


class Kind(StrEnum):
    """What a name is to the hidden tests."""

    MODULE_NAME = "name"
    ATTRIBUTE = "attribute"
    KEYWORD = "keyword argument"
    EXCEPTION = "exception"


@dataclass(frozen=True)
class Use:
    """A name that a submission must have, and the line of the hidden tests that needs it."""

    name: str
    line: int
    kind: Kind


def names_used(hidden: HiddenTestFile, stub: Stub, module: str) -> tuple[Use, ...]:
    """Return the names that hidden tests look up on what comes from a submission, by line.

    `module` is the name that a submission is imported under. Left out are the attributes of builtin
    types, and what a scenario has put there itself.
    """
    foreign, any_keyword = foreign_names(stub.files), _taking_any_keyword(stub)
    uses = set(_exceptions(hidden.tree))
    for scenario in hidden.scenarios:
        trail = follow(scenario, foreign, module)
        finder = _Finder(scenario, trail, texts_in(scenario, hidden), any_keyword)
        uses |= set(finder.uses())
    return tuple(sorted(uses, key=lambda use: (use.line, use.name, use.kind)))


def _exceptions(tree: ast.Module) -> Iterator[Use]:
    """Yield what stands in `raises(...)`: builtin classes, and names as text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and last_name(node.func) == "raises":
            for argument in node.args:
                match argument:
                    case ast.Constant(value=str(name)):
                        yield Use(name, argument.lineno, Kind.EXCEPTION)
                    case ast.Name(id=name) if hasattr(builtins, name):
                        yield Use(name, argument.lineno, Kind.EXCEPTION)


def _taking_any_keyword(stub: Stub) -> frozenset[str]:
    """Return the functions of a stub that have `**`, and the classes with a method that has."""
    nodes = (node for file in stub.files for node in ast.walk(file.tree))
    return frozenset(
        node.name
        for node in nodes
        if isinstance(node, Function | ast.ClassDef)
        if any(map(_has_keywords, node.body if isinstance(node, ast.ClassDef) else [node]))
    )


def _has_keywords(node: ast.stmt) -> bool:
    return isinstance(node, Function) and node.args.kwarg is not None


@dataclass(frozen=True)
class _Finder:
    """Finds the names that one scenario needs; `any_keyword` are functions that take any."""

    scenario: ScenarioFunction
    trail: Trail
    texts: Texts
    any_keyword: frozenset[str]

    def uses(self) -> Iterator[Use]:
        """Yield them in no particular order; one may come twice."""
        nodes = [node for part in self.scenario.node.body for node in ast.walk(part)]
        ours = builtin_attributes().union(*map(self._made_by, nodes))
        for node in nodes:
            yield from self._imported(node)
            yield from self._looked_up_in_module(node)
            others = (*self._looked_up(node), *self._keywords(node))
            yield from (use for use in others if use.name not in ours)

    def _imported(self, node: ast.AST) -> Iterator[Use]:
        match node:
            case ast.ImportFrom(module=str(source), names=aliases):
                if self.trail.is_own_module(source):
                    yield from (Use(one.name, node.lineno, Kind.MODULE_NAME) for one in aliases)

    def _looked_up_in_module(self, node: ast.AST) -> Iterator[Use]:
        for value, name in self._lookups(node):
            if self._is_module(value) and name not in _OF_ANY_MODULE:
                yield Use(name, value.lineno, Kind.MODULE_NAME)

    def _looked_up(self, node: ast.AST) -> Iterator[Use]:
        for value, name in self._lookups(node):
            if self.trail.leads_home(value) and not self._is_module(value):
                yield Use(name, value.lineno, Kind.ATTRIBUTE)

    def _lookups(self, node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
        """Yield an object and the name of an attribute that is read or set."""
        match node:
            case ast.Attribute(value=value, attr=name):
                yield value, name
            case ast.Call(func=ast.Name(id=function), args=[value, named, *_]):
                if function in _LOOKING_UP:
                    yield from ((value, name) for name in self.texts.of(named))

    def _is_module(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == self.scenario.module_parameter

    def _keywords(self, node: ast.AST) -> Iterator[Use]:
        """Yield the keywords of a call of the student's function, or of a class statement."""
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr=name), keywords=keywords):
                is_theirs = self.trail.leads_home(value) and name not in self.any_keyword
                # One of a builtin type's methods, which take keywords of their own.
                is_theirs = is_theirs and (
                    self._is_module(value) or name not in builtin_attributes()
                )
            case ast.ClassDef(bases=bases, keywords=keywords):
                is_theirs = any(map(self.trail.leads_home, bases)) and not self.any_keyword
            case _:
                return
        for keyword in keywords if is_theirs else ():
            if keyword.arg not in (None, "metaclass"):
                yield Use(str(keyword.arg), keyword.value.lineno, Kind.KEYWORD)

    def _made_by(self, node: ast.AST) -> frozenset[str]:
        """Return the names that a scenario brings along, so that no submission must have them."""
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.arg(arg=name):
                return frozenset({name})
            case ast.ClassDef(name=name):
                return frozenset({name, *_names_set_in(node)})
            case ast.Attribute(attr=name, ctx=ast.Store()):
                return frozenset({name})
            case ast.Call():
                return frozenset(self._given_by_call(node))
        return frozenset()

    def _given_by_call(self, node: ast.Call) -> Iterator[str]:
        """Yield the names that a call gives to what it makes: SimpleNamespace(size=1), say."""
        name = last_name(node.func)
        if name in self.any_keyword or not self.trail.leads_home(node.func):
            yield from (str(keyword.arg) for keyword in node.keywords if keyword.arg)
        if name in _GIVING:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield from inner.value.replace(",", " ").split()


def _names_set_in(node: ast.ClassDef) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id
