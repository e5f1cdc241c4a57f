# Expected: double gives too much
# Tries: an answer without an end


def double(number):
    answer = []
    answer.append(answer)
    return answer


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
