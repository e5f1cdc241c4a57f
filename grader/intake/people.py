"""Finds out who of a class is meant by what file names call them, and never guesses."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from grader.classroom import Student
from grader.messages import cut, inert_line

_MAX_KEY_CHARACTERS = 100
_KEY_SIGNS = " _.,@+'()-"


@dataclass(frozen=True)
class Person:
    """Who is meant by a key: the student, or the sentence that says why nobody is."""

    student: Student | None = None
    refusal: str = ""


class _Index:
    """The students of a roster by all that they can be found by."""

    def __init__(self, roster: Iterable[Student]) -> None:
        self.ids: dict[str, list[Student]] = defaultdict(list)
        self.emails: dict[str, list[Student]] = defaultdict(list)
        self.names: dict[str, list[Student]] = defaultdict(list)
        for student in roster:
            self.ids[folded(student.id)].append(student)
            email = folded(student.email)
            for key in {email, email.partition("@")[0]} - {""}:
                self.emails[key].append(student)
            for key in _ways_to_write(student.name):
                self.names[key].append(student)

    def find(self, key: str, shown: str) -> Person:
        """Return the one that a key means, by id, then e-mail address, then name."""
        for index in (self.ids, self.emails):
            found = index.get(folded(key), [])
            if found:
                return self._agreed(found, key, shown)
        return self._one_of(self._named(shown), f"{key} ({shown})" if shown else key)

    def _named(self, shown: str) -> list[Student]:
        return self.names.get("".join(_words(shown)), [])

    def _agreed(self, found: list[Student], key: str, shown: str) -> Person:
        # A number of the course system may happen to be another's number at the university.
        named = self._named(shown)
        if len(found) == 1 and named and found[0] not in named:
            return Person(
                refusal=f"{inert_line(key)} is {_ids(found)} in the roster, but the name "
                f"{inert_line(shown)} is that of {_ids(named)}."
            )
        return self._one_of(found, key)

    def _one_of(self, found: list[Student], key: str) -> Person:
        if len(found) == 1:
            return Person(found[0])
        if found:
            return Person(refusal=f"{inert_line(key)} may be {_ids(found, ' or ')} in the roster.")
        return Person(refusal=f"{inert_line(key)} is not in the roster.")


def find_people(
    shown: Mapping[str, Collection[str]], roster: tuple[Student, ...], *, has_numbers: bool
) -> Mapping[str, Person]:
    """Return who is meant by each key; `shown` holds what file names call that person besides.

    Without a roster every key is an id. Two keys for one student are nobody's: one of the two may
    be somebody who wants to hand in as another.
    """
    index = _Index(roster) if roster else None
    people = {key: _person(key, sorted(names), index, has_numbers) for key, names in shown.items()}
    keys = defaultdict(list)
    for key, person in people.items():
        if person.student:
            keys[folded(person.student.id)].append(key)
    for same in keys.values():
        if len(same) > 1:
            both = " and ".join(inert_line(key) for key in sorted(same))
            refusal = f"{both} stand for one student; only one of the names can be right."
            people |= dict.fromkeys(same, Person(refusal=refusal))
    return people


def folded(text: str) -> str:
    """Return a text as it is compared: capitals and the encoding of letters do not count."""
    return unicodedata.normalize("NFKC", text.strip()).casefold()


def _person(key: str, names: list[str], index: _Index | None, has_numbers: bool) -> Person:
    if not _is_fit_for_id(key):
        return Person(refusal=f"{cut(inert_line(key))} cannot be the id of a student.")
    if has_numbers and len(names) > 1:
        all_names = " and ".join(map(inert_line, names))
        return Person(refusal=f"The number {key} stands with two names, {all_names}.")
    shown = names[0] if has_numbers and names else ""
    if index is None:
        # As it is typed; macOS takes letters and their accents apart.
        student = unicodedata.normalize("NFC", key)
        return Person(Student(student, shown, system_id=key if has_numbers else ""))
    person = index.find(key, shown)
    if person.student and has_numbers:
        return Person(replace(person.student, system_id=key))
    return person


def _is_fit_for_id(key: str) -> bool:
    """Tell whether a key can be an id: letters of any script, digits and a few signs.

    So no id moves a cursor, is an option to a program or a formula in a spreadsheet.
    """
    return (
        0 < len(key) <= _MAX_KEY_CHARACTERS
        and key == key.strip()
        and (key[0].isalnum() or key[0] == "_")
        and all(
            sign.isalnum() or sign in _KEY_SIGNS or unicodedata.category(sign) in ("Mn", "Mc")
            for sign in key
        )
    )


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(name))


def _ways_to_write(name: str) -> set[str]:
    """Return a name's words in one, beginning with any of them, as Canvas and Moodle write it.

    So the family name may come first. Letters beyond ASCII may be left out.
    """
    words = _words(name)
    whole = {"".join(words[at:] + words[:at]) for at in range(len(words))}
    return (whole | {one.encode("ascii", "ignore").decode() for one in whole}) - {""}


def _ids(students: list[Student], between: str = " and ") -> str:
    return between.join(inert_line(student.id) for student in students)
