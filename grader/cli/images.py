"""Builds images of ours for the command line, with progress on the terminal."""

from pathlib import Path

import click

from grader.errors import GraderError
from grader.sandbox.choice import TARGETS, image_name


def build(context: Path, target: str, base: str | None) -> str:
    """Build the image of a target from the folder `context`; return its id.

    Each line of progress goes to standard error. Raises GraderError.
    """
    from grader.sandbox.docker import connect
    from grader.sandbox.image import build_image

    return build_image(connect(), context, target, base, lambda line: click.echo(line, err=True))


def provide_image(context: Path, name: str) -> None:
    """Build an image that is missing, once, if it is one of ours.

    Raises:
        GraderError: when it is not, or cannot be built; the reason has been said by then.
    """
    for target in TARGETS:
        if name == image_name(target):
            click.echo(f"grade: the image {name} is built, this once", err=True)
            try:
                build(context, target, None)
            except GraderError as error:
                click.echo(f"grade: {error}", err=True)
                raise
            return
    raise GraderError(f"the image {name} is none of ours")
