"""The programs as they are delivered: a bootstrap's text, and one frame with all other modules."""

import functools
import hashlib
import json
from collections.abc import Iterable
from importlib.resources import files

_PACKAGE = "grader.inside"
# In the order of their imports, since the bootstrap installs one after another.
_MODULES = ("wire", "pipe", "streams", "failures", "child", "worker")
_SPAWNER_MODULES = (*_MODULES, "confine", "spawner")


@functools.cache
def bootstrap() -> str:
    """Return the program for `python -c`."""
    return _source("bootstrap")


@functools.cache
def porter() -> str:
    """Return the program of a pooled container, for `python -c`."""
    return _source("porter")


@functools.cache
def delivery() -> bytes:
    """Return the frame that the bootstrap of a worker reads first."""
    return _frame(_MODULES)


@functools.cache
def spawner_delivery() -> bytes:
    """Return the frame that the bootstrap of a pooled container's spawner reads first."""
    return _frame(_SPAWNER_MODULES)


def _frame(names: Iterable[str]) -> bytes:
    modules = [("grader", ""), (_PACKAGE, "")]
    modules += [(f"{_PACKAGE}.{name}", _source(name)) for name in names]
    payload = json.dumps(modules).encode("ascii")
    return len(payload).to_bytes(4, "big") + payload


def worker_sha256() -> str:
    """Return the hash of everything that runs in the sandbox besides the submission."""
    programs = (bootstrap().encode(), delivery(), porter().encode(), spawner_delivery())
    return hashlib.sha256(b"".join(programs)).hexdigest()


def python_command(python: str, variables: Iterable[str]) -> list[str]:
    """Return the command that starts a worker with the interpreter `python`.

    Of its environment the bootstrap keeps only `variables`: an image has some of its own, and the
    engine and bwrap add some more.

    Not `-I`: it would ignore PYTHONHASHSEED, which makes answers repeatable. The environment is
    ours, and so is the folder that it starts in.
    """
    return [python, "-s", "-B", "-c", bootstrap(), *variables]


def _source(name: str) -> str:
    return files(_PACKAGE).joinpath(f"{name}.py").read_text(encoding="utf-8")
