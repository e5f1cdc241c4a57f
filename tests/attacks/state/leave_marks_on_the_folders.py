# Expected: it passes
# Tries: keeps a mark in the times, rights and attributes of the folders that stay

import os

FOLDERS = ("/tmp", "/dev/shm", "/tmp/work", "/tmp/submission")
TIME = 777_000_000


def seen():
    """Return the marks of earlier tests."""
    found = []
    for folder in FOLDERS:
        try:
            status = os.stat(folder)
            if (
                TIME in (int(status.st_atime), int(status.st_mtime))
                or status.st_mode & 0o777 == 0o751
            ):
                found.append(folder)
            if os.getxattr(folder, "user.mark"):
                found.append("user.mark")
        except OSError:
            pass
    return found


SEEN = seen()


def mark():
    """Leave marks, wherever that is possible."""
    for folder in FOLDERS:
        for leave in (
            lambda path: os.utime(path, (TIME, TIME)),
            lambda path: os.chmod(path, 0o751),
            lambda path: os.setxattr(path, "user.mark", b"seen"),
        ):
            try:
                leave(folder)
            except OSError:
                pass


def double(number):
    mark()
    return SEEN or 2 * number


def echo(text):
    mark()
    return SEEN or text


def total(numbers):
    return SEEN or sum(numbers)
