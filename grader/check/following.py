"""Follows what comes from the student's module through a scenario, by its syntax tree.

A scenario is one namespace here, whatever functions are in it, and order does not matter: a name
leads to the student's code when anything that it is bound to does. That is wrong for two things of
one name, which authors can avoid, and right for closures, loops and recursion.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.check.reading import Function, PythonFile, ScenarioFunction, last_name, own_nodes

# Calls that give back what they are given, or what is in it; named by the last part of the name.
_PASSING_ON = frozenset(
    {
        *("copy", "deepcopy", "dict", "enumerate", "filter", "frozenset", "getattr", "iter"),
        *("list", "max", "min", "next", "reversed", "set", "sorted", "tuple", "type", "zip"),
        *("accumulate", "chain", "closing", "aclosing", "cycle", "islice", "partial"),
        *("enter_async_context", "enter_context", "gather", "run", "wait_for"),
    }
)
_KEEPING = frozenset(
    {"add", "append", "appendleft", "extend", "insert", "put", "put_nowait", "setdefault", "update"}
)
_IMPORTERS = frozenset({"__import__", "import_module"})
# Modules whose names in an annotation say nothing about where a value's class comes from.
_ONLY_TYPES = frozenset({"__future__", "abc", "collections.abc", "types", "typing"})


@dataclass(frozen=True)
class Trail:
    """What of a scenario leads to the student's code.

    `names` are the scenario's names that do; ".name" stands for an attribute, of whatever object,
    that has been given something of the student's. `foreign` are attributes that do not, though
    they are looked up on something that does. `module` is the name under which submissions are
    imported.
    """

    names: frozenset[str]
    foreign: frozenset[str]
    module: str

    def leads_home(self, node: ast.expr | None) -> bool:
        """Tell whether an expression's value is the student's, or made or held by what is."""
        match node:
            case ast.Name(id=name):
                return name in self.names
            case ast.Attribute(value=value, attr=name):
                return f".{name}" in self.names or (
                    name not in self.foreign and self.leads_home(value)
                )
            case ast.Call():
                return self._call_leads_home(node)
        return any(map(self.leads_home, _parts(node)))

    def is_own_module(self, name: str) -> bool:
        """Tell whether a dotted name is that of the submission or of a module in it."""
        return name.partition(".")[0] == self.module

    def _call_leads_home(self, node: ast.Call) -> bool:
        name = last_name(node.func)
        if name in _IMPORTERS and node.args and isinstance(node.args[0], ast.Constant):
            return self.is_own_module(str(node.args[0].value))
        if name in _PASSING_ON and any(map(self.leads_home, node.args)):
            return True
        return self.leads_home(node.func)


def follow(scenario: ScenarioFunction, foreign: frozenset[str], module: str) -> Trail:
    """Return what of a scenario leads to the student's code."""
    names = frozenset({scenario.module_parameter, *_sources(scenario.node, module)})
    bindings = tuple(_bindings(scenario.node))
    while True:
        trail = Trail(names, foreign, module)
        found = {name for name, value in bindings if trail.leads_home(value)}
        if found <= names:
            return trail
        names |= found


def foreign_names(files: tuple[PythonFile, ...]) -> frozenset[str]:
    """Return the names of a stub whose values, by their annotations, are of imported classes.

    Such are `app: Flask`, `app = Flask(__name__)` and `def table(self) -> Path`: nobody has to be
    told what the attributes of those classes are.
    """
    foreign: set[str] = set()
    own: set[str] = set()
    for file in files:
        imported = _imported_names(file.tree)
        classes = {node.name for node in ast.walk(file.tree) if isinstance(node, ast.ClassDef)}
        for name, says in _declarations(file.tree):
            names = _names_in(says)
            is_foreign = names & imported and not names & classes
            (foreign if is_foreign else own).add(name)
    return frozenset(foreign - own)


def _parts(node: ast.expr | None) -> list[ast.expr]:
    """Return the parts of an expression that its value is, or holds, or is computed from."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.Dict(values=parts) | ast.BoolOp(values=parts):
            return parts
        case ast.Subscript(value=part) | ast.Starred(value=part) | ast.Await(value=part):
            return [part]
        case ast.NamedExpr(value=part) | ast.Lambda(body=part):
            return [part]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Invert(), operand=part):
            return [part]
        case ast.ListComp(elt=part) | ast.SetComp(elt=part) | ast.GeneratorExp(elt=part):
            return [part]
        case ast.DictComp(value=part):
            return [part]
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return [one, other]
    return []


def _sources(scenario: Function, module: str) -> Iterator[str]:
    """Yield the names that lead to the student's code whatever else they are bound to.

    They are those of imported modules of the submission, and of exceptions of any class.
    """
    for node in ast.walk(scenario):
        match node:
            case ast.Import(names=aliases):
                yield from (
                    alias.asname or module
                    for alias in aliases
                    if alias.name.partition(".")[0] == module
                )
            case ast.ImportFrom(module=str(source), names=aliases):
                if source.partition(".")[0] == module:
                    yield from (alias.asname or alias.name for alias in aliases)
            case ast.ExceptHandler(name=str(name), type=ast.Name(id="Exception" | "BaseException")):
                yield name


def _bindings(scenario: Function) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a scenario binds, each with an expression that it gets its value from.

    A name may come several times.
    """
    functions = {node.name: node for node in ast.walk(scenario) if isinstance(node, Function)}
    for statement in scenario.body:
        for node in ast.walk(statement):
            yield from _bound_by_definition(node)
            yield from _bound_by_assignment(node)
            if isinstance(node, ast.Call):
                yield from _bound_by_call(node, functions)


def _bound_by_assignment(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _unpacked(target, value)
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.AugAssign(target=target, value=value)
            | ast.NamedExpr(target=target, value=value)
            | ast.For(target=target, iter=value)
            | ast.AsyncFor(target=target, iter=value)
            | ast.comprehension(target=target, iter=value)
            | ast.withitem(optional_vars=ast.expr() as target, context_expr=value)
        ):
            yield from _unpacked(target, value)
        case ast.ExceptHandler(name=str(name), type=ast.expr() as kind):
            yield name, kind


def _unpacked(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Yield what an assignment binds; where a tuple stands on both sides, part by part."""
    match target, value:
        case (ast.Tuple(elts=targets), ast.Tuple(elts=values)) if len(targets) == len(values):
            for inner_target, inner_value in zip(targets, values, strict=True):
                yield from _unpacked(inner_target, inner_value)
        case ((ast.Tuple(elts=targets) | ast.List(elts=targets)), _):
            for inner_target in targets:
                yield from _unpacked(inner_target, value)
        case _:
            yield from ((name, value) for name in _holders(target))


def _holders(target: ast.expr) -> Iterator[str]:
    """Yield the name or ".attribute" that holds what is assigned to a target, or to its items."""
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Attribute(attr=name):
            yield f".{name}"
        case ast.Subscript(value=inner) | ast.Starred(value=inner):
            yield from _holders(inner)


def _bound_by_call(
    node: ast.Call, functions: dict[str, Function]
) -> Iterator[tuple[str, ast.expr]]:
    """Yield the containers that are given something, and the parameters of inner functions."""
    match node.func:
        case ast.Attribute(value=container, attr=name) if name in _KEEPING:
            for argument in node.args:
                yield from ((holder, argument) for holder in _holders(container))
        case ast.Name(id=name) if name in functions:
            parameters = functions[name].args
            positional = [*parameters.posonlyargs, *parameters.args]
            yield from (
                (parameter.arg, argument)
                for parameter, argument in zip(positional, node.args, strict=False)
            )


def _bound_by_definition(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, Function):
        yield from ((node.name, decorator) for decorator in node.decorator_list)
        yield from ((node.name, value) for value in _given_back(node))
    elif isinstance(node, ast.ClassDef):
        sources = [*node.decorator_list, *node.bases, *(one.value for one in node.keywords)]
        for name in (node.name, *_self_names(node)):
            yield from ((name, source) for source in sources)
        # What a class body binds is found as an attribute of the class.
        for statement in node.body:
            bound = (*_bound_by_definition(statement), *_bound_by_assignment(statement))
            yield from ((f".{name.removeprefix('.')}", value) for name, value in bound)


def _self_names(node: ast.ClassDef) -> Iterator[str]:
    """Yield what a class's methods call its instances, or the class."""
    yield "super"
    for method in node.body:
        if isinstance(method, Function) and method.args.args:
            yield method.args.args[0].arg


def _given_back(function: Function) -> Iterator[ast.expr]:
    """Yield what a function returns or yields."""
    for node in own_nodes(function):
        match node:
            case ast.Return(value=ast.expr() as value) | ast.Yield(value=ast.expr() as value):
                yield value
            case ast.YieldFrom(value=value):
                yield value


def _imported_names(tree: ast.Module) -> set[str]:
    """Return the names that a file has from elsewhere, but for those that only serve types."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module not in _ONLY_TYPES:
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def _declarations(tree: ast.Module) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield functions and variables, with the expression that says of which class a value is."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.returns
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                yield name, annotation
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                yield name, function


def _names_in(node: ast.expr | None) -> set[str]:
    """Return the names in an annotation, also where it is written as text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return set()
    names = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name)) if node else ()
    return {name.id for name in names}
