# Expected: it passes
# Tries: runs a program that it has written

import functools
import os
import shutil
import subprocess


@functools.cache
def gain():
    if os.getuid() == 1000:
        return None  # bubblewrap's folders cannot be mounted so, and no limit hangs on it
    return [folder for folder in ("/tmp", "/dev/shm", ".") if runs(folder)] or None


def runs(folder):
    program = os.path.join(folder, "program")
    try:
        shutil.copyfile("/bin/true", program)
        os.chmod(program, 0o755)
        return subprocess.run([program], check=False).returncode == 0
    except OSError:
        return False


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
