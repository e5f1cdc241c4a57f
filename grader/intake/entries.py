"""A file of a class as it is handed on: its name, whether it may be read, and how.

Names and contents come from students, so every one is checked by itself. A file that may not be
read stays in the list with the reason, because its name tells whose it is.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from grader.errors import GraderError

MAX_FILES_BELOW = {1: 50_000, 2: 2_000}
"""The most files under one folder at the top, and under one folder in it, however deep.

One of the two is a student's, so a student with many files keeps nobody else's from being read.
"""

MAX_TOTAL_BYTES = 1024**3
MAX_NAME_CHARACTERS = 300
MAX_LEVELS = 50

NOISE = frozenset(
    {
        *("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"),
        *(".git", ".github", ".idea", ".vscode", ".venv", "node_modules"),
        *("__pycache__", ".ipynb_checkpoints", ".mypy_cache", ".pytest_cache", ".ruff_cache"),
    }
)
"""What systems and editors leave behind; nobody hands it in on purpose."""


def _nothing() -> bytes:
    return b""


@dataclass(frozen=True)
class Entry:
    """One file: its name, relative to the source and with "/", and how to read it.

    `refusal` is the sentence for a file that may not be read, "" for any other.
    """

    name: str
    refusal: str = ""
    reader: Callable[[], bytes] = field(default=_nothing, repr=False, compare=False)

    def read(self) -> bytes:
        """Return the content, at most one byte more than MAX_FILE_BYTES.

        Raises:
            GraderError: when it may not or cannot be read; the message is the sentence why.
        """
        if self.refusal:
            raise GraderError(self.refusal)
        return self.reader()


def complaint_about_name(name: str) -> str:
    """Return the sentence for a name that points out of its folder, or is beyond bounds, or ""."""
    levels = name.split("/")
    if "\0" in name:
        return "Its name holds a NUL byte."
    if "\\" in name:
        return "Its name holds a backslash, which is a folder to some systems and not to others."
    if name.startswith("/") or name[1:2] == ":":
        return "Its name is absolute; only names inside the folder are read."
    if ".." in levels:
        return 'Its name leaves the folder with "..".'
    if "" in levels or "." in levels:
        return "Its name has an empty level."
    if len(name) > MAX_NAME_CHARACTERS:
        return f"Its name has more than {MAX_NAME_CHARACTERS} characters."
    if len(levels) > MAX_LEVELS:
        return f"It is more than {MAX_LEVELS} folders deep."
    return ""


def is_noise(name: str) -> bool:
    """Tell whether a file, or a folder around it, is one that no person hands in."""
    return any(level in NOISE or level.startswith("._") for level in name.split("/"))


class Budget:
    """What may still be read from one source, all files together."""

    def __init__(self) -> None:
        self._left = MAX_TOTAL_BYTES

    def spend(self, content: bytes) -> bytes:
        """Return the content; raises GraderError when it is more than may still be read."""
        self._left -= len(content)
        if self._left < 0:
            size = MAX_TOTAL_BYTES // 1024**2
            raise GraderError(f"The files before it had the {size} MiB that are read in all.")
        return content


class Crowd:
    """Counts the files under each of the upper folders, and says which have too many."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self.full: set[str] = set()

    def admits(self, name: str) -> bool:
        """Count a file; False where a folder around it has its full number."""
        above = _upper_folders(name)
        if any(folder in self.full for folder in above.values()):
            return False
        self._counts.update(above.values())
        self.full |= {
            folder
            for depth, folder in above.items()
            if self._counts[folder] > MAX_FILES_BELOW[depth]
        }
        return not any(folder in self.full for folder in above.values())

    def refusals(self) -> Iterator[Entry]:
        """Yield an entry for each folder with too many files."""
        for folder in sorted(self.full):
            most = MAX_FILES_BELOW[folder.count("/") + 1]
            yield Entry(folder, f"It has more than {most} files; the rest of them is left alone.")


def _upper_folders(name: str) -> dict[int, str]:
    levels = name.split("/")
    return {depth: "/".join(levels[:depth]) for depth in MAX_FILES_BELOW if len(levels) > depth}
