# Also right: nothing is rebound; the counter is a list of tickets from which the module computes its attribute, the account a list of payments.
from itertools import accumulate

_issued = []
_starts = [1]


def __getattr__(name):
    if name == "tickets_issued":
        return len(_issued)
    raise AttributeError(name)


def next_ticket():
    _issued.append(_starts[-1] + len(_issued))
    return _issued[-1]


def reset_tickets(start=1):
    _starts.append(start)
    _issued.clear()


def make_account(balance):
    changes = [balance]

    def pay(amount, sign):
        if not amount > 0:
            raise ValueError
        if sum(changes) + sign * amount < 0:
            return None
        changes.append(sign * amount)
        return sum(changes)

    return (
        lambda amount: pay(amount, +1),
        lambda amount: pay(amount, -1),
        lambda: tuple(accumulate(changes)),
    )
