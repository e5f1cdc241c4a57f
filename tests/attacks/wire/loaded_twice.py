# Expected: double gives a bad reply; echo fails; total gives a bad reply
# Tries: says that it is loaded, and answers, before anybody has asked
# Harmless

import json
import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def send(*message):
    """Write one frame to the pipe that the answers take."""
    payload = json.dumps(message).encode()
    os.write(child()._pipe._write_fd, len(payload).to_bytes(4, "big") + payload)


def answer_ahead():
    send("loaded")
    for call in range(1, 50):
        send("answer", call + 1, 0, "", "")


answer_ahead()


def double(number):
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
