"""Pooled containers: lent, taken back in good order only, and never shared at a time."""

import contextlib
import dataclasses
import threading
from collections.abc import Iterator
from pathlib import Path

import docker
import pytest
from driver import Driver, an_order

from grader.limits import Limits
from grader.sandbox import pooled as pooled_module
from grader.sandbox import porter as porter_module
from grader.sandbox.base import Order, SandboxError
from grader.sandbox.bundle import spawner_delivery
from grader.sandbox.lender import ContainerPool
from grader.sandbox.policy import LABEL
from grader.sandbox.pool import PoolSandbox, why_unavailable
from grader.sandbox.pooled import Terms

pytestmark = pytest.mark.docker

LOOK = """
import os

def write(name):
    open(name, "w").close()
    return sorted(os.listdir("."))

def end():
    os._exit(1)
"""


@pytest.fixture
def pool() -> Iterator[ContainerPool]:
    with ContainerPool(2) as opened:
        yield opened


@pytest.fixture
def sandbox(pool: ContainerPool, core_image: str) -> PoolSandbox:
    return PoolSandbox(core_image, None, pool.address)


@contextlib.contextmanager
def room(sandbox: PoolSandbox, order: Order | None = None) -> Iterator[tuple[str, Driver]]:
    """Open a room and close it; give the id of its container, and a driver of its worker."""
    connection = sandbox.open(order or an_order())
    try:
        driver = Driver(connection, LOOK)
        assert driver.set_up()[0] == "ready"
        yield connection.container, driver.begin_test()
    finally:
        connection.close()


def ours(client: docker.DockerClient) -> set[str]:
    """Return the ids of all containers that exist now."""
    found = client.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True)
    return {str(one.id) for one in found}


def test_one_container_serves_one_submission_after_another(sandbox: PoolSandbox) -> None:
    with room(sandbox) as (first, driver):
        assert driver.use("write", "left") == ["left"]
    with room(sandbox) as (second, driver):
        assert driver.use("write", "mine") == ["mine"]
    assert first == second


def test_two_at_a_time_have_a_container_each(sandbox: PoolSandbox) -> None:
    with room(sandbox) as (first, _), room(sandbox) as (second, _):
        assert first != second


def test_other_limits_get_another_container(sandbox: PoolSandbox) -> None:
    with room(sandbox) as (first, _):
        pass
    with room(sandbox, an_order(processes=7)) as (second, _):
        assert first != second


def test_a_worn_container_is_replaced(
    sandbox: PoolSandbox, monkeypatch: pytest.MonkeyPatch, docker_client: docker.DockerClient
) -> None:
    monkeypatch.setattr(pooled_module, "MOST_USES", 2)
    found = []
    for _ in range(3):
        with room(sandbox) as (container, _):
            found.append(container)
    assert found[0] == found[1] != found[2]


def test_a_container_whose_borrower_is_gone_is_removed(
    sandbox: PoolSandbox, pool: ContainerPool, docker_client: docker.DockerClient
) -> None:
    connection = sandbox.open(an_order())
    container = connection.container
    connection.give_up()
    with room(sandbox) as (other, _):
        assert other != container
    pool.__exit__()
    assert container not in ours(docker_client)


def test_nothing_is_left_of_a_pool(core_image: str, docker_client: docker.DockerClient) -> None:
    with ContainerPool(2) as pool:
        sandbox = PoolSandbox(core_image, None, pool.address)
        with room(sandbox) as (container, _):
            assert container in ours(docker_client)
    assert container not in ours(docker_client)
    assert not Path(pool.address).parent.exists()


def test_a_pool_that_has_ended_lends_nothing(core_image: str) -> None:
    with ContainerPool(1) as pool:
        sandbox = PoolSandbox(core_image, None, pool.address)
    with pytest.raises(SandboxError, match="it ends together with its batch"):
        sandbox.open(an_order())


def test_what_keeps_a_container_from_starting_is_told_to_the_borrower(
    pool: ContainerPool, docker_client: docker.DockerClient
) -> None:
    sandbox = PoolSandbox("grader-there-is-no-such-image", None, pool.address)
    with pytest.raises(SandboxError, match="is not there"):
        sandbox.open(an_order())


def test_an_image_without_bubblewrap_cannot_be_pooled(docker_client: docker.DockerClient) -> None:
    assert "is not there" in why_unavailable(Terms("grader-there-is-no-such-image", None, Limits()))


def test_this_image_can_be_pooled(core_image: str) -> None:
    assert why_unavailable(Terms(core_image, None, Limits())) == ""


def test_a_room_has_the_limits_of_its_order(sandbox: PoolSandbox) -> None:
    rlimits = sandbox.open(an_order(processes=9))
    try:
        assert rlimits.room.rlimits["RLIMIT_NPROC"] == 9
        assert rlimits.room.rlimits["RLIMIT_FSIZE"] == Limits().files_bytes
    finally:
        rlimits.close()


def test_containers_that_were_prepared_are_the_ones_that_are_lent(
    core_image: str, docker_client: docker.DockerClient
) -> None:
    before = ours(docker_client)
    with ContainerPool(2) as pool:
        pool.prepare(Terms(core_image, None, Limits()))
        sandbox = PoolSandbox(core_image, None, pool.address)
        with room(sandbox) as (first, _), room(sandbox) as (second, _):
            assert ours(docker_client) - before == {first, second}


def test_what_cannot_be_prepared_is_told_to_who_borrows(docker_client: docker.DockerClient) -> None:
    with ContainerPool(1) as pool:
        pool.prepare(Terms("grader-there-is-no-such-image", None, Limits()))
        sandbox = PoolSandbox("grader-there-is-no-such-image", None, pool.address)
        with pytest.raises(SandboxError, match="is not there"):
            sandbox.open(an_order())


def test_who_borrows_waits_for_a_container_that_is_about_to_come_back(core_image: str) -> None:
    with ContainerPool(1) as pool:
        sandbox = PoolSandbox(core_image, None, pool.address)
        connection = sandbox.open(an_order())
        threading.Timer(0.2, connection.close).start()
        with room(sandbox) as (container, _):
            assert container == connection.container


# The worker in a room was forked outside of it.

STATE = """
import ctypes
import sys

prctl = ctypes.CDLL(None).prctl
NO_NEW_PRIVILEGES, CAPABILITY = 39, 23
NEW_USERS = 0x10000000

def bounds():
    return [prctl(CAPABILITY, number, 0, 0, 0) for number in range(40)]

def new_privileges():
    return not prctl(NO_NEW_PRIVILEGES, 0, 0, 0, 0)

def makes_namespaces():
    return ctypes.CDLL(None).unshare(NEW_USERS) == 0

def loaded(name):
    return name in sys.modules

def leave_a_mark():
    import json
    return vars(json).setdefault("mark", []).append(1) or len(json.mark)
"""


@contextlib.contextmanager
def state_in(sandbox: PoolSandbox, order: Order | None = None) -> Iterator[Driver]:
    connection = sandbox.open(order or an_order())
    try:
        driver = Driver(connection, STATE)
        assert driver.set_up()[0] == "ready"
        yield driver.begin_test()
    finally:
        connection.close()


def test_a_worker_can_regain_no_capability_and_has_its_calls_filtered(sandbox: PoolSandbox) -> None:
    with state_in(sandbox) as driver:
        assert driver.use("bounds") == [0] * 40
        assert driver.use("new_privileges") is False
        # The container's own filter lets it, since bwrap does it.
        assert driver.use("makes_namespaces") is False


def without(line: str) -> bytes:
    """Return what a spawner is delivered, but for one line of a module."""
    payload = spawner_delivery()[4:].decode("ascii")
    assert payload.count(line) == 1
    changed = payload.replace(line, "pass").encode("ascii")
    return len(changed).to_bytes(4, "big") + changed


def test_a_worker_that_does_not_drop_them_has_capabilities(
    sandbox: PoolSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = without("_libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)")
    monkeypatch.setattr(porter_module, "spawner_delivery", lambda: changed)
    with state_in(sandbox) as driver:
        assert 1 in driver.use("bounds")


def test_a_worker_that_does_not_take_on_the_filter_makes_namespaces(
    sandbox: PoolSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = without("filter_calls(program)")
    monkeypatch.setattr(porter_module, "spawner_delivery", lambda: changed)
    with state_in(sandbox) as driver:
        assert driver.use("makes_namespaces") is True


def test_modules_that_are_ordered_are_there_before_the_room(sandbox: PoolSandbox) -> None:
    order = dataclasses.replace(an_order(), preload=("colorsys", "there_is_no_such_module"))
    for one, expected in ((an_order(), False), (order, True), (an_order(), False)):
        with state_in(sandbox, one) as driver:
            assert driver.use("loaded", "colorsys") is expected


def test_what_a_submission_does_to_a_module_is_not_there_for_the_next(sandbox: PoolSandbox) -> None:
    for _ in range(2):
        with state_in(sandbox) as driver:
            assert driver.use("leave_a_mark") == 1
            driver.end_test()
            assert driver.begin_test().use("leave_a_mark") == 1
