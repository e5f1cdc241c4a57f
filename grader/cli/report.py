"""`grade report`: what a gradebook knows of a class, for people and for course systems."""

import dataclasses
import io
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from grader.classroom import ClassRecord, Grade, Student
from grader.cli.classes import gradebook_option, opened_to_read
from grader.cli.output import check_writable, write_bytes, write_whole
from grader.errors import UsageError
from grader.messages import inert_line
from grader.reports.feedback import Feedback, redact

if TYPE_CHECKING:
    from grader.reports.sheet import Filled

TEXTS = ("csv", "json", "junit")
FOLDERS = ("html", "gradescope", "exercism", "classroom50")
SPREADSHEETS = ("canvas", "moodle")
FORMATS = (FOLDERS[0], *TEXTS, *FOLDERS[1:], *SPREADSHEETS)


@click.command(short_help="What became of a class: pages, tables, course systems' files.")
@gradebook_option
@click.option(
    "--format",
    "report_format",
    type=click.Choice(FORMATS),
    default="html",
    show_default=True,
    help="html: pages for the class and each student. csv, json, junit: one file. gradescope, "
    "exercism, classroom50: a file for each grade. canvas, moodle: the file named by --fill, with "
    "the points filled in.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The file to write (default: the terminal), or the folder, for formats of many files.",
)
@click.option(
    "--exercise",
    "exercises",
    multiple=True,
    metavar="NAME",
    help="Only this exercise; may be given several times.",
)
@click.option("--title", default="", metavar="TEXT", help="What the class is called.")
@click.option(
    "--feedback",
    type=click.Choice([level.value for level in Feedback]),
    default=Feedback.FULL.value,
    show_default=True,
    help="How much students are told; see `grade submit --help`.",
)
@click.option(
    "--fill",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="canvas: the gradebook exported there; moodle: the grading worksheet downloaded there.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=COLUMN",
    help="canvas: the column for an exercise, where its title is another. moodle: NAME= is left "
    "out; the title of the column for points.",
)
@click.option(
    "--feedback-zip",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="canvas, moodle: also write the feedback as a zip that can be uploaded there.",
)
def report(**options: Any) -> int:
    """Write what the gradebook knows of a class.

    \b
    Examples:
      grade report --output report
      grade report --format csv --output grades.csv
      grade report --format canvas --fill export.csv --output import.csv
      grade report --format moodle --fill worksheet.csv --exercise decorators
          --output import.csv --feedback-zip feedback.zip
    """
    chosen = options["report_format"]
    _check_options(chosen, options)
    with opened_to_read(options["gradebook"]) as gradebook:
        record = gradebook.class_record(options["title"], options["exercises"] or None)
    if not record.topics:
        raise UsageError("the gradebook holds nothing of that yet; `grade batch` fills it")
    if chosen in FOLDERS:
        write_folder(options["output"], _files(chosen, record, Feedback(options["feedback"])))
        return 0
    record = redacted(record, Feedback(options["feedback"]))
    if chosen in TEXTS:
        _write_text(options["output"], _renderer(chosen)(record))
        return 0
    filled = _fill(chosen, record, options)
    if options["feedback_zip"]:
        write_bytes(options["feedback_zip"], _zipped(_feedback_files(chosen, record)))
    _write_filled(options["output"], filled)
    return 0


def redacted(record: ClassRecord, feedback: Feedback) -> ClassRecord:
    """Return a record in which no result tells more than the level does."""
    grades = tuple(
        dataclasses.replace(grade, result=redact(grade.result, feedback)) for grade in record.grades
    )
    return dataclasses.replace(record, grades=grades)


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a folder, each whole or not at all, by their relative names.

    Raises:
        UsageError: when one cannot be written.
    """
    count = 0
    for name, content in files:
        target = folder.joinpath(*PurePosixPath(name).parts)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{inert_line(str(folder))}: {error.strerror}") from None
        write_bytes(target, content)
        count += 1
    click.echo(f"{count} files written to {inert_line(str(folder))}", err=True)


def _check_options(chosen: str, options: Mapping[str, Any]) -> None:
    """Refuse options that do not go together, before anything is read."""
    _check_output(chosen, options["output"])
    if chosen in SPREADSHEETS:
        _check_spreadsheet(chosen, options)
        return
    for name in ("fill", "columns", "feedback_zip"):
        if options[name]:
            option = {"columns": "--column"}.get(name, f"--{name.replace('_', '-')}")
            raise UsageError(f"{option} goes with --format canvas or moodle")


def _check_output(chosen: str, output: Path | None) -> None:
    if chosen not in FOLDERS:
        if output is not None:
            check_writable(output)
    elif output is None:
        raise UsageError(f"--format {chosen} writes many files; name a folder with --output")
    elif output.exists() and not output.is_dir():
        raise UsageError(f"{inert_line(str(output))} is no folder")


def _check_spreadsheet(chosen: str, options: Mapping[str, Any]) -> None:
    if options["fill"] is None:
        raise UsageError(f"--format {chosen} fills in a file of yours; name it with --fill")
    if chosen == "moodle" and len(options["exercises"]) != 1:
        raise UsageError("a worksheet of Moodle is for one exercise; name it with --exercise")
    if options["feedback_zip"]:
        check_writable(options["feedback_zip"])


def _renderer(chosen: str) -> Callable[[ClassRecord], str]:
    if chosen == "csv":
        from grader.reports.class_csv import render as render_csv

        return render_csv
    if chosen == "json":
        from grader.reports.class_json import render as render_json

        return render_json
    from grader.reports.class_junit import render as render_junit

    return render_junit


def _files(chosen: str, record: ClassRecord, feedback: Feedback) -> Iterator[tuple[str, bytes]]:
    """Return the files of a format that has many."""
    if chosen == "html":
        from grader.reports.class_html import pages

        return ((name, page.encode("utf-8")) for name, page in pages(record, feedback))
    record = redacted(record, feedback)
    if chosen == "gradescope":
        from grader.reports.gradescope import files as gradescope_files

        return gradescope_files(record)
    if chosen == "exercism":
        from grader.reports.exercism import files as exercism_files

        return exercism_files(record)
    from grader.reports.classroom50 import files as classroom50_files

    return classroom50_files(record)


def _fill(chosen: str, record: ClassRecord, options: Mapping[str, Any]) -> "Filled":
    content = _read(options["fill"])
    if chosen == "canvas":
        from grader.reports.canvas import fill

        return fill(content, record, dict(_assignments(options["columns"])))
    from grader.reports.moodle import fill as fill_worksheet

    column = options["columns"][-1].removeprefix("=") if options["columns"] else None
    return fill_worksheet(content, record, options["exercises"][0], column)


def _assignments(columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in columns:
        exercise, equals, column = text.partition("=")
        if not (exercise and equals and column):
            raise UsageError(f"--column {inert_line(text)}: write it as NAME=COLUMN")
        yield exercise, column


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{inert_line(str(file))} cannot be read: {error.strerror}") from None


def _feedback_files(chosen: str, record: ClassRecord) -> Iterator[tuple[str, bytes]]:
    """Yield the feedback for each grade that the course system has a place for."""
    from grader.reports import canvas, moodle, student_html, text

    students = {student.id: student for student in record.students}
    for grade in record.grades:
        student = students.get(grade.student, Student(grade.student))
        if chosen == "canvas":
            name = canvas.feedback_name(grade, student)
            content = text.render(grade.result).plain
        else:
            name = moodle.feedback_name(grade, student)
            content = student_html.render(_only(record, grade), student)
        if name:
            yield name, content.encode("utf-8")


def _only(record: ClassRecord, grade: Grade) -> ClassRecord:
    """Return the part of a record that is about one grade."""
    topics = tuple(topic for topic in record.topics if topic.id == grade.exercise)
    return dataclasses.replace(record, topics=topics, grades=(grade,), refusals=())


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def _write_text(output: Path | None, text: str) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text)


def _write_filled(output: Path | None, filled: "Filled") -> None:
    if output is None:
        sys.stdout.buffer.write(filled.content)
    else:
        write_bytes(output, filled.content)
    for note in filled.notes:
        click.echo(f"note: {inert_line(note)}", err=True)
    click.echo(f"{filled.filled} cells hold the points of this class", err=True)
