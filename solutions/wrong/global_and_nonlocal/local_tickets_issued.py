# Mistake: `next_ticket` sets a local `tickets_issued`, so that the variable of the module stays 0. Caught by: test_tickets_follow_one_another
tickets_issued = 0
next_number = 1


def next_ticket():
    global next_number
    tickets_issued = next_number
    next_number += 1
    return tickets_issued


def reset_tickets(start=1):
    global tickets_issued, next_number
    next_number = start
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
