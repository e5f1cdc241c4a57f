"""The exercise that every new one begins as: its files, with the title of the new one."""

import textwrap
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.catalogue.layout import Paths

_MISTAKE = "adds_negative_number.py"
_LINE_COLUMNS = 88


def example_files(paths: Paths, title: str, level: str) -> dict[Path, str]:
    """Return the text of each file of the exercise with these paths, in the order of writing.

    `level` is the title of its section.
    """
    templates = Environment(
        loader=PackageLoader("grader.skeleton"),
        autoescape=False,  # noqa: S701 - what is rendered is Python, not HTML
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    files = {
        paths.stub: "stub.py.j2",
        paths.hidden_test: "hidden_test.py.j2",
        paths.reference: "reference.py.j2",
        paths.wrong_dir / _MISTAKE: "wrong.py.j2",
    }
    texts = {
        "heading": _docstring_line(f"# {title.strip()}"),
        "level": _docstring_line(f"Level: {level.strip()}"),
    }
    return {path: templates.get_template(name).render(texts) for path, name in files.items()}


def _docstring_line(text: str) -> str:
    """Return a line of text as it stands in the source of a docstring in double quotes.

    One that is too long goes on in the next line behind a backslash, which Python takes for no
    line end.
    """
    if _columns(_escaped(text)) <= _LINE_COLUMNS:
        return _escaped(text)
    # Half of the columns, because an escape, or a character of East Asia, may take two.
    parts = textwrap.wrap(text, _LINE_COLUMNS // 2, drop_whitespace=False)
    return "\\\n".join(_escaped(part) for part in parts)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', '""\\"')


def _columns(text: str) -> int:
    """Return how many columns a text may take at most: beyond ASCII, two for each character."""
    return sum(1 if character.isascii() else 2 for character in text)
