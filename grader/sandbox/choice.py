"""Names a sandbox without starting anything, and turns the name into the sandbox."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from grader.errors import GraderError
from grader.sandbox.base import Sandbox, SandboxError

# The targets of sandbox/Dockerfile, which the catalogue names as images.
TARGETS = ("core", "tools", "web")
POOL = "pool"
NAMES = ("auto", "docker", POOL, "bubblewrap", "none")


def image_name(image: str) -> str:
    """Return the engine's name for an image: ours for one of TARGETS, else as it stands."""
    return f"grader-{image}:latest" if image in TARGETS else image


@dataclass(frozen=True)
class SandboxChoice:
    """Which sandbox to take. `image` and `runtime` matter to docker and pool alone.

    "pool" is docker, too: rooms in containers that serve many submissions, lent at the address
    `pool` (`grader.sandbox.lender`); "" there means a container of its own.
    `image` is a name that the engine knows (`image_name`); `runtime` None
    leaves the choice to the engine. `forger`, one of `grader.sandbox.forger.FORGERS`,
    puts that forger in the sandbox's place; "" puts none.
    """

    name: str = "auto"
    image: str = ""
    runtime: str | None = None
    forger: str = ""
    pool: str = ""


def take_sandbox(choice: SandboxChoice) -> Sandbox:
    """Return the sandbox that was chosen, by any of the NAMES but "auto", or the forger.

    Raises:
        SandboxError: when the engine does not answer, or there is no sandbox or forger of that
            name.
    """
    if choice.forger:
        return _take_forger(choice)
    # Each backend is imported where it is wanted: the Docker SDK alone takes 0.15 s.
    if choice.name == "docker":
        from grader.sandbox.docker import DockerSandbox, connect

        return DockerSandbox(connect(), choice.image, choice.runtime)
    if choice.name == POOL:
        from grader.sandbox.pool import PoolSandbox

        return PoolSandbox(choice.image, choice.runtime, choice.pool)
    if choice.name == "bubblewrap":
        from grader.sandbox.bubblewrap import Bubblewrap

        return Bubblewrap()
    if choice.name == "none":
        from grader.sandbox.none import NoSandbox

        return NoSandbox()
    raise SandboxError(f"there is no sandbox {choice.name!r}; there are {', '.join(NAMES)}")


def load(name: str) -> None:
    """Load the module of a sandbox before there is anything to be opened in it."""
    if name in ("docker", POOL):
        importlib.import_module("grader.sandbox." + name)


def settle(choice: SandboxChoice, provide_image: Callable[[str], None]) -> SandboxChoice:
    """Return `choice` with "auto" replaced by the first sandbox that works here.

    That is docker if an engine answers that has the image, else bubblewrap if this machine lets
    it, else none. `provide_image(name)` is called when only the image is missing; it makes the
    image, or raises GraderError, in which case docker is passed over.
    """
    if choice.name != "auto":
        return choice
    if _docker_works(choice, provide_image):
        return replace(choice, name="docker")
    from grader.sandbox.bubblewrap import why_unavailable

    return replace(choice, name="none" if why_unavailable() else "bubblewrap")


def _take_forger(choice: SandboxChoice) -> Sandbox:
    from grader.sandbox.forger import PREVIOUS_ANSWER, Forger

    # The others run nothing of the submission, so they need no engine.
    runs_submission = choice.forger == PREVIOUS_ANSWER
    inside = take_sandbox(replace(choice, forger="")) if runs_submission else None
    return Forger(choice.forger, inside)


def _docker_works(choice: SandboxChoice, provide_image: Callable[[str], None]) -> bool:
    try:
        sandbox = take_sandbox(replace(choice, name="docker", forger=""))
    except SandboxError:
        return False
    try:
        sandbox.image()
    except SandboxError:
        try:
            provide_image(choice.image)
        except GraderError:
            return False
    return True
