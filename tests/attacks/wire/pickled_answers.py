# Expected: it fails
# Tries: honest bytes and texts that run code where they are unpickled or evaluated
# Harmless

import os
import pickle


class Trap:
    def __reduce__(self):
        return os.system, ("touch ${TMPDIR:-/tmp}/unpickled",)


def double(number):
    return pickle.dumps(Trap())


def echo(text):
    return "__import__('os').system('touch ${TMPDIR:-/tmp}/evaluated')"


def total(numbers):
    return {"py/object": "os.system", "py/reduce": [{"py/function": "os.system"}, ["id"]]}
