"""Judges the points: right solutions get them all, wrong ones lose some, and nothing gets none."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from grader.bank import Exercise
from grader.check.candidates import EMPTY, FIRST_ARGUMENT
from grader.check.matrix import lost_tests
from grader.check.reading import WrongSolution
from grader.findings import POINTS_FOR_NOTHING, ROOM_WANTED, Code, Finding
from grader.limits import Limits
from grader.outcomes import Fault, Outcome
from grader.results import Result, TestRecord, Verdict


class Places:
    """Names the files of an exercise as they stand in its bank."""

    def __init__(self, exercise: Exercise, root: Path) -> None:
        self._root = root
        self.stub = self.of(exercise.stub)
        self.hidden_test = self.of(exercise.hidden_test)
        self.reference = self.of(exercise.reference)

    def of(self, path: Path) -> str:
        """Return a path relative to the bank, with "/"."""
        return path.relative_to(self._root).as_posix()


def not_graded(result: Result, place: str) -> Finding | None:
    """Return the finding that something could not be judged, or None where it was."""
    if result.verdict is not Verdict.NOT_GRADED:
        return None
    ours = [test for test in result.tests if test.outcome.fault is Fault.GRADER]
    reason = result.breakdown.message if result.breakdown else "no hidden test was run"
    if not result.breakdown and ours:
        reason = f"{ours[0].name}: {ours[0].message}"
    return Finding(
        code=Code.NOT_CHECKED,
        place=place,
        message=f"it could not be graded: {reason}",
        remedy="mend that first, and check again",
    )


def reference_findings(results: Mapping[int, Result], places: Places) -> Iterator[Finding]:
    """Judge the reference's results, by seed."""
    for seed, result in results.items():
        if lost := lost_tests(result):
            yield Finding(
                code=Code.REFERENCE_FAILS,
                place=places.reference,
                message=f"with seed {seed} the reference gets {result.points} of "
                f"{result.max_points} points",
                remedy="mend the reference, or the test that is wrong about it",
                details=tuple(map(describe, lost)),
            )
            return  # the other seeds would say the same in other words


def slow_findings(result: Result, limits: Limits, places: Places) -> Iterator[Finding]:
    """Tell whether the reference's slowest test leaves room for slower machines and solutions."""
    slowest = max(result.tests, key=lambda test: test.seconds)
    most = limits.seconds_for(None)
    room = ROOM_WANTED * most
    if slowest.seconds >= room:
        yield Finding(
            code=Code.REFERENCE_SLOW,
            place=f"{places.hidden_test}::{slowest.name}",
            message=f"the reference takes {slowest.seconds:.1f} s here, of a limit of "
            f"{most:g} s; it should be less than {room:g} s",
            remedy="draw fewer or smaller examples, or set limits = { test_seconds = ... } for the "
            "exercise in exercises/catalog.toml",
        )


def stub_findings(result: Result, places: Places) -> Iterator[Finding]:
    """Judge the stub's result: it loads, and gets no point."""
    broken = [test for test in result.tests if test.outcome is Outcome.DOES_NOT_LOAD]
    if broken:
        yield Finding(
            code=Code.STUB_BROKEN,
            place=places.stub,
            message=f"the stub does not load: {broken[0].message}",
            remedy="a student starts from it, so it must have every name and import without error",
        )
    if result.points:
        yield Finding(
            code=Code.STUB_SCORES,
            place=places.stub,
            message=f"the stub gets {result.points} of {result.max_points} points as it is",
            remedy="let the bodies raise NotImplementedError, and each test ask for something",
            details=tuple(map(_passed, _passing(result))),
        )


def hollow_findings(name: str, result: Result, places: Places) -> Iterator[Finding]:
    """Judge the result of a hollow stub, by its name in `grader.check.candidates`."""
    codes = {
        EMPTY: (Code.EMPTY_SCORES, "functions that do nothing"),
        FIRST_ARGUMENT: (Code.FIRST_ARGUMENT_SCORES, "functions that return their argument"),
    }
    code, what = codes[name]
    if _is_too_much(result):
        yield _for_nothing(code, what, result, places, map(_passed, _passing(result)))


def forger_findings(results: Mapping[str, Result], places: Places) -> Iterator[Finding]:
    """Judge what forgers have got, by their names; what one gets, another often gets as well."""
    forged = {name: result for name, result in results.items() if _is_too_much(result)}
    if forged:
        what = "answers that no submission was asked for"
        most = max(forged.values(), key=lambda result: result.points)
        details = (
            f"{name}: {', '.join(test.name for test in _passing(result))}"
            for name, result in forged.items()
        )
        yield _for_nothing(Code.FORGEABLE, what, most, places, details)


def _is_too_much(result: Result) -> bool:
    return result.points > POINTS_FOR_NOTHING * result.max_points


def _for_nothing(
    code: Code, what: str, result: Result, places: Places, details: Iterable[str]
) -> Finding:
    return Finding(
        code=code,
        place=places.hidden_test,
        message=f"{what} get {result.points} of {result.max_points} points; "
        f"at most {POINTS_FOR_NOTHING:.0%} are for nothing",
        remedy="let the scenarios return what they saw, not what they think of it, and let "
        "each test see something that has to be worked out",
        details=tuple(details),
    )


def wrong_findings(
    graded: Iterable[tuple[WrongSolution, Result]], places: Places
) -> Iterator[Finding]:
    """Judge the results of wrong solutions: each loses points, by the tests that it names."""
    for wrong, result in graded:
        place = places.of(wrong.path)
        lost = {test.name: test for test in lost_tests(result)}
        unloaded = [test for test in lost.values() if test.outcome is Outcome.DOES_NOT_LOAD]
        missed = [name for name in wrong.caught_by if _is_missed(name, result)]
        if not lost:
            yield _passes(wrong, place)
        elif unloaded:
            yield _does_not_load(unloaded[0], place)
        elif missed:
            yield _missed(missed, list(lost), place)


def _is_missed(name: str, result: Result) -> bool:
    """Tell whether a test that a label names was passed, in all cases if it is parametrized.

    A name that no test has is no matter of points.
    """
    cases = [test for test in result.tests if name in (test.name, test.name.partition("[")[0])]
    return bool(cases) and all(test.points == test.max_points for test in cases)


def _passes(wrong: WrongSolution, place: str) -> Finding:
    return Finding(
        code=Code.WRONG_PASSES,
        place=place,
        message=f"this mistake gets all points: {wrong.mistake or 'its first line says not which'}",
        remedy="add a test that catches it, or draw examples in which it shows",
    )


def _does_not_load(test: TestRecord, place: str) -> Finding:
    return Finding(
        code=Code.WRONG_BROKEN,
        place=place,
        message=f"it does not load, so its mistake is never seen: {test.message}",
        remedy="a wrong solution is complete but for its mistake; mend the rest",
    )


def _missed(missed: list[str], lost: list[str], place: str) -> Finding:
    return Finding(
        code=Code.WRONG_MISSED,
        place=place,
        message=f"{' and '.join(missed)} should catch it, but only {' and '.join(lost)} did",
        remedy="mend the test, or name in the file's first line the one that is to catch it",
    )


def right_findings(graded: Iterable[tuple[Path, Result]], places: Places) -> Iterator[Finding]:
    """Judge the results of solutions that are right as well."""
    for path, result in graded:
        if lost := lost_tests(result):
            yield Finding(
                code=Code.RIGHT_FAILS,
                place=places.of(path),
                message=f"this right solution gets {result.points} of {result.max_points} points",
                remedy="test what the task asks for, not how it is done; or, where this is no "
                "right solution, say in the task why",
                details=tuple(map(describe, lost)),
            )


def describe(test: TestRecord) -> str:
    """Return one line about a test that was lost: what happened, and for which input."""
    example = ", ".join(f"{name} = {value}" for name, value in test.counterexample)
    return " ".join(filter(None, (f"{test.name}: {test.message}", example and f"({example})")))


def _passing(result: Result) -> list[TestRecord]:
    return [test for test in result.tests if test.points]


def _passed(test: TestRecord) -> str:
    return f"{test.name} passes ({test.points} of its {test.max_points} points)"
