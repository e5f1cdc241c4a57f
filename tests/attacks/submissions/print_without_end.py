# Attack: prints without end
# Expect: test_double=too_much_output test_echo=passed test_total=passed


def double(number):
    while True:
        print("x" * 1000)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
