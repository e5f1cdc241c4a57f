"""The plain tests as checks. Hypothesis is imported once, before the checks' processes fork."""

import os
import sys

import check50
import hypothesis.strategies  # noqa: F401 - see above

# What other graders grant a whole submission.
LIMIT_SECONDS = 20


def run(name):
    """Run a plain test on the student's file, which lies in the current folder."""
    sys.path.insert(0, os.getcwd())
    import test_sequences

    try:
        getattr(test_sequences, name)()
    except AssertionError as error:
        raise check50.Failure(str(error)) from None


@check50.check(timeout=LIMIT_SECONDS)
def runs():
    """runs"""
    run("test_runs")


@check50.check(timeout=LIMIT_SECONDS)
def chunks():
    """chunks"""
    run("test_chunks")


@check50.check(timeout=LIMIT_SECONDS)
def rotate():
    """rotate"""
    run("test_rotate")


@check50.check(timeout=LIMIT_SECONDS)
def merged():
    """merged"""
    run("test_merged")


@check50.check(timeout=LIMIT_SECONDS)
def digits():
    """digits"""
    run("test_digits")


@check50.check(timeout=LIMIT_SECONDS)
def nothing():
    """nothing"""
    run("test_nothing")
