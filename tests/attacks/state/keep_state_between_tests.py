# Expected: double fails
# Tries: leaves a file, a variable and a module for the next test

import builtins
import os

PLACES = ("mark", "../mark", "/tmp/mark", "/dev/shm/mark")
SEEN = any(map(os.path.exists, PLACES)) or hasattr(builtins, "mark") or "MARK" in os.environ


def leave_marks():
    for place in PLACES:
        try:
            open(place, "w").close()
        except OSError:
            pass
    builtins.mark = True
    os.environ["MARK"] = "1"
    with open(__file__, "a") as file:
        file.write("\nSEEN = True\n")


def double(number):
    leave_marks()
    return 0


def echo(text):
    leave_marks()
    return "seen" if SEEN else text


def total(numbers):
    return -1 if SEEN else sum(numbers)
