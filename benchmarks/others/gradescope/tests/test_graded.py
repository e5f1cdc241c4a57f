"""The plain tests as unittest's, each with a weight of one."""

import unittest

import test_sequences
from gradescope_utils.autograder_utils.decorators import weight


class TestSequences(unittest.TestCase):
    """One method for each test."""

    @weight(1)
    def test_runs(self):
        """Runs."""
        test_sequences.test_runs()

    @weight(1)
    def test_chunks(self):
        """Chunks."""
        test_sequences.test_chunks()

    @weight(1)
    def test_rotate(self):
        """Rotate."""
        test_sequences.test_rotate()

    @weight(1)
    def test_merged(self):
        """Merged."""
        test_sequences.test_merged()

    @weight(1)
    def test_digits(self):
        """Digits."""
        test_sequences.test_digits()

    @weight(1)
    def test_nothing(self):
        """Nothing."""
        test_sequences.test_nothing()
