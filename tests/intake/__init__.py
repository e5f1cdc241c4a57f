"""Tests of the intake; a package, for the classes of students that several of them share."""
