"""What a file's name says in each layout: whose it is, and for which exercise.

Only names are looked at. A layout gives every way in which a name can be read; who of the class is
meant, and which of several files counts, is decided by those that see the whole class.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.bank import Exercise


@dataclass(frozen=True)
class Known:
    """What is known before a name is read.

    `only` is the exercise that everything is for, where one was named. `folder` is the name of the
    folder or zip that holds the class.
    """

    exercises: tuple[Exercise, ...]
    only: Exercise | None = None
    folder: str = ""

    @property
    def candidates(self) -> tuple[Exercise, ...]:
        """The exercises that a file can be for."""
        return (self.only,) if self.only else self.exercises

    @functools.cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all exercises."""
        return frozenset(exercise.id for exercise in self.exercises)

    @functools.cached_property
    def paths(self) -> Mapping[str, tuple[tuple[Exercise, str], ...]]:
        """Each path of a file in a student's folder: the exercises it can be for, and as what."""
        found = defaultdict(list)
        for exercise in self.candidates:
            for file in exercise.files:
                path = f"{exercise.id}/{file}" if exercise.is_folder else file
                found[path].append((exercise, file))
                if exercise is self.only and path != file:
                    found[file].append((exercise, file))
        return {path: tuple(pairs) for path, pairs in found.items()}

    @functools.cached_property
    def stems(self) -> Mapping[str, tuple[Exercise, ...]]:
        """The exercises of one file by its name without ".py"."""
        found = defaultdict(list)
        for exercise in self.exercises:
            if not exercise.is_folder:
                found[exercise.files[0].removesuffix(".py")].append(exercise)
        return {stem: tuple(exercises) for stem, exercises in found.items()}

    @functools.cached_property
    def slugs(self) -> re.Pattern[str]:
        """A pattern that finds every exercise in a repository's name, as its first group."""
        longest_first = sorted(self.ids, key=len, reverse=True)
        either = "|".join(one.replace("_", "[-_]") for one in longest_first)
        return re.compile(rf"(?<![^-])(?=({either})(?:-|$))", re.IGNORECASE)

    def with_slug(self, text: str) -> Exercise:
        """Return the exercise that `slugs` has found."""
        folded = text.lower().replace("-", "_")
        return next(one for one in self.exercises if one.id.lower() == folded)


@dataclass(frozen=True)
class Claim:
    """One way to read a name: a file of this student's, for this exercise.

    `student` is a key: an id, a user name, a course system's number. `file` is the exercise's name
    for the file. `is_exact` says whether the student's name for it is that one, too; `attempt` is
    the number that Canvas has added.
    """

    student: str
    exercise: str
    file: str
    is_exact: bool = True
    attempt: int = 0


@dataclass(frozen=True)
class Reading:
    """All that a name says.

    `student` is the key of whoever it belongs to, for an exercise or not; "" where that cannot be
    told or depends on the claim. `shown` is what the name calls that person. Without claims,
    `reason` says why. `is_archive` marks what might hold a submission and is not opened. `is_sure`
    is False for claims that fit any name.
    """

    claims: tuple[Claim, ...] = ()
    reason: str = ""
    student: str = ""
    shown: str = ""
    is_late: bool = False
    is_archive: bool = False
    is_sure: bool = True


@dataclass(frozen=True)
class Layout:
    """A way in which a class's files are laid out.

    `looks` is one line for people. `has_numbers` is for a course system's own keys: numbers that
    its spreadsheets have as well. `is_system` is for names that no person would choose, so that one
    that fits is meant.
    """

    name: str
    looks: str
    read: Callable[[str, Known], Reading]
    is_system: bool = False
    has_numbers: bool = False


_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")

# What belongs to a package or to tests, whatever it is that is handed in.
_NEVER_MEANT = frozenset(
    {"conftest.py", "setup.py", "sitecustomize.py", "usercustomize.py", "__init__.py"}
)

_OWN_FOLDER = "exercises"
"""The folder of a bank that students work in, which may stand between them and their files."""


def read_students(name: str, known: Known) -> Reading:
    """Read STUDENT/decorators.py, STUDENT/exercises/decorators.py, or STUDENT/blog/app.py."""
    student, _, inner = name.partition("/")
    if not inner:
        return Reading(reason="It lies in no student's folder.")
    if student == _OWN_FOLDER or student in known.ids:
        return Reading(reason="Its folder is named for exercises, and for no student.")
    return _owned(Reading(student=student), inner, known)


def read_files(name: str, known: Known) -> Reading:
    """Read STUDENT_decorators.py, decorators-STUDENT.py and the like; never a folder's exercise."""
    stem = _python_stem(name)
    if stem is None:
        return Reading(reason="It is no Python file at the top.")
    found = [
        (key, exercise)
        for at, sign in enumerate(stem)
        if sign in "_-"
        for word, key in ((stem[:at], stem[at + 1 :]), (stem[at + 1 :], stem[:at]))
        for exercise in known.stems.get(word, ())
    ]
    claims = tuple(
        Claim(key, exercise.id, exercise.files[0])
        for key, exercise in _longest(found)
        if known.only is None or exercise.id == known.only.id
    )
    if claims:
        return Reading(claims)
    if found or not known.only or known.only.is_folder:
        return Reading(reason=_no_exercise(known))
    return Reading((Claim(stem, known.only.id, known.only.files[0]),))


def read_exercises(name: str, known: Known) -> Reading:
    """Read decorators/STUDENT.py, decorators/STUDENT/decorators.py or blog/STUDENT/app.py."""
    exercise_id, _, inner = name.partition("/")
    exercise = next((one for one in known.candidates if one.id == exercise_id), None)
    if exercise is None or not inner:
        return Reading(reason="It lies in no exercise's folder.")
    student, _, file = inner.partition("/")
    if file in exercise.files:
        return Reading((Claim(student, exercise.id, file),))
    stem = _python_stem(inner)
    if stem is None or exercise.is_folder:
        return Reading(reason=_no_exercise(known))
    return Reading((Claim(stem, exercise.id, exercise.files[0]),))


# canvas-lms, lib/content_zipper.rb. Names cannot hold "_" and digits between "_", so the first
# number is the user's, whatever the student has called the file.
_CANVAS = re.compile(
    r"(?:(?:LATE_)?anon_(?P<anon>[^_/]+)|(?P<name>[^/]+?)_(?P<late>LATE_)?(?P<number>[0-9]+))"
    r"_(?:[0-9]+_(?P<file>[^/]+)|(?P<kind>text|link)\.html)"
)
_CANVAS_ATTEMPT = re.compile(r"(?P<stem>.+)-(?P<attempt>[0-9]{1,3})(?P<ending>\.[^.]+)")


def read_canvas(name: str, known: Known) -> Reading:
    """Read doejane_LATE_1234_5678_decorators.py, as Canvas names a download of submissions."""
    match = _CANVAS.fullmatch(name)
    if match is None:
        return Reading(reason="Its name is none that Canvas gives.")
    late = bool(match["late"]) or name.startswith("LATE_anon_")
    student = match["number"] or match["anon"]
    owner = Reading(student=student, shown=match["name"] or "", is_late=late)
    if match["kind"]:
        what = "a text typed into Canvas" if match["kind"] == "text" else "a link to a page"
        return replace(owner, reason=f"It is {what} and no file.")
    return _owned(owner, match["file"], known, may_be_numbered=True)


# mod/assign/classes/downloader.php of Moodle. In names "_" becomes a blank, so the first number
# before the plugin's name is the participant's.
_MOODLE = re.compile(
    r"(?P<name>[^/]+?)_(?P<number>[0-9]+)_assignsubmission_(?P<kind>[a-z]+)"
    r"(?:_?/(?P<inner>.+)|_(?P<flat>[^/]+))"
)


def read_moodle(name: str, known: Known) -> Reading:
    """Read "Jane Doe_1234_assignsubmission_file/decorators.py", or the same flat with "_"."""
    match = _MOODLE.fullmatch(name)
    if match is None:
        return Reading(reason="Its name is none that Moodle gives.")
    owner = Reading(student=match["number"], shown=match["name"])
    if match["kind"] != "file":
        return replace(owner, reason="It is a text typed into Moodle and no file.")
    return _owned(owner, match["inner"] or match["flat"], known)


# GitHub's user names; those that a company manages end in "_" and its short name.
_USER = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:_[A-Za-z0-9]+)?")
# `gh teacher download` makes CLASSROOM-ASSIGNMENT_submissions_TIME, `gh classroom clone` makes
# ASSIGNMENT-submissions; the repositories in it begin with the same words.
_DOWNLOAD = re.compile(r"(?P<prefix>.+?)(?:_submissions(?:_.*)?|-submissions)")


def read_classroom50(name: str, known: Known) -> Reading:
    """Read CLASSROOM-decorators-STUDENT/decorators.py: repositories as Classroom 50 names them.

    github.com/foundation50/classroom50, wiki/CLI-Teacher-Guide.md. Where the repository is for no
    exercise, any part after a "-" may be the student, and the class's list has to tell.
    """
    repository, _, inner = name.partition("/")
    if not inner:
        return Reading(reason="It lies in no repository.")
    owners = _owners_by_folder(repository, known) or _owners_by_exercise(repository, known)
    is_sure = bool(owners)
    if not owners:
        splits = [repository[at + 1 :] for at, sign in enumerate(repository) if sign == "-"]
        owners = [(user, None) for user in splits if _USER.fullmatch(user)]
    readings = [_of_repository(user, exercise, inner, known) for user, exercise in owners]
    claims = tuple(claim for reading in readings for claim in reading.claims)
    student = owners[0][0] if len(owners) == 1 else ""
    reason = readings[0].reason if readings else "Its folder is not named for a student."
    return Reading(claims, "" if claims else reason, student, is_sure=is_sure)


def _owners_by_folder(repository: str, known: Known) -> list[tuple[str, Exercise | None]]:
    """Return the student where the folder around the repositories says what stands before."""
    download = _DOWNLOAD.fullmatch(known.folder)
    prefix = f"{download['prefix']}-".lower() if download else ""
    user = repository[len(prefix) :]
    if not prefix or not repository.lower().startswith(prefix) or not _USER.fullmatch(user):
        return []
    named = [
        match[1] for match in known.slugs.finditer(prefix[:-1]) if match.end(1) == len(prefix) - 1
    ]
    return [(user, known.with_slug(named[0]) if named else None)]


def _owners_by_exercise(repository: str, known: Known) -> list[tuple[str, Exercise | None]]:
    """Return each student that can follow upon an exercise in the repository's name."""
    found = [
        (repository[match.end(1) + 1 :], known.with_slug(match[1]))
        for match in known.slugs.finditer(repository)
    ]
    return [(user, exercise) for user, exercise in _longest(found) if _USER.fullmatch(user)]


def _of_repository(user: str, exercise: Exercise | None, inner: str, known: Known) -> Reading:
    if exercise is None:
        return _owned(Reading(student=user), inner, known)
    if known.only and exercise.id != known.only.id:
        return Reading(reason=_no_exercise(known))
    # The whole repository is for the exercise, so a folder's files may lie at its top; but another
    # name will do only where the exercise was named by a person.
    own = Known(known.exercises, exercise)
    found = _files_within(inner, own, any_name=known.only is not None)
    claims = tuple(Claim(user, one.id, file, is_exact) for one, file, is_exact in found)
    return Reading(claims, "" if claims else _no_exercise(own), user)


def _owned(owner: Reading, path: str, known: Known, *, may_be_numbered: bool = False) -> Reading:
    """Read a path in what is one student's own; `may_be_numbered`: Canvas may have added "-1"."""
    student = owner.student
    claims = [
        Claim(student, exercise.id, file, is_exact)
        for exercise, file, is_exact in _files_within(path, known, known.only is not None)
    ]
    match = _CANVAS_ATTEMPT.fullmatch(path) if may_be_numbered else None
    if match:
        attempt = int(match["attempt"])
        exact = _files_within(match["stem"] + match["ending"], known, any_name=False)
        claims = [Claim(student, one.id, file, attempt=attempt) for one, file, _ in exact] or claims
    if claims:
        return replace(owner, claims=tuple(claims))
    if path.lower().endswith(_ARCHIVES):
        reason = "It is an archive, and archives inside a class's files are not opened."
        return replace(owner, reason=reason, is_archive=True)
    return replace(owner, reason=_no_exercise(known))


def _files_within(path: str, known: Known, any_name: bool) -> Iterator[tuple[Exercise, str, bool]]:
    """Yield (exercise, its file, whether by its own name) for a path in a student's folder.

    `any_name`: any Python file will do for the one exercise that is known, if it has one file.
    """
    path = path.removeprefix(f"{_OWN_FOLDER}/")
    exact = known.paths.get(path, ())
    for exercise, file in exact:
        yield exercise, file, True
    if any_name and not exact and known.only and not known.only.is_folder and _python_stem(path):
        yield known.only, known.only.files[0], False


def _python_stem(name: str) -> str | None:
    """Return the stem of a Python file that is in no folder, None for anything else."""
    stem = name.removesuffix(".py")
    usual = stem != name and stem and "/" not in name and name not in _NEVER_MEANT
    return stem if usual else None


def _longest(found: list[tuple[str, Exercise]]) -> list[tuple[str, Exercise]]:
    """Leave out an exercise whose name is but a part of another's that was found as well.

    So anna_list_comprehensions.py is not for `comprehensions`, by somebody called anna_list.
    """
    return [
        (key, exercise)
        for key, exercise in found
        if key
        and not any(
            exercise.id in other.id and exercise.id != other.id and _is_part(longer, key)
            for longer, other in found
        )
    ]


def _is_part(longer_name_key: str, key: str) -> bool:
    # The longer an exercise's name, the less is left for the student's.
    return key.startswith(longer_name_key) or key.endswith(longer_name_key)


def _no_exercise(known: Known) -> str:
    if known.only is None:
        return "Its name fits no exercise."
    files = " or ".join(known.only.files[:3])
    return f"Its name does not fit the exercise {known.only.id} ({files})."


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "students", "a folder for each student: anna/decorators.py, anna/blog/app.py", read_students
    ),
    Layout("files", "files named by student: anna_decorators.py, decorators-anna.py", read_files),
    Layout(
        "exercises",
        "a folder for each exercise: decorators/anna.py, blog/anna/app.py",
        read_exercises,
    ),
    Layout(
        "canvas",
        "a download of submissions from Canvas: leeanna_1234_5678_decorators.py",
        read_canvas,
        is_system=True,
        has_numbers=True,
    ),
    Layout(
        "moodle",
        "a download of submissions from Moodle: Anna Lee_1234_assignsubmission_file/decorators.py",
        read_moodle,
        is_system=True,
        has_numbers=True,
    ),
    Layout(
        "classroom50",
        "a folder of cloned repositories: cs1-decorators-anna/decorators.py",
        read_classroom50,
        is_system=True,
    ),
)
"""All layouts, in the order in which people are told of them."""
