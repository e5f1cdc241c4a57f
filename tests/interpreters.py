"""Finds other versions of Python on this machine, for what has to run on each of them."""

import functools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def find_interpreter(version: str) -> str:
    """Return the Python of a version such as "3.9"; skips the test where there is none."""
    for python in _candidates(version):
        if _answers(python, version):
            return python
    pytest.skip(f"there is no Python {version} on this machine")


def _candidates(version: str) -> Iterator[str]:
    found = shutil.which(f"python{version}")
    if found:
        yield found
    for folder in _pyenv_versions():
        if folder.name.startswith(f"{version}."):
            yield str(folder / "bin" / "python3")


@functools.cache
def _pyenv_versions() -> list[Path]:
    pyenv = shutil.which("pyenv")
    if pyenv is None:
        return []
    root = subprocess.run([pyenv, "root"], capture_output=True, text=True, timeout=30).stdout
    return sorted(Path(root.strip(), "versions").glob("*"))


@functools.cache
def _answers(python: str, version: str) -> bool:
    """Tell whether it runs: a shim of pyenv may stand for a version that is switched off."""
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        finished = subprocess.run(
            [python, "-S", "-c", program], capture_output=True, text=True, timeout=30
        )
    except OSError:
        return False
    return finished.stdout.strip() == version
