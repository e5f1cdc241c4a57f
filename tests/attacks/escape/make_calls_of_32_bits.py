# Expected: it passes
# Tries: writes machine code that makes system calls by their old numbers, past a filter of the new

import ctypes
import functools
import mmap
import os
import platform

# push rbx; mov eax, 26 (ptrace); xor ebx, ebx (PTRACE_TRACEME); int 0x80; pop rbx; ret
TRACE_BY_INTERRUPT = bytes.fromhex("53 b81a000000 31db cd80 5b c3")
# mov eax, 0x40000000 + 521 (ptrace of x32); xor edi, edi; syscall; ret
TRACE_BY_X32 = bytes.fromhex("b809020040 31ff 0f05 c3")


@functools.cache
def gain():
    if platform.machine() != "x86_64":
        return None
    ways = {"interrupt": TRACE_BY_INTERRUPT, "x32": TRACE_BY_X32}
    return [name for name, code in ways.items() if works(code)] or None


def works(code):
    pid = os.fork()
    if pid == 0:
        os._exit(run(code) == 0)
    _, status = os.waitpid(pid, 0)
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1


def run(code):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code.ljust(16, b"\xc3"))
    start = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_int)(start)()


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
