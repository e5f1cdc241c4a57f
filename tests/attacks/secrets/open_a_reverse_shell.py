# Expected: it passes
# Tries: starts shells that wait for orders from outside

import functools
import subprocess

COMMANDS = (
    ("bash", "-c", "exec 3<>/dev/tcp/172.17.0.1/22 && echo connected"),
    ("bash", "-c", "exec 3<>/dev/udp/8.8.8.8/53 && echo connected"),
    ("sh", "-c", "nc -w 1 -z 172.17.0.1 22 && echo connected"),
    ("sh", "-c", "curl -m 0.2 -s telnet://172.17.0.1:22 && echo connected"),
)


@functools.cache
def connect():
    for command in COMMANDS:
        try:
            finished = subprocess.run(command, capture_output=True, timeout=0.3)
        except subprocess.TimeoutExpired:
            return "a connection is being made"
        except OSError:
            continue
        if b"connected" in finished.stdout:
            return command
    return ()


def double(number):
    return connect() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
