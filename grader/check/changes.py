"""Finds every small change that can be made to a program, but for those that no test could see.

The changes are mutmut's, and one of our own. Importing this module takes half a second and needs
mutmut, which few who grade have installed, so `grader.check.mutants` imports it when it is called.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import OPERATORS_TYPE, mutation_operators

from grader.errors import GraderError


@dataclass(frozen=True)
class Change:
    """One change: the dotted name of the function or class that it is in, and the whole new text.

    `function` is "" for a change that is in none.
    """

    function: str
    source: str


def changes_of(source: str, *, with_messages: bool) -> Iterator[Change]:
    """Yield each change of a program, in the order in which the changed parts begin in its text.

    Not every one compiles, some leave the program as it was, and some are there twice.
    `with_messages` tells whether the texts of exceptions and assertions are changed as well.

    Raises:
        GraderError: where libcst cannot read the program.
    """
    module = _parsed(source)
    spared = _spared(module, with_messages=with_messages)
    for function, node in _places(module, "", spared):
        for changed in _changed(node, spared):
            text = _text_with(module, node, changed)
            if text is not None:
                yield Change(function, text)


def _parsed(source: str) -> cst.Module:
    try:
        return cst.parse_module(source)
    except cst.ParserSyntaxError as error:
        raise GraderError(
            f"libcst cannot read line {error.raw_line} of the reference: {error.message}; "
            "install a newer libcst, or write that line in another way"
        ) from None


def _places(
    node: cst.CSTNode, function: str, spared: frozenset[cst.CSTNode]
) -> Iterator[tuple[str, cst.CSTNode]]:
    """Yield `node` and all that is inside it, each with the function or class that it is in."""
    if node in spared:
        return
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        function = f"{function}.{node.name.value}".removeprefix(".")
    yield function, node
    for child in node.children:
        yield from _places(child, function, spared)


def _changed(node: cst.CSTNode, spared: frozenset[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """Yield what may stand in the place of `node`, operator by operator."""
    for kind, operator in _OPERATORS:
        if isinstance(node, kind):
            yield from (new for new in operator(node) if not _loses_argument(node, new, spared))


def _loses_argument(node: cst.CSTNode, new: cst.CSTNode, spared: frozenset[cst.CSTNode]) -> bool:
    """Tell whether `new` is a call that has lost an argument which is to be left alone."""
    if not isinstance(node, cst.Call) or not isinstance(new, cst.Call):
        return False
    return any(argument in spared and argument not in new.args for argument in node.args)


def _text_with(module: cst.Module, node: cst.CSTNode, changed: cst.CSTNode) -> str | None:
    """Return the program with `changed` in the place of `node`, or None where it cannot be."""
    try:
        return cst.ensure_type(module.deep_replace(node, changed), cst.Module).code
    except cst.CSTValidationError:  # such as `return(not x)`, which would be `returnx`
        return None


def _left_out(statement: cst.BaseSmallStatement) -> Iterator[cst.Pass]:
    """Yield `pass` in the place of a statement that does something and binds nothing.

    mutmut keeps every statement, and to forget one is a mistake that people make.
    """
    # Without an assignment or an import a program mostly ends in a NameError, and without a
    # `return` it gives None: any test that comes by finds that, and says little of the others.
    if m.matches(statement, _CAN_BE_LEFT_OUT):
        yield cst.Pass(semicolon=statement.semicolon)


_CALL = m.Call() | m.Await(m.Call())
_CAN_BE_LEFT_OUT = m.OneOf(m.Expr(_CALL), m.Raise(), m.Del(), m.Break(), m.Continue())

_OPERATORS: OPERATORS_TYPE = (*mutation_operators, (cst.BaseSmallStatement, _left_out))


def _named(*names: str) -> m.OneOf[m.Name | m.Attribute]:
    """Match one of these names, also as an attribute: `cast` and `typing.cast`."""
    name = m.Name(m.MatchIfTrue(names.__contains__))
    return m.OneOf(name, m.Attribute(attr=name))


_EXPORTS = m.Name("__all__")
_OVERLOAD = m.Decorator(_named("overload"))

# Where a change is no mistake in the program: nobody runs it, or only readers and type checkers
# look at it. `__slots__` is not among them, because it says which attributes an object can have.
_NEVER_CHANGED = m.OneOf(
    m.Expr(m.SimpleString() | m.ConcatenatedString()),
    m.Import(),
    m.ImportFrom(),
    m.Assign(targets=[m.AssignTarget(_EXPORTS)]),
    m.AnnAssign(target=_EXPORTS),
    m.AugAssign(target=_EXPORTS),
    m.Annotation(),
    m.TypeParameters(),
    m.TypeAlias(),
    m.AnnAssign(annotation=m.Annotation(_named("TypeAlias"))),
    m.Assign(value=m.Call(_named("TypeVar", "TypeVarTuple", "ParamSpec", "NewType"))),
    m.FunctionDef(decorators=[m.ZeroOrMore(), _OVERLOAD, m.ZeroOrMore()]),
)

# `if TYPE_CHECKING:` and `if __name__ == "__main__":`
_NEVER_RUN = m.OneOf(
    m.If(test=_named("TYPE_CHECKING")), m.If(test=m.Comparison(left=m.Name("__name__")))
)


def _spared(module: cst.Module, *, with_messages: bool) -> frozenset[cst.CSTNode]:
    """Return the nodes that are left as they are, with all that is inside them."""
    spared = {*m.findall(module, _NEVER_CHANGED), *_blocks_not_run(module), *_cast_types(module)}
    if not with_messages:
        spared |= {*_messages(module)}
    return frozenset(spared | {*_aliases(module, frozenset(spared))})


def _blocks_not_run(module: cst.Module) -> Iterator[cst.CSTNode]:
    """Yield what is only for type checkers, or for running the file as a program."""
    for found in m.findall(module, _NEVER_RUN):
        block = cst.ensure_type(found, cst.If)
        yield from (block.test, block.body)


def _cast_types(module: cst.Module) -> Iterator[cst.CSTNode]:
    """Yield the first argument of each `cast`, which does nothing in a program that runs."""
    for call in m.findall(module, m.Call(_named("cast"))):
        yield from cst.ensure_type(call, cst.Call).args[:1]


def _messages(module: cst.Module) -> Iterator[cst.CSTNode]:
    """Yield the texts that exceptions are raised with, and those of assertions."""
    for statement in m.findall(module, m.Raise() | m.Assert()):
        match statement:
            case cst.Raise(exc=cst.Call(args=arguments)):
                yield from (argument for argument in arguments if _is_text(argument.value))
            case cst.Assert(msg=cst.BaseExpression() as message):
                yield message


def _is_text(expression: cst.BaseExpression) -> bool:
    """Tell whether an expression is text by its form: `"..."`, `"..." + x`, `"...".format(x)`."""
    match expression:
        case cst.BaseString():
            return True
        case cst.BinaryOperation():
            return _is_text(expression.left) or _is_text(expression.right)
        case cst.Call(func=cst.Attribute(value=value)):
            return _is_text(value)
    return False


def _aliases(module: cst.Module, spared: frozenset[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """Yield the assignments of types to names that only annotations read."""
    annotations = m.findall(module, m.Annotation())
    read = {name for annotation in annotations for name in _names_in(annotation, frozenset())}
    elsewhere = Counter(_names_in(module, spared))
    for assignment in m.findall(module, m.Assign(targets=[m.AssignTarget(m.Name())])):
        (name,) = _names_in(cst.ensure_type(assignment, cst.Assign).targets[0], frozenset())
        # A call is no mere type: in `Annotated[int, Gt(0)]` it may be a check that is made.
        if name in read and elsewhere[name] == 1 and not m.findall(assignment, m.Call()):
            yield assignment


def _names_in(node: cst.CSTNode, spared: frozenset[cst.CSTNode]) -> Iterator[str]:
    nodes = (inner for _, inner in _places(node, "", spared))
    yield from (inner.value for inner in nodes if isinstance(inner, cst.Name))
