# Mistake: `reset_tickets` sets local variables and resets nothing. Caught by: test_a_reset_begins_again
tickets_issued = 0
next_number = 1


def next_ticket():
    global tickets_issued, next_number
    number = next_number
    next_number += 1
    tickets_issued += 1
    return number


def reset_tickets(start=1):
    next_number = start  # noqa: F841
    tickets_issued = 0  # noqa: F841


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
