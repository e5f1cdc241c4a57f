"""Moves a process into the namespaces of a room, and takes from it what a submission may not have.

`bwrap` does this for a program that it starts. A worker that is forked in a pooled container, from
a process that has everything imported (`grader.inside.spawner`), comes into the room that `bwrap`
has made by what stands here. The numbers are those of Linux's headers, which never change.
"""

from __future__ import annotations

import ctypes
import fcntl
import os

_NAMESPACES = ("mnt", "pid", "ipc", "net", "uts", "cgroup")

_NS_GET_PARENT = 0xB702  # linux/nsfs.h: of a namespace of users, the one that it was made in
_PR_CAPBSET_DROP, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 24, 22, 38  # linux/prctl.h
_SECCOMP_MODE_FILTER = 2  # linux/seccomp.h
_CAPABILITY_VERSION = 0x2008_0522  # linux/capability.h: _LINUX_CAPABILITY_VERSION_3
_CAPABILITIES = 64
_INSTRUCTION_BYTES = 8

_libc = ctypes.CDLL(None, use_errno=True)


class _Header(ctypes.Structure):
    """`struct __user_cap_header_struct` of linux/capability.h; process 0 is the calling one."""

    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Program(ctypes.Structure):
    """`struct sock_fprog` of linux/filter.h."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def enter(pid: int) -> None:
    """Take on the namespaces of a process; that of processes holds for who is forked from now on.

    `bwrap` makes a namespace of users for building the others, and one below it for the program.
    The others belong to the upper one, so that is entered first, and the lower one last.

    Raises:
        OSError: when the process is no more, or the kernel does not let it be entered.
    """
    folder = "/proc/%d/ns/" % pid
    lower = os.open(folder + "user", os.O_RDONLY | os.O_CLOEXEC)
    others = [os.open(folder + name, os.O_RDONLY | os.O_CLOEXEC) for name in _NAMESPACES]
    for namespace in (fcntl.ioctl(lower, _NS_GET_PARENT), *others, lower):
        _must(_libc.setns(namespace, 0), "setns")
        os.close(namespace)


def drop_privileges() -> None:
    """Give up all capabilities, for this process and all that it starts; raises OSError."""
    _must(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    for capability in range(_CAPABILITIES):
        # One that this kernel does not know is refused, and is none to be dropped.
        _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = _Header(_CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice 32 of each
    _must(_libc.capset(ctypes.byref(header), nothing), "capset")


def filter_calls(program: bytes) -> None:
    """Have the kernel pass every system call through a filter from now on; raises OSError.

    Args:
        program: instructions as `grader.sandbox.bpf` compiles them.
    """
    described = _Program(len(program) // _INSTRUCTION_BYTES, program)
    mode = (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER)
    _must(_libc.prctl(*mode, ctypes.byref(described), 0, 0), "seccomp")


def _must(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, "%s: %s" % (what, os.strerror(number)))
