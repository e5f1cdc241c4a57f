"""# Shared counter, private accounts

Level: Intermediate

Some data belongs to the whole module and is there once. Other data belongs to a few
functions only, and nobody else can reach it. In this exercise you write both: a ticket
counter that all callers share, and accounts that keep their balance to themselves. You
may add functions, variables and classes of your own.

## The ticket counter

There is one counter for the whole module.

* `next_ticket()` hands out the next number and returns it. The numbers follow one
  another: each is one more than the one before. The first number after the import of
  your module is 1.
* `reset_tickets(start=1)` begins again: the next ticket has the number `start`, which
  may be any int (0 and negative ones, too). It returns `None`.
* `tickets_issued` is a variable of the module. After every call it tells how many
  tickets were handed out since the last reset, or since the import if there was no
  reset. It is an int, and it is how many they are, not the number on the last one.

For example, when these calls are made one after the other:

| call | returns | `tickets_issued` is then |
|---|---|---|
| (import of the module) | | 0 |
| `next_ticket()` | 1 | 1 |
| `next_ticket()` | 2 | 2 |
| `reset_tickets(7)` | `None` | 0 |
| `next_ticket()` | 7 | 1 |
| `next_ticket()` | 8 | 2 |
| `reset_tickets()` | `None` | 0 |
| `next_ticket()` | 1 | 1 |

The tests read the variable from the module, as in `global_and_nonlocal.tickets_issued`.

## `make_account(balance)`

It opens an account and returns a tuple of three functions, in this order: `deposit`,
`withdraw` and `history`. The opening balance is an int, 0 or more.

    >>> deposit, withdraw, history = make_account(10)
    >>> deposit(5)
    15
    >>> withdraw(4)
    11
    >>> history()
    (10, 15, 11)

* `deposit(amount)` adds to the balance and returns the new balance.
* `withdraw(amount)` takes from the balance and returns the new balance. All of it may
  be withdrawn; then the result is the int 0. If the amount is more than the balance,
  the result is `None`.
* Amounts are ints of any size. For an amount below 1, both functions raise
  `ValueError`.
* `history()` returns a tuple of all balances that there were so far: first the opening
  balance, then the balance after each deposit and each withdrawal.
* A call that raises or returns `None` changes nothing: neither the balance nor the
  history.
* A tuple that `history()` has returned never changes. What happens later is only in
  the tuples that are returned later.

For example:

    >>> old = history()
    >>> print(withdraw(12))
    None
    >>> withdraw(11)
    0
    >>> deposit(0)
    Traceback (most recent call last):
        ...
    ValueError: an amount must be at least 1
    >>> history()
    (10, 15, 11, 0)
    >>> old
    (10, 15, 11)

(The wording of the message is yours.)

Every call of `make_account` opens an account of its own. The three functions of one
call share its state, and no other account, nor the ticket counter, has to do with it.
An account is still there when others are opened after it.

    >>> deposit_ann, withdraw_ann, history_ann = make_account(0)
    >>> deposit_bob, withdraw_bob, history_bob = make_account(50)
    >>> deposit_ann(20)
    20
    >>> history_ann(), history_bob()
    ((0, 20), (50,))
"""

from collections.abc import Callable

tickets_issued = 0  # how many tickets were handed out since the last reset


def next_ticket() -> int:
    """Hand out the next ticket and return its number."""
    raise NotImplementedError


def reset_tickets(start: int = 1) -> None:
    """Begin again, so that the next ticket has the number `start`."""
    raise NotImplementedError


def make_account(
    balance: int,
) -> tuple[
    Callable[[int], int],
    Callable[[int], int | None],
    Callable[[], tuple[int, ...]],
]:
    """Open an account and return its functions `deposit`, `withdraw` and `history`."""
    raise NotImplementedError
