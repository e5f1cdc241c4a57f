"""Everything that a container is created with, in one place; SECURITY.md says what each is for."""

import json
import os
import socket
import time
from pathlib import Path
from typing import Any

from docker.types import LogConfig, Ulimit

from grader.sandbox.base import ENVIRONMENT, Order, environment, fresh_uid, resource_limits
from grader.sandbox.bundle import porter, python_command

LABEL = "grader"
HOST_LABEL = "grader.host"
PID_LABEL = "grader.pid"
STARTED_LABEL = "grader.started"
CREATED_LABEL = "grader.created"

SCRATCH = "/tmp"  # noqa: S108 - inside, where it is a fresh tmpfs
SHARED_MEMORY = "/dev/shm"  # noqa: S108 - inside

_SHARED_MEMORY_BYTES = 1024 * 1024
_INODES = 4_096
_NPROC = 4_096
# A porter, a spawner and who it has in the room, bwrap and the room's keeper.
_PORTER_BYTES = 64 * 1024 * 1024
_PORTER_PROCESSES = 8


def container_settings(order: Order, runtime: str | None) -> dict[str, Any]:
    """Return everything that a container is created with, by the names of the Docker SDK."""
    limits = order.limits
    uid = fresh_uid()
    env = environment(order, SCRATCH)
    settings: dict[str, Any] = {
        "labels": _labels(order.run_id),
        "user": f"{uid}:{uid}",
        "network_mode": "none",
        "cap_drop": ["ALL"],
        "security_opt": _security_options(_seccomp_file().read_text(encoding="utf-8")),
        "privileged": False,
        "read_only": True,
        "tmpfs": {SCRATCH: f"{_tmpfs_options(order)},nr_inodes={_INODES}"},
        "ipc_mode": "private",
        "shm_size": _SHARED_MEMORY_BYTES,
        "cgroupns": "private",
        "mem_limit": limits.memory_bytes,
        "memswap_limit": limits.memory_bytes,
        "pids_limit": limits.processes,
        "nano_cpus": int(limits.cpus * 1e9),
        "ulimits": _ulimits(order),
        "log_config": LogConfig(type="none"),
        "init": True,
        "tty": False,
        "stdin_open": True,
        "hostname": "sandbox",
        "working_dir": "/",
        "environment": env,
        # In the place of the image's own, so that any image with a Python serves.
        "entrypoint": python_command("python3", env),
    }
    if runtime is not None:
        settings["runtime"] = runtime
    return settings


def pool_settings(order: Order, runtime: str | None) -> dict[str, Any]:
    """Return what a container is created with that serves many submissions, one after another.

    It is the same but for what its porter takes and what `bwrap` has to be allowed; the limits of a
    submission hold in its room. No limit on CPU time: it would be that of all of them together.
    """
    limits = order.limits
    settings = container_settings(order, runtime)
    memory = limits.memory_bytes + _PORTER_BYTES
    ulimits = [one for one in settings["ulimits"] if one.name != "cpu"]
    return {
        **settings,
        "security_opt": _security_options(json.dumps(pool_profile())),
        "mem_limit": memory,
        "memswap_limit": memory,
        "pids_limit": limits.processes + _PORTER_PROCESSES,
        "ulimits": ulimits,
        "environment": dict(ENVIRONMENT),
        "entrypoint": ["python3", "-s", "-B", "-c", porter()],
    }


def pool_profile() -> dict[str, Any]:
    """Return the seccomp profile of a pooled container: that of any other, and what bwrap needs."""
    profile: dict[str, Any] = json.loads(_seccomp_file().read_text(encoding="utf-8"))
    additions = json.loads(Path(__file__).with_name("seccomp_pool.json").read_text("utf-8"))
    profile["syscalls"] += additions
    return profile


def _ulimits(order: Order) -> list[Ulimit]:
    """Return the container's ulimits; never nproc, which counts a user across containers."""
    values = {
        "nofile": 256,
        "core": 0,
        "fsize": order.limits.files_bytes,
        "cpu": resource_limits(order.limits)["RLIMIT_CPU"],
        "memlock": 0,
        "msgqueue": 0,
        "sigpending": 256,
    }
    return [Ulimit(name=name, soft=value, hard=value) for name, value in values.items()]


def podman_settings(order: Order) -> dict[str, Any]:
    """Return the settings that Podman wants in another form than Docker.

    It takes the name of a file with the seccomp profile, not its text, and knows no limit on the
    number of files in a tmpfs; their size is limited all the same.
    """
    return {
        "security_opt": _security_options(str(_seccomp_file())),
        "tmpfs": {SCRATCH: _tmpfs_options(order)},
        # Without one it asks for more than the host may have to give, and fails.
        "ulimits": [*_ulimits(order), Ulimit(name="nproc", soft=_NPROC, hard=_NPROC)],
    }


def _tmpfs_options(order: Order) -> str:
    # Open to every user: not every engine can give it to one, and there is only one inside.
    return f"rw,nosuid,nodev,noexec,mode=1777,size={order.limits.files_bytes}"


def _security_options(seccomp: str) -> list[str]:
    return ["no-new-privileges:true", f"seccomp={seccomp}"]


def _seccomp_file() -> Path:
    return Path(__file__).with_name("seccomp.json")


def _labels(run_id: str) -> dict[str, str]:
    """Return the labels by which a leftover is told from a container in use."""
    return {
        LABEL: run_id,
        HOST_LABEL: socket.gethostname(),
        PID_LABEL: str(os.getpid()),
        STARTED_LABEL: start_of(os.getpid()),
        CREATED_LABEL: str(int(time.time())),
    }


def start_of(pid: int) -> str:
    """Return when a process was started, which tells it from another that has had its id.

    In clock ticks since the machine was (proc(5), /proc/pid/stat, field 22), so that it does not
    matter when somebody sets the clock; "" where /proc does not tell.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]  # the second field, a name, may hold anything
