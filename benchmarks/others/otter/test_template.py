"""The test file of TEST_NAME."""

from grading import run
from otter.test_files import test_case

OK_FORMAT = False
name = "TEST_NAME"
points = 1


@test_case()
def test(env):
    """Run the plain test."""
    run("TEST_NAME", env)
