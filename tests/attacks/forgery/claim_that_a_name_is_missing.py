# Expected: double does not load
# Tries: reports that the test asks for what does not exist, as if the test were wrong
# Harmless

import sys


def double(number):
    frame = sys._getframe()
    while frame is not None:
        child = frame.f_locals.get("self")
        if type(child).__name__ == "Child":
            failure = {"type": "AuthoringError", "bases": [], "message": "", "frames": []}
            failure["missing"] = "what the hidden test has misspelt"
            child._pipe.send(["raised", child._call, failure])
            return 0
        frame = frame.f_back
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
