"""Checks that are made up, for what shows them."""

from dataclasses import replace

from grader.findings import Check, Code, Column, Finding, Kind, Matrix, Row

NOTHING = Matrix((), ())

FAULT = Finding(
    Code.WRONG_PASSES,
    "solutions/wrong/double/adds_two.py",
    "this mistake gets all points: it adds 2",
    "add a test that catches it, or draw examples in which it shows",
)
NOTE = Finding(
    Code.TEST_REDUNDANT,
    "hidden/test_double.py::test_zero",
    "whatever it catches is caught by test_double as well",
    "keep it where it gives partial credit for the easier part; else merge them",
)
NOT_CHECKED = Finding(Code.NOT_CHECKED, "", "mutmut is not installed", "install it")
DIFF = (
    "--- double.py",
    "+++ double.py (mutant 1)",
    "@@ -1,2 +1,2 @@",
    " def double(number):",
    "-    return 2 * number",
    "+    return 3 * number",
    "# [[mutant]]",
)
MATRIX = Matrix(
    columns=(
        Column("test_double", "`double` gives twice a number.", 2),
        Column("test_zero", "Twice nothing is nothing.", 1),
        Column("test_idle", "It has a name.", 1),
    ),
    rows=(
        Row(Kind.WRONG_SOLUTION, "squares", "it takes the square", ("test_double",)),
        Row(Kind.WRONG_SOLUTION, "adds_two", "it adds 2", ()),
        Row(Kind.MUTANT, "double.py:2 #1", "2 → 3", ("test_double",)),
        Row(Kind.MUTANT, "double.py:2 #2", "* → +", ("test_double", "test_zero")),
        Row(Kind.MUTANT, "double.py:2 #3", "number → None", ()),
        Row(Kind.EQUIVALENT, "double.py:2 #4", "2 * → 2.0 *", ("test_zero",)),
        Row(Kind.EQUIVALENT, "double.py:3 #5", "pass → ...", ()),
    ),
)


def a_check(
    *findings: Finding, matrix: Matrix = MATRIX, exercise: str = "double", seconds: float = 0.25
) -> Check:
    """Return a check of an exercise in which these findings were made."""
    return Check(exercise, "Twice as much", findings, matrix, seconds)


def check_with(text: str) -> Check:
    """Return a check in which every text of an author's is `text`."""
    finding = Finding(Code.WEAK, text, text, text, (text, f"-{text}", f"+{text}"))
    columns = (Column(text, text, 1), Column(f"{text}2", text, 2))
    rows = tuple(Row(kind, text, text, caught) for kind in Kind for caught in ((), (text,)))
    return Check(text, text, (finding, replace(finding, code=NOTE.code)), Matrix(columns, rows))


def a_large_matrix(tests: int, mutants: int) -> Matrix:
    """Return a matrix of many tests and mutants, of which every seventh survives."""
    columns = tuple(Column(f"test_{n}", f"The title of test {n}.", 1) for n in range(tests))
    rows = tuple(
        Row(
            Kind.MUTANT,
            f"double.py:{n} #{n}",
            f"{n} → {n + 1}",
            tuple(column.name for column in columns[: n % 7]),
        )
        for n in range(mutants)
    )
    return Matrix(columns, rows)
