"""`grade sandbox`: build the images that submissions run in, and remove leftover containers."""

from pathlib import Path

import click

from grader.cli import images
from grader.cli.options import bank_option
from grader.cli.output import working_on
from grader.sandbox.choice import TARGETS, image_name


@click.group(short_help="Build the images, remove leftover containers.")
def sandbox() -> None:
    """Build the images that submissions run in; remove leftover containers."""


@sandbox.command(short_help="Build an image that submissions run in.")
@click.argument("target", type=click.Choice(TARGETS), default="core", metavar="[TARGET]")
@click.option(
    "--base",
    metavar="IMAGE",
    help="The image to build on, with a Python. Default: the one that sandbox/Dockerfile names.",
)
@bank_option
def build(target: str, base: str | None, bank: Path | None) -> None:
    """Build the image TARGET (default: core) from sandbox/Dockerfile beside the bank.

    \b
    core     the standard library alone
    tools    core, and mypy, Cython and a C compiler
    web      core, and FastAPI, Flask, SQLAlchemy and their like
    """
    from grader.bank import locate_bank

    context = locate_bank(bank, Path.cwd()) / "sandbox"
    image = images.build(context, target, base)
    click.echo(f"{image_name(target)} is built: {image}")


@sandbox.command(short_help="Remove containers that a grading left behind.")
@click.option("--all", "everything", is_flag=True, help="Also those of gradings that still run.")
def prune(everything: bool) -> None:
    """Remove containers that a grading has left behind (a crash, a power cut)."""
    from grader.sandbox.docker import connect, sweep

    with working_on("sweeping"):
        count = sweep(connect(), everything=everything)
    click.echo("1 container removed" if count == 1 else f"{count} containers removed")
