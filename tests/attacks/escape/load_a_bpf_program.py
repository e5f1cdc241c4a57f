# Expected: it passes
# Tries: has the kernel run a program of its own, by `bpf`

import ctypes
import functools
import platform
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
BPF = {"x86_64": 321, "aarch64": 280}
BPF_MAP_CREATE, BPF_PROG_LOAD = 0, 5
SOCKET_FILTER = 1
RETURN_0 = bytes([0xB7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0])


@functools.cache
def gain():
    number = BPF.get(platform.machine())
    return (made(number) or loaded(number)) if number else None


def made(number):
    # The kind of table, the bytes of a key and of a value, the number of entries.
    return call(number, BPF_MAP_CREATE, struct.pack("=4I", 2, 4, 4, 1))


def loaded(number):
    text, licence = ctypes.create_string_buffer(RETURN_0), ctypes.create_string_buffer(b"GPL")
    places = ctypes.addressof(text), ctypes.addressof(licence)
    return call(number, BPF_PROG_LOAD, struct.pack("=2I2Q", SOCKET_FILTER, 2, *places))


def call(number, command, attributes):
    descriptor = LIBC.syscall(number, command, attributes.ljust(128, b"\0"), ctypes.c_uint(128))
    return [f"descriptor {descriptor} from command {command}"] if descriptor >= 0 else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
