"""The errors of `grade` itself: each carries one sentence for a person, and an exit status.

Two classes, because there are two ways to fail before anything is judged: the person asked for
something that cannot be done (`UsageError`), or we could not do what was asked (`GraderError`).
What a submission does wrong is never one of these; it is an outcome (`grader.outcomes`).
"""

from dataclasses import dataclass


class GraderError(Exception):
    """We failed, and the message says what, where, and what to do about it."""

    exit_status = 3


class UsageError(GraderError):
    """The request was wrong, and the message says how to ask instead."""

    exit_status = 2


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file of the bank: where, what stands there, what is wrong."""

    place: str
    value: str
    message: str

    def __str__(self) -> str:
        found = f" (found {self.value})" if self.value else ""
        return f"{self.place}: {self.message}{found}"


class BankError(GraderError):
    """The bank cannot be used; every problem that was found is listed at once."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"{source} has {count}:{lines}")
