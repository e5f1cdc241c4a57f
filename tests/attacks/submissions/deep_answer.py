# Attack: an answer nested a thousand deep
# Expect: test_double=too_much_output test_echo=passed test_total=passed


def double(number):
    answer = []
    for _ in range(1000):
        answer = [answer]
    return answer


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
