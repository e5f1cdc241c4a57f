"""Accounts that share a rate and a count with their class, and a log with nobody."""

from collections import Counter
from typing import ClassVar, Self


class Account:
    """An account in whole cents; rate and number of accounts belong to its class."""

    _rate = 0  # a subclass has an attribute of its own only after its rate was set
    _opened: ClassVar[Counter[type]] = Counter()  # shared, with an entry for each class

    def __init__(self, owner: str, balance: int = 0) -> None:
        """Open an account; raise ValueError for a bad owner."""
        if not self.is_valid_owner(owner):
            raise ValueError("this is not a valid owner")
        self.owner = owner
        self.balance = balance
        self.log: list[int] = []
        self._opened.update(type(self).__mro__)  # one more for its class and each base class

    @classmethod
    def from_string(cls, text: str) -> Self:
        """Open an account from `owner:balance`; raise ValueError for other texts."""
        owner, balance = text.split(":")
        return cls(owner, int(balance))

    @classmethod
    def set_rate(cls, percent: int) -> None:
        """Set the rate of this class and of subclasses without one of their own."""
        cls._rate = percent

    @classmethod
    def count(cls) -> int:
        """Return how many accounts of this class and its subclasses were opened."""
        return cls._opened[cls]

    @staticmethod
    def is_valid_owner(name: object) -> bool:
        """Tell whether `name` is a text that can be the owner of an account."""
        return isinstance(name, str) and name != "" and name == name.strip()

    def deposit(self, amount: int) -> None:
        """Add an amount to balance and log; raise ValueError if it is below 1."""
        if amount < 1:
            raise ValueError("a deposit must be at least 1")
        self._add(amount)

    def apply_interest(self) -> None:
        """Add the interest, at the rate of the class, to balance and log."""
        self._add(self.balance * self._rate // 100)

    def _add(self, amount: int) -> None:
        self.balance += amount
        self.log.append(amount)
