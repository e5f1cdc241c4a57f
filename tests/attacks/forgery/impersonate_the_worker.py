# Expected: it fails
# Tries: stops the worker and serves the judge in its place, test after test

import json
import os
import signal
import sys


def speak(pipe):
    """Answer every message as a worker would: all tests load, all calls have an answer."""
    while True:
        request = pipe.receive()
        if request[0] == "test":
            pipe.send(["loaded"])
        elif request[0] == "done":
            pipe.send(["ended", 0, True])
        else:
            pipe.send(["answer", request[1], ["anything"], "", ""])


def double(number):
    frame = sys._getframe()
    while frame is not None:
        child = frame.f_locals.get("self")
        if type(child).__name__ == "Child":
            os.kill(os.getppid(), signal.SIGSTOP)
            child._pipe.send(["answer", child._call, ["anything"], "", ""])
            speak(child._pipe)
        frame = frame.f_back
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
