"""`grade doctor`: can this machine grade, and if not, what to do."""

from typing import TYPE_CHECKING

import click
from rich.text import Text

from grader.cli.output import print_text, working_on
from grader.errors import GraderError
from grader.messages import inert

if TYPE_CHECKING:
    from grader.sandbox.checkup import Check


@click.command(short_help="Tell whether this machine can grade; if not, what to do.")
def doctor() -> None:
    """Tell whether this machine can grade, line by line, and what to do where it cannot.

    Exit status: 0 when a sandbox works here, else 3.
    """
    from grader.sandbox.checkup import examine

    with working_on("looking"):
        checkup = examine()
    for check in checkup.checks:
        print_text(_line(check))
    if not checkup.ready:
        raise GraderError(
            "no sandbox works here; `--sandbox none` grades your own code, nobody else's"
        )
    print_text(Text(f"\nReady to grade with: {', '.join(checkup.ready)}\n", style="bold green"))


def _line(check: "Check") -> Text:
    mark, style = {"good": ("✓", "green"), "bad": ("✗", "red")}[check.state]
    text = Text.assemble((f"{mark} ", style), (f"{check.subject:12}", "bold"), inert(check.found))
    if check.remedy:
        text.append(f"\n{'':14}to do: {inert(check.remedy)}")
    return text.append("\n")
