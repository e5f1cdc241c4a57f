"""What the tests of the catalogue share: a way to get the problems that a catalogue has."""

from pathlib import Path

import pytest
from banks import FILES, Report, write_bank

from grader.catalogue import read_bank
from grader.errors import BankError, Problem


@pytest.fixture
def problems_of(tmp_path: Path) -> Report:
    def report(catalog: str | bytes, files: tuple[str, ...] = FILES) -> tuple[Problem, ...]:
        write_bank(tmp_path, catalog, files)
        with pytest.raises(BankError) as caught:
            read_bank(tmp_path)
        return caught.value.problems

    return report
