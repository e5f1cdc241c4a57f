"""Which names come with Python, and which imports are packages of others."""

import ast
import sys

import pytest

from grader.check.known import attributes_of_imports, builtin_attributes, packages_of


@pytest.mark.parametrize(
    "name",
    [
        *("append", "items", "splitlines", "bit_length", "isdisjoint", "__name__", "__doc__"),
        *("send", "throw", "close", "cr_frame", "aclose", "__anext__", "__aexit__"),
        *("args", "add_note", "__cause__", "tb_next", "errno", "exceptions", "setter"),
        *("__dict__", "__mro__", "__next__", "__file__"),
    ],
)
def test_attributes_of_builtin_types_are_known(name: str) -> None:
    assert name in builtin_attributes()


@pytest.mark.parametrize("name", ["peek", "calls", "__wrapped__", "cache_info", "appendleft"])
def test_others_are_not(name: str) -> None:
    assert name not in builtin_attributes()


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("import datetime", "isoformat"),
        ("import datetime as other", "isoformat"),
        ("import concurrent.futures", "add_done_callback"),
        ("from pathlib import Path", "read_text"),
        ("from collections import deque, OrderedDict", "appendleft"),
        ("from collections import namedtuple", "_replace"),
        ("from typing import NamedTuple", "_asdict"),
        ("def f():\n    import datetime", "isoformat"),
    ],
)
def test_attributes_of_imported_classes_are_known(statement: str, name: str) -> None:
    assert name in attributes_of_imports(ast.parse(statement))
    assert name not in builtin_attributes()


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("from datetime import timedelta", "isoformat"),
        ("from datetime import no_such_class", "isoformat"),
        ("import no_such_module", "isoformat"),
        ("import datetime.no_such_module", "isoformat"),
        ("from . import datetime", "isoformat"),
        # Installed here, but no part of Python.
        ("import click", "invoke"),
    ],
)
def test_those_of_others_are_not(statement: str, name: str) -> None:
    assert name not in attributes_of_imports(ast.parse(statement))


def test_a_module_that_does_something_on_import_is_not_imported() -> None:
    assert attributes_of_imports(ast.parse("import this, antigravity")) == frozenset()
    assert not {"this", "antigravity"} & set(sys.modules)


def test_packages_of_others_are_told_from_python_from_ours_and_from_the_submission() -> None:
    sources = [
        "import json, flask.views",
        "from sqlalchemy.orm import Session\nfrom . import near",
        "from hypothesis import given\nfrom grader.testing import scenario\nimport shop.cart",
    ]
    assert packages_of(map(ast.parse, sources), "shop") == {"flask", "sqlalchemy"}
