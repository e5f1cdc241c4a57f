"""Keeps what the contenders need outside the tree: an environment for each, and warm caches."""

import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.classroom import HERE, PLAIN_TESTS
from benchmarks.running import Command, must_run

PREPARE_SECONDS = 1200.0
# What would steer a grader from outside; Hypothesis reads CI.
_STEERING = ("PYTEST_", "HYPOTHESIS_", "PYTHON", "GRADE_", "VIRTUAL_ENV", "CHECK50_", "COVERAGE_")
_STEERING_NAMES = ("CI",)


def same_packages() -> tuple[str, str]:
    """Return the requirements that all graders share: our own pytest and Hypothesis."""
    return (f"pytest=={version('pytest')}", f"hypothesis=={version('hypothesis')}")


@dataclass(frozen=True)
class Workshop:
    """The folder `cache`, and what is in it."""

    cache: Path

    @property
    def tests(self) -> Path:
        """The folder of the plain tests: outside our tree, whose pytest settings are not for all.

        It stays, so that the byte code that pytest makes of the tests is there the next time.
        """
        return self.cache / "tests"

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment variables of a contender's programs.

        Hypothesis keeps its tables where all find them; ours puts them below XDG_CACHE_HOME.
        """
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(_STEERING) and name not in _STEERING_NAMES
        }
        return {
            **inherited,
            "XDG_CACHE_HOME": str(self.cache),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(self.cache / "hypothesis"),
            **more,
        }

    def notebook_environment(self, python: Path, **more: str) -> dict[str, str]:
        """Return the same for a program that starts Jupyter kernels with an environment's Python.

        It finds and writes nothing of the user's own.
        """
        folders = {
            f"{name}_DIR": self.cache / "jupyter" / name.lower()
            for name in ("JUPYTER_DATA", "JUPYTER_CONFIG", "JUPYTER_RUNTIME")
        }
        folders["IPYTHONDIR"] = self.cache / "jupyter/ipython"
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
        path = f"{python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        named = {name: str(folder) for name, folder in folders.items()}
        return self.environment(PATH=path, **named, **more)

    def lay_out(self, name: str) -> Path:
        """Put the plain tests, and the files `others`/`name` of this package, in place.

        A file that is there already is left alone, and so is the byte code beside it. Returns the
        folder of the files.
        """
        _copy(PLAIN_TESTS, self.tests / PLAIN_TESTS.name)
        origin, target = HERE / "others" / name, self.cache / "others" / name
        for file in (path for path in origin.rglob("*") if path.is_file()):
            if "__pycache__" not in file.parts:
                _copy(file, target / file.relative_to(origin))
        return target

    def python(self, name: str, packages: Sequence[str]) -> Path:
        """Return the Python of an environment that has the packages; make it if need be.

        Raises:
            NotRun: when they cannot be installed.
        """
        key = hashlib.sha256("\n".join([sys.version, *packages]).encode()).hexdigest()[:8]
        folder = self.cache / "environments" / f"{name}-{key}"
        python, is_whole = folder / "bin/python", folder / "whole"
        if not is_whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make = (sys.executable, "-m", "venv", str(folder))
            self.prepare(make, f"no environment for {name}")
            install = (str(python), "-m", "pip", "install", "--quiet", "--no-input", *packages)
            self.prepare(install, f"{name} cannot be installed")
            is_whole.touch()
        return python

    def version_of(self, python: Path, package: str) -> str:
        """Return the version of a package in an environment."""
        question = f"from importlib.metadata import version; print(version({package!r}))"
        return self.prepare((str(python), "-c", question), f"{package} is not there").strip()

    def prepare(self, arguments: tuple[str, ...], what: str, folder: Path | None = None) -> str:
        """Run a program that prepares something, and return what it writes.

        Raises:
            NotRun: when it fails; the message begins with `what`.
        """
        output = self.cache / "log" / hashlib.sha256(repr(arguments).encode()).hexdigest()[:12]
        self.cache.mkdir(parents=True, exist_ok=True)
        # pip and the engine's client need what the user has set for them.
        command = Command(arguments, folder or self.cache, os.environ, output, PREPARE_SECONDS)
        return must_run(command, what)


def _copy(origin: Path, target: Path) -> None:
    """Copy a file, unless it is there: its time would change, and its byte code be made anew."""
    content = origin.read_bytes()
    if not target.exists() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
