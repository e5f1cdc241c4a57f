"""Finds the texts that a name of a scenario stands for, where they are written out in the file."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.check.reading import HiddenTestFile, ScenarioFunction


@dataclass(frozen=True)
class Texts:
    """For each name of a scenario the expressions that it is bound to, or that it goes through."""

    values: Mapping[str, tuple[ast.expr, ...]]

    def of(self, node: ast.expr) -> frozenset[str]:
        """Return the texts that an expression can be; none where it is computed."""
        return frozenset(self._of(node, frozenset()))

    def _of(self, node: ast.expr, seen: frozenset[str]) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.Name(id=name) if name not in seen:
                for value in self.values.get(name, ()):
                    yield from self._of(value, seen | {name})
        for part in _choices(node):
            yield from self._of(part, seen)


def texts_in(scenario: ScenarioFunction, hidden: HiddenTestFile) -> Texts:
    """Return what is known of a scenario's names, its parameters included.

    Those are what the file's calls of the scenario give.
    """
    values: dict[str, tuple[ast.expr, ...]] = {}
    for name, value in (*_bound_in(scenario), *_given_to(scenario, hidden)):
        values[name] = (*values.get(name, ()), value)
    return Texts(values)


def _choices(node: ast.expr) -> list[ast.expr]:
    """Return what an expression can be, or, of a collection, what its items can be."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.ListComp(elt=part) | ast.SetComp(elt=part) | ast.GeneratorExp(elt=part):
            return [part]
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
    return []


def _bound_in(scenario: ScenarioFunction) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(scenario.node):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.For(target=ast.Name(id=name), iter=value)
                | ast.comprehension(target=ast.Name(id=name), iter=value)
            ):
                yield name, value


def _given_to(scenario: ScenarioFunction, hidden: HiddenTestFile) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(hidden.tree):
        match node:
            case ast.Call(func=ast.Name(id=scenario.name)):
                yield from zip(scenario.parameters, node.args, strict=False)
                yield from ((str(one.arg), one.value) for one in node.keywords if one.arg)
