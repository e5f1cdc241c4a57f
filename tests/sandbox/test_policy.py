"""The settings of a container, line by line; the reasons stand in SECURITY.md."""

import os
import socket
import time
from importlib.resources import files
from pathlib import Path

import pytest
from driver import an_order

from grader.limits import MIB
from grader.sandbox.base import FIRST_UID, UIDS, environment
from grader.sandbox.bundle import python_command
from grader.sandbox.docker import LIFETIME_SECONDS
from grader.sandbox.policy import (
    CREATED_LABEL,
    HOST_LABEL,
    LABEL,
    PID_LABEL,
    STARTED_LABEL,
    container_settings,
    podman_settings,
    start_of,
)

HOST = socket.gethostname()

ORDER = an_order(
    seed=7,
    memory_bytes=100 * MIB,
    processes=5,
    cpus=0.5,
    files_bytes=2 * MIB,
    submission_seconds=30.0,
)

SETTINGS = {
    "network_mode": "none",
    "cap_drop": ["ALL"],
    "read_only": True,
    "privileged": False,
    "ipc_mode": "private",
    "shm_size": MIB,
    "cgroupns": "private",
    "mem_limit": 100 * MIB,
    "memswap_limit": 100 * MIB,  # memory and swap together, so no swap
    "pids_limit": 5,
    "nano_cpus": 500_000_000,
    "log_config": {"Type": "none", "Config": {}},
    "init": True,
    "tty": False,
    "stdin_open": True,
    "hostname": "sandbox",
    "working_dir": "/",
    "environment": environment(ORDER, "/tmp"),
    "entrypoint": python_command("python3", environment(ORDER, "/tmp")),
}
ULIMITS = {
    "nofile": 256,
    "core": 0,
    "fsize": 2 * MIB,
    "cpu": 35,
    "memlock": 0,
    "msgqueue": 0,
    "sigpending": 256,
}
ELSEWHERE = {"labels", "user", "security_opt", "tmpfs", "ulimits"}


@pytest.mark.parametrize("name", SETTINGS)
def test_setting(name: str) -> None:
    assert container_settings(ORDER, None)[name] == SETTINGS[name]


def test_there_is_no_setting_that_no_test_names() -> None:
    assert container_settings(ORDER, None).keys() == SETTINGS.keys() | ELSEWHERE


def test_privileges_cannot_grow_and_system_calls_are_filtered() -> None:
    profile = files("grader.sandbox").joinpath("seccomp.json").read_text("utf-8")

    assert container_settings(ORDER, None)["security_opt"] == [
        "no-new-privileges:true",
        f"seccomp={profile}",
    ]


def test_ulimits_are_soft_and_hard_and_never_count_processes() -> None:
    ulimits = container_settings(ORDER, None)["ulimits"]

    # `nproc` counts a user's processes across containers, and would let one starve the next.
    assert {ulimit["Name"]: ulimit["Soft"] for ulimit in ulimits} == ULIMITS
    assert all(ulimit["Soft"] == ulimit["Hard"] for ulimit in ulimits)


def test_the_one_writable_folder_is_small_and_runs_nothing() -> None:
    ((place, options),) = container_settings(ORDER, None)["tmpfs"].items()

    assert place == "/tmp"
    assert {"rw", "nosuid", "nodev", "noexec", f"size={2 * MIB}"} <= set(options.split(","))
    assert "nr_inodes=4096" in options.split(",")


def test_each_container_has_a_high_user_of_its_own() -> None:
    users = [container_settings(ORDER, None)["user"] for _ in range(20)]

    for user in users:
        uid, gid = map(int, user.split(":"))
        assert uid == gid
        assert FIRST_UID <= uid < FIRST_UID + UIDS
    assert len(set(users)) > 10


def test_labels_name_the_run_its_host_its_process_and_its_time() -> None:
    labels = container_settings(ORDER, None)["labels"]

    assert labels.keys() == {LABEL, HOST_LABEL, PID_LABEL, STARTED_LABEL, CREATED_LABEL}
    assert labels[LABEL] == ORDER.run_id
    assert (labels[HOST_LABEL], labels[PID_LABEL]) == (HOST, str(os.getpid()))
    assert labels[STARTED_LABEL] == start_of(os.getpid())
    assert 0 <= time.time() - int(labels[CREATED_LABEL]) < LIFETIME_SECONDS


def test_a_process_is_told_from_its_parent_by_when_it_was_started() -> None:
    assert 0 < int(start_of(os.getppid())) <= int(start_of(os.getpid()))


def test_a_process_that_there_is_not_was_started_at_no_time() -> None:
    assert start_of(2**22 + 1) == ""  # beyond any process id of Linux (proc(5), pid_max)


def test_the_runtime_is_passed_on_where_one_is_named() -> None:
    assert container_settings(ORDER, "runsc")["runtime"] == "runsc"
    assert "runtime" not in container_settings(ORDER, None)


def test_podman_gets_the_same_limits_in_its_own_form() -> None:
    settings = podman_settings(ORDER)
    strict, profile = settings["security_opt"]
    ulimits = {ulimit["Name"]: ulimit["Hard"] for ulimit in settings["ulimits"]}

    assert settings.keys() <= container_settings(ORDER, None).keys()
    assert strict == "no-new-privileges:true"
    assert Path(profile.removeprefix("seccomp=")).is_file()
    assert ULIMITS.items() <= ulimits.items()
    assert f"size={2 * MIB}" in settings["tmpfs"]["/tmp"]
