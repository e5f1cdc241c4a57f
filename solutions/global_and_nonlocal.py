"""A ticket counter that the whole module shares, and accounts that share nothing."""

from collections.abc import Callable

tickets_issued = 0  # how many tickets were handed out since the last reset
_upcoming = 1  # the number of the next ticket


def next_ticket() -> int:
    """Hand out the next ticket and return its number."""
    global tickets_issued, _upcoming
    number = _upcoming
    _upcoming += 1
    tickets_issued += 1
    return number


def reset_tickets(start: int = 1) -> None:
    """Begin again, so that the next ticket has the number `start`."""
    global tickets_issued, _upcoming
    _upcoming = start
    tickets_issued = 0


def make_account(
    balance: int,
) -> tuple[
    Callable[[int], int],
    Callable[[int], int | None],
    Callable[[], tuple[int, ...]],
]:
    """Open an account and return its functions `deposit`, `withdraw` and `history`."""
    balances = (balance,)

    def change_by(difference: int) -> int:
        nonlocal balance, balances
        balance += difference
        balances += (balance,)  # a new tuple, so those that were given out stay as they are
        return balance

    def deposit(amount: int) -> int:
        """Add to the balance and return the new one; raise ValueError for less than 1."""
        _check(amount)
        return change_by(amount)

    def withdraw(amount: int) -> int | None:
        """Take from the balance as `deposit` adds to it; return None if it is too small."""
        _check(amount)
        if amount > balance:
            return None
        return change_by(-amount)

    def history() -> tuple[int, ...]:
        """Return all balances so far, the opening one first."""
        return balances

    return deposit, withdraw, history


def _check(amount: int) -> None:
    """Raise ValueError for an amount that cannot be paid."""
    if amount < 1:
        raise ValueError("an amount must be at least 1")
