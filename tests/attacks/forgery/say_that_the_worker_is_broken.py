# Expected: double fails
# Tries: serves the judge in the worker's place, and says that the sandbox is broken

import os
import signal
import sys


def speak(pipe):
    """End the test as a worker would, and answer the next with what is nobody's fault."""
    while True:
        request = pipe.receive()
        if request[0] == "done":
            pipe.send(["ended", 0, True])
        elif request[0] == "test":
            pipe.send(["broken", "OSError: [Errno 28] No space left on device"])
        else:
            pipe.send(["answer", request[1], 0, "", ""])


def double(number):
    frame = sys._getframe()
    while frame is not None:
        child = frame.f_locals.get("self")
        if type(child).__name__ == "Child":
            os.kill(os.getppid(), signal.SIGSTOP)
            child._pipe.send(["answer", child._call, 0, "", ""])
            speak(child._pipe)
        frame = frame.f_back
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
