"""What the tests share: the container engine, and the image that submissions run in."""

import contextlib
import gc
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import docker
import pytest
from docker.errors import DockerException, ImageNotFound
from driver import Driver, an_order

from grader.sandbox.base import Order
from grader.sandbox.bubblewrap import why_unavailable
from grader.sandbox.choice import SandboxChoice
from grader.sandbox.image import DEFAULT_BASE, build_image
from grader.sandbox.lender import ContainerPool
from grader.sandbox.none import NoSandbox

# Files that the tests read, among them hidden tests of a bank that is attacked.
collect_ignore = ["attacks", "golden"]

SANDBOX = Path(__file__).parent.parent / "sandbox"
BASES = ("grader-base:trixie", DEFAULT_BASE)


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test, or fail it where GRADER_REQUIRE_DOCKER says that the engine must be there."""
    if os.environ.get("GRADER_REQUIRE_DOCKER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def start_worker() -> Iterator[Callable[..., Driver]]:
    """Start workers as plain processes of this machine; they are ended with the test.

    A worker is given the text or the files of a submission, perhaps an order, and changes of the
    setup by their names.
    """
    sandbox = NoSandbox()
    with contextlib.ExitStack() as rooms:

        def start(
            submission: str | Mapping[str, str] = "", order: Order | None = None, **setup: Any
        ) -> Driver:
            connection = sandbox.open(order or an_order())
            rooms.callback(connection.close)
            driver = Driver(connection, submission)
            kind, *rest = driver.set_up(**setup)
            assert kind == "ready", rest
            return driver

        yield start


@pytest.fixture(scope="session")
def working_bubblewrap() -> None:
    """Bubblewrap works on this machine."""
    reason = why_unavailable()
    if reason:
        skip_or_fail(reason)


@pytest.fixture(scope="session")
def docker_client() -> Iterator[docker.DockerClient]:
    """A client of the container engine."""
    try:
        client = docker.from_env()
        client.ping()
    except (DockerException, OSError) as error:
        skip_or_fail(f"no container engine answers: {error}")
    yield client
    client.close()


@pytest.fixture(scope="session")
def core_image(docker_client: docker.DockerClient) -> str:
    """The id of the image `core`, built on a base that the engine has; nothing is pulled."""
    for base in BASES:
        try:
            docker_client.images.get(base)
        except ImageNotFound:
            continue
        return build_image(docker_client, SANDBOX, "core", base, lambda line: None)
    skip_or_fail(f"the engine has no base image; make one with sandbox/debian-base.sh ({BASES})")


@pytest.fixture(scope="session")
def container_pool() -> Iterator[ContainerPool]:
    """Containers for the sandbox "pool"."""
    with ContainerPool(os.cpu_count() or 1) as pool:
        yield pool


@pytest.fixture(
    params=[
        pytest.param("docker", marks=pytest.mark.docker),
        pytest.param("pool", marks=pytest.mark.docker),
        "bubblewrap",
    ],
    scope="session",
)
def strict_sandbox(request: pytest.FixtureRequest) -> SandboxChoice:
    """Each sandbox that other people's code may run in, on this machine."""
    if request.param == "docker":
        return SandboxChoice("docker", request.getfixturevalue("core_image"))
    if request.param == "pool":
        address = request.getfixturevalue("container_pool").address
        return SandboxChoice("pool", request.getfixturevalue("core_image"), pool=address)
    reason = why_unavailable()
    if reason:
        skip_or_fail(reason)
    return SandboxChoice("bubblewrap")


def pytest_collection_finish() -> None:
    """Leave what was collected out of garbage collections, which take longer than many a test."""
    gc.collect()
    gc.freeze()
