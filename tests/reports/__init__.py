"""Tests of the reports; a package, for the checks and the pages that several of them share."""
