"""The options that say where submissions run, and the sandbox that they come to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.cli.images import provide_image
from grader.cli.output import warn
from grader.errors import UsageError
from grader.limits import Limits
from grader.sandbox.choice import NAMES, POOL, SandboxChoice, image_name, settle

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
        "none. pool: docker, with a container for many submissions and a room of its own for each, "
        "which auto takes for a class.",
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
    if name not in ("docker", POOL) and (options["image"] or runtime):
        raise UsageError(f"--image and --runtime are for --sandbox docker or pool, not for {name}")
    choice = SandboxChoice(name, image_name(image), runtime)
    return settle(choice, lambda missing: provide_image(bank.root / "sandbox", missing))


def settled_for_many(
    bank: "Bank", image: str, options: Mapping[str, Any], limits: Limits, pool: str
) -> SandboxChoice:
    """Return the sandbox for many submissions: as `settled_choice`, but a pool where auto may.

    Whether that works is tried with a container for submissions with those limits, of the pool at
    the address `pool` if there is one.

    Raises:
        UsageError: when an option does not go with the sandbox.
        GraderError: when there is no such sandbox here.
    """
    choice = settled_choice(bank, image, options)
    if options["sandbox"] != "auto" or choice.name != "docker":
        return choice
    from grader.sandbox.pool import why_unavailable
    from grader.sandbox.pooled import Terms

    reason = why_unavailable(Terms(choice.image, choice.runtime, limits), pool)
    if reason:
        warn(f"each submission gets a container of its own, which is slower: {reason}")
        return choice
    return replace(choice, name=POOL)
