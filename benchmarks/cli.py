"""The benchmark's command: prepares the contenders, holds the rounds, and writes the report."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from benchmarks.classroom import HERE
from benchmarks.contenders import BASELINES, CONTENDERS
from benchmarks.contenders.base import Contender
from benchmarks.figures import rows_of
from benchmarks.machine import this_machine
from benchmarks.plot import draw_growth, draw_rates
from benchmarks.record import Entrant, Record, Settings, read_record, write_record
from benchmarks.report import page_of
from benchmarks.rounds import Field, enter, grow, hold_rounds
from benchmarks.workshop import Workshop


class Names(click.ParamType[Sequence[str]]):
    """Names of contenders, separated by commas."""

    name = "names"

    def convert(
        self, value: str | Sequence[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Sequence[str]:
        """Return the names, all of which are known."""
        names = value.split(",") if isinstance(value, str) else value
        known = [contender.name for contender in CONTENDERS]
        for name in names:
            if name not in known:
                self.fail(f"{name!r} is none of {', '.join(known)}", param, ctx)
        return names


class Sizes(click.ParamType[Sequence[int]]):
    """Sizes of classes, separated by commas."""

    name = "sizes"

    def convert(
        self, value: str | Sequence[int], param: click.Parameter | None, ctx: click.Context | None
    ) -> Sequence[int]:
        """Return the sizes, each a whole number above 0."""
        if not isinstance(value, str):
            return value
        if not all(part.isdigit() and int(part) for part in value.split(",")):
            self.fail(f"{value!r} is not numbers above 0, separated by commas", param, ctx)
        return sorted({int(part) for part in value.split(",")})


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--rounds", type=click.IntRange(0), default=3, show_default=True)
@click.option(
    "--students", type=click.IntRange(1), default=60, show_default=True, help="Size of the class."
)
@click.option("--hang", is_flag=True, help="One submission in twelve hangs in a test.")
@click.option(
    "--jobs", type=click.IntRange(1), default=2, show_default=True, help="How many at a time."
)
@click.option("--only", type=Names(), metavar="NAMES", help="Contenders, separated by commas.")
@click.option("--growth", is_flag=True, help="Also grade growing classes with each of ours.")
@click.option(
    "--sizes", type=Sizes(), default="10,100,1000", show_default=True, help="For --growth."
)
@click.option("--setup", is_flag=True, help="Only install what the contenders need.")
@click.option("--redraw", is_flag=True, help="Only write the report anew, from the JSON file.")
@click.option("--name", default="benchmark", show_default=True, help="What the files are called.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=HERE / "results",
    help="The folder of the report. Default: benchmarks/results.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="GRADER_BENCHMARK_CACHE",
    help="Where the contenders are installed. Default: ~/.cache/grader-benchmark.",
)
def main(name: str, output: Path, **options: Any) -> None:
    """Measure how fast graders are, on the same class and with the same tests."""
    data = output / f"{name}.json"
    if options["redraw"]:
        write_report(read_record(data), output, name)
        return
    field = field_for(options)
    contenders = [one for one in CONTENDERS if one.name in (options["only"] or (one.name,))]
    entrants = tuple(enter(contender, field) for contender in contenders)
    if options["setup"]:
        return
    record = Record(this_machine(), field.settings, entrants)
    record = run_all_of_it(record, contenders, field, options["sizes"] if options["growth"] else ())
    write_record(record, data)
    write_report(record, output, name)


def field_for(options: Mapping[str, Any]) -> Field:
    """Return where and how all are measured, by the options."""
    workshop = Workshop((options["cache"] or default_cache()).absolute())
    settings = Settings(
        options["students"], options["hang"], options["jobs"], rounds=options["rounds"]
    )
    return Field(workshop, settings, click.echo)


def default_cache() -> Path:
    """Return the folder that the contenders are installed in."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "grader-benchmark"


def run_all_of_it(
    record: Record, contenders: Sequence[Contender], field: Field, sizes: Sequence[int]
) -> Record:
    """Return the record with all runs of those that can be run."""
    missing = {entrant.name for entrant in record.entrants if entrant.not_run}
    able = [contender for contender in contenders if contender.name not in missing]
    runs = tuple(hold_rounds(able, field))
    growth = tuple(grow([one for one in able if one.is_ours], sizes, field))
    return replace(record, runs=runs, growth=growth)


def write_report(record: Record, output: Path, name: str) -> None:
    """Write the page and the plots, and say where they are."""
    page = output / f"{name}.md"
    plots = draw(record, output, name)
    labels = {one.name: one.label for one in record.entrants if one.name in BASELINES}
    text = page_of(record, labels, plots)
    page.write_text(text, encoding="utf-8")
    click.echo(f"\n{text}\nWritten to {page}")


def draw(record: Record, output: Path, name: str) -> list[str]:
    """Draw the plots; return the names of their files, none where matplotlib is missing."""
    rows, plots = rows_of(record, BASELINES), []
    try:
        if rows:
            draw_rates(rows, output / f"{name}.svg")
            plots.append(f"{name}.svg")
        if record.growth:
            draw_growth(record.growth, labels_of(record.entrants), output / f"{name}-growth.svg")
            plots.append(f"{name}-growth.svg")
    except ImportError:
        click.echo("No plot: matplotlib is missing; pip install -e '.[benchmark]'")
    return plots


def labels_of(entrants: Sequence[Entrant]) -> dict[str, str]:
    """Return the labels of contenders by their names."""
    return {entrant.name: entrant.label for entrant in entrants}
