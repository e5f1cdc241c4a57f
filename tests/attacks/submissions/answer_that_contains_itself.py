# Attack: an answer without an end
# Expect: test_double=too_much_output test_echo=passed test_total=passed


def double(number):
    answer = []
    answer.append(answer)
    return answer


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
