"""The filter: run call by call as the kernel would, and under bubblewrap by the kernel itself."""

import contextlib
import json
import platform
import re
import struct
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from driver import an_order
from hypothesis import given
from hypothesis import strategies as st
from system_calls import (
    ALLOWED_WITHOUT_PROFILE,
    CALLER,
    CALLS,
    MACHINE_CODE,
    ORDINARY,
    ORDINARY_PROGRAM,
)

from grader.process import run_program
from grader.sandbox import bpf
from grader.sandbox.bpf import compile_filter, filter_here
from grader.sandbox.bubblewrap import _interpreter, _uid, bwrap_command, open_filters

PROFILE: dict[str, Any] = json.loads(
    files("grader.sandbox").joinpath("seccomp.json").read_text("utf-8")
)
NUMBERS: dict[str, dict[str, int]] = json.loads(
    files("grader.sandbox").joinpath("syscalls.json").read_text("utf-8")
)
NAMED = {name for rule in PROFILE["syscalls"] for name in rule["names"]}

# From linux/audit.h; the last two are what 32-bit programs of the two machines call by.
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7, "i386": 0x40000003, "arm": 0x40000028}
MACHINES = tuple(NUMBERS)
X32_BIT = 0x40000000
MAX_INSTRUCTIONS = 4096  # BPF_MAXINSNS

# From linux/seccomp.h; an error stands in the low bits of ERRNO.
KILL, ERRNO, ALLOW = 0x80000000, 0x50000, 0x7FFF0000
REFUSED = ERRNO | 1

WORDS = st.integers(0, 2**32 - 1)
ARGUMENTS = st.lists(st.integers(0, 2**64 - 1), min_size=6, max_size=6)

PROGRAMS = {machine: compile_filter(PROFILE, machine) for machine in MACHINES}


def run(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    """Return what a program says of a call, as the kernel's interpreter of classic BPF would."""
    padded = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("<IIQ6Q", number, architecture, 0x7F00_1234_5678, *padded)
    instructions = list(struct.iter_unpack("<HBBI", program))
    accumulator, position = 0, 0
    while True:
        code, if_equal, if_not, constant = instructions[position]
        position += 1
        if code == 0x20:  # load a word
            assert constant % 4 == 0
            (accumulator,) = struct.unpack_from("<I", data, constant)
        elif code == 0x54:  # and
            accumulator &= constant
        elif code == 0x15:  # jump if equal
            position += if_equal if accumulator == constant else if_not
        elif code == 0x06:  # return
            return int(constant)
        else:
            raise AssertionError(f"no such instruction here: {code:#x}")


def said(profile: dict[str, Any], machine: str, number: int, *arguments: int) -> int:
    """Return what a profile says of a call, read as it stands."""
    padded = (*arguments, *[0] * (6 - len(arguments)))
    for rule in profile["syscalls"]:
        numbers = [NUMBERS[machine].get(name) for name in rule["names"]]
        if number in numbers and all(fits(argument, padded) for argument in rule.get("args", [])):
            allowed = rule["action"] == "SCMP_ACT_ALLOW"
            return ALLOW if allowed else ERRNO | rule.get("errnoRet", 1)
    return ERRNO | int(profile["defaultErrnoRet"])


def fits(argument: dict[str, Any], values: tuple[int, ...]) -> bool:
    value = values[argument["index"]]
    if argument["op"] == "SCMP_CMP_EQ":
        return bool(value == argument["value"])
    assert argument["op"] == "SCMP_CMP_MASKED_EQ"
    return bool(value & argument["value"] == argument["valueTwo"])


def call(machine: str, name: str, *arguments: int) -> int:
    """Return what the filter of a machine says of a call by its name."""
    return run(PROGRAMS[machine], ARCHITECTURES[machine], NUMBERS[machine][name], *arguments)


def a_profile(*rules: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a profile that is understood, but for the changes."""
    return {**PROFILE, "syscalls": list(rules), **changes}


# The program


on_each_machine = pytest.mark.parametrize("machine", MACHINES)


@on_each_machine
def test_every_number_gets_what_the_profile_says(machine: str) -> None:
    program, architecture = PROGRAMS[machine], ARCHITECTURES[machine]
    results = {}
    for number in (*range(1024), 2**31, 2**32 - 1):
        results[number] = run(program, architecture, number)
        assert results[number] == said(PROFILE, machine, number)

    allowed = {number for number, result in results.items() if result == ALLOW}
    without_arguments = NAMED - {"clone3", "socket", "socketpair"}
    assert allowed == {NUMBERS[machine].get(name) for name in without_arguments} - {None}


@on_each_machine
@given(data=st.data(), arguments=ARGUMENTS)
def test_any_arguments_get_what_the_profile_says(
    machine: str, data: st.DataObject, arguments: list[int]
) -> None:
    number = data.draw(st.sampled_from(sorted(NUMBERS[machine].values())) | WORDS)

    found = run(PROGRAMS[machine], ARCHITECTURES[machine], number, *arguments)

    assert found == said(PROFILE, machine, number, *arguments)


@on_each_machine
def test_each_bit_of_the_flags_of_clone_counts_by_itself(machine: str) -> None:
    thread = 0x3D0F00  # what the C library makes a thread with
    namespaces = {0x20000, *(1 << bit for bit in range(25, 31))}

    for bit in (1 << position for position in range(64)):
        expected = REFUSED if bit in namespaces else ALLOW
        assert call(machine, "clone", bit) == expected
        assert call(machine, "clone", thread | bit) == expected


@on_each_machine
@pytest.mark.parametrize(("name", "families"), [("socket", {1, 2, 10}), ("socketpair", {1})])
def test_families_of_sockets_are_compared_in_all_bits(
    machine: str, name: str, families: set[int]
) -> None:
    for family in range(64):
        assert (call(machine, name, family) == ALLOW) == (family in families)
        for bit in range(32, 64):
            assert call(machine, name, family | 1 << bit) == REFUSED


@on_each_machine
def test_clone3_is_as_if_the_kernel_did_not_know_it(machine: str) -> None:
    assert call(machine, "clone3", 1, 2, 3) == ERRNO | 38


@on_each_machine
@pytest.mark.parametrize("name", CALLS)
def test_a_forbidden_call_is_refused(machine: str, name: str) -> None:
    *numbers, arguments = CALLS[name]
    number = numbers[MACHINES.index(machine)]
    if number is not None:
        assert run(PROGRAMS[machine], ARCHITECTURES[machine], number, *arguments) == REFUSED


@pytest.mark.parametrize("architecture", [*ARCHITECTURES.values(), 0])
@on_each_machine
def test_a_call_by_another_architectures_rules_ends_the_process(
    machine: str, architecture: int
) -> None:
    results = {run(PROGRAMS[machine], architecture, number) for number in range(512)}

    assert (results == {KILL}) == (architecture != ARCHITECTURES[machine])


def test_no_call_of_the_x32_interface_is_allowed() -> None:
    for number in range(1024):
        assert call_number(number | X32_BIT) == REFUSED


def call_number(number: int) -> int:
    return run(PROGRAMS["x86_64"], ARCHITECTURES["x86_64"], number)


@on_each_machine
def test_the_kernel_takes_a_program_of_that_size(machine: str) -> None:
    size, rest = divmod(len(PROGRAMS[machine]), 8)

    assert rest == 0
    assert 2 * len(NUMBERS[machine]) < size <= MAX_INSTRUCTIONS


@given(arguments=ARGUMENTS, wanted=ARGUMENTS, mask=st.integers(0, 2**64 - 1), agree=st.booleans())
def test_a_rule_of_several_arguments_wants_them_all(
    arguments: list[int], wanted: list[int], mask: int, agree: bool
) -> None:
    if agree:
        arguments = [*wanted[:5], arguments[5] & ~mask | wanted[5] & mask]
    equal = [
        {"index": index, "value": wanted[index], "valueTwo": 0, "op": "SCMP_CMP_EQ"}
        for index in range(5)
    ]
    masked = {"index": 5, "value": mask, "valueTwo": wanted[5] & mask, "op": "SCMP_CMP_MASKED_EQ"}
    profile = a_profile(
        {"names": ["read"], "action": "SCMP_ACT_ALLOW", "args": [*equal, masked]},
        {"names": ["read", "write"], "action": "SCMP_ACT_ERRNO", "errnoRet": 5},
    )
    program = compile_filter(profile, "aarch64")
    number, architecture = NUMBERS["aarch64"]["read"], ARCHITECTURES["aarch64"]

    found = run(program, architecture, number, *arguments)

    assert found == said(profile, "aarch64", number, *arguments)
    assert (found == ALLOW) or not agree
    assert run(program, architecture, NUMBERS["aarch64"]["write"], *arguments) == ERRNO | 5


def test_errors_are_eperm_unless_the_profile_names_another() -> None:
    profile = a_profile({"names": ["read"], "action": "SCMP_ACT_ERRNO"}, defaultErrnoRet=13)
    program = compile_filter(profile, "x86_64")

    assert run(program, ARCHITECTURES["x86_64"], 0) == REFUSED
    assert run(program, ARCHITECTURES["x86_64"], 1) == ERRNO | 13
    del profile["defaultErrnoRet"]
    assert run(compile_filter(profile, "x86_64"), ARCHITECTURES["x86_64"], 1) == REFUSED


RULE = {"names": ["read"], "action": "SCMP_ACT_ALLOW"}
ARGUMENT = {"index": 0, "value": 1, "valueTwo": 0, "op": "SCMP_CMP_EQ"}


@pytest.mark.parametrize(
    ("profile", "complaint"),
    [
        (a_profile(defaultAction="SCMP_ACT_ALLOW"), "the default must be to refuse"),
        (a_profile(defaultAction="SCMP_ACT_LOG"), "SCMP_ACT_LOG"),
        (a_profile(flags=["SECCOMP_FILTER_FLAG_LOG"]), "flags"),
        (a_profile(archMap=[]), "not for SCMP_ARCH_X86_64 alone"),
        (
            a_profile(
                archMap=[
                    {
                        "architecture": "SCMP_ARCH_X86_64",
                        "subArchitectures": ["SCMP_ARCH_X86"],
                    }
                ]
            ),
            "not for SCMP_ARCH_X86_64 alone",
        ),
        (a_profile({**RULE, "action": "SCMP_ACT_TRACE"}), "SCMP_ACT_TRACE"),
        (a_profile({**RULE, "includes": {"caps": ["CAP_SYS_ADMIN"]}}), "includes"),
        (a_profile({**RULE, "args": [{**ARGUMENT, "op": "SCMP_CMP_GT"}]}), "SCMP_CMP_GT"),
        (a_profile({**RULE, "args": [{**ARGUMENT, "mask": 1}]}), "mask"),
    ],
)
def test_what_is_not_understood_is_no_filter(profile: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        compile_filter(profile, "x86_64")


def test_a_machine_whose_calls_are_unknown_has_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="riscv64"):
        compile_filter(PROFILE, "riscv64")

    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert filter_here() == b""


@on_each_machine
def test_a_python_of_32_bits_has_no_filter(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert filter_here() == PROGRAMS[machine]

    monkeypatch.setattr(bpf.sys, "maxsize", 2**31 - 1)
    assert filter_here() == b""


# The numbers


def test_every_name_of_the_profile_has_a_number_and_no_other_name_has() -> None:
    assert set(NUMBERS["x86_64"]) == NAMED
    assert set(NUMBERS["aarch64"]) < NAMED


@on_each_machine
def test_no_two_names_have_one_number(machine: str) -> None:
    numbers = NUMBERS[machine].values()

    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < 512  # where the calls of x32 begin


def test_numbers_from_424_on_are_the_same_on_both_machines() -> None:
    recent = [{n: number for n, number in NUMBERS[m].items() if number >= 424} for m in MACHINES]

    assert recent[0] == recent[1]
    assert len(recent[0]) >= 10


@pytest.mark.parametrize(
    ("machine", "header"),
    [("x86_64", "x86_64-linux-gnu/asm/unistd_64.h"), ("aarch64", "asm-generic/unistd.h")],
)
def test_numbers_are_those_of_the_kernels_headers(machine: str, header: str) -> None:
    file = Path("/usr/include", header)
    if not file.exists():
        pytest.skip("the headers of the kernel are not here")
    # What differs on machines of 32 bits is defined by another prefix.
    defined = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)$", file.read_text(), re.M)
    known = {name: int(number) for name, number in defined}
    shared = known.keys() & NUMBERS[machine].keys()

    assert len(shared) > 150
    assert {name: NUMBERS[machine][name] for name in shared} == {n: known[n] for n in shared}


# Under bubblewrap


@contextlib.contextmanager
def no_filters() -> Iterator[tuple[int, ...]]:
    """Yield no filter, in the place of `open_filters`."""
    yield ()


def run_inside(code: str, *arguments: str, filtered: bool = True) -> str:
    """Run Python code under bubblewrap as a worker is, and return what it printed."""
    uid = _uid()
    with open_filters() if filtered else no_filters() as filters:
        command = bwrap_command(an_order(), uid, filters)
        finished = run_program(
            [*command, _interpreter(uid), "-c", code, *arguments],
            timeout_seconds=120,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp"},
            uid=uid,
            pass_fds=filters,
        )
    assert finished.returncode == 0, finished.stderr.decode()
    return finished.stdout.decode()


on_a_known_machine = pytest.mark.skipif(
    not filter_here(), reason=f"there is no filter for {platform.machine()}"
)
under_bubblewrap = pytest.mark.usefixtures("working_bubblewrap")


@pytest.fixture(scope="module")
def ended(working_bubblewrap: None) -> dict[str, str]:
    """How each of CALLS ended under the filter."""
    result: dict[str, str] = json.loads(run_inside(CALLER, json.dumps(CALLS)))
    return result


@pytest.fixture(scope="module")
def ended_without_filter(working_bubblewrap: None) -> dict[str, str]:
    """How calls ended that the kernel itself does not refuse with EPERM, without any filter."""
    calls = {name: CALLS[name] for name in (*ALLOWED_WITHOUT_PROFILE, "keyctl")}
    result: dict[str, str] = json.loads(run_inside(CALLER, json.dumps(calls), filtered=False))
    return result


@pytest.fixture(scope="module")
def computed(working_bubblewrap: None) -> dict[str, object]:
    """What each part of the ordinary program computed under the filter, or its traceback."""
    result: dict[str, object] = json.loads(run_inside(ORDINARY_PROGRAM))
    return result


@on_a_known_machine
@pytest.mark.parametrize("name", CALLS)
def test_forbidden_call_fails_with_eperm(ended: dict[str, str], name: str) -> None:
    assert ended[name] == "EPERM"


@on_a_known_machine
@pytest.mark.parametrize("name", [*ALLOWED_WITHOUT_PROFILE, "keyctl"])
def test_it_is_the_filter_that_refuses(ended_without_filter: dict[str, str], name: str) -> None:
    assert ended_without_filter[name] != "EPERM"


@on_a_known_machine
@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_program_runs(computed: dict[str, object], name: str) -> None:
    assert computed[name] == 45


@on_a_known_machine
@under_bubblewrap
def test_clone3_and_a_harmless_personality_get_their_answers() -> None:
    calls = {"clone3": (435, 435, ()), "personality": (135, 92, (0xFFFFFFFF,))}

    found = json.loads(run_inside(CALLER, json.dumps(calls)))

    assert found == {"clone3": "ENOSYS", "personality": "done"}


@on_a_known_machine
@under_bubblewrap
def test_a_call_of_the_x32_interface_fails_with_eperm() -> None:
    calls = {"getpid": (39, 172, ()), "getpid of x32": (X32_BIT | 39, None, ())}

    found = json.loads(run_inside(CALLER, json.dumps(calls)))

    assert found == {"getpid": "done", "getpid of x32": "EPERM"}


@on_a_known_machine
@under_bubblewrap
def test_a_32_bit_call_ends_the_process() -> None:
    # mov eax, 20 (getpid of 32-bit Linux); int 0x80; ret
    printed = run_inside(MACHINE_CODE, "b814000000cd80c3")

    # A kernel without 32-bit calls answers the interrupt with SIGSEGV.
    assert printed.strip() in {"SIGSYS", "SIGSEGV", "no x86_64"}


OPEN_DESCRIPTORS = """
import os
found = []
for descriptor in range(256):
    try:
        os.fstat(descriptor)
    except OSError:
        continue
    found.append(descriptor)
print(found)
"""


@under_bubblewrap
def test_the_file_with_the_filter_does_not_get_inside() -> None:
    assert run_inside(OPEN_DESCRIPTORS) == "[0, 1, 2]\n"


def test_the_file_with_the_filter_is_closed_with_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_filters() as filters:
        contents = [Path(f"/proc/self/fd/{number}").read_bytes() for number in filters]
    assert contents == [filter_here()] * len(filters)
    assert not any(Path(f"/proc/self/fd/{number}").exists() for number in filters)

    monkeypatch.setattr("grader.sandbox.bubblewrap.filter_here", lambda: b"")
    with open_filters() as filters:
        assert filters == ()
