"""Reads a class's files: who handed in what, from a folder or a zip in any of several layouts.

Nothing in them is run, extracted or followed. What cannot be read is refused with a reason, and
costs nobody else anything.
"""

from grader.intake.layouts import LAYOUTS
from grader.intake.read import read_intake
from grader.intake.roster import read_roster

__all__ = ["LAYOUTS", "read_intake", "read_roster"]
