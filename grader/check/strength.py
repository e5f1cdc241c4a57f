"""Judges mutants: how many lose points, and which of those that do not are known to be right."""

from collections.abc import Iterator, Sequence

from grader.check.candidates import FileMutant
from grader.check.equivalents import Equivalent, Split, as_toml
from grader.check.matrix import caught_by
from grader.findings import STRENGTH_WANTED, Code, Finding, Kind, Row
from grader.results import Result

Graded = Sequence[tuple[FileMutant, Result]]


def mutant_rows(graded: Graded, split: Split) -> Iterator[Row]:
    """Return the rows of the matrix for mutants."""
    equivalent = {id(mutant) for mutant, _ in split.equivalent}
    for item, result in graded:
        mutant = item.mutant
        yield Row(
            kind=Kind.EQUIVALENT if id(mutant) in equivalent else Kind.MUTANT,
            name=f"{item.file}:{mutant.line} #{mutant.number}",
            what=f"{mutant.was} → {mutant.becomes or '(left out)'}",
            caught_by=caught_by(result),
        )


def strength_findings(
    graded: Graded, split: Split, reference: str, equivalents: str
) -> Iterator[Finding]:
    """Judge the mutants of an exercise.

    Args:
        graded: every mutant that could be graded, and its result.
        split: which of them are recorded as equivalent.
        reference: the place of the reference.
        equivalents: the place of the file of equivalent mutants.
    """
    counted = {id(mutant) for mutant in split.counted}
    of_counted = [(item, result) for item, result in graded if id(item.mutant) in counted]
    survivors = [item for item, result in of_counted if not caught_by(result)]
    if len(survivors) > (1 - STRENGTH_WANTED) * len(of_counted):
        yield _weak(survivors, len(of_counted), reference, equivalents)
    for entry in split.unmatched:
        yield _unknown(entry, "there is no such mutant", equivalents)
    yield from _not_equivalent(graded, split, equivalents)


def _weak(survivors: list[FileMutant], mutants: int, reference: str, equivalents: str) -> Finding:
    details = [line for item in survivors for line in (*_difference(item), "")]
    return Finding(
        code=Code.WEAK,
        place=reference,
        message=f"of {mutants} mutants of the reference {len(survivors)} get all points; at least "
        f"{STRENGTH_WANTED:.0%} must lose some",
        remedy="catch them by a test, or by examples in which they show; a change that makes no "
        f"difference goes, with the reason, into {equivalents}",
        details=tuple(details[:-1]),
    )


def _difference(item: FileMutant) -> Iterator[str]:
    """Yield a survivor's diff, and the entry for the case that it is equivalent."""
    yield from item.mutant.diff(item.file)
    yield from (f"# {line}".rstrip() for line in as_toml(item.mutant).splitlines())


def _unknown(entry: Equivalent, what: str, place: str) -> Finding:
    where = f"in {entry.function}" if entry.function else "outside of any function"
    return Finding(
        code=Code.EQUIVALENT_UNKNOWN,
        place=place,
        message=f"the entry {where}, {entry.was!r} to {entry.becomes!r}: {what}",
        remedy="delete the entry, or write it as `grade check` shows the mutant",
    )


def _not_equivalent(graded: Graded, split: Split, place: str) -> Iterator[Finding]:
    """Report entries of which every mutant loses points: they hide nothing, and say what is not."""
    lost = {id(item.mutant): caught_by(result) for item, result in graded}
    of_entries: dict[Equivalent, list[tuple[str, ...]]] = {}
    for mutant, reason in split.equivalent:
        if id(mutant) in lost:
            entry = Equivalent(mutant.function, mutant.was, mutant.becomes, reason)
            of_entries.setdefault(entry, []).append(lost[id(mutant)])
    for entry, tests in of_entries.items():
        if all(tests):
            yield _unknown(entry, f"it loses points, by {' and '.join(tests[0])}", place)
