# Mistake: the first ticket after a reset is `start + 1`. Caught by: test_a_reset_begins_again
tickets_issued = 0
next_number = 1


def next_ticket():
    global tickets_issued, next_number
    number = next_number
    next_number += 1
    tickets_issued += 1
    return number


def reset_tickets(start=1):
    global tickets_issued, next_number
    next_number = start + 1
    tickets_issued = 0


def make_account(balance):
    balances = [balance]

    def deposit(amount):
        nonlocal balance
        if amount < 1:
            raise ValueError("too little")
        balance += amount
        balances.append(balance)
        return balance

    def withdraw(amount):
        nonlocal balance
        if amount < 1:
            raise ValueError("too little")
        if amount > balance:
            return None
        balance -= amount
        balances.append(balance)
        return balance

    def history():
        return tuple(balances)

    return deposit, withdraw, history
