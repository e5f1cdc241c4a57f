"""Hidden tests of the exercise `classes_and_objects`.

A drawn input is a small program, which is a list of lines of Python. It is run with the student's
`Account` and with the model in this file, and what it prints is compared.
"""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

SUBCLASSES = {
    "Saver": ["class Saver(Account): pass"],
    "Junior": ["class Saver(Account): pass", "class Junior(Saver): pass"],
    "Business": ["class Business(Account): pass"],
    "Gift": [
        "class Gift(Account):",
        "    def __init__(self, owner, balance=0):",
        "        super().__init__(owner, balance + 100)",
    ],
    "Anonymous": [
        "class Anonymous(Account):",
        "    @staticmethod",
        "    def is_valid_owner(name):",
        "        return name == ''",
    ],
}


def new_model():
    """Return a module with a class `Account` of which no account was opened yet."""
    opened = []

    class Account:
        rate = 0

        def __init__(self, owner, balance=0):
            if not self.is_valid_owner(owner):
                raise ValueError
            self.owner, self.balance, self.log = owner, balance, []
            opened.append(type(self))

        @classmethod
        def from_string(cls, text):
            owner, balance = text.split(":")
            return cls(owner, int(balance))

        @classmethod
        def set_rate(cls, percent):
            cls.rate = percent

        @classmethod
        def count(cls):
            return len([one for one in opened if issubclass(one, cls)])

        @staticmethod
        def is_valid_owner(name):
            return type(name) is str and name.strip() == name != ""

        def deposit(self, amount):
            if amount < 1:
                raise ValueError
            self.log.append(amount)
            self.balance += amount

        def apply_interest(self):
            self.log.append(self.balance * self.rate // 100)
            self.balance += self.log[-1]

    return SimpleNamespace(Account=Account)


def printed_by(module, program):
    """Run a program; return what it prints, and 'ValueError' for each statement that raises one."""

    def shown(value):
        if isinstance(value, module.Account):
            return type(value).__name__, value.owner, value.balance
        return value

    statements = []
    for line in program:
        if line.startswith(" "):
            statements[-1] += "\n" + line
        else:
            statements.append(line)
    printed = []
    names = {
        "Account": module.Account,
        "print": lambda *values: printed.extend(map(shown, values)),
        "__name__": "program",
    }
    for statement in statements:
        try:
            exec(statement, names)  # noqa: S102 - one of the programs that are drawn here
        except ValueError:
            printed.append("ValueError")
            if " = " in statement:
                break  # the name that was to be assigned is needed in what follows
    return printed


student_prints = scenario(fresh=True)(printed_by)


def model_prints(program):
    return printed_by(new_model(), program)


def with_subclasses(program):
    """Put the definitions of the subclasses that a program mentions before it."""
    text = "\n".join(program)
    definitions = [lines for name, lines in SUBCLASSES.items() if name in text]
    # A class that is needed by several of them is defined once.
    return [*dict.fromkeys(line for lines in definitions for line in lines), *program]


good_owners = st.sampled_from(["Ann", "Bo Li", "7"])
amounts = st.integers(-99, 999)
second_parts = amounts.map(str) | st.sampled_from(["", "x", "1.5", " 8 ", "+9"])
texts = st.builds(
    lambda owner, parts: ":".join([owner, *parts]),
    good_owners,
    st.lists(second_parts, min_size=1, max_size=1) | st.lists(second_parts, max_size=2),
)


@points(1)
@hint(
    "An account is shown as (class, owner, balance). Which class is `from_string` called on, "
    "and what happens when that class is called? What does `int` make of the balance?"
)
@given(
    program=st.builds(
        lambda name, text: with_subclasses([f"print({name}.from_string({text!r}))"]),
        st.sampled_from(["Account", "Saver", "Junior", "Gift"]),
        texts,
    )
)
def test_from_string(program):
    """`from_string` opens an account of the class that it is called on, or refuses the text."""
    assert student_prints(program) == model_prints(program)


any_texts = st.text("A \n", max_size=3)
any_names = any_texts | st.sampled_from([None, 7, True, ["Ann"], b"Ann"])


@points(1)
@hint(
    "Which objects have a `strip`, and what does it leave of a good name? A static method can be "
    "called on the class and on an account, and gets the name alone."
)
@given(
    program=st.builds(
        lambda owner_of_method, name: with_subclasses(
            [f"print({owner_of_method}.is_valid_owner({name!r}))"]
        ),
        st.sampled_from(["Account", "Saver", "Account('Ann')", "Saver('Ann')"]),
        any_names,
    )
)
def test_is_valid_owner(program):
    """`is_valid_owner` tells good names from others, on the class and on an account."""
    assert student_prints(program) == model_prints(program)


classes_with_a_rule = st.sampled_from(["Account", "Saver", "Anonymous"])
openings_with_any_owner = st.builds(
    "print({}({!r}))".format, classes_with_a_rule, any_names
) | st.builds(
    lambda name, owner: f"print({name}.from_string({owner + ':5'!r}))",
    classes_with_a_rule,
    any_texts,
)


@points(1)
@hint(
    "An account is shown as (class, owner, balance). Both constructors should ask the one "
    "method that knows the rule. On which class is it looked up?"
)
@given(program=openings_with_any_owner.map(lambda line: with_subclasses([line])))
def test_bad_owners_are_refused(program):
    """Both constructors refuse a bad owner, by the rule of the account's own class."""
    assert student_prints(program) == model_prints(program)


new_accounts = st.one_of(
    st.just("Account('Ann')"),
    amounts.map("Account('Ann', {})".format),
    amounts.map("Account(owner='Ann', balance={})".format),
)
changes = st.integers(-1, 99).map("ann.deposit({})".format) | st.just("ann.apply_interest()")


@points(2)
@hint(
    "'ValueError' stands for a deposit that raised it. Which amounts are refused, and what must be "
    "as it was then? What belongs in the log, and in which direction does `//` round?"
)
@given(
    program=st.builds(
        lambda rate_lines, opening, lines: [
            *rate_lines,
            f"ann = {opening}",
            *lines,
            "print(ann.balance, ann.log)",
        ],
        st.lists(st.integers(0, 9).map("Account.set_rate({})".format), max_size=1),
        new_accounts,
        st.lists(changes, max_size=5),
    )
)
def test_deposits_and_interest(program):
    """`deposit` and `apply_interest` change balance and log, and a bad deposit changes nothing."""
    assert student_prints(program) == model_prints(program)


@points(1)
@hint(
    "What is assigned in the body of a class is there once, for all of its objects, and so is a "
    "default argument. Where is something made for each object?"
)
@given(
    program=st.builds(
        lambda name, lines: with_subclasses(
            [
                "ann = Account('Ann')",
                f"bob = {name}('Bob')",
                *lines,
                "print(ann.balance, ann.log)",
                "print(bob.balance, bob.log)",
            ]
        ),
        st.sampled_from(["Account", "Saver"]),
        st.lists(
            st.builds("{}.deposit({})".format, st.sampled_from(["ann", "bob"]), st.integers(1, 99)),
            max_size=4,
        ),
    )
)
def test_accounts_do_not_mix(program):
    """Each account has a balance and a log of its own."""
    assert student_prints(program) == model_prints(program)


family = st.sampled_from(["Account", "Saver", "Junior", "Business"])
# Few rates, so that 0 is often among them; a class whose rate was set to 0 has a rate of its own.
rate_changes = st.lists(
    st.builds("{}.set_rate({})".format, family | st.just("old"), st.integers(0, 2)), max_size=3
)


@points(2)
@hint(
    "On which class was a rate set last, and which classes have none of their own? Python finds "
    "an attribute in the first class that has it, beginning with the object's own. Does an account "
    "look for its rate when it is opened, or when the interest is due?"
)
@given(
    program=st.builds(
        # At this balance no interest has to be rounded.
        lambda name, changes, interest, more_changes: with_subclasses(
            [
                f"old = {name}('Ann', 10000)",
                *changes,
                *interest,
                *more_changes,
                f"new = {name}('Bob', 10000)",
                "old.apply_interest()",
                "new.apply_interest()",
                "print(old.balance, new.balance)",
            ]
        ),
        family,
        rate_changes,
        st.lists(st.just("old.apply_interest()"), max_size=1),
        rate_changes,
    )
)
def test_rates_belong_to_classes(program):
    """`set_rate` sets the rate of a class, and of subclasses that have none of their own."""
    assert student_prints(program) == model_prints(program)


openings = st.one_of(
    st.builds("{}('Ann')".format, family),
    st.builds("{}.from_string('Ann:5')".format, family),
    st.builds("{}('')".format, family),
    st.builds("{}.from_string(':5')".format, family),
)
COUNTS = "print(Account.count(), Saver.count(), Junior.count(), Business.count())"


@points(2)
@hint(
    "'ValueError' stands for an attempt that raised it. An account of a subclass counts for its "
    "base classes, too. If you add to an attribute of `self` or `cls`, and it has come from a base "
    "class so far: where is it kept from then on?"
)
@given(
    program=st.lists(openings | family.map("print({}.count())".format), max_size=5).map(
        lambda lines: with_subclasses([*lines, COUNTS])
    )
)
def test_count(program):
    """`count` tells how many accounts of a class and its subclasses were opened."""
    assert student_prints(program) == model_prints(program)
