"""Options and arguments that several commands share, and what they turn into."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.limits import (
    KIB,
    LEAST_TEST_SECONDS,
    LIMIT_NAMES,
    MIB,
    TIMES_REFERENCE,
    LimitError,
    Limits,
    parse_limit,
)

if TYPE_CHECKING:
    from grader.bank import Bank

Command = TypeVar("Command", bound=Callable[..., Any])


def bank_option(command: Command) -> Command:
    """Add --bank; the command gets `bank`, a path or None."""
    return click.option(
        "--bank",
        type=click.Path(path_type=Path),
        envvar="GRADE_BANK",
        show_envvar=True,
        metavar="DIR",
        help="The bank of exercises. Default: the nearest folder upwards that has "
        "exercises/catalog.toml.",
    )(command)


def open_bank(named: Path | None, start: Path | None = None) -> "Bank":
    """Return the bank that was named, or the nearest upwards from `start` (default: from here).

    Raises:
        UsageError: when there is none there.
        BankError: when it cannot be used.
    """
    from grader.bank import locate_bank
    from grader.catalogue import read_bank

    return read_bank(locate_bank(named, start or Path.cwd()))


class ExerciseName(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases
    """The name of an exercise; completed from the nearest bank."""

    name = "exercise"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Return the exercises that begin with what has been typed."""
        from click.shell_completion import CompletionItem

        from grader.errors import GraderError

        try:
            bank = open_bank(ctx.params.get("bank"))
        except GraderError:
            return []
        return [
            CompletionItem(exercise.id, help=exercise.title)
            for exercise in bank.exercises
            if exercise.id.startswith(incomplete)
        ]


class LimitOption(click.ParamType):  # type: ignore[type-arg]
    """One limit as NAME=VALUE, with a size such as 512MiB where it is one of bytes."""

    name = "limit"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float | int]:
        """Return the name and the number."""
        name, equals, text = str(value).partition("=")
        if name in LIMIT_NAMES and not equals:
            self.fail(f"{name} has no value; write {name}=VALUE", param, ctx)
        try:
            return name, parse_limit(name, text)
        except LimitError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Return the limits that begin with what has been typed."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(f"{name}=") for name in LIMIT_NAMES if name.startswith(incomplete)]


def describe_limits() -> str:
    """Return the limits and their defaults, for a help text."""
    values = {name: getattr(Limits(), name) for name in LIMIT_NAMES}
    names = ", ".join(
        f"{name}={_shown(name, value)}" for name, value in values.items() if value is not None
    )
    return (
        f"Replace a limit for this run; may be given several times. Defaults: {names}. "
        f"test_seconds follows from what the reference takes ({TIMES_REFERENCE:g} times that, at "
        f"least {LEAST_TEST_SECONDS:g})."
    )


def _shown(name: str, value: float) -> str:
    """Return a limit as it may be written on the command line."""
    if name.endswith("_bytes"):
        for unit, factor in (("MiB", MIB), ("KiB", KIB)):
            if value % factor == 0:
                return f"{value // factor}{unit}"
    return f"{value:g}"


_DRAWING_AND_LIMITS = (
    click.option(
        "--seed",
        type=click.IntRange(0, 2**32 - 1),
        default=0,
        show_default=True,
        metavar="NUMBER",
        help="Decides which examples are drawn; the same seed draws the same.",
    ),
    click.option(
        "--limit",
        "limits",
        type=LimitOption(),
        multiple=True,
        metavar="NAME=VALUE",
        help=describe_limits(),
    ),
)


def seed_and_limit_options(command: Command) -> Command:
    """Add --seed and --limit; the command gets `seed`, a number, and `limits`, pairs."""
    for option in reversed(_DRAWING_AND_LIMITS):
        command = option(command)
    return command
