# Expected: it passes
# Tries: keeps a mark in what a child inherits of the worker: priority, limits

import os
import resource

SLACK = "/proc/%d/timerslack_ns"
SCORE = "/proc/%d/oom_score_adj"


def seen():
    """Return the marks of earlier tests."""
    found = []
    if os.getpriority(os.PRIO_PROCESS, 0) == 7:
        found.append("priority")
    if resource.getrlimit(resource.RLIMIT_SIGPENDING)[0] == 77:
        found.append("limit")
    if os.sched_getscheduler(0) == os.SCHED_BATCH:
        found.append("scheduler")
    for name, mark in ((SLACK, "77777"), (SCORE, "777")):
        try:
            with open(name % os.getpid()) as file:
                found += [name] * (file.read().strip() == mark)
        except OSError:
            pass
    return found


SEEN = seen()


def write(name, mark):
    with open(name % os.getppid(), "w") as file:
        file.write(mark)


def mark():
    """Leave marks on the worker, wherever that is possible."""
    worker = os.getppid()
    for leave in (
        lambda: os.setpriority(os.PRIO_PROCESS, worker, 7),
        lambda: resource.prlimit(worker, resource.RLIMIT_SIGPENDING, (77, 77)),
        lambda: os.sched_setscheduler(worker, os.SCHED_BATCH, os.sched_param(0)),
        lambda: write(SLACK, "77777"),
        lambda: write(SCORE, "777"),
    ):
        try:
            leave()
        except OSError:
            pass


def double(number):
    mark()
    return SEEN or 2 * number


def echo(text):
    mark()
    return SEEN or text


def total(numbers):
    return SEEN or sum(numbers)
