"""Reads the catalogue of a bank, `exercises/catalog.toml`, and reports every problem at once.

The comment at the top of the catalogue explains each key. It is written by hand, so it may hold
anything. First the text must be TOML (`document`). Then each table must have its shape (`shape`):
the pydantic models report every mistake with its place, where a reader of our own would stop at
the first. Last, the tables must fit each other and the files of the bank (`problems`).
"""

from pathlib import Path

from grader.bank import CATALOG, Bank, Exercise, Section, absolute, printable
from grader.catalogue.document import read_document
from grader.catalogue.layout import default_files, paths_of
from grader.catalogue.problems import sense_findings
from grader.catalogue.shape import CatalogueTable, ExerciseTable, shape_findings
from grader.catalogue.words import problems_in_order
from grader.errors import BankError
from grader.limits import Limits

__all__ = ["read_bank"]


def read_bank(root: Path) -> Bank:
    """Read the catalogue of the bank at `root`.

    Raises:
        BankError: with every problem that the catalogue has, in the catalogue's order.
    """
    root = absolute(root)
    document = read_document(root / CATALOG)
    findings = [*shape_findings(document), *sense_findings(document, root)]
    if findings:
        raise BankError(printable(root / CATALOG), problems_in_order(document, findings))
    return _bank(root, CatalogueTable.model_validate(document))


def _bank(root: Path, catalogue: CatalogueTable) -> Bank:
    sections = tuple(
        Section(
            id=section.id,
            title=section.title,
            exercises=tuple(_exercise(root, section.id, table) for table in section.exercise),
        )
        for section in catalogue.section
    )
    return Bank(root, sections)


def _exercise(root: Path, section_id: str, table: ExerciseTable) -> Exercise:
    files = table.files or default_files(table.id)
    return Exercise(
        id=table.id,
        title=table.title,
        section=section_id,
        files=files,
        image=table.image,
        limits=Limits().replace(table.limits),
        preload=table.preload,
        **paths_of(root, table.id, files)._asdict(),
    )
