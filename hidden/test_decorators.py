"""Hidden tests of `decorators`: what a decorated function keeps, counts and prints."""

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

values = st.one_of(
    st.integers(-9, 9),
    st.text("ab'", max_size=3),
    st.sampled_from([None, True, 2.5]),
    st.lists(st.integers(0, 9), max_size=2),
)
positional_arguments = st.lists(values, max_size=3)
# No decorator may claim one of these names for itself.
keyword_arguments = st.dictionaries(
    st.sampled_from(["table", "name", "func", "args"]), values, max_size=3
)
endings = st.one_of(
    st.tuples(st.just("returns"), values),
    st.tuples(
        st.just("raises"),
        st.sampled_from(["ValueError", "KeyError", "CustomError", "KeyboardInterrupt"]),
    ),
)


@scenario(capture=True)
def passed_through(student, decorator, positional, named, ending):
    import builtins

    class CustomError(Exception):
        pass

    how, what = ending
    failure = None
    if how == "raises":
        failure = CustomError() if what == "CustomError" else getattr(builtins, what)("no")
    received = []

    def order(dish="soup", *extras, table=1, **wishes):
        received.append({"dish": dish, "extras": extras, "table": table, "wishes": wishes})
        if failure is not None:
            raise failure
        return what

    order.__qualname__ = "order"  # so that messages do not speak of this scenario
    decorated = getattr(student, decorator)(order)
    try:
        outcome = ("returns", decorated(*positional, **named))
    except BaseException as error:
        if type(error) is not type(failure):
            raise
        outcome = ("raises" if error is failure else "raises a copy of", type(error).__name__)
    count = decorated.calls if decorator == "count_calls" else None
    return received, outcome, type(count).__name__


def received_by_order(positional, named):
    """Return what `order` of the scenario gets, once, when it is called with these arguments."""
    dish, *extras = positional or ["soup"]
    wishes = {name: value for name, value in named.items() if name != "table"}
    table = named.get("table", 1)
    return [{"dish": dish, "extras": tuple(extras), "table": table, "wishes": wishes}]


@points(1)
@hint(
    "The function that stands in for the original takes whatever it is given, hands all of it on, "
    "and returns what comes back. Try a function with defaults and keyword-only parameters."
)
@given(positional=positional_arguments, named=keyword_arguments, ending=endings)
def test_count_calls_passes_through(positional, named, ending):
    """`count_calls` leaves arguments, results and exceptions as they were."""
    answer = passed_through("count_calls", positional, named, ending)
    received, outcome, type_of_calls = answer.value
    assert received == received_by_order(positional, named)
    assert outcome == ending
    assert type_of_calls == "int"


@points(1)
@hint(
    "Printing is all that `trace` adds: each argument still has to reach the function, its result "
    "still has to be returned, and its exception still has to reach the caller."
)
@given(positional=positional_arguments, named=keyword_arguments, ending=endings)
def test_trace_passes_through(positional, named, ending):
    """`trace` leaves arguments, results and exceptions as they were."""
    answer = passed_through("trace", positional, named, ending)
    received, outcome, _ = answer.value
    assert received == received_by_order(positional, named)
    assert outcome == ending
    start_of_output = answer.out.lstrip()[: len("> order(")]
    assert start_of_output == "> order("


@scenario
def metadata(student, decorator, name, docstring):
    def original():
        pass

    original.__name__ = name
    original.__doc__ = docstring
    decorated = getattr(student, decorator)(original)
    wrapped = getattr(decorated, "__wrapped__", None)
    found = {id(original): "the original", id(None): "nothing"}
    return {
        "__name__": getattr(decorated, "__name__", "nothing"),
        "__doc__": decorated.__doc__,
        "__wrapped__": found.get(id(wrapped), "something else"),
    }


@points(1)
@hint(
    "Your decorator returns a new function, which has a name and a docstring of its own until you "
    "give it those of the original. The standard library has a helper for this."
)
@given(
    decorator=st.sampled_from(["count_calls", "trace"]),
    name=st.sampled_from(["area", "f", "pay"]),
    docstring=st.none() | st.text("ab ", max_size=5),
)
def test_metadata(decorator, name, docstring):
    """A decorated function keeps its name and docstring, and leads to the original."""
    kept = metadata(decorator, name, docstring)
    assert kept == {"__name__": name, "__doc__": docstring, "__wrapped__": "the original"}


@scenario(capture=True, fresh=True)
def account_history(student, actions):
    class Account:
        def __init__(self):
            self.balance = 0

        @student.count_calls
        def deposit(self, amount):
            self.balance += amount
            return self.balance

        @student.trace
        def withdraw(self, amount):
            self.balance -= amount
            return self.balance

    accounts = {"ann": Account(), "bob": Account()}
    balances = [getattr(accounts[owner], action)(amount) for owner, action, amount in actions]
    return balances, Account.deposit.calls


@points(1)
@hint(
    "Here `deposit` is decorated with `count_calls` and `withdraw` with `trace`. Python passes "
    "`self` when a function is found in the class: is what your decorator returns a function?"
)
@given(
    actions=st.lists(
        st.tuples(
            st.sampled_from(["ann", "bob"]),
            st.sampled_from(["deposit", "withdraw"]),
            st.integers(1, 9),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_methods(actions):
    """A decorated method works on the instance that it is called on."""
    balance = {"ann": 0, "bob": 0}
    expected = []
    for owner, action, amount in actions:
        balance[owner] += amount if action == "deposit" else -amount
        expected.append(balance[owner])
    done = [action for _, action, _ in actions]

    answer = account_history(actions)
    balances, deposit_calls = answer.value
    traced_calls = sum(line.lstrip().startswith("> withdraw(") for line in answer.out.splitlines())
    assert balances == expected
    assert deposit_calls == done.count("deposit")
    assert traced_calls == done.count("withdraw")


@scenario(fresh=True)
def call_counts(student, calls):
    import contextlib

    def work(name, action):
        if action == "raises":
            raise ValueError(name)
        if action == "calls itself":
            functions[name](name, "returns")

    functions = {"f": student.count_calls(work), "g": student.count_calls(work)}
    at_first = {name: function.calls for name, function in functions.items()}
    for name, action in calls:
        if action == "raises":
            with contextlib.suppress(ValueError):
                functions[name](name, action)
        elif action == "gets wrong arguments":
            with contextlib.suppress(TypeError):
                functions[name](name, action, "one", "too", "many")
        else:
            functions[name](name, action)
    return at_first, {name: function.calls for name, function in functions.items()}


@points(2)
@hint(
    "Where does the count live? Every decorated function needs one of its own, that starts at 0 "
    "and goes up with each call, however the call ends."
)
@given(
    calls=st.lists(
        st.tuples(
            st.sampled_from(["f", "g"]),
            st.sampled_from(["returns", "raises", "calls itself", "gets wrong arguments"]),
        ),
        max_size=6,
    )
)
def test_calls_are_counted(calls):
    """`calls` counts every call, failed ones included, for each decorated function."""
    expected = {"f": 0, "g": 0}
    for name, action in calls:
        expected[name] += 2 if action == "calls itself" else 1

    calls_at_first, calls_in_the_end = call_counts(calls)
    assert calls_at_first == {"f": 0, "g": 0}
    assert calls_in_the_end == expected


@scenario(capture=True, fresh=True)
def one_traced_call(student, name, positional, named, ending):
    import builtins

    class CustomError(Exception):
        pass

    how, what = ending

    def function(*args, **kwargs):
        if how == "returns":
            return what
        raise CustomError("no") if what == "CustomError" else getattr(builtins, what)("no")

    function.__name__ = function.__qualname__ = name
    traced = student.trace(function)
    try:
        traced(*positional, **named)
    except BaseException as error:
        if how == "returns" or type(error).__name__ != what:
            raise


@points(1)
@hint(
    "Compare the lines character by character: quotes around text, `key=value` without blanks, "
    "the class of the exception and not its message, and a last line however the call ends."
)
@given(
    name=st.sampled_from(["f", "pay", "area"]),
    positional=positional_arguments,
    named=keyword_arguments,
    ending=endings,
)
def test_trace_lines(name, positional, named, ending):
    """`trace` prints a call, its arguments, and its result or exception."""
    arguments = [repr(value) for value in positional]
    arguments += [f"{key}={value!r}" for key, value in named.items()]
    how, what = ending
    last_line = f"< {name} = {what!r}" if how == "returns" else f"! {name}: {what}"

    lines = one_traced_call(name, positional, named, ending).out.splitlines()
    assert lines == [f"> {name}({', '.join(arguments)})", last_line]


def call_trees(names):
    """Return a strategy of calls: (name, [the calls that it makes]), nested in any way."""
    name = st.sampled_from(names)
    return st.recursive(
        st.tuples(name, st.builds(list)),
        lambda inner: st.tuples(name, st.lists(inner, max_size=3)),
        max_leaves=6,
    )


@scenario(capture=True, fresh=True)
def nested_calls(student, call):
    pending = []

    def run(call):
        name, inner_calls = call
        pending.append(inner_calls)
        functions[name]()

    def body():
        inner_calls = pending.pop()
        for inner in inner_calls:
            run(inner)
        return len(inner_calls)

    @student.trace
    def f():
        return body()

    @student.trace
    def g():
        return body()

    functions = {"f": f, "g": g, "untraced": body}
    run(call)


def nested_lines(call, depth=0):
    """Return the lines of a call in which every function returns."""
    name, inner_calls = call
    traced = name != "untraced"
    lines = [line for inner in inner_calls for line in nested_lines(inner, depth + traced)]
    if not traced:
        return lines
    margin = "  " * depth
    return [f"{margin}> {name}()", *lines, f"{margin}< {name} = {len(inner_calls)}"]


@points(2)
@hint(
    "`call` lists which function calls which: ('f', [('g', [])]) is an f that calls g once. Each "
    "returns how many calls it has made. How can one function know that another one is running?"
)
@given(call=call_trees(["f", "g", "untraced"]))
def test_trace_indents_nested_calls(call):
    """`trace` indents calls inside calls, of the same function and of others."""
    lines = nested_calls(call).out.splitlines()
    assert lines == nested_lines(call)


@scenario(capture=True, fresh=True)
def failing_calls(student, calls):
    import contextlib

    pending = []

    def run(call):
        name, inner_calls = call
        pending.append(inner_calls)
        functions[name]()

    @student.trace
    def calm():
        for inner in pending.pop():
            run(inner)

    @student.trace
    def boom():
        for inner in pending.pop():
            run(inner)
        raise ValueError("boom")

    @student.trace
    def guard():
        for inner in pending.pop():
            with contextlib.suppress(ValueError):
                run(inner)

    functions = {"calm": calm, "boom": boom, "guard": guard}
    for call in calls:
        with contextlib.suppress(ValueError):
            run(call)


def failing_lines(call, depth=0):
    """Return the lines of a call, and whether it ends in an exception."""
    name, inner_calls = call
    margin = "  " * depth
    lines = [f"{margin}> {name}()"]
    fails = False
    for inner in inner_calls:
        inner_lines, inner_fails = failing_lines(inner, depth + 1)
        lines += inner_lines
        fails = inner_fails and name != "guard"
        if fails:
            break
    fails = fails or name == "boom"
    return [*lines, f"{margin}! {name}: ValueError" if fails else f"{margin}< {name} = None"], fails


@points(1)
@hint(
    "`calls` are made one after the other, and a ValueError is caught outside: `calm` only makes "
    "the calls in its list, `guard` also catches their ValueError, and `boom` raises one in the "
    "end. A call that raises is over, too: what has to be put back then?"
)
@given(calls=st.lists(call_trees(["calm", "boom", "guard"]), min_size=1, max_size=3))
def test_trace_recovers_from_exceptions(calls):
    """After an exception was caught, `trace` indents the next call rightly again."""
    expected = [line for call in calls for line in failing_lines(call)[0]]
    lines = failing_calls(calls).out.splitlines()
    assert lines == expected
