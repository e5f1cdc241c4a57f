# Expected: double raises
# Tries: takes away every hook by which an error could be seen
# Harmless

import sys
import threading
import traceback


def nothing(*given, **named):
    return []


sys.excepthook = sys.unraisablehook = sys.__excepthook__ = threading.excepthook = nothing
for name in ("print_exc", "format_exc", "format_exception", "print_exception", "extract_tb"):
    setattr(traceback, name, nothing)
sys.stderr = None


def double(number):
    raise ValueError("nobody will ever know")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
