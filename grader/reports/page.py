"""Makes the HTML pages: one style sheet, and every text that is put in escaped and inert."""

import functools
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.messages import inert

_CODE = re.compile(r"`([^`\n]+)`")


def render_page(template: str, **values: Any) -> str:
    """Return the page that a template of `grader/reports/templates` makes of these values.

    The page needs nothing but itself: no script, no other file, no network. Texts are escaped, and
    made inert as by `grader.messages.inert`; a template has to do nothing for that.

    Raises:
        jinja2.UndefinedError: for a value that the template asks for and is not given.
    """
    return _environment().get_template(template).render(**values)


@functools.cache
def _environment() -> Environment:
    """Return what makes templates into pages; kept, since it keeps the templates compiled."""
    environment = Environment(
        loader=PackageLoader("grader.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["code_parts"] = _code_parts
    return environment


def _inert(value: object) -> object:
    # What has __html__ was made by a template, out of texts that have come through here before.
    return inert(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _code_parts(sentence: str) -> list[str]:
    """Split a sentence at its backquotes: prose, code, prose, and so on, prose last."""
    return _CODE.split(sentence)
