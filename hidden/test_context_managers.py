"""Hidden tests of the exercise `context_managers`.

Each test draws small programs, which are lists of lines of Python, and compares what they print
with the student's classes and with the models below.
"""

from contextlib import contextmanager
from copy import deepcopy
from itertools import chain
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario


class Abort(Exception):  # noqa: N818 - programs print the name, so it is that of the exercise
    """The model of `Abort`."""


@contextmanager
def transaction_model(store):
    before = deepcopy(store)
    try:
        yield store
    except BaseException as error:
        store.clear()
        store.update(before)
        if not isinstance(error, Abort):
            raise


@contextmanager
def set_attr_model(target, **values):
    own = vars(target)
    before = {name: own[name] for name in values if name in own}
    own.update(values)
    try:
        yield target
    finally:
        for name in values:
            own.pop(name, None)
        own.update(before)


class Reusable:
    """Makes a model that can be entered once an object that can be entered again."""

    def __init__(self, model, *arguments, **values):
        self._make = lambda: model(*arguments, **values)
        self._entered = []

    def __enter__(self):
        self._entered.append(self._make())
        return self._entered[-1].__enter__()

    def __exit__(self, *details):
        return self._entered.pop().__exit__(*details)


MODEL = SimpleNamespace(
    Abort=Abort,
    Transaction=lambda store: Reusable(transaction_model, store),
    SetAttr=lambda target, **values: Reusable(set_attr_model, target, **values),
)


def printed_by(student, program):
    """Run a program with the classes of `student`; return the lines that it prints."""
    text = "\n".join(program)
    classes = [name for name in ("Abort", "Transaction", "SetAttr") if name in text]
    names = {name: getattr(student, name) for name in classes}
    printed = []
    names["print"] = lambda *values: printed.append(" ".join(map(str, values)))
    exec(text, names)  # noqa: S102 - one of the programs that are drawn here
    return printed


student_prints = scenario(printed_by)


def model_prints(program):
    return printed_by(MODEL, program)


def indented(lines):
    return ["    " + line for line in lines]


def with_block(header, steps, ending):
    """Return the lines of a block; a step is a list of lines."""
    return [header, *indented([*chain.from_iterable(steps), *ending] or ["pass"])]


def unguarded(lines):
    return lines


def guarded(lines):
    """Return the lines of a program that tells which exception a block has let through."""
    return [
        "try:",
        *indented(lines),
        "except (Abort, ValueError) as error:",
        "    print(type(error).__name__)",
    ]


def silenced(lines):
    """Return the lines of a program that goes on after a block that ends with a ValueError."""
    if lines[-1].strip() != "raise ValueError":
        return lines
    return ["try:", *indented(lines), "except ValueError:", "    pass"]


ENDINGS = [[], ["raise ValueError"]]
ENDINGS_WITH_ABORT = [*ENDINGS, ["raise Abort"]]

MOST_LINES = 12  # of a block; a longer one is no fun to read


def blocks(headers, changes, endings, guards, depth=3):
    """Draw the lines of a `with` block that holds changes and further blocks."""
    change = changes.map(lambda line: [line])
    bodies = st.lists(change, max_size=3)
    if depth > 1:
        inner_blocks = blocks(headers, changes, endings, guards, depth - 1)
        inner = st.one_of([inner_blocks.map(guard) for guard in guards])
        # A change and then a block is where most mistakes show, so it is drawn more often; as a
        # list, since what can be empty can be left out of a counterexample.
        change_first = st.builds(
            lambda first, rest: [first, *rest], change, st.lists(inner, max_size=2)
        )
        bodies = change_first | st.lists(change | inner, max_size=3)
    return st.builds(with_block, headers, bodies, st.sampled_from(endings)).filter(
        lambda lines: len(lines) <= MOST_LINES
    )


def scripts(one_block, report, most=2):
    """Draw the lines of one or more blocks, one after the other, with a line after each."""
    return st.lists(one_block, min_size=1, max_size=most).map(
        lambda several: [line for lines in several for line in (*lines, report)]
    )


numbers = st.integers(0, 9)
keys = st.sampled_from("ab")
stores = st.dictionaries(keys, numbers, max_size=2) | st.dictionaries(keys, numbers, min_size=2)
store_changes = st.one_of(
    st.builds("data[{!r}] = {}".format, keys, numbers),
    st.builds("data.pop({!r}, None)".format, keys),
    st.builds("data[{0!r}] = data.pop({0!r}, {1})".format, keys, numbers),
    st.just("print(store)"),
)
transaction_blocks = blocks(
    st.just("with Transaction(store) as data:"),
    store_changes,
    ENDINGS_WITH_ABORT,
    [unguarded, guarded],
)
transaction_programs = st.builds(
    lambda store, script: [f"store = {store}", *script],
    stores,
    scripts(transaction_blocks.map(guarded), "print(store)"),
)


@points(2)
@hint(
    "Run the program by hand. What exactly must the dict hold after each block, in which order of "
    "keys, and does everybody who holds the dict see it? Inside the block, `data` is the store."
)
@given(program=transaction_programs)
def test_transaction_keeps_or_takes_back(program):
    """`Transaction` keeps the changes of a block that ends well and takes back those of another."""
    assert student_prints(program) == model_prints(program)


ERROR_CLASSES = ["ValueError", "KeyError", "StopIteration", "KeyboardInterrupt", "SystemExit"]


@st.composite
def raising_programs(draw):
    name = draw(st.sampled_from([*ERROR_CLASSES, "Abort", "Cancel"]))
    argument = draw(st.sampled_from(["", "3", "'full'"]))
    return [
        *(["class Cancel(Abort): pass"] if name == "Cancel" else []),
        f"store = {{'a': {draw(numbers)}}}",
        "transaction = Transaction(store)",
        f"error = {name}({argument})",
        "try:",
        "    with transaction as data:",
        f"        data['a'] = {draw(numbers)}",
        "        raise error",
        "    print('after the block')",
        "except BaseException as caught:",
        "    print(repr(caught), 'is the same object:', caught is error)",
        "print(store)",
    ]


@points(1)
@hint(
    "What `__exit__` returns decides whether an exception goes on. Which exceptions are there "
    "besides those derived from `Exception`, and which ones count as an `Abort`?"
)
@given(program=raising_programs())
def test_transaction_lets_exceptions_go_on(program):
    """After the rollback `Abort` is over, and any other exception reaches the caller unchanged."""
    assert student_prints(program) == model_prints(program)


any_keys = st.sampled_from(["a", "b", 1, 2])
nested_values = st.recursive(
    st.sampled_from([0, 5, "x", None, True]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(any_keys, inner, max_size=2),
        st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=5,
)


def changes_inside(value, path="data"):
    """Yield a line for each list and dict in a value that changes it, the outermost first."""
    if isinstance(value, list):
        yield f"{path}.append(9)"
    if isinstance(value, dict):
        yield f"{path}['new'] = 9"
    if isinstance(value, dict | list | tuple):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from changes_inside(item, f"{path}[{key!r}]")


def changes_below(store):
    """Return the lines that change something inside the store's values."""
    return [*changes_inside(store)][1:]


nested_stores = st.dictionaries(any_keys, nested_values, min_size=1, max_size=2).filter(
    changes_below
)


@st.composite
def nesting_programs(draw):
    store = draw(nested_stores)
    ending = draw(st.sampled_from(ENDINGS))
    block = with_block("with Transaction(store) as data:", [changes_below(store)], ending)
    return [f"store = {store}", *silenced(block), "print(store)"]


@points(1)
@hint(
    "When a list inside the store changes, what else changes that was made from the store before? "
    "Look at lists in lists, in dicts and in tuples, and at what becomes of tuples and of keys."
)
@given(program=nesting_programs())
def test_transaction_takes_back_changes_deep_inside(program):
    """Changes in lists and dicts inside the store are taken back, too."""
    assert student_prints(program) == model_prints(program)


reused_transaction_blocks = blocks(
    st.just("with transaction as data:"),
    numbers.map("data['a'] = {}".format),
    ENDINGS,
    [silenced],
)
reused_transaction_programs = st.builds(
    lambda number, script: [
        f"store = {{'a': {number}}}",
        "transaction = Transaction(store)",
        *script,
    ],
    numbers,
    scripts(reused_transaction_blocks.map(silenced), "print(store)", most=3),
)


@points(2)
@hint(
    "Each block goes back to what it found when it was entered. How many blocks of one object can "
    "be open at the same time, and what does the object know about each of them?"
)
@given(program=reused_transaction_programs)
def test_one_transaction_used_again(program):
    """One `Transaction` object can be used several times, also inside a block of its own."""
    assert student_prints(program) == model_prints(program)


PRINT_SETTINGS = "print(sorted(vars(settings).items()))"

attributes = st.sampled_from(["size", "mode"])
attribute_values = st.one_of(numbers, st.none())
settings_changes = st.one_of(
    st.builds("inside.{} = {}".format, attributes, attribute_values),
    st.just("vars(inside).clear()"),
    st.just(PRINT_SETTINGS),
)


def set_attr(**values):
    """Return the text of a call of `SetAttr`."""
    named = (f"{name}={value}" for name, value in values.items())
    return f"SetAttr({', '.join(['settings', *named])})"


def new_settings(values):
    """Return the lines that make an object with these attributes."""
    assignments = [f"settings.{name} = {value}" for name, value in values.items()]
    return ["class Settings: pass", "settings = Settings()", *assignments]


one_value = st.dictionaries(attributes, attribute_values, min_size=1, max_size=1)
two_values = st.dictionaries(attributes, attribute_values, min_size=2)
set_attr_headers = st.one_of(one_value, one_value, two_values).map(
    lambda values: f"with {set_attr(**values)} as inside:"
)
set_attr_blocks = blocks(
    set_attr_headers, settings_changes, ENDINGS_WITH_ABORT, [unguarded, guarded]
)
set_attr_programs = st.builds(
    lambda values, script: new_settings(values) + script,
    st.dictionaries(attributes, attribute_values),
    scripts(set_attr_blocks.map(guarded), PRINT_SETTINGS),
)


@st.composite
def set_attr_over_a_list_programs(draw):
    return [
        *new_settings({}),
        f"settings.tags = tags = {draw(st.lists(numbers, max_size=1))}",
        f"with {set_attr(tags=draw(st.sampled_from([None, []])))}:",
        "    print(settings.tags)",
        f"tags.append({draw(numbers)})",
        "print(settings.tags)",
    ]


@points(1)
@hint(
    "For each attribute that was given: did the object have it before, with which value (`None` is "
    "a value like others), and has the block itself changed or deleted it? The other attributes "
    "and the exceptions are none of `SetAttr`'s business. Inside the block, `inside` is the target."
)
@given(program=st.one_of(set_attr_programs, set_attr_programs, set_attr_over_a_list_programs()))
def test_set_attr_lasts_as_long_as_its_block(program):
    """`SetAttr` sets attributes for the block and puts them back afterwards, whatever happened."""
    assert student_prints(program) == model_prints(program)


@st.composite
def class_attribute_programs(draw):
    steps = [["print(settings.size, other.size)"]]
    if draw(st.booleans()):
        steps.append(["del settings.size"])
    header = f"with {set_attr(size=draw(numbers))}:"
    return [
        "class Settings:",
        f"    size = {draw(numbers)}",
        "settings, other = Settings(), Settings()",
        *silenced(with_block(header, steps, draw(st.sampled_from(ENDINGS)))),
        "print(settings.size, vars(settings))",
        f"Settings.size = {draw(numbers)}",
        "print(settings.size)",
    ]


@points(1)
@hint(
    "Reading an attribute also finds those of the class. How can you tell whether the instance "
    "has one of its own, and what must be done afterwards if it has not?"
)
@given(program=class_attribute_programs())
def test_set_attr_uncovers_a_class_attribute(program):
    """After `SetAttr` an attribute of the class is seen again, and the instance has none itself."""
    assert student_prints(program) == model_prints(program)


reused_set_attr_blocks = blocks(
    st.just("with override:"),
    numbers.map("settings.size = {}".format),
    ENDINGS,
    [silenced],
)
reused_set_attr_programs = st.builds(
    lambda values, size, script: [
        *new_settings(values),
        f"override = {set_attr(size=size)}",
        *script,
    ],
    st.dictionaries(st.just("size"), numbers),
    numbers,
    scripts(reused_set_attr_blocks.map(silenced), PRINT_SETTINGS, most=3),
)


@points(2)
@hint(
    "Each block goes back to what it found when it was entered. How many blocks of one object can "
    "be open at the same time, and what does the object know about each of them?"
)
@given(program=reused_set_attr_programs)
def test_one_set_attr_used_again(program):
    """One `SetAttr` object can be used several times, also inside a block of its own."""
    assert student_prints(program) == model_prints(program)
