# Expected: it passes
# Tries: reads the memory of the worker, whose user is the same, by `process_vm_readv`

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
PROCESS_VM_READV = {"x86_64": 310, "aarch64": 270}


class Piece(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("size", ctypes.c_size_t)]


@functools.cache
def gain():
    number = PROCESS_VM_READV.get(platform.machine())
    here = ctypes.create_string_buffer(16)
    local = Piece(ctypes.addressof(here), 16)
    remote = Piece(id(None), 16)  # we were forked from the worker, so it has this one there, too
    pieces = (ctypes.byref(local), ctypes.c_ulong(1), ctypes.byref(remote), ctypes.c_ulong(1))
    if number and LIBC.syscall(number, os.getppid(), *pieces, ctypes.c_ulong(0)) > 0:
        return [f"read {here.raw.hex()}"]
    return None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
