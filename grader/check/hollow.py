"""Hollow submissions: an exercise's stub with functions that do nothing, or next to nothing.

Who hands in one of them has solved no part of the exercise, so it should earn next to nothing.
"""

import ast
from collections.abc import Callable, Iterator

# Python does not look at what these return, and refuses it from `__init__`.
_WITHOUT_RESULT = ("__init__", "__init_subclass__", "__post_init__", "__set_name__", "__del__")

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Fill = Callable[[_Function, bool], list[ast.stmt]]
"""Takes a function, and whether its first parameter is `self` or `cls`; returns a new body."""


def empty_functions(source: str) -> str:
    """Return a stub's text with unfinished functions that do nothing.

    A function is unfinished when its own body has a `raise NotImplementedError`; docstrings and
    all other functions are kept. An unfinished `__new__` is left out, so that instances can still
    be made.

    Raises:
        SyntaxError: for a text that is no Python.
    """
    return _filled(source, lambda function, is_bound: [ast.Pass()])


def first_arguments(source: str) -> str:
    """Return a stub's text with unfinished functions that return their first argument.

    That is the first positional one after `self` or `cls`, else the tuple of `*args`, else the
    first keyword-only one, else the dict of `**kwargs`, else `self` or `cls`. A function without
    parameters does nothing, nor does one whose result Python does not want, such as `__init__`.
    For the rest see `empty_functions`.

    Raises:
        SyntaxError: for a text that is no Python.
    """
    return _filled(source, _return_first)


def _filled(source: str, fill: _Fill) -> str:
    tree = _Filler(fill).visit(ast.parse(source))
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


class _Filler(ast.NodeTransformer):
    """Gives every unfinished function a new body."""

    def __init__(self, fill: _Fill) -> None:
        self._fill = fill
        self._is_in_class = False

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        return self._visited_inside(node, is_class=True)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return self._finished(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.stmt:
        return self._finished(node)

    def _finished(self, node: _Function) -> ast.stmt:
        if not _is_unfinished(node):
            return self._visited_inside(node, is_class=False)
        if self._is_in_class and node.name == "__new__":
            return ast.Pass()
        is_bound = self._is_in_class and not _is_static(node)
        docstring = node.body[:1] if ast.get_docstring(node, clean=False) is not None else []
        node.body = docstring + self._fill(node, is_bound)
        return node

    def _visited_inside(self, node: ast.stmt, *, is_class: bool) -> ast.stmt:
        outside, self._is_in_class = self._is_in_class, is_class
        self.generic_visit(node)
        self._is_in_class = outside
        return node


def _return_first(function: _Function, is_bound: bool) -> list[ast.stmt]:
    name = _first_argument(function.args, is_bound)
    if not name or (is_bound and function.name in _WITHOUT_RESULT):
        return [ast.Pass()]
    return [ast.Return(ast.Name(name, ast.Load()))]


def _first_argument(parameters: ast.arguments, is_bound: bool) -> str:
    """Return the name of what a function is given first, or "" if it takes nothing."""
    positional = [*parameters.posonlyargs, *parameters.args]
    own = positional[:1] if is_bound else []
    several = [parameters.vararg, *parameters.kwonlyargs, parameters.kwarg]
    candidates = [*positional[len(own) :], *several, *own]
    return next((one.arg for one in candidates if one is not None), "")


def _is_unfinished(function: _Function) -> bool:
    raised = [node.exc for node in _own_nodes(function) if isinstance(node, ast.Raise)]
    kinds = [one.func if isinstance(one, ast.Call) else one for one in raised]
    return any(kind and _last_name(kind) == "NotImplementedError" for kind in kinds)


def _own_nodes(function: _Function) -> Iterator[ast.AST]:
    """Yield what is in a function's body, but not in the functions and classes inside it."""
    waiting: list[ast.AST] = [*function.body]
    for node in waiting:  # which grows meanwhile
        yield node
        if not isinstance(node, _Function | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))


def _is_static(function: _Function) -> bool:
    return any(_last_name(decorator) == "staticmethod" for decorator in function.decorator_list)


def _last_name(expression: ast.expr) -> str:
    """Return "name" for `name` and for `module.name`."""
    return ast.unparse(expression).rpartition(".")[2]
