# Attack: opens files without closing them
# Expect: test_double=raised test_echo=passed test_total=passed


def double(number):
    hoard = []
    while True:
        hoard.append(open("/dev/null"))


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
