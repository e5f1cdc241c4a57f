# Mistake: the log holds balances, not amounts. Caught by: test_deposits_and_interest
class Account:
    rate = 0
    opened = []

    def __init__(self, owner, balance=0):
        if not self.is_valid_owner(owner):
            raise ValueError("bad owner")
        self.owner = owner
        self.balance = balance
        self.log = []
        Account.opened.append(type(self))

    @classmethod
    def from_string(cls, text):
        owner, balance = text.split(":")
        return cls(owner, int(balance))

    @classmethod
    def set_rate(cls, percent):
        cls.rate = percent

    @classmethod
    def count(cls):
        return len([one for one in Account.opened if issubclass(one, cls)])

    @staticmethod
    def is_valid_owner(name):
        return isinstance(name, str) and name != "" and name.strip() == name

    def deposit(self, amount):
        if amount < 1:
            raise ValueError("bad amount")
        self.balance += amount
        self.log.append(self.balance)

    def apply_interest(self):
        interest = self.balance * self.rate // 100
        self.balance += interest
        self.log.append(interest)
