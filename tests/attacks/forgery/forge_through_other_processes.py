# Expected: double gives a bad reply or fails
# Tries: writes answers to the open files of every process, among them the engine's pipe

import glob
import json
import os


def double(number):
    text = json.dumps(["answer", 99, 2 * number, "", ""]).encode()
    for path in glob.glob("/proc/[0-9]*/fd/*"):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            os.write(descriptor, len(text).to_bytes(4, "big") + text)
        except OSError:
            pass
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
