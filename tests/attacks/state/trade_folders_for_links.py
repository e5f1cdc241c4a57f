# Expected: double fails
# Tries: puts links in the place of the folders that the worker writes to and empties

import functools
import os
import shutil

FOLDERS = (os.path.dirname(__file__), os.getcwd())
SEEN = any(map(os.path.islink, FOLDERS)) or os.path.exists("/dev/shm/kept/mark")


@functools.cache
def trade():
    os.makedirs("/dev/shm/kept", exist_ok=True)
    open("/dev/shm/kept/mark", "w").close()
    for folder, target in zip(FOLDERS, ("/dev/shm/kept", "/usr")):
        shutil.rmtree(folder)
        os.symlink(target, folder)


def double(number):
    trade()
    return 0


def echo(text):
    return "seen" if SEEN else text


def total(numbers):
    return -1 if SEEN else sum(numbers)
