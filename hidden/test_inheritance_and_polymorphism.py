"""Hidden tests of the exercise `inheritance_and_polymorphism`.

A drawn input is the source of an expression, such as "x * Number(2)". The scenarios make it from
the student's classes; here the same source is evaluated with ints, or with polynomials.
"""

import operator

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario


class Polynomial:
    """A sum of products; `terms` has the coefficient for each pair of powers, of x and of y."""

    def __init__(self, terms):
        self.terms = terms

    def __add__(self, other):
        total = dict(self.terms)
        for powers, coefficient in other.terms.items():
            total[powers] = total.get(powers, 0) + coefficient
        return Polynomial(total)

    def __mul__(self, other):
        total = Polynomial({})
        for (x, y), coefficient in self.terms.items():
            for (other_x, other_y), other_coefficient in other.terms.items():
                powers = (x + other_x, y + other_y)
                total += Polynomial({powers: coefficient * other_coefficient})
        return total

    def derivative(self, name):
        if name == "x":
            terms = {(x - 1, y): c * x for (x, y), c in self.terms.items() if x}
        elif name == "y":
            terms = {(x, y - 1): c * y for (x, y), c in self.terms.items() if y}
        else:
            terms = {}
        return Polynomial(terms)

    def value(self, env):
        return sum(c * env["x"] ** x * env["y"] ** y for (x, y), c in self.terms.items())


def number(value):
    return Polynomial({(0, 0): value})


POLYNOMIALS = {
    "x": Polynomial({(1, 0): 1}),
    "y": Polynomial({(0, 1): 1}),
    "Number": number,
    "Sum": operator.add,
    "Product": operator.mul,
    "Negation": lambda term: number(-1) * term,
    "Power": lambda factor, exponent: Polynomial({(exponent, 0): factor}),
}
INTS = {"Number": int, "Sum": operator.add, "Product": operator.mul, "Negation": operator.neg}


def polynomial(expression):
    return eval(expression, dict(POLYNOMIALS))  # noqa: S307 - its source is drawn here


def value_of(expression, names):
    """Return what Python computes for an expression of ints, or the NameError that it raises."""
    try:
        return eval(expression, {**INTS, **names})  # noqa: S307 - its source is drawn here
    except NameError:
        return "NameError"


def written(pattern, *parts):
    return st.builds(pattern.format, *parts)


small = st.integers(-3, 3)
leaves = st.sampled_from(["x", "y"]) | written("Number({})", small)
environments = st.fixed_dictionaries({"x": small, "y": small})


def expressions(more_operands=None):
    """Draw sources of expressions; `more_operands` stand everywhere but to the left of + and *."""

    def larger(inner):
        operand = inner if more_operands is None else inner | more_operands
        return st.one_of(
            written("({} + {})", inner, operand),
            written("({} * {})", inner, operand),
            written("Sum({}, {})", operand, operand),
            written("Product({}, {})", operand, operand),
            written("Negation({})", operand),
        )

    return st.recursive(leaves, larger, max_leaves=5)


@scenario
def evaluated(student, expression, env):
    classes = ("Number", "Sum", "Product", "Negation")
    names = {name: getattr(student, name) for name in classes}
    names.update({name: student.Variable(name) for name in ("x", "y")})
    made = eval(expression, names)  # noqa: S307 - its source is drawn by this file
    try:
        return made.evaluate(env)
    except NameError:
        return "NameError"


@points(1)
@hint(
    "`x` is `Variable('x')`, and `y` is `Variable('y')`. A sum asks its two operands for their "
    "values, whatever they are. Which class adds, which one multiplies, which one looks into `env`?"
)
@given(expression=expressions(), env=environments)
def test_values(expression, env):
    """`evaluate` computes what Python computes."""
    assert evaluated(expression, env) == value_of(expression, env)


factors = st.sampled_from(["x", "y", "Number(0)"])
products_with_zero = written("({} * {})", factors, factors)


@points(1)
@hint(
    "`x` is `Variable('x')`, and `y` is `Variable('y')`. Which exception does a dict raise for a "
    "missing key, and which one is asked for? A variable with the value 0 is not missing."
)
@given(
    expression=expressions() | products_with_zero,
    env=st.dictionaries(st.sampled_from(["x", "y", "z"]), st.integers(0, 1), max_size=3),
)
def test_missing_variables(expression, env):
    """`evaluate` raises NameError if, and only if, a variable that occurs has no value."""
    assert evaluated(expression, env) == value_of(expression, env)


@scenario
def derived(student, expression, names_to_derive_by, env):
    classes = ("Number", "Sum", "Product", "Negation")
    names = {name: getattr(student, name) for name in classes}
    names.update({name: student.Variable(name) for name in ("x", "y")})
    made = eval(expression, names)  # noqa: S307 - its source is drawn by this file
    for name in names_to_derive_by:
        made = made.derivative(name)
    return made.evaluate(env)


names_of_variables = st.sampled_from(["x", "y", "z"])


@points(2)
@hint(
    "`x` is `Variable('x')`, and `y` is `Variable('y')`. What is compared is the value of the "
    "derivative. Each class has a rule of its own, which asks the operands for their derivatives; "
    "that of a product needs the operands themselves as well."
)
@given(expression=expressions(), name=names_of_variables, env=environments)
def test_derivatives(expression, name, env):
    """`derivative` gives the derivative with respect to the variable of that name."""
    expected = polynomial(expression).derivative(name).value(env)
    assert derived(expression, [name], env) == expected


@points(1)
@hint(
    "What is compared is the value of `derivative(name).derivative(second_name)`. A derivative is "
    "an expression like any other: does it still have all of its variables?"
)
@given(
    expression=expressions(),
    name=names_of_variables,
    second_name=names_of_variables,
    env=environments,
)
def test_second_derivatives(expression, name, second_name, env):
    """A derivative can be differentiated again."""
    expected = polynomial(expression).derivative(name).derivative(second_name).value(env)
    assert derived(expression, [name, second_name], env) == expected


CLASSES = ["Expression", "Number", "Variable", "Sum", "Product", "Negation"]
ATTRIBUTES = {"Number": ["value"], "Variable": ["name"]}  # of the others: left and right


@scenario
def description(student, classes, expression, attributes):
    """Return of which classes an object is, and its attributes, operands by their values."""
    names = {name: getattr(student, name) for name in classes}
    made = eval(expression, names)  # noqa: S307 - its source is drawn by this file
    found = {"isinstance of": [name for name in classes if isinstance(made, names[name])]}
    for attribute in attributes:
        content = getattr(made, attribute)
        found[attribute] = content.evaluate({}) if attribute in ("left", "right") else content
    return found


numbers = written("Number({})", small)


@points(1)
@hint(
    "'isinstance of' lists the classes that the object belongs to; for `left` and `right` their "
    "values are shown. Which class is a special case of which other one, and what can it hand to "
    "the `__init__` that it inherits?"
)
@given(
    expression=st.one_of(
        numbers,
        written("Variable({!r})", st.sampled_from(["x", "y", "total"])),
        written("Sum({}, {})", numbers, numbers),
        written("Product({}, {})", numbers, numbers),
        written("Negation({})", numbers),
    )
)
def test_classes_and_attributes(expression):
    """The classes are derived from one another, and objects keep what they were made from."""
    name, _, arguments = expression.removesuffix(")").partition("(")
    attributes = ATTRIBUTES.get(name, ["left", "right"])
    contents = eval(f"[{arguments}]", dict(INTS))  # noqa: S307 - its source is drawn here
    its_classes, first = ["Expression", name], []
    if name == "Negation":
        its_classes, first = ["Expression", "Product", name], [-1]
    expected = {"isinstance of": its_classes}
    expected.update(zip(attributes, [*first, *contents], strict=True))
    assert description(CLASSES, expression, attributes) == expected


@scenario
def operation(student, left, sign, right):
    """Return the class of a sum or product, and what its `left` and `right` are."""

    class Foreign:
        def evaluate(self, env):
            return 5

        def derivative(self, name):
            return Foreign()

    class Derived(student.Expression):
        pass

    classes = ("Expression", "Number", "Variable", "Sum", "Product", "Negation")
    names = {name: getattr(student, name) for name in classes}
    names.update(Foreign=Foreign, Derived=Derived)
    a = eval(left, names)  # noqa: S307 - its source is drawn by this file
    b = eval(right, names)  # noqa: S307 - as above
    made = a + b if sign == "+" else a * b
    return {
        "class": type(made).__name__,
        "left": "a" if made.left is a else "something else",
        "right": "b" if made.right is b else "something else",
    }


operands = [
    "Number(0)",
    "Number(1)",
    "Variable('x')",
    "Sum(Number(2), Number(3))",
    "Product(Number(2), Number(3))",
    "Negation(Number(2))",
    "Expression()",
    "Derived()",
]


@points(1)
@hint(
    "The program is: a = ..., b = ..., a + b (or a * b). `Derived` is derived from `Expression` "
    "and has nothing of its own; `Foreign` is not derived from it. In which one class should the "
    "operators be, so that all the others have them?"
)
@given(
    a=st.sampled_from(operands),
    operator_sign=st.sampled_from("+*"),
    b=st.sampled_from([*operands, "Foreign()"]),
)
def test_operators(a, operator_sign, b):
    """`+` and `*` of any expression give a `Sum` and a `Product` of the two operands."""
    expected = {"class": {"+": "Sum", "*": "Product"}[operator_sign], "left": "a", "right": "b"}
    assert operation(a, operator_sign, b) == expected


@scenario
def values_with_power(student, base, expression, name, env):
    bases = {"Expression": student.Expression, "object": object}

    class Power(bases[base]):
        def __init__(self, factor, exponent):
            self.factor = factor
            self.exponent = exponent

        def evaluate(self, env):
            return self.factor * env["x"] ** self.exponent

        def derivative(self, name):
            if name != "x" or self.exponent == 0:
                return Power(0, 0)
            return Power(self.factor * self.exponent, self.exponent - 1)

    names = {name: getattr(student, name) for name in ("Number", "Sum", "Product", "Negation")}
    names.update({name: student.Variable(name) for name in ("x", "y")}, Power=Power)
    made = eval(expression, names)  # noqa: S307 - its source is drawn by this file
    first = made.derivative(name)
    second = first.derivative(name)
    return [one.evaluate(env) for one in (made, first, second)]


powers = written("Power({}, {})", small, st.integers(0, 3))


@points(2)
@hint(
    "`Power(2, 3)` is 2 * x ** 3, an object of a class that your code has never heard of, whose "
    "base is `Expression`, or nothing (object). The values are those of the expression and of its "
    "first and second derivative. What do your classes ask of their operands, or of derivatives, "
    "besides `evaluate` and `derivative`?"
)
@given(
    base=st.sampled_from(["object", "Expression"]),
    expression=expressions(powers),
    name=names_of_variables,
    env=environments,
)
def test_unknown_classes(base, expression, name, env):
    """Objects of an unknown class with `evaluate` and `derivative` work as operands."""
    model = polynomial(expression)
    first = model.derivative(name)
    expected = [one.value(env) for one in (model, first, first.derivative(name))]
    assert values_with_power(base, expression, name, env) == expected


@scenario
def answers_without_methods(student, defined, expression):
    """Ask an expression in which something lacks one of the methods, or both."""

    class Half(student.Expression):
        pass

    if "evaluate" in defined:
        Half.evaluate = lambda self, env: 7
    if "derivative" in defined:
        Half.derivative = lambda self, name: student.Number(5)

    def answer(ask):
        try:
            return ask()
        except NotImplementedError:
            return "NotImplementedError"

    names = {name: getattr(student, name) for name in ("Expression", "Number", "Sum")}
    made = eval(expression, {**names, "Half": Half})  # noqa: S307 - drawn by this file
    return {
        "value": answer(lambda: made.evaluate({})),
        "derivative": answer(lambda: made.derivative("x").evaluate({})),
    }


incomplete = st.sampled_from(["Expression()", "Half()"])


@points(1)
@hint(
    "`Half` is derived from `Expression` and has the methods that are in `defined`. What happens "
    "when a method is asked for that only the base class has, and can that be taken for an answer?"
)
@given(
    defined=st.sampled_from([[], ["evaluate"], ["derivative"], ["evaluate", "derivative"]]),
    expression=st.one_of(
        incomplete,
        written("Sum({}, {})", numbers, incomplete),
        written("{} + {}", incomplete, numbers),
    ),
)
def test_the_base_class_refuses(defined, expression):
    """A method that only `Expression` has raises NotImplementedError, also inside a sum."""
    answers = answers_without_methods(defined, expression)
    known = defined if "Half" in expression else []
    value = value_of(expression, {"Half": lambda: 7, "Expression": lambda: 7})
    assert answers == {
        "value": value if "evaluate" in known else "NotImplementedError",
        "derivative": 5 if "derivative" in known else "NotImplementedError",
    }
