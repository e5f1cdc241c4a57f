"""Draws a record as SVG: how fast each grader is, and how ours grow with the class."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import Row
from benchmarks.record import Growth

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OURS, OTHERS, INK = "#1a6fb5", "#a9b1ba", "#333333"
MARKERS = "osD^v"
MIB = 2**20


def draw_rates(rows: Sequence[Row], file: Path) -> None:
    """Draw a bar for each contender, the fastest on top.

    Raises:
        ImportError: where matplotlib is not installed.
    """
    ordered = sorted(rows, key=lambda row: row.rate)
    figure = _figure(7.2, 0.9 + 0.36 * len(ordered))
    axes = figure.add_subplot()
    colours = [OURS if row.entrant.is_ours else OTHERS for row in ordered]
    bars = axes.barh([row.entrant.label for row in ordered], [row.rate for row in ordered])
    for bar, colour in zip(bars, colours, strict=True):
        bar.set_color(colour)
    axes.bar_label(bars, fmt="%.1f", padding=4, color=INK)
    axes.set_title("Submissions graded a second", loc="left", color=INK)
    axes.margins(x=0.1)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.spines[:].set_visible(False)
    _save(figure, file)


def draw_growth(growth: Sequence[Growth], labels: dict[str, str], file: Path) -> None:
    """Draw seconds and memory over the size of the class, a line for each contender.

    Raises:
        ImportError: where matplotlib is not installed.
    """
    figure = _figure(7.2, 3.4)
    seconds, memory = figure.subplots(1, 2)
    for number, name in enumerate(dict.fromkeys(one.contender for one in growth)):
        points = [one for one in growth if one.contender == name]
        students = [one.students for one in points]
        marker = MARKERS[number % len(MARKERS)]
        seconds.plot(students, [one.batch.seconds for one in points], marker=marker)
        in_mib = [one.memory_bytes / MIB for one in points]
        memory.plot(students, in_mib, marker=marker, label=labels[name])
    sizes = sorted({one.students for one in growth})
    _dress(seconds, "Seconds for the class", sizes)
    seconds.set_yscale("log")
    seconds.yaxis.set_major_formatter("{x:g}")
    seconds.yaxis.set_minor_formatter("")
    _dress(memory, "Peak memory, MiB", sizes)
    memory.set_ylim(bottom=0, top=1.2 * max(one.memory_bytes for one in growth) / MIB)
    figure.legend(loc="outside lower center", ncols=4, frameon=False)
    _save(figure, file)


def _dress(axes: "Axes", title: str, sizes: Sequence[int]) -> None:
    """Give axes a title, and a scale with the sizes that were measured and no others."""
    axes.set_title(title, loc="left", color=INK)
    axes.set_xscale("log")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set_xticks([], minor=True)
    axes.set_xlabel("submissions", color=INK)
    axes.spines[["top", "right"]].set_visible(False)


def _figure(width: float, height: float) -> "Figure":
    """Return a figure of that size in inches, made without a display or a global state."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _save(figure: "Figure", file: Path) -> None:
    from matplotlib import rc_context

    # Without a date and with a salt, the same figures give the same file.
    with rc_context({"svg.hashsalt": "benchmark"}):
        figure.savefig(file, format="svg", metadata={"Date": None}, facecolor="white")
