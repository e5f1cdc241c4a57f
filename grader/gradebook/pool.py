"""The pool of counterexamples: inputs that failed for one student, to be tried on the others."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from grader.gradebook.tables import examples

KEPT_EXAMPLES = 20
"""How many of a test are given out: the smallest."""


def add(
    connection: Connection,
    exercise: str,
    tests_sha256: str,
    test: str,
    arguments: str,
    from_student: str,
) -> bool:
    """Add the arguments of a failing call; return whether they were new."""
    key = {
        "exercise": exercise,
        "tests_sha256": tests_sha256,
        "test": test,
        "arguments_sha256": hashlib.sha256(arguments.encode("utf-8", "surrogatepass")).hexdigest(),
    }
    is_it = [examples.c[name] == value for name, value in key.items()]
    if connection.execute(select(examples.c.size).where(*is_it)).first():
        return False
    row = {"arguments": arguments, "size": len(arguments), "from_student": from_student}
    connection.execute(insert(examples), key | row)
    return True


def smallest(
    connection: Connection, exercise: str, tests_sha256: str
) -> Mapping[str, tuple[str, ...]]:
    """Return the smallest KEPT_EXAMPLES of each test, by length and then by text."""
    # The database goes by length alone: how texts are ordered depends on its language.
    rank = func.rank().over(partition_by=examples.c.test, order_by=examples.c.size)
    ranked = (
        select(examples.c.test, examples.c.arguments, rank.label("rank"))
        .where(examples.c.exercise == exercise, examples.c.tests_sha256 == tests_sha256)
        .subquery()
    )
    rows = connection.execute(
        select(ranked.c.test, ranked.c.arguments).where(ranked.c.rank <= KEPT_EXAMPLES)
    )
    found: dict[str, list[str]] = {}
    for test, arguments in rows:
        found.setdefault(test, []).append(arguments)
    return {
        test: tuple(sorted(texts, key=lambda text: (len(text), text))[:KEPT_EXAMPLES])
        for test, texts in sorted(found.items())
    }
