"""Made-up classes: exercises, folders and zips of what students hand in."""

import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.bank import Bank, Exercise, Section
from grader.classroom import HandIn, Intake, Refusal, Student
from grader.intake import read_intake

NOWHERE = Path("nowhere")
CONTENT = b"x = 1\n"


def exercise_of(exercise_id: str, *files: str) -> Exercise:
    """Return an exercise with these files, or one named for it."""
    names = files or (f"{exercise_id}.py",)
    return Exercise(exercise_id, "A task", "L1", names, NOWHERE, NOWHERE, NOWHERE, NOWHERE)


DECORATORS = exercise_of("decorators")
ITERATORS = exercise_of("iterators")
COMPREHENSIONS = exercise_of("comprehensions")
LIST_COMPREHENSIONS = exercise_of("list_comprehensions")
BLOG = exercise_of("blog", "app.py", "views/posts.py")
EXERCISES = (DECORATORS, ITERATORS, COMPREHENSIONS, LIST_COMPREHENSIONS, BLOG)
BANK = Bank(Path("bank"), (Section("L1", "First", EXERCISES),))

ANNA = Student("anna", "Anna Lee", "a.lee@example.org", "A")
BOB = Student("bob", "Bob O'Neil", "bob.oneil@example.org", "B")
ROSTER = (BOB, ANNA)


def write_folder(root: Path, files: Iterable[str] | Mapping[str, bytes]) -> Path:
    """Write files into a folder and return it."""
    contents = files if isinstance(files, Mapping) else dict.fromkeys(files, CONTENT)
    root.mkdir(exist_ok=True)
    for name, content in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def write_zip(path: Path, files: Iterable[str] | Mapping[str, bytes]) -> Path:
    """Write files into a zip and return it; a name may stand there twice."""
    pairs = files.items() if isinstance(files, Mapping) else [(name, CONTENT) for name in files]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            info = zipfile.ZipInfo(name)
            # ZipInfo ends a name before a NUL and turns the system's own separator into "/".
            info.filename = name
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return path


def write_overlapping_zip(path: Path, names: Iterable[str], content: bytes) -> Path:
    """Write a zip whose members all have the bytes of one, as a zip bomb has them."""
    write_zip(path, {"kernel.py": content})
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        (info,) = archive.infolist()
        start = archive.start_dir
    record = data[start : data.index(b"PK\x05\x06")]
    records = []
    for name in names:
        head = bytearray(record[:46])
        struct.pack_into("<H", head, 28, len(name))
        records.append(bytes(head) + name.encode())
    directory = b"".join(records)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, len(records), len(records), len(directory), start, 0
    )
    path.write_bytes(data[:start] + directory + end)
    assert info.header_offset == 0
    return path


def read(path: Path, **options: object) -> Intake:
    """Read a class for the made-up bank."""
    return read_intake(path, BANK, **options)  # type: ignore[arg-type]


def pairs(hand_ins: Iterable[HandIn]) -> list[tuple[str, str, str]]:
    """Return (student, exercise, place) of each."""
    return [(one.student, one.exercise, one.place) for one in hand_ins]


def reasons(refusals: Iterable[Refusal]) -> dict[str, str]:
    """Return the reasons by place; a place that is there twice is an error."""
    found = {one.place: one.reason for one in refusals}
    assert len(found) == len(tuple(refusals))
    return found
