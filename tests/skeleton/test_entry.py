"""The entry of a new exercise: it stands at the end of its section, and no other byte changes."""

import tomllib
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.skeleton.entry import with_entry

CATALOG = (Path(__file__).parents[2] / "exercises/catalog.toml").read_bytes()
SECTIONS = [section["id"] for section in tomllib.loads(CATALOG.decode())["section"]]

each_section = pytest.mark.parametrize("section", SECTIONS)

ENTRY = """\
[[section.exercise]]
id = "new"
title = "New"
"""


def added(catalogue: str, section: str = "A") -> str:
    return with_entry(catalogue.encode(), section, "new", "New").decode()


# The real catalogue


@each_section
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_nothing_else_of_the_real_catalogue_changes(section: str, line_end: str, mark: str) -> None:
    before = mark + CATALOG.decode().replace("\n", line_end)
    entry_and_gap = line_end + ENTRY.replace("\n", line_end)
    after = added(before, section)
    assert after.replace(entry_and_gap, "", 1) == before
    assert after.count(entry_and_gap) == 1


@each_section
def test_the_exercise_is_the_last_of_its_section(section: str) -> None:
    expected = tomllib.loads(CATALOG.decode())
    for table in expected["section"]:
        if table["id"] == section:
            table.setdefault("exercise", []).append({"id": "new", "title": "New"})
    assert tomllib.loads(added(CATALOG.decode(), section)) == expected


# Where it goes


def section_of(letter: str) -> str:
    return f'[[section]]\nid = "{letter}"\ntitle = "Section {letter}"\n'


def exercise_of(letter: str) -> str:
    return f'[[section.exercise]]\nid = "{letter}"\ntitle = "Exercise {letter}"\n'


A, B, EXERCISE = section_of("A"), section_of("B"), exercise_of("x")
LIMITS = "[section.exercise.limits]\ntest_seconds = 5\n"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (f"{A}\n{EXERCISE}", f"\n{B}"),
        (f"{A}\n{EXERCISE}", f"\n\n\n{B}"),
        (A, f"\n{B}"),
        (f"{A}\n{EXERCISE}\n{LIMITS}", f"\n{B}"),
        (f"{A}\n{EXERCISE}# image = 'tools'\n", f"\n{B}"),
        (f"{A}\n{EXERCISE}\n# More to come.\n", f"\n{B}"),
        (f"{A}\n{EXERCISE}# image = 'tools'\n", f"\n# The next level.\n\t# A hard one.\n{B}"),
        (f"# Top.\n{A}# Inside.\n\n# Above.\n{EXERCISE}", f"  \n{B}\n# End.\n"),
        (f"{A}\n{EXERCISE}", "\n[[section]] # B\nid = 'B'\ntitle = 'B'\n"),
        (f"{A}\n{EXERCISE}", "\n  [[ 'section' ]]\nid = 'B'\ntitle = 'B'\n"),
        ('[[section]]\nid = "A"\ntitle = """\\\n[[section]]"""\n', f"\n{B}"),
        (f"{A}\n{EXERCISE}", ""),
        (f"{A}\n{EXERCISE}", "\n\n"),
        (A, ""),
        (f"{A}\n{EXERCISE}\n# End.\n", ""),
        (f"{B}\n{exercise_of('y')}\n{A}\n{EXERCISE}", ""),
    ],
    ids=[
        "before a section",
        "many blank lines",
        "no exercises",
        "a table of limits",
        "comment on an exercise",
        "comment by itself",
        "comment on the next section",
        "comments everywhere",
        "comment in a header",
        "header in other words",
        "header inside a text",
        "last section",
        "blank lines at the end",
        "last section without exercises",
        "comment at the end",
        "last of two",
    ],
)
def test_it_stands_at_the_end_of_its_section_behind_a_blank_line(above: str, below: str) -> None:
    assert added(above + below) == f"{above}\n{ENTRY}{below}"


@pytest.mark.parametrize("comment", ["", "# The next level.\n"])
def test_a_blank_line_is_added_before_a_section_that_has_none(comment: str) -> None:
    assert added(f"{A}{EXERCISE}{comment}{B}") == f"{A}{EXERCISE}\n{ENTRY}\n{comment}{B}"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_last_line_without_an_end_gets_one(end: str) -> None:
    before = f"{A}\n{EXERCISE}".replace("\n", end).removesuffix(end)
    assert added(before) == before + end + end + ENTRY.replace("\n", end)


# What it says


@pytest.mark.parametrize(
    "title",
    [
        'The "best" of it',
        '"""',
        "It's '''all''' the same",
        "back\\slash \\n and \\",
        "{braces} {{ and }} %s",
        "# [[section]] = 1",
        "Größe, 漢字, it\u2019s 🐍",
        "  blanks around  ",
    ],
)
def test_a_title_is_read_back_as_it_was_given(title: str) -> None:
    after = with_entry(A.encode(), "A", "new", title)
    assert tomllib.loads(after.decode())["section"][0]["exercise"][0]["title"] == title


@pytest.mark.parametrize(
    "catalogue",
    [
        'section = [{ id = "A", title = "A" }]\n',
        'section = [{ id = "A", title = "A" }, { id = "B", title = "B" }]\n',
        f"{A}exercise = []\n",
        f'{A}exercise = [{{ id = "x", title = "X" }}]\n\n{B}',
        f'[[section]]\nid = "A"\ntitle = """\\\n# text"""\n{B}',
    ],
    ids=["sections", "two sections", "no exercises", "exercises", "text like a comment"],
)
def test_tables_in_another_layout_are_refused(catalogue: str) -> None:
    with pytest.raises(UsageError, match=r'section "A" are laid out .* write them as \[\[section'):
        added(catalogue)
