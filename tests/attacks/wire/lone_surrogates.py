# Expected: it fails
# Tries: texts that no encoding can write, in answers and in what is printed
# Harmless

import sys


def double(number):
    sys.stdout.write("\ud800\udfff")
    return "\udcff"


def echo(text):
    sys.stderr.buffer.write(b"\xff\xfe\xed\xa0\x80")
    return "\ud800" + text


def total(numbers):
    return {"\udfff\ud800": b"\xff"}
