"""Each limit of a sandbox matters: without it, an attack of tests/attacks gets what it is after.

With the limit each attack gets what its first line says, which tests/test_attacks.py sees to. Here
that one limit is taken away, in the judge's process (`forked_judges`), and the attack's outcome has
to be another. Where two layers hold the same thing both are taken away, and the row says so.
"""

import contextlib
import ctypes
import os
import re
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docker
import pytest
from attack_files import ATTACKS, Attack
from docker.models.containers import Container
from docker.types import LogConfig
from driver import an_order
from forked_judges import Change, ForkedJudges

import grader.sandbox.bubblewrap as bubblewrap_module
import grader.sandbox.docker as docker_module
from grader.catalogue import read_bank
from grader.inside import wire
from grader.judge.grade import Plan, grade
from grader.limits import LIMIT_NAMES, Limits
from grader.outcomes import Outcome
from grader.results import Result
from grader.sandbox import bundle
from grader.sandbox.base import Room, resource_limits, user_limits
from grader.sandbox.bubblewrap import bwrap_command
from grader.sandbox.choice import SandboxChoice
from grader.sandbox.policy import container_settings
from grader.submission import read_submission

BANK = read_bank(ATTACKS / "bank")
SEED = 730_199_303
ONE = ("test_double",)
ALL: tuple[str, ...] = ()
MOST_CALLS = 20_000

Settings = dict[str, Any]
Surroundings = Callable[[], AbstractContextManager[None]]
"""Something on this machine that an attack is to find."""

# Ways to take a limit away


def unchanged(patch: pytest.MonkeyPatch) -> None:
    """Take nothing away."""


def both(*changes: Change) -> Change:
    """Take several limits away."""

    def change(patch: pytest.MonkeyPatch) -> None:
        for one in changes:
            one(patch)

    return change


def settings(change_them: Callable[[Settings], object]) -> Change:
    """Change what a container is created with."""

    def change(patch: pytest.MonkeyPatch) -> None:
        before = docker_module.container_settings

        def changed(*arguments: Any) -> Settings:
            found = before(*arguments)
            change_them(found)
            return found

        patch.setattr(docker_module, "container_settings", changed)

    return change


def left_out(*names: str) -> Change:
    """Create a container without some settings."""
    return settings(lambda found: [found.pop(name) for name in names])


def set_to(**values: Any) -> Change:
    """Create a container with other settings."""
    return settings(lambda found: found.update(values))


def without_ulimit(name: str) -> Change:
    """Create a container without one ulimit."""

    def remove(found: Settings) -> None:
        found["ulimits"] = [one for one in found["ulimits"] if one.name != name]

    return settings(remove)


def tmpfs(word: str, instead: str = "") -> Change:
    """Mount a container's /tmp without one option, or with another in its place."""

    def remove(found: Settings) -> None:
        for folder, options in found["tmpfs"].items():
            kept = [one for one in options.split(",") if one.split("=")[0] != word]
            found["tmpfs"][folder] = ",".join([*kept, *([instead] if instead else [])])

    return settings(remove)


def rlimits(*names: str) -> Change:
    """Start a worker that does not set some rlimits."""

    def change(patch: pytest.MonkeyPatch) -> None:
        for module in (docker_module, bubblewrap_module):
            patch.setattr(module, "resource_limits", filtered(resource_limits, names))
        patch.setattr(bubblewrap_module, "user_limits", filtered(user_limits, names))

    return change


def filtered(
    function: Callable[[Limits], dict[str, int]], names: tuple[str, ...]
) -> Callable[[Limits], dict[str, int]]:
    """Return a function of rlimits that leaves some out."""
    return lambda limits: {
        name: value for name, value in function(limits).items() if name not in names
    }


def command(change_it: Callable[[list[str]], object]) -> Change:
    """Change the command that bubblewrap is started with."""

    def change(patch: pytest.MonkeyPatch) -> None:
        before = bubblewrap_module.bwrap_command

        def changed(*arguments: Any) -> list[str]:
            words = before(*arguments)
            change_it(words)
            return words

        patch.setattr(bubblewrap_module, "bwrap_command", changed)

    return change


def without_option(option: str, values: int = 0) -> Change:
    """Start bubblewrap without an option, wherever it stands, and its values."""

    def remove(words: list[str]) -> None:
        while option in words:
            at = words.index(option)
            del words[at : at + 1 + values]

    return command(remove)


def without_size(folder: str) -> Change:
    """Start bubblewrap without a limit on the size of a folder in memory."""

    def remove(words: list[str]) -> None:
        at = [one for one, word in enumerate(words) if words[one : one + 2] == ["--tmpfs", folder]]
        assert words[at[0] - 2] == "--size"
        del words[at[0] - 2 : at[0]]

    return command(remove)


def shared(namespace: str) -> Change:
    """Start bubblewrap so that the program inside shares a namespace with this machine."""

    def share(words: list[str]) -> None:
        others = {"ipc", "pid", "net", "uts", "cgroup"} - {namespace}
        at = words.index("--unshare-all")
        words[at : at + 1] = [f"--unshare-{one}" for one in sorted(others)]

    return command(share)


def among_others(patch: pytest.MonkeyPatch) -> None:
    """Have the worker know that there are other processes, which it would end with its own."""

    def room(*arguments: Any, **named: Any) -> Room:
        return replace(Room(*arguments, **named), alone=False)

    patch.setattr(bubblewrap_module, "Room", room)


def same_user(patch: pytest.MonkeyPatch) -> None:
    """Run bubblewrap as the user who runs this."""
    patch.setattr(bubblewrap_module, "_uid", lambda: None)


def no_filter(patch: pytest.MonkeyPatch) -> None:
    """Run bubblewrap without a filter of system calls."""
    patch.setattr(bubblewrap_module, "open_filters", lambda: contextlib.nullcontext(()))


def wire_bounds(**values: int) -> Change:
    """Let larger values cross at both ends, and be written whatever Python's limit on calls."""

    def change(patch: pytest.MonkeyPatch) -> None:
        source = f"{bundle._source('wire')}\nimport sys\nsys.setrecursionlimit({MOST_CALLS})\n"
        for name, value in values.items():
            source, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", source)
            assert count == 1
            patch.setattr(wire, name, value)
        before = bundle._source
        patch.setattr(bundle, "_source", lambda name: source if name == "wire" else before(name))
        bundle.delivery.cache_clear()

    return change


# What attacks are to find on this machine


@contextlib.contextmanager
def nothing() -> Iterator[None]:
    """Nothing."""
    yield


@contextlib.contextmanager
def a_service() -> Iterator[None]:
    """A service that listens on the machine's own address, at a port that the attack tries."""
    with contextlib.ExitStack() as stack:
        for port in range(1_200, 4_096):
            service = socket.socket()
            with contextlib.suppress(OSError):
                service.bind(("127.0.0.1", port))
                service.listen(64)
                stack.enter_context(service)
                break
        yield


@contextlib.contextmanager
def an_abstract_socket() -> Iterator[None]:
    """A socket that is in no folder."""
    with socket.socket(socket.AF_UNIX) as service:
        service.bind(f"\0grader-{secrets.token_hex(4)}")
        service.listen(64)
        yield


@contextlib.contextmanager
def a_shared_segment() -> Iterator[None]:
    """A segment of shared memory of this machine."""
    library = ctypes.CDLL(None, use_errno=True)
    private, create, remove = 0, 0o1600, 0
    segment = library.shmget(private, 4_096, create)
    assert segment >= 0
    try:
        yield
    finally:
        library.shmctl(segment, remove, None)


# Why an attack would get nothing on this machine, whatever the sandbox; "" where it would


def always() -> str:
    """Everywhere."""
    return ""


def setting(name: str, *values: str) -> Callable[[], str]:
    """Where a setting of the kernel has one of some values, or is not there."""

    def reason() -> str:
        file = Path("/proc/sys", name)
        found = file.read_text(encoding="utf-8").strip() if file.exists() else values[0]
        return "" if found in values else f"{name} is {found}"

    return reason


def cores_to_files() -> str:
    """Where a crashed process leaves a file in its folder."""
    pattern = Path("/proc/sys/kernel/core_pattern").read_text(encoding="utf-8")
    return f"core_pattern is {pattern}" if pattern.startswith(("|", "/", "@")) else ""


def a_hypervisor() -> str:
    """Where there are sockets to one."""
    try:
        socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM).close()
    except OSError as error:
        return f"no sockets to a hypervisor: {error}"
    return ""


def as_root() -> str:
    """Where bubblewrap is started by root, and so with another user."""
    return "" if os.geteuid() == 0 else "bubblewrap runs as the same user"


def counted_swap() -> str:
    """Where the engine can limit swap."""
    return "" if docker.from_env().info().get("SwapLimit") else "no limit on swap"


@dataclass(frozen=True)
class Row:
    """A limit, an attack that it holds off, and how to take it away.

    `limit` is its name: a setting of a container, an rlimit, a field of Limits, an option of
    bubblewrap, each followed by its part, if it has some. `values` are changes of the limits.
    `then` is what the attack gets without it; nearly all of them answer with what they have got.
    """

    sandbox: str
    limit: str
    attack: str
    change: Change = unchanged
    values: Mapping[str, object] = field(default_factory=dict)
    tests: tuple[str, ...] = ONE
    then: Outcome = Outcome.FAILED
    around: Surroundings = nothing
    reason: Callable[[], str] = always


DEFAULT_FILTER = settings(lambda found: found["security_opt"].pop())
NO_PRIVILEGE_OPTION = settings(lambda found: found["security_opt"].pop(0))
NO_FILTER_IN_DOCKER = both(
    DEFAULT_FILTER, settings(lambda found: found["security_opt"].append("seccomp=unconfined"))
)
STRANGER = settings(lambda found: found["environment"].update(OF_THE_HOST="1"))

# In the order of `container_settings`.
DOCKER = [
    Row("docker", "user", "escape/be_root", set_to(user="0:0")),
    Row("docker", "network_mode", "escape/reach_the_network", set_to(network_mode="host")),
    Row(
        *("docker", "network_mode", "escape/reach_services_of_the_host"),
        change=set_to(network_mode="host"),
        around=a_service,
    ),
    Row(
        *("docker", "network_mode", "escape/reach_abstract_sockets"),
        change=set_to(network_mode="host"),
        around=an_abstract_socket,
    ),
    Row("docker", "cap_drop", "escape/hold_a_capability", left_out("cap_drop")),
    # With our filter no container starts without it: `test_no_container_starts...`.
    Row(
        *("docker", "security_opt no-new-privileges", "escape/gain_privileges_by_exec"),
        change=left_out("security_opt"),
    ),
    Row("docker", "security_opt seccomp", "escape/make_a_memory_file", DEFAULT_FILTER),
    Row(
        *("docker", "security_opt seccomp", "escape/read_the_memory_of_the_worker"),
        change=NO_FILTER_IN_DOCKER,
        reason=setting("kernel/yama/ptrace_scope", "0"),
    ),
    Row(
        *("docker", "read_only", "escape/write_outside_the_scratch_folder"),
        change=set_to(read_only=False),
    ),
    Row("docker", "tmpfs size", "resources/fill_the_disk_with_many_files", tmpfs("size")),
    Row("docker", "tmpfs nr_inodes", "resources/crowd_of_files", tmpfs("nr_inodes")),
    # The engine adds these three itself where nothing is said.
    Row("docker", "tmpfs noexec", "escape/execute_a_written_file", tmpfs("noexec", "exec")),
    Row("docker", "tmpfs nosuid", "escape/find_loose_mounts", tmpfs("nosuid", "suid")),
    Row("docker", "tmpfs nodev", "escape/find_loose_mounts", tmpfs("nodev", "dev")),
    Row(
        *("docker", "ipc_mode", "escape/share_a_namespace_with_the_host"),
        change=set_to(ipc_mode="host"),
    ),
    Row("docker", "shm_size", "resources/fill_the_shared_memory", left_out("shm_size")),
    Row(
        *("docker", "cgroupns", "escape/learn_the_place_in_cgroups"),
        change=set_to(cgroupns="host"),
    ),
    # Both: the engine takes no limit on swap without one on memory.
    Row(
        *("docker", "mem_limit", "resources/share_out_the_memory"),
        change=left_out("mem_limit", "memswap_limit"),
    ),
    Row(
        *("docker", "memswap_limit", "resources/look_for_swap"),
        change=left_out("memswap_limit"),
        reason=counted_swap,
    ),
    Row("docker", "pids_limit", "resources/crowd_of_processes", left_out("pids_limit")),
    Row("docker", "nano_cpus", "resources/take_every_core", left_out("nano_cpus")),
    *(
        Row("docker", f"ulimits {name}", "resources/find_looser_limits", without_ulimit(name))
        for name in ("nofile", "core", "fsize", "cpu")
    ),
    Row("docker", "ulimits memlock", "resources/lock_memory", without_ulimit("memlock")),
    Row(
        *("docker", "ulimits msgqueue", "resources/fill_the_message_queues"),
        change=without_ulimit("msgqueue"),
    ),
    Row("docker", "ulimits sigpending", "resources/hoard_timers", without_ulimit("sigpending")),
    Row("docker", "init", "state/leave_zombies", left_out("init")),
    Row(
        *("docker", "init", "forgery/kill_the_worker"),
        change=left_out("init"),
        values={"test_seconds": 0.5},
        then=Outcome.TIMED_OUT,
    ),
    Row("docker", "hostname", "escape/learn_the_name_of_the_host", left_out("hostname")),
    Row("docker", "environment", "escape/find_variables_of_the_host", STRANGER),
    # Set by nobody: the engine's own default holds.
    Row("docker", "pid_mode", "escape/see_other_processes", set_to(pid_mode="host")),
]

# In docker both layers are taken away: that of the worker and that of its container.
WORKER = [
    Row(
        *("docker", "RLIMIT_DATA", "resources/allocate_without_end"),
        change=rlimits("RLIMIT_DATA"),
        then=Outcome.CRASHED,
    ),
    Row(
        *("docker", "RLIMIT_FSIZE", "resources/claim_a_huge_sparse_file"),
        change=both(rlimits("RLIMIT_FSIZE"), without_ulimit("fsize")),
    ),
    Row(
        *("docker", "RLIMIT_NOFILE", "resources/hoard_descriptors"),
        change=both(rlimits("RLIMIT_NOFILE"), without_ulimit("nofile")),
    ),
    Row(
        *("docker", "RLIMIT_CPU", "resources/raise_its_own_limits"),
        change=both(rlimits("RLIMIT_CPU"), without_ulimit("cpu")),
    ),
    Row(
        *("docker", "RLIMIT_CORE", "resources/dump_core"),
        change=both(rlimits("RLIMIT_CORE"), without_ulimit("core")),
        reason=cores_to_files,
    ),
    Row(
        *("bubblewrap", "RLIMIT_FSIZE", "resources/claim_a_huge_sparse_file"),
        change=rlimits("RLIMIT_FSIZE"),
    ),
    Row(
        *("bubblewrap", "RLIMIT_NOFILE", "resources/hide_descriptors_in_flight"),
        change=rlimits("RLIMIT_NOFILE"),
    ),
    *(
        Row("bubblewrap", name, "resources/raise_its_own_limits", rlimits(name))
        for name in ("RLIMIT_DATA", "RLIMIT_CPU", "RLIMIT_CORE")
    ),
    Row(
        *("bubblewrap", "RLIMIT_NPROC", "resources/crowd_of_processes"),
        change=rlimits("RLIMIT_NPROC"),
        reason=as_root,
    ),
    Row("bubblewrap", "RLIMIT_MEMLOCK", "resources/lock_memory", rlimits("RLIMIT_MEMLOCK")),
    Row("bubblewrap", "RLIMIT_SIGPENDING", "resources/hoard_timers", rlimits("RLIMIT_SIGPENDING")),
    # The filter, too, holds off the one system call.
    Row(
        *("bubblewrap", "RLIMIT_MSGQUEUE", "resources/fill_the_message_queues"),
        change=both(rlimits("RLIMIT_MSGQUEUE"), no_filter),
    ),
]

LIMITS = [
    # The first test's time is then that of all of them.
    Row(
        *("bubblewrap", "Limits.test_seconds", "resources/sleep_forever"),
        values={"test_seconds": 30, "submission_seconds": 2},
        tests=ALL,
        then=Outcome.TIMED_OUT,
    ),
    # Lowered, since no three tests of a bank reach a limit that nobody runs into.
    Row(
        *("bubblewrap", "Limits.submission_seconds", "resources/dawdle_in_every_test"),
        values={"submission_seconds": 0.7},
        tests=ALL,
        then=Outcome.TIMED_OUT,
    ),
    Row(
        *("docker", "Limits.memory_bytes", "resources/share_out_the_memory"),
        values={"memory_bytes": "1GiB"},
    ),
    Row(
        *("bubblewrap", "Limits.processes", "resources/crowd_of_processes"),
        values={"processes": 200},
    ),
    Row(
        *("bubblewrap", "Limits.files_bytes", "resources/fill_the_disk_with_many_files"),
        values={"files_bytes": "256MiB"},
    ),
    Row(
        *("bubblewrap", "Limits.answer_bytes", "wire/huge_answer"),
        values={"answer_bytes": "32MiB"},
    ),
    Row(
        *("bubblewrap", "Limits.output_bytes", "resources/print_without_end"),
        values={"output_bytes": "512MiB"},
        then=Outcome.OUT_OF_MEMORY,
    ),
    # The judge does not read it, because Hypothesis sets a limit on calls again.
    Row(
        *("bubblewrap", "wire.MAX_DEPTH", "wire/deep_answer"),
        change=wire_bounds(MAX_DEPTH=5_000),
        then=Outcome.BAD_REPLY,
    ),
    # With the bytes of an answer, which hold off as many.
    Row(
        *("bubblewrap", "wire.MAX_ELEMENTS", "wire/many_elements"),
        change=wire_bounds(MAX_ELEMENTS=5_000_000),
        values={"answer_bytes": "32MiB", "memory_bytes": "512MiB", "test_seconds": 10},
    ),
]

BUBBLEWRAP = [
    Row(
        *("bubblewrap", "--unshare-all pid", "escape/see_other_processes"),
        change=both(shared("pid"), among_others),
    ),
    Row("bubblewrap", "--unshare-all net", "escape/reach_the_network", shared("net")),
    Row(
        *("bubblewrap", "--unshare-all net", "escape/reach_services_of_the_host"),
        change=shared("net"),
        around=a_service,
    ),
    # With the filter alone there is nothing to be seen, either.
    Row(
        *("bubblewrap", "--unshare-all ipc", "escape/see_shared_segments_of_others"),
        change=both(shared("ipc"), no_filter),
        around=a_shared_segment,
    ),
    # bwrap sets no name without a namespace for it.
    Row(
        *("bubblewrap", "--unshare-all uts", "escape/learn_the_name_of_the_host"),
        change=both(without_option("--hostname", 1), shared("uts")),
    ),
    Row(
        *("bubblewrap", "--hostname", "escape/learn_the_name_of_the_host"),
        change=without_option("--hostname", 1),
    ),
    # Each of the two alone holds it off.
    Row(
        *("bubblewrap", "--disable-userns", "escape/make_a_user_namespace"),
        change=both(without_option("--disable-userns"), no_filter),
    ),
    # bwrap gives capabilities to root alone.
    Row(
        *("bubblewrap", "--cap-drop", "escape/hold_a_capability"),
        change=both(without_option("--cap-drop", 1), same_user),
        reason=as_root,
    ),
    Row("bubblewrap", "another user", "escape/be_root", same_user, reason=as_root),
    Row(
        *("bubblewrap", "another user", "resources/crowd_of_processes"),
        change=same_user,
        reason=as_root,
    ),
    Row(
        *("bubblewrap", "--size /tmp", "resources/fill_the_disk_with_many_files"),
        change=without_size("/tmp"),
    ),
    Row(
        *("bubblewrap", "--size /dev/shm", "resources/fill_the_shared_memory"),
        change=without_size("/dev/shm"),
    ),
    Row(
        *("bubblewrap", "--remount-ro", "escape/write_outside_the_scratch_folder"),
        change=without_option("--remount-ro", 1),
    ),
    *(
        Row("bubblewrap", "--seccomp", f"escape/{attack}", no_filter, reason=reason)
        for attack, reason in (
            ("trace_a_process", setting("kernel/yama/ptrace_scope", "0", "1")),
            ("use_io_uring", setting("kernel/io_uring_disabled", "0")),
            ("make_a_memory_file", always),
            ("make_shared_segments", always),
            ("steal_a_descriptor", setting("kernel/yama/ptrace_scope", "0")),
            ("read_the_memory_of_the_worker", setting("kernel/yama/ptrace_scope", "0")),
            ("use_key_rings", always),
            ("handle_page_faults", always),
            ("watch_with_perf", setting("kernel/perf_event_paranoid", "2", "1", "0", "-1")),
            ("make_calls_of_32_bits", always),
            ("talk_to_the_hypervisor", a_hypervisor),
            ("ask_the_kernel_by_netlink", always),
            ("use_rare_protocols", always),
        )
    ),
]

ROWS = [*DOCKER, *WORKER, *LIMITS, *BUBBLEWRAP]

# Limits and settings that no attack can show, and why.

OTHER_SETTINGS = {
    "labels": "by which leftovers are found; no limit",
    "log_config": "test_log_grows_only_where_the_engine_keeps_one",
    "privileged": "what it would give is held off by cap_drop, security_opt and user, too",
    "tty": "a terminal would change what is read and written, which every test would see",
    "stdin_open": "without it no worker hears anything",
    "working_dir": "where the worker starts; its submissions work elsewhere",
    "entrypoint": "the worker itself",
    "tmpfs rw": "what a scratch folder is for",
    "tmpfs mode": "lets the one user in",
}
OTHER_LIMITS = {
    "Limits.cpus": "that is nano_cpus, which has a row; a larger share needs a core to spare",
}
OTHER_OPTIONS = {
    "--unshare-user": "without it an ordinary user can start nothing",
    "--die-with-parent": "about what comes after a judge; tests/sandbox ends one",
    "--new-session": "the worker's children have a session each, and the judge has one, too",
    "--uid": "which number is seen inside; nothing hangs on it",
    "--gid": "which number is seen inside; nothing hangs on it",
    "--ro-bind": "what is there to be read",
    "--symlink": "what is there to be read",
    "--tmpfs": "folders that are there to be written",
    "--dev": "the devices that a program needs",
    "--chdir": "where the worker starts",
    "--": "ends the options",
}


def parameters() -> list[Any]:
    """Return the rows with their names, those of docker with its mark."""
    return [
        pytest.param(
            row,
            id=f"{row.sandbox}-{row.limit}-{row.attack}".replace(" ", "-"),
            marks=[pytest.mark.docker] if row.sandbox == "docker" else [],
        )
        for row in ROWS
    ]


Open = Callable[[str], SandboxChoice]


@pytest.fixture
def choose(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Name a sandbox of this machine; skip the test where there is none."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def choose_one(name: str) -> SandboxChoice:
        if name == "docker":
            return SandboxChoice(name, request.getfixturevalue("core_image"))
        request.getfixturevalue("working_bubblewrap")
        return SandboxChoice(name)

    return choose_one


def grade_attack(attack: Attack, plan: Plan, change: Change) -> Result:
    """Grade an attack in a changed judge."""
    exercise = BANK.find(attack.exercise)
    return grade(read_submission(attack.path, exercise), exercise, plan, ForkedJudges(change))


def plan_for(choice: SandboxChoice, values: Mapping[str, object], tests: tuple[str, ...]) -> Plan:
    """Return how to grade the attacked exercise."""
    limits = BANK.find("victim").limits.replace(values)
    return Plan(choice, limits, SEED, (str(BANK.root),), shrink=False, only=tests)


def unexpected(attack: Attack, result: Result) -> list[Outcome]:
    """Return the outcomes that the attack does not say; fails where the grading itself did."""
    assert result.breakdown is None, result.breakdown
    assert result.tests
    expected = attack.outcomes()
    return [test.outcome for test in result.tests if test.outcome not in expected[test.name]]


@pytest.mark.parametrize("row", parameters())
def test_without_the_limit_the_attack_gets_something_else(row: Row, choose: Open) -> None:
    attack = Attack(ATTACKS / f"{row.attack}.py")
    choice = choose(row.sandbox)
    if reason := row.reason():
        pytest.skip(reason)
    with row.around():
        result = grade_attack(attack, plan_for(choice, row.values, row.tests), row.change)
    assert set(unexpected(attack, result)) == {row.then}, result.tests


@pytest.mark.docker
def test_no_container_starts_with_our_filter_and_without_no_new_privileges(choose: Open) -> None:
    attack = Attack(ATTACKS / "escape/gain_privileges_by_exec.py")
    result = grade_attack(attack, plan_for(choose("docker"), {}, ONE), NO_PRIVILEGE_OPTION)
    assert result.breakdown is not None
    assert result.breakdown.outcome is Outcome.SANDBOX_FAILED


@pytest.mark.docker
@pytest.mark.parametrize(("driver", "grows"), [("none", False), ("json-file", True)])
def test_log_grows_only_where_the_engine_keeps_one(
    driver: str, grows: bool, choose: Open, docker_client: docker.DockerClient, tmp_path: Path
) -> None:
    folder = Path(docker_client.info()["DockerRootDir"], "containers")
    if not os.access(folder, os.R_OK):
        pytest.skip(f"the engine's folder {folder} cannot be read")
    sizes = tmp_path / "sizes"
    change = both(set_to(log_config=LogConfig(type=driver)), note_logs(folder, sizes))
    attack = Attack(ATTACKS / "resources/flood_the_log.py")
    plan = plan_for(choose("docker"), {"test_seconds": 0.5}, ONE)
    assert unexpected(attack, grade_attack(attack, plan, change)) == []
    assert (max(map(int, sizes.read_text().split())) > 1_000_000) is grows


def note_logs(folder: Path, sizes: Path) -> Change:
    """Write down how large the log of each container is before it goes with its container."""

    def change(patch: pytest.MonkeyPatch) -> None:
        before = docker_module.remove

        def remove(container: Container) -> None:
            logs = (folder / str(container.id)).glob("*.log*")
            with sizes.open("a") as file:
                file.write(f"{sum(log.stat().st_size for log in logs)}\n")
            before(container)

        patch.setattr(docker_module, "remove", remove)

    return change


def test_bank_among_the_programs_is_found_unless_it_is_hidden(choose: Open) -> None:
    programs = Path("/usr/local/share")
    if not os.access(programs, os.W_OK):
        pytest.skip(f"{programs} cannot be written")
    attack = Attack(ATTACKS / "escape/find_a_bank_among_programs.py")
    plan = plan_for(choose("bubblewrap"), {}, ONE)
    with tempfile.TemporaryDirectory(prefix="grader-bank-", dir=programs) as name:
        bank = Path(name)
        bank.chmod(0o755)
        (bank / "hidden").mkdir()
        (bank / "hidden/test_victim.py").touch()
        hidden = grade_attack(attack, replace(plan, hidden_paths=(name,)), unchanged)
        shown = grade_attack(attack, replace(plan, hidden_paths=()), unchanged)
    assert unexpected(attack, hidden) == []
    assert unexpected(attack, shown)


# That the table is whole


def names_in(*rows: Row) -> set[str]:
    """Return the names of the limits of some rows."""
    return {row.limit for row in rows}


def test_every_setting_of_a_container_has_a_row_or_a_reason() -> None:
    found = container_settings(an_order(), None)
    (options,) = found["tmpfs"].values()
    parts = {
        "ulimits": [one.name for one in found["ulimits"]],
        "tmpfs": [option.split("=")[0] for option in options.split(",")],
        "security_opt": [re.split("[:=]", one)[0] for one in found["security_opt"]],
    }
    names = found.keys() - parts.keys()
    names |= {f"{key} {part}" for key, some in parts.items() for part in some}
    assert names - names_in(*DOCKER) == OTHER_SETTINGS.keys()


def test_every_rlimit_has_a_row_in_each_sandbox_that_sets_it() -> None:
    of_all = resource_limits(Limits()).keys()
    of_user = user_limits(Limits()).keys()
    for sandbox, names in (("docker", of_all), ("bubblewrap", of_all | of_user)):
        assert names_in(*(row for row in WORKER if row.sandbox == sandbox)) == names


def test_every_field_of_limits_has_a_row_or_a_reason() -> None:
    names = {f"Limits.{name}" for name in LIMIT_NAMES}
    assert names - names_in(*LIMITS) == OTHER_LIMITS.keys()


def test_every_option_of_bubblewrap_has_a_row_or_a_reason(working_bubblewrap: None) -> None:
    words = bwrap_command(an_order(), None, (3,))
    options = {word for word in words if word.startswith("--")} | OTHER_OPTIONS.keys()
    covered = {name.split()[0] for name in names_in(*BUBBLEWRAP)}
    assert options - covered == OTHER_OPTIONS.keys()
    sized = {words[at + 3] for at, word in enumerate(words) if word == "--size"}
    assert {f"--size {folder}" for folder in sized} <= names_in(*BUBBLEWRAP)
