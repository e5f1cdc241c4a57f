"""People: who is meant by a key, and that nobody is meant where that is not certain."""

import pytest

from grader.classroom import Student
from grader.intake.people import Person, find_people, folded
from intake.classes import ANNA, BOB, ROSTER


def person(
    key: str, *shown: str, roster: tuple[Student, ...] = (), numbers: bool = False
) -> Person:
    """Return who is meant by one key."""
    return find_people({key: set(shown)}, roster, has_numbers=numbers)[key]


def test_without_a_roster_the_key_is_the_id() -> None:
    assert person("anna", "").student == Student("anna")


def test_without_a_roster_a_number_of_the_course_system_is_the_id() -> None:
    assert person("12", "Anna Lee", numbers=True).student == Student(
        "12", "Anna Lee", system_id="12"
    )


@pytest.mark.parametrize(
    ("key", "shown", "student"),
    [
        ("anna", "", ANNA),
        ("ANNA", "", ANNA),
        ("a.lee@example.org", "", ANNA),
        ("A.Lee", "", ANNA),
        ("bob.oneil", "", BOB),
    ],
)
def test_a_roster_knows_its_students_by_id_and_by_address(
    key: str, shown: str, student: Student
) -> None:
    assert person(key, shown, roster=ROSTER).student == student


@pytest.mark.parametrize("shown", ["leeanna", "annalee", "Anna Lee", "Lee Anna", "LEE, Anna"])
def test_a_number_is_found_by_the_name_that_stands_with_it(shown: str) -> None:
    found = person("12", shown, roster=ROSTER, numbers=True).student
    assert found == Student("anna", "Anna Lee", "a.lee@example.org", "A", system_id="12")


@pytest.mark.parametrize("shown", ["oneilbob", "Bob O'Neil", "Bob O Neil"])
def test_signs_in_a_name_do_not_count(shown: str) -> None:
    found = person("12", shown, roster=ROSTER, numbers=True).student
    assert found is not None
    assert found.id == "bob"


@pytest.mark.parametrize("shown", ["Jörg Ünal", "ünaljörg", "naljrg"])
def test_letters_beyond_ascii_may_be_left_out(shown: str) -> None:
    found = person("12", shown, roster=(Student("j", "Jo\u0308rg Ünal"),), numbers=True).student
    assert found is not None
    assert found.id == "j"


def test_a_name_alone_finds_nobody_where_files_are_named_by_people() -> None:
    assert person("Anna Lee", "", roster=ROSTER) == Person(refusal="Anna Lee is not in the roster.")


def test_who_is_not_in_the_roster_is_not_guessed() -> None:
    assert person("ann", "", roster=ROSTER).refusal == "ann is not in the roster."
    refusal = person("12", "Ann Lee", roster=ROSTER, numbers=True).refusal
    assert refusal == "12 (Ann Lee) is not in the roster."


def test_two_in_the_roster_who_fit_are_not_chosen_from() -> None:
    roster = (Student("a1", "Anna Lee", "lee@a.org"), Student("a2", "Lee, Anna", "lee@b.org"))
    refusal = "lee may be a1 or a2 in the roster."
    assert person("lee", "", roster=roster).refusal == refusal
    refusal = "12 (leeanna) may be a1 or a2 in the roster."
    assert person("12", "leeanna", roster=roster, numbers=True).refusal == refusal
    found = person("lee@b.org", "", roster=roster).student
    assert found is not None
    assert found.id == "a2"


def test_a_number_that_is_anothers_id_is_not_believed_against_the_name() -> None:
    roster = (Student("12", "Bob Ross"), Student("13", "Anna Lee"))
    refusal = person("12", "leeanna", roster=roster, numbers=True).refusal
    assert refusal == "12 is 12 in the roster, but the name leeanna is that of 13."
    found = person("12", "A. Nickname", roster=roster, numbers=True).student
    assert found is not None
    assert found.id == "12"


@pytest.mark.parametrize("roster", [(), ROSTER])
@pytest.mark.parametrize(
    ("one", "other"), [("bob", "Bob"), ("bob", "\uff42\uff4f\uff42"), ("anna", "ANNA")]
)
def test_two_spellings_of_one_id_are_nobodys(
    one: str, other: str, roster: tuple[Student, ...]
) -> None:
    people = find_people({one: {""}, other: {""}}, roster, has_numbers=False)
    refusal = " and ".join(sorted((one, other)))
    assert {person.refusal for person in people.values()} == {
        f"{refusal} stand for one student; only one of the names can be right."
    }
    assert all(person.student is None for person in people.values())


def test_two_ways_to_name_one_in_the_roster_are_nobodys() -> None:
    people = find_people({"bob": {""}, "bob.oneil": {""}, "anna": {""}}, ROSTER, has_numbers=False)
    assert [key for key, one in people.items() if one.student] == ["anna"]


def test_a_number_with_two_names_is_nobodys() -> None:
    refusal = person("12", "leeanna", "mallory", numbers=True).refusal
    assert refusal == "The number 12 stands with two names, leeanna and mallory."


@pytest.mark.parametrize(
    "key",
    [
        *("", " ", "-rf", "=1+1", "+1", "@x", "..", ".", "a/b", "a\\b", "a\nb", "a\tb", "anna "),
        *("\x1b[2J", "a\x07", "a\0", "\u202eanna", "an\u200bna", "a\u00a0b", "\udcff", "x" * 101),
        *("a$(id)", "a`id`", "a;b", "a|b", "a<b>", 'a"b', "a&b", "\uff1d1"),
    ],
)
def test_a_key_that_could_do_harm_is_nobodys(key: str) -> None:
    found = person(key)
    assert found.student is None
    assert found.refusal.isprintable()
    assert found.refusal.endswith("cannot be the id of a student.")


@pytest.mark.parametrize(
    "key",
    ["anna", "Anna Lee", "anna.lee@example.org", "a-b_c", "O'Neil", "李娜", "हिन्दी", "_a", "7"],
)
def test_a_key_may_be_in_any_script(key: str) -> None:
    assert person(key).student == Student(key)


def test_letters_that_macos_takes_apart_are_one_again() -> None:
    assert person("Jo\u0308rg").student == Student("Jörg")


def test_what_is_compared_has_neither_capitals_nor_two_encodings() -> None:
    assert folded(" Jo\u0308RG ") == folded("jörg")
