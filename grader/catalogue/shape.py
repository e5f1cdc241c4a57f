"""The shape that each table of a catalogue must have, and every mistake against it."""

import difflib
import keyword
import re
import sys
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from grader.catalogue.words import Finding, Loc, shown

_Value = TypeVar("_Value")


def complaint_about_id(text: str) -> str:
    """Return what keeps a text from being an exercise's id ("is a keyword ..."), or ""."""
    return _complaint(_check_exercise_id, text)


def complaint_about_title(text: str) -> str:
    """Return what keeps a text from being a title ("must be ..."), or ""."""
    return _complaint(_check_line, text)


def _complaint(check: Callable[[str], str], text: str) -> str:
    try:
        check(text)
    except ValueError as error:
        return str(error)
    return ""


def _check_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("must be one line of visible text")
    return text


def _check_section_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text):
        raise ValueError('must be a short name of letters, digits, ".", "_" and "-"')
    return text


def _check_exercise_id(text: str) -> str:
    """Accept what can be imported, and shadows nothing that a submission might import itself."""
    # Beyond ASCII one name can be spelt in several ways, in Python and in file systems.
    if not (text.isascii() and text.isidentifier()):
        raise ValueError("must be a Python name of ASCII letters, digits and underscores")
    if keyword.iskeyword(text):
        raise ValueError("is a keyword of Python, so no module can have this name")
    if text in sys.stdlib_module_names or text == "__main__":
        raise ValueError("is a module of the standard library, which a submission would shadow")
    if text in ("wrong", "also_right", "equivalent"):
        raise ValueError(f"is the name of a folder of the bank, solutions/{text}/")
    return text


def _check_file_name(text: str) -> str:
    if "\\" in text:
        raise ValueError('must not hold a backslash; write "/" between folders')
    if text.startswith("/") or re.match(r"[A-Za-z]:", text):
        raise ValueError("must be relative to the folder of the submission, not absolute")
    if ".." in text.split("/"):
        raise ValueError('must not leave the folder of the submission with ".."')
    # A module has one dot in its name, a data file any number (style.min.css), but none in front.
    suffix = r"\.py" if text.endswith(".py") else r"(?:\.[A-Za-z0-9_-]+)*"
    if not re.fullmatch(rf"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+{suffix}", text):
        raise ValueError(
            'must be made of letters, digits, "_" and "-", with "/" between folders and "." only '
            "before the ending"
        )
    return text


# The grammar of github.com/distribution/reference: [host[:port]/]path[:tag][@digest]
_IMAGE = re.compile(
    r"(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?/)?"
    r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*"
    r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
    r"(?:@sha256:[0-9a-f]{64})?"
)


def _check_image(text: str) -> str:
    # 255 characters is that grammar's bound on the path; the tag and the digest come on top.
    if len(text) > 500 or not _IMAGE.fullmatch(text):
        raise ValueError('must be "core", "tools", "web" or an image such as "python:3.13-slim"')
    return text


def _check_module_name(text: str) -> str:
    parts = text.split(".")
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        raise ValueError('must be the name of a module, such as "sqlalchemy.orm"')
    return text


def _check_not_empty(items: tuple[_Value, ...]) -> tuple[_Value, ...]:
    # pydantic's own min_length counts only the items that are right.
    if not items:
        raise ValueError("must not be empty")
    return items


def _check_any_python(files: tuple[str, ...]) -> tuple[str, ...]:
    if not any(name.endswith(".py") for name in files):
        raise ValueError("must have at least one file that ends in .py")
    return files


_Line = Annotated[str, AfterValidator(_check_line)]
_SectionId = Annotated[str, AfterValidator(_check_section_id)]
_ExerciseId = Annotated[str, AfterValidator(_check_exercise_id)]
_FileName = Annotated[str, AfterValidator(_check_file_name)]
_FileNames = Annotated[
    tuple[_FileName, ...], AfterValidator(_check_not_empty), AfterValidator(_check_any_python)
]
_Image = Annotated[str, AfterValidator(_check_image)]
_ModuleName = Annotated[str, AfterValidator(_check_module_name)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExerciseTable(_Table):
    """A [[section.exercise]]."""

    id: _ExerciseId
    title: _Line
    image: _Image = "core"
    files: _FileNames | None = None
    # Limits.replace knows the names and units; here it is enough that this is a table.
    limits: dict[str, Any] = Field(default_factory=dict)
    preload: tuple[_ModuleName, ...] = ()


class SectionTable(_Table):
    """A [[section]]."""

    id: _SectionId
    title: _Line
    exercise: tuple[ExerciseTable, ...] = ()


class CatalogueTable(_Table):
    """The whole document."""

    section: Annotated[tuple[SectionTable, ...], AfterValidator(_check_not_empty)]


_MESSAGES = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "tuple_type": "must be a list in square brackets",
    "model_type": "must be a table of keys and values",
    "dict_type": "must be a table such as { test_seconds = 5 }",
}
"""Our sentence for each type of pydantic error that these models can give."""


def shape_findings(document: Mapping[str, Any]) -> list[Finding]:
    """Return a finding for each value that has not the shape of its table."""
    try:
        CatalogueTable.model_validate(document)
    except ValidationError as error:
        return [_shape_finding(details) for details in error.errors(include_url=False)]
    return []


def _shape_finding(details: ErrorDetails) -> Finding:
    kind, loc = details["type"], details["loc"]
    # Of a missing key pydantic gives the table around it, which says nothing to the reader.
    value = "" if kind == "missing" else shown(details["input"])
    return Finding(loc, value, _shape_message(kind, loc, details))


def _shape_message(kind: str, loc: Loc, details: ErrorDetails) -> str:
    if kind == "value_error":
        return str(details["ctx"]["error"])
    if kind == "extra_forbidden":
        return _unknown_key_message(loc)
    if kind == "tuple_type" and loc[-1] in ("section", "exercise"):
        header = "section" if len(loc) == 1 else "section.exercise"
        return f"must be a list of tables; write [[{header}]] with two brackets on each side"
    return _MESSAGES.get(kind, details["msg"])


def _unknown_key_message(loc: Loc) -> str:
    tables = (CatalogueTable, SectionTable, ExerciseTable)
    depth = sum(isinstance(step, int) for step in loc)
    keys = list(tables[depth].model_fields)
    close = difflib.get_close_matches(str(loc[-1])[:60], keys, n=1)
    guess = f"; did you mean {close[0]}?" if close else ""
    noun = "key here is" if len(keys) == 1 else "keys here are"
    return f"is an unknown key; the {noun} {', '.join(keys)}{guess}"


EXERCISE_ID: TypeAdapter[str] = TypeAdapter(_ExerciseId)
FILE_NAMES: TypeAdapter[tuple[str, ...]] = TypeAdapter(_FileNames)


def if_valid(adapter: TypeAdapter[_Value], value: object) -> _Value | None:
    """Return the value as the adapter gives it, or None where it is wrong."""
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None
