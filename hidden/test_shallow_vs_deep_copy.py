"""Hidden tests of the exercise `shallow_vs_deep_copy`.

The scenarios import the submission anew for each question: one that keeps earlier copies by their
`id` would answer differently each time.
"""

import ast
from copy import deepcopy
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario, syntax_tree


def trees(leaves, *kinds):
    """Draw a container of leaves and further containers of these kinds, up to four levels."""
    item = leaves | st.builds(list)
    for _ in range(4):
        items = st.lists(item, min_size=1, max_size=2)
        possible = {
            "list": items,
            "tuple": items.map(tuple),
            "dict": st.dictionaries(st.sampled_from("ab"), item, min_size=1, max_size=2),
            "odd dict": st.dictionaries(st.sampled_from([1, (1, 2)]), item, min_size=1),
        }
        containers = st.one_of([possible[kind] for kind in kinds])
        item = leaves | containers
    return containers


plain_leaves = st.sampled_from([0, "x", None, 2.5])


@scenario(fresh=True)
def copies_of(student, value, options):
    """Copy a value, change each list and dict in it, and copy it again."""

    def change(item):
        for inner in item.values() if isinstance(item, dict) else item:
            if isinstance(inner, (list, dict, tuple)):
                change(inner)
        if isinstance(item, list):
            item.append("new")
        elif isinstance(item, dict):
            item["new"] = "new"

    first = student.clone(value, **options)
    change(value)
    return {"first copy": first, "second copy": student.clone(value, **options)}


def changed(value, kept_levels=0):
    """Return `value` with 'new' in each list and dict below so many levels."""
    is_kept = kept_levels > 0
    below = kept_levels - 1
    if isinstance(value, tuple):
        return tuple(changed(item, below) for item in value)
    if isinstance(value, list):
        return [changed(item, below) for item in value] + ([] if is_kept else ["new"])
    if isinstance(value, dict):
        items = {key: changed(item, below) for key, item in value.items()}
        return items if is_kept else {**items, "new": "new"}
    return value


@points(2)
@hint(
    "After `value` had been copied with this `depth`, 'new' was added to each list and dict in the "
    "original. Where it shows in the copy, the list or dict is not copied but shared. Which is the "
    "last level that is to be copied, and does your code know at which level it is?"
)
@given(value=trees(plain_leaves, "list", "dict"), depth=st.sampled_from([1, 2, 3, 0]))
def test_copies_as_many_levels_as_asked(value, depth):
    """`clone` copies the first `depth` levels and shares the rest."""
    first_copy = copies_of(value, {"depth": depth})["first copy"]
    assert first_copy == changed(value, depth)


@points(1)
@hint(
    "`value` was copied, then 'new' was added to each list and dict in it, and then it was copied "
    "again. What is in the first copy that should not be there, or is not of the same type? Does "
    "the second call make a copy of its own?"
)
@given(
    value=trees(plain_leaves, "list", "dict", "odd dict"),
    options=st.sampled_from([{}, {"depth": None}]),
)
def test_copies_everything_without_a_depth(value, options):
    """Without a depth `clone` copies all levels, and each call makes a new copy."""
    copies = copies_of(value, options)
    assert copies == {"first copy": value, "second copy": changed(value)}


@points(1)
@hint(
    "After `value` had been copied with `options`, 'new' was added to each list in it. A tuple "
    "cannot change, but the lists inside it can. And it is one level, as a list is."
)
@given(
    value=trees(plain_leaves, "tuple", "list"),
    options=st.sampled_from([{}, *({"depth": depth} for depth in (1, 2, 3))]),
)
def test_tuples_count_and_are_copied(value, options):
    """`clone` goes down into tuples, which are tuples in the copy and count as levels."""
    levels = options.get("depth", 9)  # no value has so many
    first_copy = copies_of(value, options)["first copy"]
    assert first_copy == changed(value, levels)


@scenario(fresh=True)
def leaves_of_copy(student, value):
    """Copy a value with objects in place of the names in it; return the copy with their names."""

    class Thing:
        pass

    make = {"an object": Thing, "a set": set, "a bytearray": bytearray, "a class": lambda: Thing}
    objects = []
    names = {}

    def replaced(item, leaf):
        if isinstance(item, list):
            return [replaced(inner, leaf) for inner in item]
        return leaf(item)

    def made(name):
        objects.append(make[name]())
        names[id(objects[-1])] = name
        return objects[-1]

    original = replaced(value, made)
    copied = student.clone(original)
    original.clear()  # for the case that nothing was copied
    return replaced(copied, lambda leaf: names.get(id(leaf), "something else"))


@points(1)
@hint(
    "Each name in `value` stands for an object of that kind, and 'something else' in the copy is "
    "an object that is not in the original. Which objects does your code make, change or look up "
    "although they are no lists, dicts or tuples?"
)
@given(value=trees(st.sampled_from(["an object", "a set", "a bytearray", "a class"]), "list"))
def test_leaves_are_the_same_objects(value):
    """Objects that are no lists, dicts or tuples are the same ones in the copy."""
    copied = leaves_of_copy(value)
    assert copied == value


def written_copy(student, program):
    """Run a program that makes a copy; return the copy as text, its lists and dicts numbered."""
    names = {"clone": student.clone}
    exec("\n".join(program), names)  # noqa: S102 - one of the programs that are drawn here
    copied = names.pop("copied")
    originals = {id(value) for value in names.values()}
    numbers = {}

    def written(value):
        if isinstance(value, tuple):
            items = ", ".join(map(written, value))
            return f"({items},)" if len(value) == 1 else f"({items})"
        if not isinstance(value, (list, dict)):
            return repr(value)
        if id(value) in originals:
            return "an original"
        if id(value) in numbers:
            return f"#{numbers[id(value)]}"
        number = numbers[id(value)] = len(numbers) + 1
        return f"#{number} {content(value)}"

    def content(value):
        if isinstance(value, list):
            return f"[{', '.join(map(written, value))}]"
        entries = [f"{key!r}: {written(item)}" for key, item in value.items()]
        return f"{{{', '.join(entries)}}}"

    return written(copied)


student_copy = scenario(fresh=True)(written_copy)
MODEL = SimpleNamespace(clone=deepcopy)


def definition(name, kind, items, keys="abc"):
    """Return a line that gives a name to a new container."""
    if kind == "list":
        return f"{name} = [{', '.join(items)}]"
    if kind == "tuple":
        return f"{name} = ({', '.join(items)},)"
    entries = [f"{key!r}: {item}" for key, item in zip(keys, items, strict=False)]
    return f"{name} = {{{', '.join(entries)}}}"


lists_and_dicts = st.sampled_from(["list", "dict"])


@st.composite
def programs_that_share(draw):
    """Draw a program that copies a container with others in it, some of them more than once."""
    # Not in the order of the alphabet, which shows whether a copy keeps the order.
    keys = "bca"
    lines = []
    names = []
    for name in "pqr"[: draw(st.integers(1, 3))]:
        items = draw(st.lists(st.sampled_from(["0", *names]), min_size=1, max_size=2))
        lines.append(definition(name, draw(lists_and_dicts), items, keys))
        names.append(name)
    items = draw(st.lists(st.sampled_from(names), min_size=2, max_size=3))
    lines.append(definition("value", draw(lists_and_dicts), items, keys))
    return [*lines, "copied = clone(value)"]


@points(2)
@hint(
    "In the copy each list and dict has a number: `#1 [#2 [0], #2]` is a list that holds one and "
    "the same list twice, `#1 [#2 [0], #3 [0]]` one that holds two equal ones, and 'an original' "
    "is one that was not copied. Keys keep their order. What has to be remembered about a list "
    "that has been copied?"
)
@given(program=programs_that_share())
def test_what_occurs_twice_is_copied_once(program):
    """A list or dict that occurs in several places is one object in the copy, too."""
    assert student_copy(program) == written_copy(MODEL, program)


@st.composite
def programs_with_loops(draw, kinds, least):
    """Draw a program that copies a container which contains itself over some of these kinds."""
    first_kind = draw(lists_and_dicts)
    lines = [definition("p", first_kind, draw(st.lists(st.just("0"), max_size=1)))]
    names = ["p"]
    for name in "qr"[: draw(st.integers(least, 2))]:
        more = draw(st.lists(st.sampled_from(["0", *names]), max_size=1))
        lines.append(definition(name, draw(kinds), [names[-1], *more]))
        names.append(name)
    close = "p.append({})" if first_kind == "list" else "p['z'] = {}"
    lines.append(close.format(names[-1]))
    return [*lines, f"copied = clone({draw(st.sampled_from(names))})"]


@points(1)
@hint(
    "In the copy each list and dict has a number: `#1 [0, #1]` is a list that contains itself, and "
    "'an original' is a list or dict that was not copied. When your code comes to a list for the "
    "second time, while it is still copying it, what can it find out about the copy?"
)
@given(program=programs_with_loops(lists_and_dicts, 0))
def test_what_contains_itself_is_copied(program):
    """A list or dict that contains itself is copied and contains its own copy."""
    assert student_copy(program) == written_copy(MODEL, program)


@points(1)
@hint(
    "In the copy each list and dict has a number: `#1 [(#1,)]` is a list that contains itself in a "
    "tuple. A tuple must be complete when it is made. Which copy does it need for that, and where "
    "does your code find it?"
)
@given(program=programs_with_loops(st.just("tuple"), 1))
def test_what_contains_itself_in_a_tuple_is_copied(program):
    """A list or dict that contains itself inside tuples is copied in the same way."""
    assert student_copy(program) == written_copy(MODEL, program)


def uses_of_copy(tree):
    """Return where a syntax tree has the module `copy` or the name `deepcopy`, by line."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [*(alias.name for alias in node.names), getattr(node, "module", None)]
            if "copy" in names or "deepcopy" in names:
                found.add((node.lineno, "import"))
        elif "deepcopy" in (getattr(node, field, None) for field in ("id", "attr", "name", "arg")):
            found.add((node.lineno, "deepcopy"))
        elif isinstance(node, ast.Constant) and node.value == "copy":
            found.add((node.lineno, "'copy'"))
    return [f"line {line}: {what}" for line, what in sorted(found)]


@points(1)
@hint(
    "A container is copied when a new one is made and filled with copies of its items. If no line "
    "of your file is named, mend what the other tests found first."
)
def test_written_without_the_module_copy():
    """`clone` works, and your file has no `deepcopy` and no import of `copy` in it."""
    found = uses_of_copy(syntax_tree())
    assert found == []
    value = [0, [1, [2]], [3]]
    copies = copies_of(value, {})
    assert copies == {"first copy": value, "second copy": changed(value)}
