"""Tells in which layout a class's files are: the one by which most hand-ins can be explained."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader.errors import UsageError
from grader.intake.entries import Entry, complaint_about_name
from grader.intake.layouts import LAYOUTS, Known, Layout, Reading
from grader.messages import inert_line


@dataclass(frozen=True)
class View:
    """A class's files as one layout reads them.

    `prefix` is the folder that holds everything, with "/", or "". `score` is the number of
    hand-ins, and of people known otherwise, that only this layout or a like one explains.
    """

    layout: Layout
    prefix: str
    files: tuple[tuple[Entry, Reading], ...]
    score: int


def layout_named(name: str) -> Layout:
    """Return the layout of that name.

    Raises:
        UsageError: where there is none; the message names all.
    """
    for layout in LAYOUTS:
        if layout.name == name:
            return layout
    raise UsageError(f"there is no layout {inert_line(name)}; the layouts are {_listed(LAYOUTS)}")


def recognise(entries: tuple[Entry, ...], known: Known, named: Layout | None, shown: str) -> View:
    """Return the files as the layout reads them that was named, or else that fits best.

    A folder that holds everything is looked into where that explains more. `shown` is what the
    class's files are called in messages.

    Raises:
        UsageError: when none was named and none fits, or several fit equally well.
    """
    if not entries:
        raise UsageError(f"{shown} has no files")
    views = _views(entries, known, named)
    best = max(views, key=lambda view: view.score)
    if named:
        return best
    if not best.score:
        looks = "".join(f"\n  {layout.name}: {layout.looks}" for layout in LAYOUTS)
        raise UsageError(
            f"cannot tell how the files in {shown} are laid out; looked for{looks}\n"
            "name one with --layout; what does not fit it is listed, and left alone"
        )
    layouts = {view.layout.name: view.layout for view in views if view.score == best.score}
    if len(layouts) > 1:
        raise UsageError(
            f"the files in {shown} may be laid out as {_listed(tuple(layouts.values()), ' or ')}; "
            "say which with --layout"
        )
    return best


def is_safe(entry: Entry) -> bool:
    """Tell whether a name can be read as one inside the source."""
    return not complaint_about_name(entry.name)


def _listed(layouts: tuple[Layout, ...], before_last: str = " and ") -> str:
    names = [layout.name for layout in layouts]
    return before_last.join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _prefixes(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield "", and the folder at the top if there is only one and nothing beside it."""
    yield ""
    tops = {entry.name.partition("/")[::2] for entry in entries if is_safe(entry)}
    names = {top for top, _ in tops}
    if len(names) == 1 and all(inner for _, inner in tops):
        yield f"{names.pop()}/"


def _views(entries: tuple[Entry, ...], known: Known, named: Layout | None) -> list[View]:
    """Return the files as each layout reads them, as they are and within the folder of all."""
    safe = [entry for entry in entries if is_safe(entry)]
    read = [
        (layout, prefix, [layout.read(entry.name.removeprefix(prefix), inner) for entry in safe])
        for prefix in _prefixes(entries)
        for inner in [replace(known, folder=prefix.rstrip("/") or known.folder)]
        for layout in ((named,) if named else _layouts_in(prefix, known))
    ]
    # What a course system has named is not counted for people who name their files so by chance.
    taken = {
        at
        for layout, _, readings in read
        for at, reading in enumerate(readings)
        if layout.is_system and not named and _explains(reading, layout)
    }
    views = []
    for layout, prefix, readings in read:
        counted = [
            reading
            for at, reading in enumerate(readings)
            if (named or _explains(reading, layout)) and (layout.is_system or at not in taken)
        ]
        files = tuple(zip(safe, readings, strict=True))
        views.append(View(layout, prefix, files, _score(layout, counted)))
    return views


def _layouts_in(prefix: str, known: Known) -> Iterator[Layout]:
    """Yield the layouts that files may be in; an exercise's folder is no folder of a class."""
    for layout in LAYOUTS:
        if layout.is_system or prefix.rstrip("/") not in known.ids:
            yield layout


def _explains(reading: Reading, layout: Layout) -> bool:
    return reading.is_sure and bool(reading.claims or (layout.is_system and reading.student))


def _score(layout: Layout, readings: list[Reading]) -> int:
    pairs = {(claim.student, claim.exercise) for one in readings for claim in one.claims}
    people = {(one.student, "") for one in readings if layout.is_system and one.student}
    return len(pairs | people)
