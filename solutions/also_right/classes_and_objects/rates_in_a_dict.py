# Also right: rates and counts are dicts of the module, and both are looked up along the method resolution order.
import re

rates = {}
opened = {}


class Account:
    def __init__(self, owner, balance=0):
        cls = self.__class__
        if cls.is_valid_owner(owner) is False:
            raise ValueError(f"{owner!r} cannot have an account")
        self.owner, self.balance, self.log = owner, balance, list()
        for one in cls.mro():
            opened[one] = opened.get(one, 0) + 1

    @classmethod
    def from_string(cls, text):
        match = re.fullmatch(r"([^:]*):([^:]*)", text)
        if match is None:
            raise ValueError("one colon is needed")
        return cls(match[1], balance=int(match[2]))

    @classmethod
    def set_rate(cls, percent):
        rates[cls] = percent

    @classmethod
    def count(cls):
        return opened.get(cls, 0)

    @staticmethod
    def is_valid_owner(name):
        if not isinstance(name, str) or not name:
            return False
        return not (name[0].isspace() or name[-1].isspace())

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(amount)
        self.log.append(amount)
        self.balance = self.balance + amount

    def apply_interest(self):
        percent = next((rates[one] for one in type(self).mro() if one in rates), 0)
        self.log += [self.balance * percent // 100]
        self.balance += self.log[-1]
