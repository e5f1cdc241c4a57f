"""Hidden tests of the exercise `dunder_methods`.

Each test draws a session: lines of Python as one could type them at the prompt. It compares what
the lines show with the student's class and with the model below.
"""

from operator import add, mul, sub
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario


def shown_by(student, session, errors=()):
    """Type the lines at a prompt; return those that show something, each with what it shows.

    An exception of a class in `errors` is shown by that name; any other ends the session.
    """
    import builtins
    from itertools import islice

    def described(value):
        if isinstance(value, student.Vector):
            return f"Vector {described(list(islice(value, 20)))}"
        if isinstance(value, list):
            return f"[{', '.join(map(described, value))}]"
        if type(value) is float:
            return repr(value + 0.0)  # so that -0.0 is shown as 0.0
        return repr(value) if type(value) in (bool, int, str) else type(value).__name__

    def shown(line):
        try:
            code = compile(line, "<prompt>", "eval")
        except SyntaxError:
            exec(line, names)  # noqa: S102 - a line that is drawn by this file
            return []
        return [(line, described(eval(code, names)))]  # noqa: S307 - so is this one

    names = {"Vector": student.Vector}
    lines = []
    for line in session:
        try:
            lines += shown(line)
        except Exception as error:
            named = [name for name in errors if isinstance(error, getattr(builtins, name))]
            if not named:
                raise
            lines.append((line, named[0]))
    return lines


student_shows = scenario(shown_by)


def pairwise(operator):
    """Return a method that applies an operator to the components of two vectors of one length."""

    def method(self, other):
        if not isinstance(other, ModelVector):
            return NotImplemented
        if len(self) != len(other):
            raise ValueError
        return ModelVector(*map(operator, self, other))

    return method


class ModelVector:
    """A vector that keeps its components in a list."""

    __slots__ = ("_own",)

    def __init__(self, *components):
        self._own = list(components)

    def __len__(self):
        return len(self._own)

    def __getitem__(self, index):
        found = self._own[index]
        return ModelVector(*found) if isinstance(index, slice) else found

    def __eq__(self, other):
        return self._own == other._own if isinstance(other, ModelVector) else NotImplemented

    def __hash__(self):
        return len(self)

    def __bool__(self):
        return self._own.count(0) < len(self)

    __add__ = pairwise(add)
    __sub__ = pairwise(sub)
    _products = pairwise(mul)

    def __neg__(self):
        return self * -1

    def __mul__(self, number):
        if not isinstance(number, int | float):
            return NotImplemented
        return ModelVector(*[number * one for one in self._own])

    __rmul__ = __mul__

    def __matmul__(self, other):
        products = self._products(other)
        return products if products is NotImplemented else sum(products)

    def __repr__(self):
        return f"Vector({self._inside()})"

    def __str__(self):
        return f"<{self._inside()}>"

    def _inside(self):
        return str(self._own)[1:-1]


MODEL = SimpleNamespace(Vector=ModelVector)


def model_shows(session, errors=()):
    return shown_by(MODEL, session, errors)


def assignment(name, components):
    """Return the line that makes a vector."""
    return f"{name} = Vector({', '.join(map(repr, components))})"


ints = st.integers(-9, 9)
numbers = ints | st.sampled_from([0.5, 1.0, -1.5])
components = st.lists(numbers, max_size=3)


def several(lines, most=3):
    return st.lists(lines, min_size=1, max_size=most)


def sessions(vectors, lines):
    """Draw sessions: a vector `v` is made, and then come the lines."""
    return st.builds(lambda own, rest: [assignment("v", own), *rest], vectors, several(lines))


ends_of_slices = st.none() | st.integers(-4, 4)
slices = st.builds(
    lambda start, stop, step: f"v[{start}:{stop}:{step}]".replace("None", ""),
    ends_of_slices,
    ends_of_slices,
    st.sampled_from([None, 1, 2, -1]),
)
item_lines = st.one_of(
    st.just("len(v)"),
    st.integers(-4, 4).map("v[{}]".format),
    slices,
    st.sampled_from(["list(v)", "[a - b for a in v for b in v]"]),
)


@points(1)
@hint(
    "The `session` is typed line by line at Python's prompt. How would a list behave? Mind that a "
    "slice is a `Vector` again, while a single item is a number."
)
@given(session=sessions(components, item_lines))
def test_length_items_and_loops(session):
    """A `Vector` has a length, items and slices, and can be looped over."""
    shown = student_shows(session, ["IndexError"])
    assert shown == model_shows(session, ["IndexError"])


@st.composite
def arithmetic_sessions(draw):
    pairs = draw(st.lists(st.tuples(numbers, numbers), max_size=3))
    number = draw(numbers)
    operations = [
        *(["v + w"], ["v - w"], ["-v"], ["v @ w"]),
        *([f"v * {number}"], [f"{number} * v"]),
        *(["u = v", f"u {step}", "u"] for step in ("+= w", "-= w", f"*= {number}")),
    ]
    return [
        assignment("v", [left for left, _ in pairs]),
        assignment("w", [right for _, right in pairs]),
        *draw(st.sampled_from(operations)),
        *("v", "w"),
    ]


@points(2)
@hint(
    "Compute the line by hand. Which method does Python call for it, and on which of the two "
    "operands? The last two lines look at the operands again."
)
@given(session=arithmetic_sessions())
def test_arithmetic(session):
    """`+`, `-`, `*`, `@` and unary minus compute with the components and change no operand."""
    shown = student_shows(session)
    assert shown == model_shows(session)


@points(1)
@hint(
    "Two vectors of different length cannot be added, subtracted or multiplied. Where does your "
    "code notice that one of them has components left over?"
)
@given(
    session=st.builds(
        lambda left, right, lines: [assignment("v", left), assignment("w", right), *lines],
        components,
        components,
        several(st.sampled_from(["v + w", "v - w", "v @ w"]), most=2),
    )
)
def test_lengths_must_match(session):
    """`v + w`, `v - w` and `v @ w` raise ValueError if the lengths differ, and only then."""
    shown = student_shows(session, ["ValueError"])
    assert shown == model_shows(session, ["ValueError"])


METHODS = {
    "+": "__radd__",
    "-": "__rsub__",
    "*": "__rmul__",
    "@": "__rmatmul__",
    "==": "__eq__",
}
FOREIGN = ["7", "[1, 2]", "(1, 2)", "'ab'", "None"]


def with_other(operator, knows):
    """Return the lines that meet an operand whose class has the method for it, or has not."""
    name = METHODS[operator]
    body = f"{name} = lambda self, vector: 'Other.{name} was called'" if knows else "pass"
    return [f"class Other: {body}", f"v {operator} Other()"]


lines_with_other = st.builds(
    with_other, st.sampled_from([*METHODS]), st.sampled_from([True, True, False])
)
lines_with_builtins = several(
    st.sampled_from(
        [
            line
            for operator in "+-*@"
            for other in FOREIGN
            if (operator, other) != ("*", "7")
            for line in (f"v {operator} {other}", f"{other} {operator} v")
        ]
    )
    | st.sampled_from(["v + v", "v * v", "v * 7"]),
)
foreign_sessions = st.builds(
    lambda own, lines: [assignment("v", own), *lines],
    components,
    lines_with_other | lines_with_builtins,
)


@points(2)
@hint(
    "What does your method do when the other operand is none that it knows? It should neither "
    "raise an exception itself nor compute something: it tells Python that it does not know."
)
@given(session=foreign_sessions)
def test_foreign_operands(session):
    """A foreign operand's class is asked, and only if it does not know comes a TypeError."""
    shown = student_shows(session, ["TypeError"])
    assert shown == model_shows(session, ["TypeError"])


SAME_OR_NOT = {
    "the same": lambda own: own,
    "as floats": lambda own: [float(one) for one in own],
    "one more": lambda own: [*own, 0],
    "one less": lambda own: own[:-1],
    "another order": lambda own: own[::-1],
}
comparisons = st.sampled_from(
    [
        *("v == w", "v != w", "len({v, w})", "{v: 'found'}.get(w)"),
        *("v == tuple(v)", "v != list(v)", "v == None", "tuple(v) == v"),
    ]
)


@points(1)
@hint(
    "When are two vectors equal? What must be true of their hashes then? And what is a vector "
    "compared with something that is none?"
)
@given(
    session=st.builds(
        lambda own, how, lines: [
            assignment("v", own),
            assignment("w", SAME_OR_NOT[how](own)),
            *lines,
        ],
        components,
        st.sampled_from([*SAME_OR_NOT]),
        several(comparisons),
    )
)
def test_equality_and_hash(session):
    """Vectors with equal components are equal and one key, and no foreign object equals one."""
    shown = student_shows(session)
    assert shown == model_shows(session)


@points(1)
@hint(
    "Without `__bool__` Python decides by `__len__`. What counts is whether there is any component "
    "other than 0, and not their number or their sum."
)
@given(
    session=sessions(
        st.lists(st.sampled_from([0, 0.0]), max_size=3)
        | st.lists(st.sampled_from([0, 0.0, 1, -1, 0.5]), max_size=3),
        st.sampled_from(["bool(v)", "not v"]),
    )
)
def test_truth(session):
    """A `Vector` is false if all components are 0, and otherwise true."""
    shown = student_shows(session)
    assert shown == model_shows(session)


@points(1)
@hint("Compare the texts character by character: brackets, commas, blanks, and the empty vector.")
@given(
    session=sessions(
        st.lists(numbers | st.sampled_from([1e16, 0.1]), max_size=3),
        st.sampled_from(["repr(v)", "str(v)", "eval(repr(v))"]),
    )
)
def test_text(session):
    """`repr` writes the source text of a vector, and `str` its components in angle brackets."""
    shown = student_shows(session)
    assert shown == model_shows(session)


@scenario
def changes_of_own_attributes(student, numbers):
    """Try to set and to delete each attribute that a vector keeps something in."""
    import inspect

    vector = student.Vector(*numbers)
    names = list(getattr(vector, "__dict__", {}))
    for one_class in type(vector).__mro__:
        names += [
            name for name, slot in vars(one_class).items() if inspect.ismemberdescriptor(slot)
        ]
    outcomes = {}
    for name in names:
        for line, change, arguments in (
            (f"v.{name} = 5", setattr, (name, 5)),
            (f"del v.{name}", delattr, (name,)),
        ):
            try:
                change(student.Vector(*numbers), *arguments)
                outcomes[line] = "no exception"
            except AttributeError:
                outcomes[line] = "AttributeError"
    return outcomes


@points(1)
@hint(
    "Python calls a method of the class for `v.name = 5`, and another one for `del v.name`. Which "
    "are they? The second thing that is compared, if you see names of your own, is what happens "
    "to the attributes in which your class keeps its data."
)
@given(
    session=st.builds(
        lambda own, lines: [assignment("v", own), *lines, "v"],
        st.lists(numbers, min_size=1, max_size=3),
        several(
            st.sampled_from(
                [
                    *("v[0] = 5", "del v[0]", "v[:1] = [5]", "del v[:1]"),
                    *("v.x = 5", "del v.x", "v.size = 5"),
                ]
            )
        ),
    )
)
def test_nothing_can_be_changed(session):
    """Setting or deleting an item or an attribute raises, and the `Vector` stays as it was."""
    errors = ["TypeError", "AttributeError"]
    shown = student_shows(session, errors)
    assert shown == model_shows(session, errors)
    changed = changes_of_own_attributes([1, 2])
    assert changed == dict.fromkeys(changed, "AttributeError")
