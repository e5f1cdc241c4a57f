"""Compiles the list of allowed system calls to the program that the kernel runs at each call.

The list has the format of Docker's and the OCI's seccomp profiles. The program is classic BPF: an
array of `struct sock_filter` (linux/filter.h) that reads `struct seccomp_data` (linux/seccomp.h).
It is as plain as can be, so that its correctness can be seen: rule stands after rule, and each
either decides or leaves the decision to those after it. What no rule decides gets the profile's
default error. So does every call of the x32 interface, whose numbers are others by one high bit.
"""

import functools
import json
import platform
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_INSTRUCTION = struct.Struct("<HBBI")  # struct sock_filter: code, jt, jf, k

# Codes of instructions (linux/bpf_common.h), all with a constant in `k`.
_LOAD_WORD = 0x20  # BPF_LD | BPF_W | BPF_ABS: the accumulator is 4 bytes of the data from `k` on
_AND = 0x54  # BPF_ALU | BPF_AND
_JUMP_IF_EQUAL = 0x15  # BPF_JMP | BPF_JEQ: skips `jt` or `jf` instructions
_RETURN = 0x06  # BPF_RET

# Offsets in struct seccomp_data, and its size for each of six arguments of 64 bits.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ARGUMENT_BYTES = 8

# What a program returns (linux/seccomp.h).
_KILL_PROCESS, _ERRNO, _ALLOW = 0x8000_0000, 0x0005_0000, 0x7FFF_0000

_EPERM = 1
_WORD = 0xFFFF_FFFF
_ALL_BITS = 0xFFFF_FFFF_FFFF_FFFF


@dataclass(frozen=True)
class _Machine:
    """An architecture by the name of the profile and by AUDIT_ARCH_... of linux/audit.h.

    Each one here is of 64 bits and little-endian, which the order of words follows from.
    """

    name: str
    audit_number: int


# By the names of `platform.machine()`.
_MACHINES: Mapping[str, _Machine] = {
    "x86_64": _Machine("SCMP_ARCH_X86_64", 0xC000_003E),
    "aarch64": _Machine("SCMP_ARCH_AARCH64", 0xC000_00B7),
}


@dataclass(frozen=True)
class _Test:
    """Four bytes of the data from `offset` on, of which the bits in `mask` have to be `value`."""

    offset: int
    mask: int
    value: int


@functools.cache
def filter_bytes(machine: str) -> bytes:
    """Return the filter of `seccomp.json` for a machine as `uname -m` names it.

    b"" where none can be made for it, because we do not know its numbers of system calls.
    """
    if machine not in _MACHINES:
        return b""
    return compile_filter(json.loads(_text("seccomp.json")), machine)


def filter_here() -> bytes:
    """Return the filter for programs of this machine; b"" where none can be made.

    Not for a Python of 32 bits either, which may be the interpreter inside as well and makes other
    calls than the kernel's name tells.
    """
    return b"" if sys.maxsize <= _WORD else filter_bytes(platform.machine())


def compile_filter(profile: Mapping[str, Any], machine: str) -> bytes:
    """Return the profile as a program for `machine`, "x86_64" or "aarch64".

    The first rule that fits a call decides; its arguments fit when all of them do. A name that the
    machine does not have is left out. A call of another architecture ends the process.

    Raises:
        ValueError: when the profile says anything that is not understood here, or the machine is
            not known.
    """
    if machine not in _MACHINES:
        raise ValueError(f"no system calls are known for {machine!r}")
    _check_keys(profile, {"defaultAction", "defaultErrnoRet", "archMap", "syscalls"})
    default = _action(profile["defaultAction"], profile.get("defaultErrnoRet", _EPERM))
    if default == _ALLOW:
        raise ValueError("the default must be to refuse")
    _check_architecture(profile["archMap"], _MACHINES[machine].name)
    program = _only_on(_MACHINES[machine]) + _instruction(_LOAD_WORD, _NUMBER)
    for rule in profile["syscalls"]:
        program += b"".join(_rules(rule, _numbers()[machine]))
    return program + _instruction(_RETURN, default)


def _check_keys(table: Mapping[str, Any], known: set[str]) -> None:
    """Check that nothing of a table would be passed over; raises ValueError."""
    if unknown := table.keys() - known:
        raise ValueError(f"not understood in a profile: {', '.join(sorted(unknown))}")


def _check_architecture(entries: Sequence[Mapping[str, Any]], name: str) -> None:
    """Check that the profile is for this architecture, and for none beside it on one machine."""
    if {"architecture": name, "subArchitectures": []} not in entries:
        raise ValueError(f"the profile is not for {name} alone")


def _action(name: str, error: int) -> int:
    """Return what a program returns for an action of the profile; raises ValueError."""
    if name == "SCMP_ACT_ALLOW":
        return _ALLOW
    if name == "SCMP_ACT_ERRNO":
        return _ERRNO | error
    raise ValueError(f"not understood in a profile: {name}")


def _only_on(machine: _Machine) -> bytes:
    """Return the instructions that end a process that calls by the rules of another machine."""
    kill = _instruction(_RETURN, _KILL_PROCESS)
    load = _instruction(_LOAD_WORD, _ARCHITECTURE)
    return load + _instruction(_JUMP_IF_EQUAL, machine.audit_number, if_equal=1) + kill


def _rules(rule: Mapping[str, Any], numbers: Mapping[str, int]) -> Iterator[bytes]:
    """Yield the instructions for each name of a rule that has a number."""
    _check_keys(rule, {"comment", "names", "action", "args", "errnoRet"})
    action = _action(rule["action"], rule.get("errnoRet", _EPERM))
    tests = [test for argument in rule.get("args", ()) for test in _tests(argument)]
    for name in rule["names"]:
        if name in numbers:
            yield _decide(numbers[name], tests, action)


def _tests(argument: Mapping[str, Any]) -> tuple[_Test, _Test]:
    """Return the tests of an argument's two words, of which the low one comes first in memory."""
    _check_keys(argument, {"index", "value", "valueTwo", "op"})
    if argument["op"] == "SCMP_CMP_EQ":
        mask, value = _ALL_BITS, argument["value"]
    elif argument["op"] == "SCMP_CMP_MASKED_EQ":
        mask, value = argument["value"], argument["valueTwo"]
    else:
        raise ValueError(f"not understood in a profile: {argument['op']}")
    offset = _ARGUMENTS + _ARGUMENT_BYTES * argument["index"]
    low = _Test(offset, mask & _WORD, value & _WORD)
    return low, _Test(offset + 4, mask >> 32, value >> 32)


def _decide(number: int, tests: Sequence[_Test], action: int) -> bytes:
    """Return the instructions that return `action` for a call of that number that passes the tests.

    With any other call they are left at their end. The accumulator holds the call's number before
    them and after them, so rules can stand in a row. They are built from the end, where each jump
    knows how far that is.
    """
    body = _instruction(_RETURN, action)
    for test in reversed(tests):
        load = _instruction(_LOAD_WORD, test.offset) + _instruction(_AND, test.mask)
        body = load + _skip_unless(test.value, body) + body
    body = _skip_unless(number, body) + body
    return body + _instruction(_LOAD_WORD, _NUMBER) if tests else body


def _skip_unless(value: int, body: bytes) -> bytes:
    """Return a jump over `body` that is taken unless the accumulator is `value`."""
    return _instruction(_JUMP_IF_EQUAL, value, if_not=len(body) // _INSTRUCTION.size)


def _instruction(code: int, constant: int, if_equal: int = 0, if_not: int = 0) -> bytes:
    return _INSTRUCTION.pack(code, if_equal, if_not, constant)


@functools.cache
def _numbers() -> Mapping[str, Mapping[str, int]]:
    """Return the number of each call that the profile names, for each machine.

    Source: asm/unistd_64.h for x86_64 and asm-generic/unistd.h for aarch64, of Linux 6.10; a number
    never changes.
    """
    numbers: dict[str, dict[str, int]] = json.loads(_text("syscalls.json"))
    return numbers


def _text(name: str) -> str:
    return files("grader.sandbox").joinpath(name).read_text(encoding="utf-8")
