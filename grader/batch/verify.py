"""Grades again what a result says was graded, on the counterexamples that it tells of as well."""

from grader.bank import Exercise
from grader.batch.luck import merged
from grader.batch.task import Order, Task
from grader.batch.work import Tools, grade_task
from grader.gradebook import Key
from grader.judge.fresh import FreshJudges
from grader.judge.grade import Plan, grade
from grader.outcomes import Outcome
from grader.results import Result
from grader.submission import Submission


def grade_as(before: Result, submission: Submission, exercise: Exercise, plan: Plan) -> Result:
    """Grade a submission in the way of an earlier result.

    A test that failed on an example which had been found on another student is tried on it, too.
    """
    first = grade(submission, exercise, plan)
    passed = {test.name for test in first.tests if test.outcome is Outcome.PASSED}
    tried = {
        test.name: (test.example,)
        for test in before.tests
        if test.name in passed and test.example and test.outcome is not Outcome.PASSED
    }
    if not tried:
        return first
    order = Order(plan.sandbox, plan.limits, plan.seed, plan.hidden_paths)
    task = Task(Key("", exercise.id, ""), exercise, submission, order, tried=tried, is_alone=True)
    return merged(first, grade_task(task, Tools(FreshJudges())))
