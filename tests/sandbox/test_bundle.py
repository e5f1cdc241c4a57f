"""The programs as they are delivered: all of them, in the order of their imports, and hashed."""

import ast
import hashlib
import json
from importlib.resources import files

import pytest

from grader.sandbox.bundle import (
    bootstrap,
    delivery,
    porter,
    python_command,
    spawner_delivery,
    worker_sha256,
)

OF_A_POOL = ("confine.py", "spawner.py")


def delivered(frame: bytes) -> dict[str, str]:
    length, payload = frame[:4], frame[4:]
    assert int.from_bytes(length, "big") == len(payload)
    return dict(json.loads(payload))


def own_imports(source: str) -> set[str]:
    """Return the modules of the worker that a source imports while it is itself imported."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("grader"):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names if node.module == "grader.inside" else {str(node.module)}
    return found


@pytest.mark.parametrize(("frame", "left_out"), [(delivery(), OF_A_POOL), (spawner_delivery(), ())])
def test_every_module_inside_is_delivered_as_it_stands(
    frame: bytes, left_out: tuple[str, ...]
) -> None:
    sources = {
        f"grader.inside.{file.name.removesuffix('.py')}": file.read_text("utf-8")
        for file in files("grader.inside").iterdir()
        if file.name.endswith(".py")
        and file.name not in ("__init__.py", "bootstrap.py", "porter.py", *left_out)
    }

    assert {"grader": "", "grader.inside": "", **sources} == delivered(frame)


@pytest.mark.parametrize(
    ("frame", "last"), [(delivery(), "worker"), (spawner_delivery(), "spawner")]
)
def test_each_module_comes_after_those_that_it_imports(frame: bytes, last: str) -> None:
    seen: set[str] = set()
    for name, source in delivered(frame).items():
        assert own_imports(source) <= seen, name
        seen.add(name)
    assert name == f"grader.inside.{last}"  # whose `main` is run


def test_the_command_needs_no_file() -> None:
    command = python_command("python3", {"LANG": "C.UTF-8", "TZ": "UTC"})

    assert command == ["python3", "-s", "-B", "-c", bootstrap(), "LANG", "TZ"]
    assert "\0" not in bootstrap()
    assert len(bootstrap()) < 128 * 1024  # what Linux takes as one argument (MAX_ARG_STRLEN)


def test_the_hash_covers_all_that_runs_inside() -> None:
    programs = (bootstrap().encode(), delivery(), porter().encode(), spawner_delivery())

    assert worker_sha256() == hashlib.sha256(b"".join(programs)).hexdigest()
