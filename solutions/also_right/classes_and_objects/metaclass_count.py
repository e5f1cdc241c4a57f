# Also right: a metaclass counts the accounts, the class is a dataclass, and a rate is a method that `set_rate` replaces.
from dataclasses import dataclass, field


class Counting(type):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        cls.number = 0

    def __call__(cls, *args, **kwargs):
        account = super().__call__(*args, **kwargs)
        for one in cls.__mro__:
            if isinstance(one, Counting):
                one.number += 1
        return account


@dataclass
class Account(metaclass=Counting):
    owner: str
    balance: int = 0
    log: list = field(default_factory=list, init=False)

    def __post_init__(self):
        if not self.is_valid_owner(self.owner):
            raise ValueError(self.owner)

    @classmethod
    def from_string(cls, text):
        owner, balance = text.split(":")
        return cls(owner, int(balance))

    @classmethod
    def set_rate(cls, percent):
        cls.rate = lambda self: percent

    def rate(self):
        return 0

    @classmethod
    def count(cls):
        return cls.number

    @staticmethod
    def is_valid_owner(name):
        return isinstance(name, str) and len(name.strip()) == len(name) > 0

    def deposit(self, amount):
        if not amount > 0:
            raise ValueError("bad amount")
        self._pay(amount)

    def apply_interest(self):
        self._pay(self.balance * self.rate() // 100)

    def _pay(self, amount):
        self.log.append(amount)
        self.balance += amount
