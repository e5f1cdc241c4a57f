# Expected: it passes
# Tries: leaves messages where no file is: System V memory, key rings, message queues

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
KEY = 0x67726164
CREATE = 0o1666
# Linux for x86-64 and for AArch64: numbers of add_key, mq_open.
NUMBERS = ((248, 240), (217, 180))


def is_there():
    """Tell whether an earlier test, or an earlier submission, has left a message."""
    return (
        libc.shmget(KEY, 4096, 0) != -1 or libc.msgget(KEY, 0) != -1 or libc.semget(KEY, 1, 0) != -1
    )


def leave():
    """Leave the message wherever that is possible; return where."""
    made = [
        name
        for name, made in {
            "shmget": libc.shmget(KEY, 4096, CREATE),
            "msgget": libc.msgget(KEY, CREATE),
            "semget": libc.semget(KEY, 1, CREATE),
        }.items()
        if made != -1
    ]
    for add_key, mq_open in NUMBERS:
        if libc.syscall(add_key, b"user", b"message", b"seen", ctypes.c_size_t(4), -4) > 0:
            made.append("add_key")
        if libc.syscall(mq_open, b"message", 0o102, 0o666, None) > 0:
            made.append("mq_open")
    return made


def double(number):
    return leave() or 2 * number


def echo(text):
    return "seen" if is_there() else text


def total(numbers):
    return -1 if is_there() else sum(numbers)
