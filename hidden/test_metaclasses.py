"""Hidden tests of the exercise `metaclasses`.

A drawn input is a list of class statements, as a student could type them. The scenarios execute
them; the model in this file takes them apart and says what each family should hold afterwards.
"""

import ast
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

CALLABLE_RUNS = {
    "print": print,
    "lambda self: 1": lambda self: 1,
    "staticmethod(len)": staticmethod(len),
    "classmethod(print)": classmethod(print),
}
OTHER_RUNS = {"None": None, "'go'": "go"}
RUNS = {**CALLABLE_RUNS, **OTHER_RUNS}
BAD_KEYS = ["''", "None", "7", "b'csv'"]
KEYS = ["csv", "xml", "html", "json", "text", "pdf", "bin"]
ORDINARY_BODIES = ["pass", "run = print", "key = 'csv'; run = print"]
ABSTRACT_BODIES = ["pass", "run = print", "key = 'csv'", "run = None", "key = ''; run = print"]
NEVER_A_KEY = ["", "no", 7]

GOOD = ["concrete", "abstract", "ordinary"]
# Concrete, and without a `run` of its own where it can inherit one.
HEIR = "heir"
MISTAKES = ["no key", "bad key", "taken key", "bad run"]


@dataclass(frozen=True)
class Definition:
    """A class statement, taken apart; `body` holds the source of each value."""

    name: str
    bases: list[str]
    is_root: bool
    is_abstract: bool
    body: dict[str, str]


def take_apart(statement):
    node = ast.parse(statement).body[0]
    keywords = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
    assignments = [line for line in node.body if isinstance(line, ast.Assign)]
    return Definition(
        node.name,
        [ast.unparse(base) for base in node.bases],
        "metaclass" in keywords,
        keywords.get("abstract") == "True",
        {line.targets[0].id: ast.unparse(line.value) for line in assignments},
    )


class Model:
    """Plain classes for the inheritance, and the register of each family beside them."""

    def __init__(self, statements=()):
        self.classes = {}
        self.families = {}  # root -> key -> class, all by name
        self.define("class Plugin(metaclass=PluginMeta, abstract=True): pass")
        for statement in statements:
            self.define(statement)

    def define(self, statement):
        """Return "created", or the name of the exception that the statement raises."""
        definition = take_apart(statement)
        made = self.plain_class(definition.bases, definition.body)
        root = definition.name if definition.is_root else self.root_of(made)
        key = ast.literal_eval(definition.body.get("key", "None"))
        if "__slots__" in definition.body:
            return "ValueError"
        if root and not definition.is_abstract:
            if not isinstance(key, str) or not key or not has_run(made):
                return "TypeError"
            if key in self.families.get(root, {}):
                return "TypeError"
            self.families.setdefault(root, {})[key] = definition.name
        elif definition.is_root:
            self.families[root] = {}
        self.classes[definition.name] = made
        return "created"

    def plain_class(self, bases, body):
        run = {"run": RUNS[body["run"]]} if "run" in body else {}
        return type("Plain", tuple(self.classes[base] for base in bases), run)

    def can_inherit(self, bases):
        try:
            self.plain_class(bases, {})
        except TypeError:
            return False
        return True

    def root_of(self, made):
        return next((root for root in self.families if issubclass(made, self.classes[root])), None)

    def family_classes(self):
        return [name for name, made in self.classes.items() if self.root_of(made)]

    def ordinary_classes(self):
        return [name for name, made in self.classes.items() if not self.root_of(made)]

    def partners_of(self, parent):
        """Return the classes that can be a second base: ordinary ones, and distant relatives."""
        first = self.classes[parent]
        root = self.root_of(first)
        related = [
            name
            for name, made in self.classes.items()
            if self.root_of(made) == root
            and not issubclass(made, first)
            and not issubclass(first, made)
        ]
        return [*self.ordinary_classes(), *related]

    def branch(self, name):
        """Return key -> class name, for what a class of a family answers for."""
        family = self.families[self.root_of(self.classes[name])]
        asked = self.classes[name]
        return {key: one for key, one in family.items() if issubclass(self.classes[one], asked)}

    def keys(self, names):
        return {name: list(self.branch(name)) for name in names}

    def lengths(self, names):
        return {name: len(self.branch(name)) for name in names}

    def contained(self, names, keys):
        return {name: {key: key in self.branch(name) for key in keys} for name in names}

    def found(self, names, keys):
        return {
            name: {key: self.branch(name).get(key, "KeyError") for key in keys} for name in names
        }

    def questions(self):
        """Return all keys of all families, and things that are no key."""
        return [*{key: None for family in self.families.values() for key in family}, *NEVER_A_KEY]


def has_run(made):
    return callable(getattr(made, "run", None))


@dataclass(frozen=True)
class Step:
    """What a class statement is built from: its kind, and numbers that choose from what fits."""

    kind: str
    parent: int
    partner: int
    key: int
    run: int


def steps(kinds):
    # Four draws for a step, since Hypothesis removes no more than five choices in a row when it
    # looks for a smaller list, and one of them tells it whether the list goes on.
    number = st.integers(0, 5)
    pairs = st.sampled_from([(key, run) for key in range(6) for run in range(6)])
    return st.tuples(st.sampled_from(kinds), number, number, pairs).map(
        lambda drawn: Step(*drawn[:3], *drawn[3])
    )


def choose(things, number):
    return things[number % len(things)]


def statement_of(model, name, step):
    """Return a class statement of the kind asked for, given the classes that there are."""
    if step.kind == "ordinary":
        return f"class {name}: {choose(ORDINARY_BODIES, step.run)}"
    root = f"class {name}(metaclass=PluginMeta"
    if step.kind == "abstract root":
        return f"{root}, abstract=True): pass"
    if step.kind == "concrete root":
        return f"{root}): key = {choose(KEYS, step.key)!r}; run = print"
    bases = bases_of(model, step)
    if step.kind == "abstract":
        body = choose(ABSTRACT_BODIES, step.run)
        return f"class {name}({', '.join(bases)}, abstract=True): {body}"
    body = "; ".join([*key_lines(model, bases, step), *run_lines(model, bases, step)])
    slots = "; __slots__ = 'key'" if step.kind == "refused by Python" else ""
    return f"class {name}({', '.join(bases)}): {body or 'pass'}{slots}"


def bases_of(model, step):
    """Return one base from a family, with a second one where Python allows it."""
    parent = choose(model.family_classes(), step.parent)
    partner = choose([None, *model.partners_of(parent)], step.partner)
    pairs = [[partner, parent], [parent, partner]][:: 1 if step.key % 2 else -1]
    if partner is not None:
        for pair in pairs:
            if model.can_inherit(pair):
                return pair
    return [parent]


def key_lines(model, bases, step):
    family = model.families[model.root_of(model.plain_class(bases, {}))]
    if step.kind == "bad key":
        return [f"key = {choose(BAD_KEYS, step.key)}"]
    if step.kind == "taken key" and family:
        return [f"key = {choose(list(family), step.key)!r}"]
    if step.kind in ("no key", "taken key"):
        return []
    return [f"key = {choose([key for key in KEYS if key not in family], step.key)!r}"]


def run_lines(model, bases, step):
    inherits = has_run(model.plain_class(bases, {}))
    if step.kind == "bad run":
        choices = [*OTHER_RUNS] if inherits else [None, *OTHER_RUNS]
    else:
        choices = [None] if step.kind == HEIR and inherits else [*CALLABLE_RUNS]
    run = choose(choices, step.run)
    return [] if run is None else [f"run = {run}"]


def statements_of(drawn):
    model, statements = Model(), []
    for name, step in zip("ABCDEF", drawn, strict=False):
        statements.append(statement_of(model, name, step))
        model.define(statements[-1])
    return statements


def class_statements(kinds):
    """Draw up to six class statements of these kinds; each may derive from those before it."""
    return st.lists(steps(kinds), min_size=1, max_size=6).map(statements_of)


@scenario(fresh=True)
def answers(student, classes, names, keys):
    known = {"Plugin": student.Plugin, "PluginMeta": student.PluginMeta, "__name__": "plugins"}
    for statement in classes:
        exec(statement, known)  # noqa: S102 - the statement is drawn by this file
    name_of = {id(value): name for name, value in known.items()}

    def look_up(asked, key):
        try:
            return name_of.get(id(asked[key]), "something else")
        except KeyError:
            return "KeyError"

    return {
        "keys": {name: list(known[name]) for name in names},
        "lengths": {name: len(known[name]) for name in names},
        "contained": {name: {key: key in known[name] for key in keys} for name in names},
        "found": {name: {key: look_up(known[name], key) for key in keys} for name in names},
    }


@points(2)
@hint(
    "Register a class as soon as it has been created, in one place for the whole family. Mind "
    "that a class with `__len__` in its metaclass counts as false while its length is 0."
)
@given(class_statements(GOOD))
def test_root_answers_for_its_family(classes):
    """`Plugin` finds every concrete class of its family by key, in order of definition."""
    model = Model(classes)
    keys = model.questions()
    seen = answers(classes, ["Plugin"], keys)
    assert seen["keys"] == model.keys(["Plugin"])
    assert seen["lengths"] == model.lengths(["Plugin"])
    assert seen["contained"] == model.contained(["Plugin"], keys)
    assert seen["found"] == model.found(["Plugin"], keys)


@points(2)
@hint(
    "What a class answers for is the part of its family's register that consists of itself and of "
    "classes derived from it; a class can be derived from several others."
)
@given(class_statements(GOOD))
def test_inner_classes_answer_for_their_branch(classes):
    """A class below `Plugin` answers for itself and its descendants, and for no other class."""
    model = Model(classes)
    names = [name for name in model.family_classes() if name != "Plugin"]
    keys = model.questions()
    seen = answers(classes, names, keys)
    assert seen["keys"] == model.keys(names)
    assert seen["lengths"] == model.lengths(names)
    assert seen["contained"] == model.contained(names, keys)
    assert seen["found"] == model.found(names, keys)


@scenario(fresh=True)
def outcomes(student, classes):
    known = {"Plugin": student.Plugin, "PluginMeta": student.PluginMeta, "__name__": "plugins"}
    happened = []
    for statement in classes:
        try:
            exec(statement, known)  # noqa: S102 - the statement is drawn by this file
            happened.append("created")
        except Exception as error:
            happened.append(type(error).__name__)
    return happened


def expected_outcomes(classes):
    model = Model()
    return [model.define(statement) for statement in classes]


@points(2)
@hint(
    "A concrete class needs a non-empty str as `key` in its own body, a callable `run` that may be "
    "inherited, and a key that is not taken in its family. Is each of the three checked?"
)
@given(
    class_statements([*GOOD, HEIR, *MISTAKES]).filter(
        lambda classes: "TypeError" in expected_outcomes(classes)
    )
)
def test_mistakes_raise_type_error(classes):
    """Creating a concrete class with a bad `key` or `run` raises TypeError, a good one does not."""
    expected = expected_outcomes(classes)
    assert outcomes(classes) == expected


@scenario(fresh=True)
def history(student, classes, keys):
    known = {"Plugin": student.Plugin, "PluginMeta": student.PluginMeta, "__name__": "plugins"}
    happened = []
    keys_after_each = []
    for statement in classes:
        try:
            exec(statement, known)  # noqa: S102 - the statement is drawn by this file
            happened.append("created")
        except Exception as error:
            happened.append(type(error).__name__)
        keys_after_each.append(list(student.Plugin))
    name_of = {id(value): name for name, value in known.items()}
    found = {}
    for key in keys:
        if key in student.Plugin:
            found[key] = name_of.get(id(student.Plugin[key]), "something else")
    return {
        "keys after each": keys_after_each,
        "length": len(student.Plugin),
        "found": found,
        "happened": happened,
    }


@points(1)
@hint(
    "Change nothing in the register before every check has passed and Python has created the class."
)
@given(
    class_statements(["concrete", "abstract", *MISTAKES, "refused by Python"]).filter(
        lambda classes: set(expected_outcomes(classes)) > {"created"}
    )
)
def test_failed_classes_leave_no_trace(classes):
    """After a class that could not be created, keys, length and lookups are as they were."""
    model, expected, keys_after_each = Model(), [], []
    for statement in classes:
        expected.append(model.define(statement))
        keys_after_each.append(list(model.branch("Plugin")))
    seen = history(classes, KEYS)
    assert seen["keys after each"] == keys_after_each
    assert seen["length"] == len(model.branch("Plugin"))
    assert seen["found"] == model.branch("Plugin")
    assert seen["happened"] == expected


@points(1)
@hint("Where is the register of a family kept, and when is a new one begun?")
@given(
    class_statements(["concrete root", "abstract root", "concrete"]).filter(
        lambda classes: "metaclass" in "".join(classes)
    )
)
@settings(max_examples=50)
def test_each_root_has_a_family_of_its_own(classes):
    """A second root class made with `PluginMeta` has a family of its own."""
    model = Model(classes)
    roots = list(model.families)
    keys = model.questions()
    seen = answers(classes, roots, keys)
    assert seen["keys"] == model.keys(roots)
    assert seen["lengths"] == model.lengths(roots)
    assert seen["found"] == model.found(roots, keys)


@scenario(fresh=True)
def keywords_seen(student, keywords):
    seen = []

    class Listener:
        def __init_subclass__(cls, **received):
            super().__init_subclass__()
            seen.append(received)

    class Listening(Listener, student.Plugin, **keywords):
        key = "listening"
        run = print

    class Base(student.Plugin, abstract=True):
        def __init_subclass__(cls, **received):
            super().__init_subclass__()
            seen.append(received)

    class Derived(Base, **keywords):
        key = "derived"
        run = print

    return {"seen": seen, "keys": list(student.Plugin)}


@points(1)
@hint(
    "`type.__new__` hands the keywords that it is given on to `__init_subclass__`. Which should it "
    "be given?"
)
@given(
    st.fixed_dictionaries(
        {}, optional={"abstract": st.booleans(), "size": st.integers(0, 9), "mode": st.just("r")}
    )
)
@settings(max_examples=40)
def test_other_keywords_reach_init_subclass(keywords):
    """Of a class statement's keywords, all but `abstract` reach `__init_subclass__`."""
    others = {name: value for name, value in keywords.items() if name != "abstract"}
    answer = keywords_seen(keywords)
    assert answer["seen"] == [others, others]
    assert answer["keys"] == ([] if keywords.get("abstract") else ["listening", "derived"])


@scenario(fresh=True)
def adders(student, bases, numbers):
    class Greeter:
        def greet(self):
            return "I am " + self.key

    known = {"Plugin": student.Plugin, "Greeter": Greeter, "dict": dict, "Exception": Exception}

    class Adder(*[known[base] for base in bases]):
        key = "adder"

        def __init__(self, first, *, second):
            super().__init__()
            self.first = first
            self.second = second

        def run(self, third):
            return self.first + self.second + third

    made = [student.Plugin["adder"](number, second=10) for number in numbers]
    return {
        "results": [adder.run(100) for adder in made],
        "instance of": [
            [base for base in bases if isinstance(adder, known[base])] for adder in made
        ],
        "greetings": [adder.greet() for adder in made if "Greeter" in bases],
        "keys": list(student.Plugin),
    }


BASES = [
    ["Plugin"],
    ["Greeter", "Plugin"],
    ["Plugin", "Greeter"],
    ["dict", "Plugin"],
    ["Plugin", "dict"],
    ["Greeter", "Plugin", "Exception"],
]


@points(1)
@hint("A plugin may have other bases than plugins, in any place; instances are none of its affair.")
@given(st.sampled_from(BASES), st.lists(st.integers(0, 9), max_size=4))
@settings(max_examples=40)
def test_instances_are_made_as_usual(bases, numbers):
    """Instances are made as usual, also of a class that mixes a plugin with other bases."""
    seen = adders(bases, numbers)
    assert seen["results"] == [number + 110 for number in numbers]
    assert seen["instance of"] == [bases for _ in numbers]
    assert seen["greetings"] == ["I am adder" for _ in numbers if "Greeter" in bases]
    assert seen["keys"] == ["adder"]
