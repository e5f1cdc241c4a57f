# Expected: double fails
# Tries: leaves a process behind that speaks to the judge once this test is over

import os
import time

FRAME = b'["answer",1,0,"",""]'


def speak_after(test):
    while is_there(test):
        time.sleep(0.001)
    while True:
        for descriptor in range(3, 256):
            try:
                os.write(descriptor, len(FRAME).to_bytes(4, "big") + FRAME)
            except OSError:
                pass


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def double(number):
    test = os.getpid()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            speak_after(test)
        os._exit(0)
    os.wait()
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
