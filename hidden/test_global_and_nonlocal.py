"""Hidden tests of the exercise `global_and_nonlocal`.

A drawn input is a list of lines, as a student could type them. They are carried out with the
student's module and with the model in this file, and the answers are compared.
"""

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario


class Model:
    """What the student's module should be: a ticket counter, and a maker of accounts."""

    def __init__(self):
        self.tickets_issued = 0
        self.first_number = 1

    def next_ticket(self):
        self.tickets_issued += 1
        return self.first_number + self.tickets_issued - 1

    def reset_tickets(self, start=1):
        self.tickets_issued = 0
        self.first_number = start

    def make_account(self, balance):
        account = AccountModel(balance)
        return account.deposit, account.withdraw, account.history


class AccountModel:
    """One account; its balance is the last entry of its history."""

    def __init__(self, balance):
        self.balances = [balance]

    def deposit(self, amount):
        return self.change_by(amount, amount)

    def withdraw(self, amount):
        return self.change_by(amount, -amount)

    def change_by(self, amount, difference):
        if amount < 1:
            raise ValueError
        balance = self.balances[-1] + difference
        if balance < 0:
            return None
        self.balances.append(balance)
        return balance

    def history(self):
        return tuple(self.balances)


def tickets_after_each(module, lines):
    """Return each line with its answer and the `tickets_issued` that were read after it."""
    names = {name: getattr(module, name) for name in ("next_ticket", "reset_tickets")}
    seen = [("import", None, module.tickets_issued)]
    for line in lines:
        answer = eval(line, names)  # noqa: S307 - one of the lines that are drawn here
        seen.append((line, answer, module.tickets_issued))
    return seen


def answers_of(module, lines):
    """Return what each line gives, except for those that open an account."""
    names = {"make_account": module.make_account}
    answers = []
    for line in lines:
        names["tickets_issued"] = module.tickets_issued
        if "=" in line:
            exec(line, names)  # noqa: S102 - one of the lines that are drawn here
            continue
        try:
            answers.append(eval(line, names))  # noqa: S307 - as above
        except ValueError:
            answers.append("ValueError")
    return answers


student_tickets = scenario(fresh=True)(tickets_after_each)
student_answers = scenario(fresh=True)(answers_of)


def model_tickets(lines):
    return tickets_after_each(Model(), lines)


def model_answers(lines):
    return answers_of(Model(), lines)


NEXT = "next_ticket()"


@points(1)
@hint(
    "Each entry is a line, what it returned, and what `tickets_issued` of your module was then. A "
    "function that assigns to a name makes a variable of its own, unless it says before that it "
    "means the one of the module."
)
@given(lines=st.lists(st.just(NEXT), min_size=1, max_size=6))
def test_tickets_follow_one_another(lines):
    """`next_ticket` hands out 1, 2, 3 and so on, and `tickets_issued` counts along."""
    assert student_tickets(lines) == model_tickets(lines)


starts = st.integers(-3, 9)
resets = st.one_of(
    st.just("reset_tickets()"),
    starts.map("reset_tickets({})".format),
    starts.map("reset_tickets(start={})".format),
)
ticket_lines = st.lists(st.just(NEXT) | resets, max_size=4)


@points(2)
@hint(
    "Each entry is a line, what it returned, and what `tickets_issued` of your module was then. "
    "Two things have to be known: which number comes next, and how many were handed out. What does "
    "a reset do to each of them, with a `start` and without one?"
)
@given(
    lines=st.builds(
        lambda before, reset, after: [*before, reset, NEXT, *after],
        ticket_lines,
        resets,
        ticket_lines,
    )
)
def test_a_reset_begins_again(lines):
    """After `reset_tickets` the numbers begin at `start`, and `tickets_issued` at 0."""
    assert student_tickets(lines) == model_tickets(lines)


balances = st.integers(0, 5)
any_amounts = st.integers(-1, 6)


def opening(balance, names="deposit, withdraw, history"):
    return f"{names} = make_account({balance})"


@st.composite
def good_payments(draw):
    """Draw the lines that open an account and make payments, none of which is refused."""
    balance = draw(balances)
    lines = [opening(balance)]
    for change in draw(st.lists(st.integers(-9, 9).filter(bool), min_size=1, max_size=5)):
        # More than there is becomes all that there is, so that accounts are emptied often.
        difference = max(change, -balance)
        balance += difference
        if difference:
            payment = "deposit" if difference > 0 else "withdraw"
            lines.append(f"{payment}({abs(difference)})")
    return lines


@points(2)
@hint(
    "Both functions change one balance, which belongs to the function around them. How does an "
    "inner function say that it means that one? And what is returned when nothing is left?"
)
@given(lines=good_payments())
def test_payments_return_the_new_balance(lines):
    """`deposit` and `withdraw` return the new balance, down to 0."""
    expected = model_answers(lines)
    answers = student_answers(lines)
    assert answers == expected
    types_of_answers = [type(answer).__name__ for answer in answers]
    assert types_of_answers == ["int" for _ in expected]


payments = st.builds("{}({})".format, st.sampled_from(["deposit", "withdraw"]), any_amounts)


@points(2)
@hint(
    "'ValueError' stands for a call that raised it. Which amounts are refused, and in which of two "
    "ways? Has anything been changed by then?"
)
@given(
    lines=st.builds(
        lambda balance, calls: [opening(balance), *calls],
        balances,
        st.lists(payments, min_size=1, max_size=6),
    )
)
def test_refused_payments_leave_the_balance(lines):
    """A payment that raises or returns `None` leaves the balance as it was."""
    assert student_answers(lines) == model_answers(lines)


@points(1)
@hint(
    "What was handed out once must not change with the account; does your `history` return "
    "something that can? Which calls add a balance to it, and which do not?"
)
@given(
    lines=st.builds(
        lambda balance, calls: [opening(balance), *calls, "history()"],
        balances,
        st.lists(payments | st.just("history()"), max_size=6),
    )
)
def test_histories_are_lasting_tuples(lines):
    """`history` returns a tuple of all balances so far, and it stays as it is."""
    assert student_answers(lines) == model_answers(lines)


@st.composite
def lines_of_two_accounts(draw):
    """Draw lines that use two accounts, each opened when it is needed; no payment is refused."""
    payment = st.just("withdraw_{}(1)") | st.integers(1, 9).map("deposit_{{}}({})".format)
    lines, opened = [], []
    for account, line in draw(st.lists(st.tuples(st.sampled_from("ab"), payment), max_size=5)):
        if account not in opened:
            opened.append(account)
            names = ", ".join(f"{name}_{account}" for name in ("deposit", "withdraw", "history"))
            lines.append(opening(draw(st.integers(6, 9)), names))
        lines.append(line.format(account))
    return [*lines, *(f"list(history_{account}())" for account in opened), "tickets_issued"]


@points(2)
@hint(
    "The functions named `..._a` belong to one account, those named `..._b` to another. Where does "
    "each account keep its balance and its history, and when is that place made?"
)
@given(lines=lines_of_two_accounts())
def test_accounts_are_independent(lines):
    """Each account has a state of its own, apart from other accounts and the tickets."""
    assert student_answers(lines) == model_answers(lines)
