# Expected: double fails
# Tries: reports points of its own: printed, written to files, and as its answer

import json
import sys

REPORT = {"score": 1e999, "points": 100, "max_points": True, "outcome": "passed", "grade": "100"}


def double(number):
    text = json.dumps(REPORT)
    print(text)
    print(text, file=sys.stderr)
    for path in (
        "results.json",
        "/tmp/results.json",
        "../results.json",
        "/autograder/results.json",
    ):
        try:
            with open(path, "w") as file:
                file.write(text)
        except OSError:
            pass
    return REPORT


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
