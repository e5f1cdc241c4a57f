"""Pooled containers: lent, taken back in good order only, and never shared at a time."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import docker
import pytest
from driver import Driver, an_order

from grader.limits import Limits
from grader.sandbox import pool as pool_module
from grader.sandbox.base import Order, SandboxError
from grader.sandbox.policy import LABEL
from grader.sandbox.pool import ContainerPool, PoolSandbox, Terms, why_unavailable

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
    monkeypatch.setattr(pool_module, "MOST_USES", 2)
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
