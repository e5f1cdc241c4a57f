# Mistake: the balance is a variable of the module, so that accounts share it. Caught by: test_accounts_are_independent
tickets_issued = 0
next_number = 1
current_balance = 0


def next_ticket():
    global tickets_issued, next_number
    number = next_number
    next_number += 1
    tickets_issued += 1
    return number


def reset_tickets(start=1):
    global tickets_issued, next_number
    next_number = start
    tickets_issued = 0


def make_account(balance):
    global current_balance
    current_balance = balance
    balances = [balance]

    def deposit(amount):
        global current_balance
        if amount < 1:
            raise ValueError("too little")
        current_balance += amount
        balances.append(current_balance)
        return current_balance

    def withdraw(amount):
        global current_balance
        if amount < 1:
            raise ValueError("too little")
        if amount > current_balance:
            return None
        current_balance -= amount
        balances.append(current_balance)
        return current_balance

    def history():
        return tuple(balances)

    return deposit, withdraw, history
