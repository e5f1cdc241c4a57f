"""The options that say where submissions run, and the sandbox that they come to."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.cli.images import provide_image
from grader.errors import UsageError
from grader.sandbox.choice import NAMES, SandboxChoice, image_name, settle

if TYPE_CHECKING:
    from grader.bank import Bank

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--sandbox",
        type=click.Choice(NAMES),
        default="auto",
        envvar="GRADE_SANDBOX",
        show_envvar=True,
        show_default=True,
        help="Where the submission runs. auto: docker if an engine answers, else bubblewrap, or "
        "none.",
    ),
    click.option("--image", metavar="IMAGE", help="A container image with a Python, for docker."),
    click.option(
        "--runtime", metavar="NAME", help='The engine\'s runtime, such as "runsc" (gVisor).'
    ),
)


def sandbox_options(command: Command) -> Command:
    """Add --sandbox, --image and --runtime; the command gets them by these names."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def settled_choice(bank: "Bank", image: str, options: Mapping[str, Any]) -> SandboxChoice:
    """Return the sandbox that the options come to, for an image named as in the catalogue.

    Raises:
        UsageError: when an option does not go with the sandbox.
        GraderError: when there is no such sandbox here.
    """
    name, runtime = options["sandbox"], options["runtime"]
    if name == "auto" and (options["image"] or runtime):
        name = "docker"  # who names an image or a runtime has chosen already
    if name != "docker" and (options["image"] or runtime):
        raise UsageError(f"--image and --runtime are for --sandbox docker, not for {name}")
    choice = SandboxChoice(name, image_name(image), runtime)
    return settle(choice, lambda missing: provide_image(bank.root / "sandbox", missing))
