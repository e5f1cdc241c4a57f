"""What the commands that deal with a class share: its gradebook, its exercises, who grades it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.cli.options import seed_and_limit_options
from grader.cli.sandboxes import settled_for_many
from grader.errors import UsageError
from grader.messages import inert_line

if TYPE_CHECKING:
    from grader.bank import Bank
    from grader.batch.plan import Commission
    from grader.batch.run import Crew
    from grader.gradebook import Gradebook

Command = TypeVar("Command", bound=Callable[..., Any])

GRADEBOOK = "gradebook.db"
_NO_SANDBOX = (
    "no sandbox works here, and other people's code is not run without one; `grade doctor` tells "
    "what to install, and `--sandbox none` does it nevertheless"
)


def gradebook_option(command: Command) -> Command:
    """Add --gradebook; the command gets `gradebook`, a path or a URL."""
    return click.option(
        "--gradebook",
        default=GRADEBOOK,
        envvar="GRADE_GRADEBOOK",
        show_default=True,
        show_envvar=True,
        metavar="FILE|URL",
        help="Where grades are kept: an SQLite file, or postgresql://USER@HOST/DATABASE.",
    )(command)


_GRADING_OPTIONS = (
    click.option(
        "--jobs",
        type=click.IntRange(1),
        metavar="NUMBER",
        help="How many submissions are graded at a time. Default: one for each core.",
    ),
    click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Have the workers of a Dask cluster grade, by its scheduler's address "
        "(tcp://HOST:8786).",
    ),
)


def grading_options(command: Command) -> Command:
    """Add --jobs, --cluster, --seed and --limit."""
    command = seed_and_limit_options(command)
    for option in reversed(_GRADING_OPTIONS):
        command = option(command)
    return command


class Commissions:
    """How each exercise of a run is graded; each is settled once, when it is first asked for."""

    def __init__(self, bank: "Bank", options: Mapping[str, Any], pool: str = "") -> None:
        """Settle by the options of the command; `pool` is the address of a crew's containers."""
        self._bank = bank
        self._pool = pool
        self._options = options
        self._known: dict[str, Commission] = {}

    def __call__(self, exercise_id: str) -> "Commission":
        """Return how an exercise is graded.

        Raises:
            GraderError: when there is no sandbox for it.
        """
        if exercise_id not in self._known:
            self._known[exercise_id] = self._settle(exercise_id)
        return self._known[exercise_id]

    def _settle(self, exercise_id: str) -> "Commission":
        from grader.batch.plan import Commission
        from grader.batch.task import Order
        from grader.sandbox.choice import take_sandbox

        exercise = self._bank.find(exercise_id)
        image = self._options["image"] or exercise.image
        limits = exercise.limits.replace(dict(self._options["limits"]))
        choice = settled_for_many(self._bank, image, self._options, limits, self._pool)
        if choice.name == "none" and self._options["sandbox"] != "none":
            raise UsageError(_NO_SANDBOX)
        root = str(self._bank.root)
        order = Order(choice, limits, self._options["seed"], hidden_paths=(root,))
        digest = take_sandbox(choice).image()[1]
        return Commission(exercise, self._bank.root, order, digest)


@contextmanager
def crew_for(options: Mapping[str, Any]) -> "Iterator[Crew]":
    """Give whoever grades: the cluster that was named, or judges on this machine."""
    from grader.batch.crews import cluster_crew, local_crew

    if options["cluster"] and options["jobs"]:
        raise UsageError("--jobs is for this machine; a --cluster has as many as its workers")
    with (
        cluster_crew(options["cluster"])
        if options["cluster"]
        else local_crew(options["jobs"], options["seed"]) as crew
    ):
        yield crew


def opened(where: str) -> "Gradebook":
    """Return the gradebook at a path or URL, made if need be, to be used as a context manager."""
    from grader.gradebook import open_gradebook

    return open_gradebook(where)


def opened_to_read(where: str) -> "Gradebook":
    """Return the gradebook at a path or URL, which must be there already.

    Raises:
        UsageError: when a file is not there; an empty one would only hide that it is elsewhere.
    """
    if "://" not in where and not Path(where).exists():
        raise UsageError(
            f"there is no gradebook {inert_line(where)}; `grade batch` makes one, and "
            "--gradebook or GRADE_GRADEBOOK names another"
        )
    return opened(where)
