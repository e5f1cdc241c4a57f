"""# Instance, class and static methods

Level: Intermediate

A method can work on one object, on a whole class, or on neither. In this exercise you
write a class `Account` that has all three kinds. You may add attributes, methods,
functions and classes of your own. `Account` will be used as it is, and as a base class
of others:

    >>> class Saver(Account):
    ...     pass
    >>> ann = Account("Ann", 250)
    >>> bob = Saver("Bob")

## Each account

`Account(owner, balance=0)` opens an account. It has these attributes:

* `owner`: the owner's name, as it was given;
* `balance`: how much there is, in whole cents. It is an int of any size, also a
  negative one; that is not to be checked;
* `log`: a list of the amounts that were deposited or paid as interest, in order. It is
  empty at first: the opening balance is not in it. Each account has a list of its own.

Two methods change an account:

* `deposit(amount)` adds an amount, which is an int, to the balance and to the end of
  the log. For an amount below 1 it raises `ValueError` and changes nothing.
* `apply_interest()` pays the interest, which is `balance * rate // 100`: it adds it to
  the balance and to the end of the log, even if it is 0 or negative. The `rate` is that
  of the account's class, see below.

For example:

    >>> ann.deposit(50)
    >>> ann.apply_interest()
    >>> ann.balance, ann.log
    (300, [50, 0])
    >>> ann.deposit(0)
    Traceback (most recent call last):
        ...
    ValueError: a deposit must be at least 1
    >>> bob.owner, bob.balance, bob.log
    ('Bob', 0, [])

(The wording of messages is yours.)

## `is_valid_owner(name)`: a static method

It tells (`True` or `False`) whether `name`, which can be any object, is a good name: a
`str` that is not empty and has no white space at its beginning or end, so that `strip`
leaves it as it is.

    >>> Account.is_valid_owner("Ann"), Account.is_valid_owner("Ann ")
    (True, False)
    >>> bob.is_valid_owner(7)
    False

An account with a bad owner cannot be opened: `Account(owner)` raises `ValueError` then.
A subclass may have an `is_valid_owner` of its own. For the accounts of that subclass it
takes the place of the one in `Account`:

    >>> class Anonymous(Account):
    ...     @staticmethod
    ...     def is_valid_owner(name):
    ...         return name == ""
    >>> Anonymous("").owner
    ''
    >>> Anonymous("Ann")
    Traceback (most recent call last):
        ...
    ValueError: this is not a valid owner

## `from_string(text)`: a class method, and a second constructor

The text, a `str`, is an owner, one colon, and a balance. `Account.from_string("Ann:5")`
gives what `Account("Ann", 5)` gives. Called on a subclass it gives what that subclass
gives for the same two arguments, also if it has an `__init__` of its own.

    >>> cyd = Saver.from_string("Cyd:120")
    >>> type(cyd).__name__, cyd.owner, cyd.balance
    ('Saver', 'Cyd', 120)

The owner is all that is before the colon, and the balance is what `int` makes of all
that is after it. The text raises `ValueError` if it has no colon or more than one, if
`int` does not take its second part, or if the owner is a bad one.

## `set_rate(percent)`: a class method

It sets the interest rate, an int (0 or more), of the class that it is called on. Before
that, the rate of `Account` is 0. A subclass that has no rate of its own has the rate of
its base class, and follows it when it changes; one whose rate was set keeps it, also if
that is 0. Accounts that were opened earlier go by the new rate, too.

    >>> class Junior(Saver):
    ...     pass
    >>> dan = Junior("Dan", 200)
    >>> Account.set_rate(1)
    >>> dan.apply_interest()
    >>> Saver.set_rate(5)
    >>> Account.set_rate(2)
    >>> dan.apply_interest(), ann.apply_interest()
    (None, None)
    >>> dan.log, ann.log
    ([2, 10], [50, 0, 6])

Called on an account, as in `dan.set_rate(4)`, it sets the rate of that account's class.
Neither this method nor the two that change an account return anything.

## `count()`: a class method

It returns how many accounts were opened so far with the class that it is called on and
its subclasses, whether they still exist or not, and with which of the constructors.
Attempts that raised do not count.

    >>> Account.count(), Saver.count(), Junior.count()
    (5, 3, 1)
"""

from typing import Self


class Account:
    """An account in whole cents; rate and number of accounts belong to its class."""

    def __init__(self, owner: str, balance: int = 0) -> None:
        """Open an account; raise ValueError for a bad owner."""
        raise NotImplementedError

    @classmethod
    def from_string(cls, text: str) -> Self:
        """Open an account from `owner:balance`; raise ValueError for other texts."""
        raise NotImplementedError

    @classmethod
    def set_rate(cls, percent: int) -> None:
        """Set the rate of this class and of subclasses without one of their own."""
        raise NotImplementedError

    @classmethod
    def count(cls) -> int:
        """Return how many accounts of this class and its subclasses were opened."""
        raise NotImplementedError

    @staticmethod
    def is_valid_owner(name: object) -> bool:
        """Tell whether `name` is a text that can be the owner of an account."""
        raise NotImplementedError

    def deposit(self, amount: int) -> None:
        """Add an amount to balance and log; raise ValueError if it is below 1."""
        raise NotImplementedError

    def apply_interest(self) -> None:
        """Add the interest, at the rate of the class, to balance and log."""
        raise NotImplementedError
