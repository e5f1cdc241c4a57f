# Also right: an account is an object whose bound methods are given out, and the counter is reached through globals().
import itertools

tickets_issued = 0
numbers = itertools.count(1)


def next_ticket():
    globals()["tickets_issued"] += 1
    return next(numbers)


def reset_tickets(start=1):
    globals().update(tickets_issued=0, numbers=itertools.count(start))


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.past = ()

    def deposit(self, amount):
        self.check(amount)
        return self.move_to(self.balance + amount)

    def withdraw(self, amount):
        self.check(amount)
        if amount <= self.balance:
            return self.move_to(self.balance - amount)

    def history(self):
        return (*self.past, self.balance)

    def check(self, amount):
        if amount <= 0:
            raise ValueError(f"cannot pay {amount}")

    def move_to(self, balance):
        self.past = self.history()
        self.balance = balance
        return balance


def make_account(balance):
    account = Account(balance)
    return account.deposit, account.withdraw, account.history
