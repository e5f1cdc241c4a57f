"""Writes the table of attacks in SECURITY.md from the files of tests/attacks."""

import re
from pathlib import Path

from attack_files import GROUPS, all_attacks

SECURITY = Path(__file__).parent.parent / "SECURITY.md"
_BETWEEN = re.compile(r"(?<=<!-- attacks -->\n).*(?=<!-- end of attacks -->)", re.DOTALL)


def with_table(text: str) -> str:
    """Return the text of SECURITY.md with the table as it should be."""
    return _BETWEEN.sub(lambda match: _table(), text)


def _table() -> str:
    parts = []
    for group, aim in GROUPS.items():
        attacks = [attack for attack in all_attacks() if attack.group == group]
        rows = [f"| `{one.name}` | {one.tries} | {one.expected} |" for one in attacks]
        head = [f"**{group}**: {aim}", "", "| attack | what it tries | what must become of it |"]
        parts.append("\n".join([*head, "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    SECURITY.write_text(with_table(SECURITY.read_text(encoding="utf-8")), encoding="utf-8")
