"""Shows a record as a page of Markdown: the table, what took part, and how it was measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks.figures import BUSY_SHARE, Row, busy_runs, is_sound, rows_of
from benchmarks.record import Entrant, Growth, Record

MIB = 2**20
NOTHING = "-"


def page_of(record: Record, baselines: Mapping[str, str], plots: Sequence[str]) -> str:
    """Return the page.

    Args:
        record: what was measured.
        baselines: the contenders that others are compared with, by name, with their labels.
        plots: names of pictures beside the page.
    """
    parts = ["# Benchmark", _conditions(record)]
    rows = rows_of(record, tuple(baselines))
    if rows:
        parts.append(table_of(rows, baselines))
    if record.growth:
        parts += ["## Growth", growth_table_of(record)]
    parts += [f"![{name}]({name})" for name in plots]
    parts += ["## Who took part", _lines(_presence(one, record) for one in record.entrants)]
    return "\n\n".join(parts) + "\n"


def table_of(rows: Sequence[Row], baselines: Mapping[str, str]) -> str:
    """Return the table of the rounds."""
    head = [
        *("grader", "submissions a second", "seconds for one alone", "CPU seconds for one"),
        *("peak memory, MiB", "graded rightly"),
        *(f"times {label}" for label in baselines.values()),
    ]
    return _table(head, [_cells(row, baselines) for row in rows])


def growth_table_of(record: Record) -> str:
    """Return the table of how time and memory grow with the class."""
    labels = {entrant.name: entrant.label for entrant in record.entrants}
    head = [
        *("grader", "submissions", "seconds", "submissions a second", "CPU seconds for one"),
        *("peak memory, MiB", "graded rightly"),
    ]
    ordered = sorted(
        record.growth, key=lambda one: (list(labels).index(one.contender), one.students)
    )
    return _table(head, [_growth_cells(one, labels[one.contender]) for one in ordered])


def _cells(row: Row, baselines: Mapping[str, str]) -> list[str]:
    ratios = [row.ratios.get(name) for name in baselines]
    return [
        f"**{row.entrant.label}**" if row.entrant.is_ours else row.entrant.label,
        f"{row.rate:.2f}",
        f"{row.alone_seconds:.2f}",
        f"{row.cpu_seconds:.2f}",
        f"{row.entrant.memory_bytes / MIB:.0f}",
        f"{row.right} of {row.students}",
        *(NOTHING if value is None else f"{value:.2f}" for value in ratios),
    ]


def _growth_cells(one: Growth, label: str) -> list[str]:
    return [
        label,
        str(one.students),
        f"{one.batch.seconds:.1f}",
        f"{one.students / one.batch.seconds:.2f}",
        f"{one.batch.cpu_seconds / one.students:.2f}",
        f"{one.memory_bytes / MIB:.0f}",
        f"{one.right} of {one.students}",
    ]


def _conditions(record: Record) -> str:
    settings = record.settings
    hanging = "one in twelve hangs in a test" if settings.with_hangs else "none hangs"
    lines = [
        f"On {record.machine}.",
        f"A class of {settings.students} submissions, of which {hanging}; {settings.jobs} at a "
        f"time; medians of {settings.rounds} interleaved rounds (of one for the slowest graders).",
        *_doubts(record),
    ]
    return "\n".join(lines)


def _doubts(record: Record) -> list[str]:
    """Return a warning if the machine had something else to do, or nothing."""
    busy, runs = busy_runs(record), len(record.runs) + len(record.growth)
    if not busy:
        return []
    sentence = (
        f"Before {busy} of the {runs} runs, more than {BUSY_SHARE:.0%} of the CPU was in use by "
        "something else: the figures are doubtful."
    )
    return [f"**{sentence}**"]


def _presence(entrant: Entrant, record: Record) -> str:
    unsound = [run for run in record.runs if run.contender == entrant.name and not is_sound(run)]
    if entrant.not_run:
        return f"{entrant.label}: **not run**: {entrant.not_run}"
    text = f"{entrant.label}: {entrant.version}"
    if unsound:
        text += f"; **{len(unsound)} runs are left out**, which graded less than half rightly"
    return text


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(f"* {text}" for text in texts)


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(_row(cells) for cells in _rows(head, rule, body))


def _rows(
    head: Sequence[str], rule: Sequence[str], body: Iterable[Sequence[str]]
) -> Iterator[Sequence[str]]:
    yield head
    yield rule
    yield from body


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
