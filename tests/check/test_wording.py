"""What is wrong with the way in which an exercise is written, rule by rule."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from exercise_files import HIDDEN, REFERENCE, STUB, WRONG, write_exercise

from grader.bank import Exercise
from grader.catalogue import read_bank
from grader.check.wording import wording_findings
from grader.errors import GraderError
from grader.findings import Code, Finding

BANK = read_bank(Path(__file__).parents[2])
LABEL = "# Mistake: off. Caught by: {}\n"


def findings(root: Path, **parts: Any) -> list[Finding]:
    """Return the findings of an exercise that is without fault but for these parts."""
    return list(wording_findings(write_exercise(root, **parts), root))


def codes(root: Path, **parts: Any) -> list[Code]:
    """Return only their codes."""
    return [finding.code for finding in findings(root, **parts)]


@pytest.mark.parametrize("exercise", BANK.exercises, ids=lambda one: one.id)
def test_the_exercises_of_the_bank_are_written_without_fault(exercise: Exercise) -> None:
    assert wording_findings(exercise, BANK.root) == ()


def test_an_exercise_without_fault_has_no_finding(tmp_path: Path) -> None:
    assert findings(tmp_path) == []


def test_a_file_that_is_no_python_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"test_small\.py:1 is no Python"):
        findings(tmp_path, hidden="def (:\n")


# To do.


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"stub": STUB + "# TODO: say more\n"}, "exercises/small.py:12"),
        ({"hidden": "# TODO\n" + HIDDEN}, "hidden/test_small.py:1"),
        ({"reference": REFERENCE + "\n# TODO"}, "solutions/small.py:4"),
        ({"wrong": {"same.py": WRONG + "# TODO"}}, "solutions/wrong/small/same.py:2"),
    ],
)
def test_what_is_left_to_do_is_found_in_each_file(
    tmp_path: Path, parts: dict[str, Any], place: str
) -> None:
    (finding,) = findings(tmp_path, **parts)
    assert (finding.code, finding.place) == (Code.TO_DO, place)


def test_a_file_in_which_much_is_left_to_do_is_named_once(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, reference=REFERENCE + "# TODO one\n# TODO two\n# TODO three\n")
    assert finding.message == "TODO is left in line 3, and in 2 more lines"


def test_files_of_a_folder_that_are_no_python_are_looked_at_as_well(tmp_path: Path) -> None:
    files = {"main.py": STUB, "page.html": "<!-- TODO -->"}
    wrong = {"same": {"main.py": WRONG}}
    (finding,) = findings(tmp_path, stub=files, reference={"main.py": REFERENCE}, wrong=wrong)
    assert (finding.code, finding.place) == (Code.TO_DO, "exercises/small/page.html:1")


@pytest.mark.parametrize("comment", ["# Todo lists are doubled, too.", "# TODOS", "# to do"])
def test_other_words_leave_nothing_to_do(tmp_path: Path, comment: str) -> None:
    assert codes(tmp_path, reference=REFERENCE + comment) == []


# Examples.


def test_a_task_without_an_example_is_found(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, stub=STUB.replace(">>> double(4)\n8", ""))
    assert (finding.code, finding.place) == (Code.NO_EXAMPLE, "exercises/small.py")


def test_an_example_counts_even_if_it_is_written_wrongly(tmp_path: Path) -> None:
    assert codes(tmp_path, stub=STUB.replace(">>> double", ">>>double")) == []


def test_an_example_elsewhere_than_in_the_task_does_not_count(tmp_path: Path) -> None:
    stub = STUB.replace(">>> double(4)\n8", "") + '\ndef other():\n    """>>> 1\n    1"""\n'
    assert codes(tmp_path, stub=stub) == [Code.NO_EXAMPLE]


# Wrong solutions.


@pytest.mark.parametrize("wrong", [{}, {"notes.txt": ""}])
def test_an_exercise_without_wrong_solutions_is_found(
    tmp_path: Path, wrong: Mapping[str, str]
) -> None:
    (finding,) = findings(tmp_path, wrong=wrong)
    assert (finding.code, finding.place) == (Code.NO_WRONG_SOLUTION, "solutions/wrong/small")


@pytest.mark.parametrize(
    "first_line",
    ["", "# Mistake: it is off.\n", "# mistake: off. Caught by: test_double\n", "\n" + WRONG],
)
def test_a_wrong_solution_without_a_label_is_found(tmp_path: Path, first_line: str) -> None:
    (finding,) = findings(tmp_path, wrong={"a.py": WRONG, "b.py": first_line})
    assert (finding.code, finding.place) == (
        Code.WRONG_UNLABELLED,
        "solutions/wrong/small/b.py:1",
    )


@pytest.mark.parametrize(
    ("names", "unknown", "remedy"),
    [
        ("test_doubel", "test_doubel", "did you mean test_double?"),
        ("test_double, test_negativ", "test_negativ", "did you mean test_negative?"),
        ("test_x", "test_x", "name one of test_double, test_negative"),
        ("doubled", "doubled", "did you mean test_double?"),
    ],
)
def test_a_label_that_names_no_test_is_found_and_close_ones_are_named(
    tmp_path: Path, names: str, unknown: str, remedy: str
) -> None:
    (finding,) = findings(tmp_path, wrong={"a.py": LABEL.format(names)})
    assert finding.code is Code.WRONG_UNLABELLED
    assert finding.message == f"the label names {unknown}, and there is no such test"
    assert finding.remedy == remedy


@pytest.mark.parametrize(
    "names", ["test_double", "test_double, test_negative", "test_double[1-2]", "TestX::test_y"]
)
def test_a_label_that_names_tests_is_right(tmp_path: Path, names: str) -> None:
    hidden = HIDDEN + '\nclass TestX:\n    def test_y(self):\n        """Title."""\n'
    assert codes(tmp_path, hidden=hidden, wrong={"a.py": LABEL.format(names)}) == []


# Titles.


@pytest.mark.parametrize("docstring", ["", '""', '"""   """', "# Title."])
def test_a_test_without_a_title_is_found(tmp_path: Path, docstring: str) -> None:
    hidden = f"{HIDDEN}\ndef test_more():\n    {docstring}\n    1\n"
    (finding,) = findings(tmp_path, hidden=hidden)
    assert (finding.code, finding.place) == (Code.TEST_UNTITLED, "hidden/test_small.py:21")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Uses `functools`.", "functools"),
        ("Uses `functools.wraps`.", "functools.wraps"),
        ("Does `number += 1`.", "number += 1"),
        ("Calls `doub`.", "doub"),
        ("Calls `double` and `halve()`.", "halve()"),
        ("Calls ``halve``.", "halve"),
        ("Uses functools.wraps for it.", "functools.wraps"),
        ("Calls make_it twice.", "make_it"),
        ("Calls halve(number) twice.", "halve(number)"),
        ("Is right for a <= b.", "a <= b"),
        ("Adds by n += 1.", "n += 1"),
    ],
)
def test_a_title_with_code_that_the_stub_does_not_show_is_found(
    tmp_path: Path, title: str, shown: str
) -> None:
    (finding,) = findings(tmp_path, hidden=titled(title))
    assert finding.code is Code.TITLE_SHOWS_CODE
    assert f"shows `{shown}`" in finding.message


@pytest.mark.parametrize(
    "title",
    [
        "`double` gives twice the number, `times` or not.",
        "`double()`, `double(...)` and `double(4)` work.",
        "`times=1` is the default.",
        "`def double(number, times=1):` is kept.",
        "`double(number,  times=1)` with other white space.",
        "`so many\ttimes` is text of the task.",
        "A negative `times` raises `ValueError`.",
        "Works with/without a number(s), e.g. 3.5 or 10**15; i.e. always (yes).",
        "Calls double(4) twice.",
        "It's done.",
    ],
)
def test_a_title_in_words_of_the_stub_is_right(tmp_path: Path, title: str) -> None:
    assert codes(tmp_path, hidden=titled(title)) == []


def test_only_the_first_line_of_a_docstring_is_a_title(tmp_path: Path) -> None:
    assert codes(tmp_path, hidden=titled("Title.\n\n    By `functools.wraps`.\n    ")) == []


def titled(title: str) -> str:
    """Return hidden tests with one more test, of this title."""
    return HIDDEN + f'\ndef test_more():\n    """{title}"""\n'


# Scenarios.


@pytest.mark.parametrize(
    "body",
    [
        "return given == 3",
        "return 1 < given < 3",
        "return given is None or given not in more",
        "return not given",
        "return not given and bool(more)",
        "return True if given else False",
        "return all(given)",
        "return isinstance(given, int)",
        "if given:\n        return True\n    return False",
        "try:\n        given()\n    except OSError:\n        return True\n    return given == 3",
        "same = given == 3\n    return same",
        "same = False\n    for one in given:\n        same = one == 3\n    return same",
        "def inner():\n        return given\n    return inner() == 3",
        "ran = False\n    def inner():\n        nonlocal ran\n        ran = True\n    return ran",
    ],
)
def test_a_scenario_that_only_says_yes_or_no_is_found(tmp_path: Path, body: str) -> None:
    (finding,) = findings(tmp_path, hidden=with_scenario(body))
    assert (finding.code, finding.place) == (Code.SCENARIO_ONLY_BOOL, "hidden/test_small.py:22")


@pytest.mark.parametrize(
    "body",
    [
        "return given",
        "return given == 3, given",
        "return [given == 3]",
        "return given or given == 3",
        "return 1 if given else False",
        "return sum(given)",
        "return given.isdigit()",
        "return None",
        "return",
        "given()",
        "if given:\n        return True\n    return None",
        "if given:\n        return given == 3\n    return given",
        "def inner():\n        return given == 3\n    return inner()",
        "same = given == 3\n    same = given\n    return same",
        "same = given == 3\n    same += 1\n    return same",
        "same = given == 3\n    for same in given:\n        pass\n    return same",
        "more = given == 3\n    return more",
        "same, other = given == 3, 1\n    return same",
    ],
)
def test_a_scenario_that_tells_more_is_right(tmp_path: Path, body: str) -> None:
    assert codes(tmp_path, hidden=with_scenario(body)) == []


def test_a_scenario_whose_output_is_looked_at_tells_more(tmp_path: Path) -> None:
    hidden = with_scenario("return given == 3")
    assert codes(tmp_path, hidden=hidden) == [Code.SCENARIO_ONLY_BOOL]
    head, _, tail = hidden.rpartition("@scenario\n")
    assert codes(tmp_path, hidden=f"{head}@scenario(capture=True)\n{tail}") == []


def with_scenario(body: str) -> str:
    """Return hidden tests with one more scenario, and one more test that asks it."""
    return HIDDEN + (
        f"\n@scenario\ndef asked(student, given, more):\n    {body}\n"
        '\n\ndef test_more():\n    """Title."""\n    asked(1, 2)\n'
    )


@pytest.mark.parametrize(
    "more",
    [
        "@scenario\ndef asked(student):\n    return asked",
        "def both(student):\n    return 1\nasked = scenario(both)\nboth(1)",
    ],
)
def test_a_scenario_that_no_test_asks_is_found(tmp_path: Path, more: str) -> None:
    (finding,) = findings(tmp_path, hidden=HIDDEN + more)
    assert finding.code is Code.SCENARIO_UNUSED
    assert finding.message == "no test uses the scenario asked"


@pytest.mark.parametrize(
    "use",
    [
        "def helper():\n    return asked()",
        "class Helper:\n    ask = asked",
        "questions = [asked]",
    ],
)
def test_a_scenario_may_be_asked_indirectly(tmp_path: Path, use: str) -> None:
    hidden = f"{HIDDEN}\n@scenario\ndef asked(student):\n    return 1\n{use}\n"
    assert codes(tmp_path, hidden=hidden) == []


# What the task says.


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        ("return student.halve(given)", "name", "halve"),
        ("return student.double(given).size", "attribute", "size"),
        ("return student.double(given, rounds=1)", "keyword argument", "rounds"),
    ],
)
def test_a_name_that_the_task_does_not_say_is_found(
    tmp_path: Path, body: str, kind: str, name: str
) -> None:
    (finding,) = findings(tmp_path, hidden=with_scenario(body))
    assert (finding.code, finding.place) == (Code.TASK_UNSAID, "hidden/test_small.py:23")
    assert finding.message == (
        f"the hidden tests need the {kind} `{name}`, which the stub names nowhere"
    )
    assert codes(tmp_path, hidden=with_scenario(body), stub=f"{STUB}# `{name}`\n") == []


@pytest.mark.parametrize("name", ["KeyError", '"Abort"'])
def test_an_exception_that_the_task_does_not_say_is_found(tmp_path: Path, name: str) -> None:
    hidden = HIDDEN.replace("ValueError", name)
    (finding,) = findings(tmp_path, hidden=hidden)
    assert finding.code is Code.TASK_UNSAID
    assert f"the exception `{name.strip(chr(34))}`" in finding.message


def test_a_part_of_a_word_does_not_say_a_name(tmp_path: Path) -> None:
    hidden = with_scenario("return student.doubl(given)")
    assert codes(tmp_path, hidden=hidden) == [Code.TASK_UNSAID]


def test_a_name_that_is_used_often_is_told_once(tmp_path: Path) -> None:
    hidden = with_scenario("return student.halve(student.halve(given)).halve")
    assert codes(tmp_path, hidden=hidden) == [Code.TASK_UNSAID]


def test_attributes_of_what_the_stub_imports_need_no_word(tmp_path: Path) -> None:
    hidden = with_scenario("return student.double(given).isoformat()")
    assert codes(tmp_path, hidden=hidden) == [Code.TASK_UNSAID]
    stub = f"{STUB}\nfrom datetime import date\n"
    assert codes(tmp_path, hidden=hidden, stub=stub) == []


def test_where_a_package_is_used_only_what_the_reference_spells_needs_a_word(
    tmp_path: Path,
) -> None:
    parts = {
        "hidden": with_scenario("return student.double(given).own, student.double.theirs"),
        "reference": f"{REFERENCE}own = 1\n",
    }
    assert codes(tmp_path, **parts) == [Code.TASK_UNSAID, Code.TASK_UNSAID]
    (finding,) = findings(tmp_path, **parts, stub=f"{STUB}\nimport sqlalchemy\n")
    assert "attribute `own`" in finding.message


def test_the_real_tests_need_what_the_real_stub_says(tmp_path: Path) -> None:
    iterators = BANK.find("iterators")
    stub = iterators.stub.read_text().replace("peek", "glance").replace("Steps", "Stairs")
    exercise = write_exercise(
        tmp_path, stub=stub, hidden=iterators.hidden_test.read_text(), wrong={}
    )
    unsaid = [
        finding.message.split("`")[1]
        for finding in wording_findings(exercise, tmp_path)
        if finding.code is Code.TASK_UNSAID
    ]
    assert unsaid == ["Steps", "peek"]
