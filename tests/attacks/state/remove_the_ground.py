# Expected: it passes
# Tries: removes the folders that the tests after it need, and their rights

import os
import shutil


def double(number):
    for folder in ("/tmp/work", "/tmp/submission", "/tmp", "/dev/shm"):
        shutil.rmtree(folder, ignore_errors=True)
        for remove in (lambda: os.rmdir(folder), lambda: os.chmod(folder, 0)):
            try:
                remove()
            except OSError:
                pass
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
