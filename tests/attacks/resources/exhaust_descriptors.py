# Expected: double raises
# Tries: opens files without closing them


def double(number):
    hoard = []
    while True:
        hoard.append(open("/dev/null"))


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
