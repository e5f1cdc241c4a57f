"""Names a sandbox without starting anything, and turns the name into the sandbox."""

from dataclasses import dataclass

from grader.sandbox.base import Sandbox, SandboxError

# The targets of sandbox/Dockerfile, which the catalogue names as images.
TARGETS = ("core", "tools", "web")
NAMES = ("auto", "docker", "bubblewrap", "none")


def image_name(image: str) -> str:
    """Return the engine's name for an image: ours for one of TARGETS, else as it stands."""
    return f"grader-{image}:latest" if image in TARGETS else image


@dataclass(frozen=True)
class SandboxChoice:
    """Which sandbox to take. `image` and `runtime` matter to docker alone.

    `image` is a name that the engine knows (`image_name`); `runtime` None
    leaves the choice to the engine.
    """

    name: str = "auto"
    image: str = ""
    runtime: str | None = None


def take_sandbox(choice: SandboxChoice) -> Sandbox:
    """Return the sandbox that was chosen; "auto" takes the first that works here.

    Raises:
        SandboxError: when the engine does not answer, or there is no sandbox of that name.
    """
    # Each backend is imported where it is wanted: the Docker SDK alone takes 0.15 s.
    if choice.name == "docker":
        return _docker(choice)
    if choice.name == "bubblewrap":
        from grader.sandbox.bubblewrap import Bubblewrap

        return Bubblewrap()
    if choice.name == "none":
        from grader.sandbox.none import NoSandbox

        return NoSandbox()
    if choice.name == "auto":
        return _first_that_works(choice)
    raise SandboxError(f"there is no sandbox {choice.name!r}; there are {', '.join(NAMES)}")


def _docker(choice: SandboxChoice) -> Sandbox:
    from grader.sandbox.docker import DockerSandbox, connect

    return DockerSandbox(connect(), choice.image, choice.runtime)


def _first_that_works(choice: SandboxChoice) -> Sandbox:
    """Return docker if an engine answers, else bubblewrap if this machine lets it, else none."""
    from grader.sandbox.bubblewrap import Bubblewrap, why_unavailable
    from grader.sandbox.none import NoSandbox

    try:
        return _docker(choice)
    except SandboxError:
        return NoSandbox() if why_unavailable() else Bubblewrap()
