"""Reads the hostile submissions of tests/attacks: what each tries, and what has to become of it.

The first line of each file is `# Expected: ...`, in the words of OUTCOMES: which function of the
attacked exercise does what ("double times out; total fails"), "or" between what depends on the
version of Python, and "it" for all of them. What is not named passes. The second line is
`# Tries: ...`, in a few words. `# Harmless` as the third lets it run without a sandbox, too.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.outcomes import Outcome

ATTACKS = Path(__file__).parent / "attacks"
GROUPS = {
    "forgery": "a better verdict than it deserves",
    "secrets": "what it should not know, and messages to others",
    "resources": "more than its share of the machine",
    "escape": "a way out of the sandbox",
    "wire": "the judge that reads and compares its answers",
    "state": "what outlives a test, a submission or a grading",
}

FUNCTIONS = ("double", "echo", "total")
"""The functions of the attacked exercise; each has one hidden test, `test_` and its name."""

OUTCOMES = {
    "passes": Outcome.PASSED,
    "fails": Outcome.FAILED,
    "raises": Outcome.RAISED,
    "times out": Outcome.TIMED_OUT,
    "is out of memory": Outcome.OUT_OF_MEMORY,
    "crashes": Outcome.CRASHED,
    "gives a bad reply": Outcome.BAD_REPLY,
    "gives too much": Outcome.TOO_MUCH_OUTPUT,
    "does not load": Outcome.DOES_NOT_LOAD,
}

_EXPECTED = "# Expected: "
_TRIES = "# Tries: "
_HARMLESS = "# Harmless"


@dataclass(frozen=True)
class Attack:
    """One hostile submission."""

    path: Path

    @property
    def name(self) -> str:
        """Its name, which is that of its file or folder."""
        return self.path.stem

    @property
    def group(self) -> str:
        """What it is after, one of GROUPS."""
        return self.path.parent.name

    @cached_property
    def _head(self) -> list[str]:
        main = self.path / "victims.py" if self.path.is_dir() else self.path
        return main.read_bytes().decode("utf-8", "replace").splitlines()[:3]

    @property
    def expected(self) -> str:
        """The outcomes in words."""
        return self._head[0].removeprefix(_EXPECTED)

    @property
    def tries(self) -> str:
        """What it tries, in a few words."""
        return self._head[1].removeprefix(_TRIES)

    @property
    def is_harmless(self) -> bool:
        """Whether it may run as an ordinary program of this machine."""
        return self._head[2:] == [_HARMLESS]

    @property
    def exercise(self) -> str:
        """The id of the attacked exercise: a folder attacks the one of two files."""
        return "victims" if self.path.is_dir() else "victim"

    def outcomes(self) -> dict[str, set[Outcome]]:
        """Return the outcomes that each hidden test may have, by its name."""
        found = {f"test_{name}": {Outcome.PASSED} for name in FUNCTIONS}
        for clause in self.expected.split("; "):
            match = re.fullmatch(r"(it|double|echo|total) (.+)", clause)
            assert match, f"{self.path}: {clause!r} says of no function what it does"
            names = FUNCTIONS if match[1] == "it" else (match[1],)
            may_be = {OUTCOMES[words] for words in match[2].split(" or ")}
            found |= {f"test_{name}": may_be for name in names}
        return found


def all_attacks() -> list[Attack]:
    """Return every attack, by group and name."""
    return [
        Attack(path)
        for group in GROUPS
        for path in sorted((ATTACKS / group).glob("*"))
        if path.suffix == ".py" or (path / "victims.py").is_file()
    ]
