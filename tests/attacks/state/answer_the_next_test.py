# Expected: double fails
# Tries: leaves a process that answers the questions of the tests after it

import json
import os
import sys
import time


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def detached():
    """Fork; return True in a process that nobody waits for, False in this one."""
    if os.fork():
        return False
    os.setsid()
    if os.fork():
        os._exit(0)
    return True


def answer_for_ever(descriptor, call):
    while True:
        for number in range(call, call + 60):
            payload = json.dumps(["answer", number, 0, "", ""]).encode()
            os.write(descriptor, len(payload).to_bytes(4, "big") + payload)
        time.sleep(0.2)


LEFT = []


def double(number):
    me = child()
    if not LEFT and not LEFT.append(number) and detached():
        time.sleep(0.3)
        answer_for_ever(me._pipe._write_fd, me._call)
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
