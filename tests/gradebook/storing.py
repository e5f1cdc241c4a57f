"""A process that stores grades, one after the other, and says of each when it is stored.

Usage: storing.py GRADEBOOK STUDENT COUNT [STATEMENTS]

It prints "ready" and waits for a line. With STATEMENTS it kills itself before that many more
statements and commits have been run.
"""

import os
import signal
import sys

from filed import filed, key
from sqlalchemy import Engine, event

from grader.gradebook import open_gradebook


def main(where: str, student: str, count: int, statements: int | None) -> None:
    """Store grades under the same keys in each run."""
    print("ready", flush=True)
    sys.stdin.readline()
    if statements is not None:
        die_after(statements)
    with open_gradebook(where) as book:
        for number in range(count):
            is_new = book.store(filed(key(student, number=number)))
            print(number, is_new, flush=True)


def die_after(statements: int) -> None:
    """End this process as kill -9 does, before a statement or a commit."""
    left = iter(range(statements))

    def count_down(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count_down)
    event.listen(Engine, "commit", count_down)


if __name__ == "__main__":
    place, whose, how_many, *rest = sys.argv[1:]
    main(place, whose, int(how_many), int(rest[0]) if rest else None)
