# Expected: it passes
# Tries: lets one process answer all tests, so that it knows what was asked before

import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


ASKED = []


def serve_on(me):
    """Say that the test has ended, and be the next test's process as well."""
    receive = me._pipe.receive

    def receive_more():
        request = receive()
        if request == ["done"]:
            me._pipe.send(["ended", 0, True])
            return receive_more()
        if request == ["test"]:
            me._pipe.send(["loaded"])
            return receive_more()
        return request

    me._pipe.receive = receive_more


serve_on(child())


def double(number):
    ASKED.append(number)
    return 2 * number


def echo(text):
    ASKED.append(text)
    return text


def total(numbers):
    return sum(numbers)
