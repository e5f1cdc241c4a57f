"""Tests of the judge; a package, since other folders of tests have files of the same names."""
