"""The worker as it is delivered: all of it, in the order of its imports, and hashed."""

import ast
import hashlib
import json
from importlib.resources import files

from grader.sandbox.bundle import bootstrap, delivery, porter, python_command, worker_sha256


def delivered() -> dict[str, str]:
    length, payload = delivery()[:4], delivery()[4:]
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


def test_every_module_inside_is_delivered_as_it_stands() -> None:
    modules = delivered()
    sources = {
        f"grader.inside.{file.name.removesuffix('.py')}": file.read_text("utf-8")
        for file in files("grader.inside").iterdir()
        if file.name.endswith(".py")
        and file.name not in ("__init__.py", "bootstrap.py", "porter.py")
    }

    assert {"grader": "", "grader.inside": "", **sources} == modules


def test_each_module_comes_after_those_that_it_imports() -> None:
    seen: set[str] = set()
    for name, source in delivered().items():
        assert own_imports(source) <= seen, name
        seen.add(name)


def test_the_command_needs_no_file() -> None:
    command = python_command("python3", {"LANG": "C.UTF-8", "TZ": "UTC"})

    assert command == ["python3", "-s", "-B", "-c", bootstrap(), "LANG", "TZ"]
    assert "\0" not in bootstrap()
    assert len(bootstrap()) < 128 * 1024  # what Linux takes as one argument (MAX_ARG_STRLEN)


def test_the_hash_covers_all_that_runs_inside() -> None:
    expected = hashlib.sha256(bootstrap().encode() + delivery() + porter().encode()).hexdigest()

    assert worker_sha256() == expected
