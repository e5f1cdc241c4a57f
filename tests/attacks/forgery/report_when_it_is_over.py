# Expected: double fails
# Tries: leaves a process that rewrites reports, and answers when the test should be over

import functools
import json
import os
import time

PLACES = ("report.xml", "results.json", "/tmp/results.json", "/tmp/report.xml")
TEST_SECONDS = 1.5


def rewrite_for_ever():
    frame = json.dumps(["answer", 16, 0, "", ""]).encode()
    start = time.monotonic()
    while True:
        for place in PLACES:
            try:
                with open(place, "w") as file:
                    file.write('<testsuite tests="3" failures="0"/>')
            except OSError:
                pass
        for descriptor in range(3, 256):
            try:
                if time.monotonic() > start + TEST_SECONDS:
                    os.write(descriptor, len(frame).to_bytes(4, "big") + frame)
            except OSError:
                pass
        time.sleep(0.01)


@functools.cache
def leave():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            rewrite_for_ever()
        os._exit(0)


def double(number):
    leave()
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
