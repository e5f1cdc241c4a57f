# Expected: double gives too much
# Tries: an answer nested a thousand deep


def double(number):
    answer = []
    for _ in range(1000):
        answer = [answer]
    return answer


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
