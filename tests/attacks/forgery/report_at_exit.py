# Expected: double fails
# Tries: leaves handlers that report a pass when the process ends

import atexit
import json
import os
import threading
import weakref


def report(*given):
    text = json.dumps(["answer", 1, 0, "", ""]).encode()
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, len(text).to_bytes(4, "big") + text)
        except OSError:
            pass
    os._exit(0)


class Last:
    def __del__(self):
        report()


last = Last()
last.itself = last
weakref.finalize(last, report)
atexit.register(report)
threading._register_atexit(report)


def double(number):
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
