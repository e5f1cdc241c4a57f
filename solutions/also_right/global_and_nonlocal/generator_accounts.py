# Also right: an account is a generator that is sent its payments, and `tickets_issued` is the distance from the start.
import sys

tickets_issued = 0
start_of_numbers = 1


def next_ticket():
    sys.modules[__name__].tickets_issued += 1
    return start_of_numbers + tickets_issued - 1


def reset_tickets(start=1):
    module = sys.modules[__name__]
    module.start_of_numbers = start
    module.tickets_issued = 0


def account_states(balance):
    past = (balance,)
    answer = None
    while True:
        change = yield answer, past
        if balance + change < 0:
            answer = None
        else:
            answer = balance = balance + change
            past = past + (balance,)


def make_account(balance):
    states = account_states(balance)
    next(states)

    def deposit(amount):
        if amount < 1:
            raise ValueError(amount)
        return states.send(amount)[0]

    def withdraw(amount):
        if amount < 1:
            raise ValueError(amount)
        return states.send(-amount)[0]

    def history():
        return states.send(-float("inf"))[1]

    return deposit, withdraw, history
