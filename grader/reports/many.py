"""Lays out a class's results as files, one for each student and exercise."""

from collections.abc import Callable, Iterator

from grader.classroom import ClassRecord, Grade
from grader.reports.names import safe_name


def files_of(
    record: ClassRecord, file: str, render: Callable[[Grade], str]
) -> Iterator[tuple[str, bytes]]:
    """Yield (STUDENT/EXERCISE/`file`, what `render` makes of the grade in UTF-8).

    The order is that of the record's students and topics; who has handed in nothing has no file.
    """
    for student in record.students:
        for topic in record.topics:
            grade = record.by_pair.get((student.id, topic.id))
            if grade:
                name = f"{safe_name(student.id)}/{safe_name(topic.id)}/{file}"
                yield name, render(grade).encode()
