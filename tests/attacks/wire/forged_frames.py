# Expected: double fails
# Tries: writes answers to every descriptor before they are asked for

import json
import os


def frame(message):
    payload = json.dumps(message).encode()
    return len(payload).to_bytes(4, "big") + payload


def double(number):
    for call in range(1, 50):
        for descriptor in range(3, 256):
            try:
                os.write(descriptor, frame(["answer", call, 0, "", ""]))
            except OSError:
                pass
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
