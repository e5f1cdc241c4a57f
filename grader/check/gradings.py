"""Grades what a check wants graded, several at a time, and nothing that was graded before."""

import dataclasses
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from grader.bank import Exercise
from grader.cache import Cache, key_of
from grader.judge.grade import Plan, grade
from grader.judge.judging import Judges
from grader.results import Result, Verdict, from_json, to_json
from grader.submission import Submission


@dataclass(frozen=True)
class Candidate:
    """A submission to be graded, and how."""

    submission: Submission
    plan: Plan


@dataclass(frozen=True)
class Workshop:
    """What all checks of one run share.

    `on_task` is told with +1 of each task that is begun and with -1 of each that is done.
    """

    executor: Executor
    judges: Judges
    cache: Cache
    on_task: Callable[[int], None] = lambda change: None

    def run(self, work: Callable[[], Any]) -> "Future[Any]":
        """Have some work done by the executor."""
        self.on_task(+1)
        future = self.executor.submit(work)
        future.add_done_callback(lambda done: self.on_task(-1))
        return future

    def grade(
        self, candidate: Candidate, exercise: Exercise, surroundings: Any
    ) -> "Future[Result]":
        """Have a candidate graded, unless the same was graded, and recorded if need be, before.

        Args:
            candidate: the submission and how to grade it.
            exercise: what it is graded as.
            surroundings: plain JSON data that tells apart what the exercise depends on besides.
        """
        key = key_of(
            what="grading",
            surroundings=surroundings,
            submission=candidate.submission.sha256,
            complaint=candidate.submission.complaint,
            plan=that_matters(candidate.plan),
        )
        known = self.cache.get(key)
        wanted = candidate.plan.record_to
        if known is not None and (wanted is None or wanted.exists()):
            future: Future[Result] = Future()
            future.set_result(from_json(known))
            return future
        return self.run(lambda: self._grade(candidate, exercise, key))

    def _grade(self, candidate: Candidate, exercise: Exercise, key: str) -> Result:
        result = grade(candidate.submission, exercise, candidate.plan, self.judges)
        if result.verdict is not Verdict.NOT_GRADED:  # which may be due to the moment
            self.cache.put(key, to_json(result))
        return result


def that_matters(plan: Plan) -> dict[str, Any]:
    """Return the part of a plan that results depend on, as plain JSON data."""
    data = dataclasses.asdict(plan)
    return {name: data[name] for name in ("sandbox", "limits", "seed", "shrink")}
