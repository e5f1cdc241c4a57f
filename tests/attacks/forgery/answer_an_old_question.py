# Expected: double gives a bad reply
# Tries: gives the answer to a question that was asked before
# Harmless

import sys

answers = []


def double(number):
    frame = sys._getframe()
    while frame is not None:
        child = frame.f_locals.get("self")
        if type(child).__name__ == "Child":
            answers.append(["answer", child._call, 2 * number, "", ""])
            if len(answers) > 1:
                child._pipe.send(answers[0])
        frame = frame.f_back
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
