# Mistake: `next_ticket` assigns to the names of the module without `global`, which ends in UnboundLocalError. Caught by: test_tickets_follow_one_another
tickets_issued = 0
next_number = 1


def next_ticket():
    number = next_number  # noqa: F823
    next_number = number + 1  # noqa: F841
    tickets_issued += 1  # noqa: F823, F841
    return number


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
