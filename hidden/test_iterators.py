"""Hidden tests of the exercise `iterators`."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario, syntax_tree

FAR = 10**15

small = st.integers(-6, 6)
rising = st.integers(1, 4)
falling = st.integers(-4, -1)


@st.composite
def steps_arguments(draw):
    """Draw the arguments of `Steps`: two or three, sometimes beyond what a float can hold."""
    start, stop, shift = draw(small), draw(small), draw(st.sampled_from([0, 0, 0, 10**17]))
    step = draw(st.just(()) | st.tuples(rising | falling))
    return (start + shift, stop + shift, *step)


@scenario
def two_rounds(student, arguments):
    from itertools import islice

    steps = student.Steps(*arguments)
    return list(islice(steps, 20)), list(islice(steps, 20))


@points(1)
@hint(
    "`got` is what one loop over `Steps(*arguments)` gave, cut after 20 numbers. Try it by hand: "
    "which number is the last one before `stop`? What does a negative step change, and what "
    "does a second loop over the same object find?"
)
@given(arguments=steps_arguments())
def test_steps_counts_from_start_to_stop(arguments):
    """A loop over `Steps` gives the right numbers, and a second loop gives them again."""
    first_loop, second_loop = two_rounds(arguments)
    expected = list(range(*arguments))
    assert first_loop == expected
    assert second_loop == expected


@scenario
def made(student, start, stop, step):
    try:
        student.Steps(start, stop, step)
    except ValueError:
        return "ValueError"
    return "a Steps object"


@points(1)
@hint("A step of 0 should be noticed when `Steps` is called, and not in the first loop only.")
@given(start=st.integers(-3, 3), stop=st.integers(-3, 3), step=st.integers(-2, 2))
def test_steps_refuses_a_step_of_zero(start, stop, step):
    """`Steps` raises ValueError for a step of 0, as soon as it is made."""
    got = made(start, stop, step)
    assert got == ("a Steps object" if step else "ValueError")


@scenario
def first_numbers(student, arguments, count):
    from itertools import islice

    return list(islice(student.Steps(*arguments), count))


@points(1)
@hint("How many numbers does your code compute before the first one is handed out?")
@given(
    arguments=st.builds(lambda start, step: (start, start + step * FAR, step), small, rising),
    count=st.integers(1, 5),
)
def test_steps_computes_nothing_in_advance(arguments, count):
    """`Steps` gives its first numbers at once, even when there are 10**15 to come."""
    numbers = first_numbers(arguments, count)
    assert numbers == list(range(*arguments)[:count])


@scenario
def taking_turns(student, arguments, turns):
    from itertools import islice

    steps = student.Steps(*arguments)
    iterators = {}
    taken = []
    for turn in turns:
        if turn not in iterators:
            iterators[turn] = iter(steps)
        taken.append(next(iterators[turn], "StopIteration"))
    ends = []
    for iterator in iterators.values():
        end = {"iter() gives": "itself" if iter(iterator) is iterator else "another object"}
        end["a loop takes"] = list(islice(iterator, 20))
        end["next() then gives"] = next(iterator, "StopIteration")
        ends.append(end)
    return taken, ends


@points(2)
@hint(
    "`turns = [0, 1, 0]` stands for: next() on one iterator over a `Steps` object, next() on "
    "another one over the same object, which is made at that moment, and next() on the first "
    "again. In the end each iterator is given to a `for` loop. Which object keeps how far an "
    "iterator has come, and who changes that?"
)
@given(
    arguments=st.tuples(small, small, rising),
    turns=st.lists(st.integers(0, 2), min_size=1, max_size=8),
)
def test_iterators_over_steps_are_independent(arguments, turns):
    """Iterators over one `Steps` do not disturb each other, and a loop goes on after `next`."""
    left = {turn: list(range(*arguments)) for turn in turns}
    expected = [left[turn].pop(0) if left[turn] else "StopIteration" for turn in turns]
    taken, ends = taking_turns(arguments, turns)
    assert taken == expected
    assert ends == [
        {
            "iter() gives": "itself",
            "a loop takes": numbers,
            "next() then gives": "StopIteration",
        }
        for numbers in left.values()
    ]


@scenario
def conversation(student, runs, actions):
    """Carry out actions on a Peekable over a source that stops after each of its runs.

    Returns what each action gave, and how often the source had been asked: after the making, and
    after each action.
    """
    from itertools import islice

    left = [list(run) for run in runs]
    asked = []

    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            asked.append("once more")
            if left and left[0]:
                return left[0].pop(0)
            del left[:1]
            raise StopIteration

    class Source:
        def __iter__(self):
            return Reader()

    def answer(action, *default):
        try:
            return does[action](*default)
        except StopIteration:
            return "StopIteration"

    peekable = student.Peekable(Source())
    does = {
        "next": lambda: next(peekable),
        "peek": lambda *default: peekable.peek(*default),
        "iter": lambda: "itself" if iter(peekable) is peekable else "another object",
        "loop": lambda: list(islice(peekable, 20)),
    }
    answers, counts = [], [len(asked)]
    for action in actions:
        answers.append(answer(*action))
        counts.append(len(asked))
    return answers, counts


class PeekableModel:
    """What a Peekable over `items` answers, and how often it asks its source."""

    def __init__(self, items):
        self.left = list(items)
        self.asked = 0
        self.shown = False
        self.ended = False

    def answer(self, action, *default):
        if action == "iter":
            return "itself"
        if action == "loop":
            taken, self.left = self.left, []
            return taken
        self.ask()
        if not self.left:
            return default[0] if default else "StopIteration"
        self.shown = action == "peek"
        return self.left[0] if self.shown else self.left.pop(0)

    def ask(self):
        if not self.shown and not self.ended:
            self.asked += 1
            self.ended = not self.left


calls = st.sampled_from([("next",), ("peek",), ("peek", "-")])
more_calls = st.sampled_from([("peek", None), ("iter",)])


@points(2)
@hint(
    "`got` lists what each of the `actions` gave on `Peekable(items)`: a value, 'StopIteration' "
    "where that was raised, the list that a loop took, or whether iter() gave the object itself. "
    "How does your code tell that an item is waiting, when the item may be any value? And a "
    "default of None from no default?"
)
@given(
    items=st.lists(st.integers(0, 3) | st.none() | st.just(""), max_size=4),
    actions=st.lists(calls | more_calls, max_size=7).map(lambda some: [*some, ("loop",)]),
)
def test_peek_shows_what_next_will_take(items, actions):
    """`peek` shows the next item and `next` takes it, in whatever order they are called."""
    model = PeekableModel(items)
    expected = [model.answer(*action) for action in actions]
    answers, _ = conversation([items], actions)
    assert answers == expected


@points(1)
@hint(
    "Each pair is an action and the number of items read by then; 'made' comes first and stands "
    "for making the `Peekable`. Who needs the item at that moment?"
)
@given(actions=st.lists(st.sampled_from(["next", "peek"]), max_size=6))
def test_peekable_reads_only_what_is_needed(actions):
    """`Peekable` reads an item only when `next` or `peek` needs it, and only once."""
    items = list(range(1, 10))
    model = PeekableModel(items)
    expected = [("made", 0)]
    for action in actions:
        model.answer(action)
        expected.append((action, model.asked))
    _, asked = conversation([items], [(action,) for action in actions])
    items_read = list(zip(["made", *actions], asked, strict=False))
    assert items_read == expected


@points(1)
@hint(
    "The source gives the `items`, raises StopIteration, and would go on with `after_the_end` if "
    "it were asked again. `got` lists what the `actions` gave; if it is a number, it tells how "
    "often the source was asked after its end. Where does your code remember that the end has been "
    "met, be it by `next` or by `peek`?"
)
@given(
    items=st.lists(st.integers(1, 4), max_size=2),
    after_the_end=st.lists(st.integers(5, 9), min_size=1, max_size=2),
    actions=st.lists(calls, max_size=8),
)
def test_peekable_stays_exhausted(items, after_the_end, actions):
    """Once a `Peekable` has met the end of its source, nothing comes any more."""
    model = PeekableModel(items)
    expected = [model.answer(*action) for action in actions]
    answers, asked = conversation([items, after_the_end], actions)
    assert answers == expected
    asked_after_the_end = max(0, asked[-1] - len(items) - 1)
    assert asked_after_the_end == 0


# Where a syntax tree holds a name: use, attribute, definition, import, parameter or argument.
NAME_FIELDS = ("id", "attr", "name", "asname", "arg")


def shortcuts(tree):
    """Return the generators and the uses of the name `range` in a syntax tree, by line."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Yield | ast.YieldFrom):
            found.append((node.lineno, "yield"))
        elif isinstance(node, ast.GeneratorExp):
            found.append((node.lineno, "generator expression"))
        elif any(getattr(node, field, "") == "range" for field in NAME_FIELDS):
            found.append((node.lineno, "range"))
    return [f"line {line}: {what}" for line, what in sorted(found)]


@points(1)
@hint(
    "An iterator is an object with `__next__`, which looks at what the object has kept in its "
    "attributes. If no line of your file is named, mend what the other tests found first."
)
def test_written_without_generators_and_range():
    """Both classes work, and your file has no generator and no `range` in it."""
    found = shortcuts(syntax_tree())
    assert found == []
    numbers, _ = two_rounds((1, 9, 3))
    assert numbers == [1, 4, 7]
    answers, _ = conversation([[4, 5, 6]], [("next",), ("peek",), ("next",)])
    assert answers == [4, 5, 5]
