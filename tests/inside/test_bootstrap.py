"""The first program in a sandbox, run as it is delivered: `python -c` and one frame."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from interpreters import find_interpreter

from grader.sandbox.bundle import bootstrap


def frame(modules: list[tuple[str, str]]) -> bytes:
    payload = json.dumps(modules).encode()
    return len(payload).to_bytes(4, "big") + payload


def deliver(
    worker: str,
    rest: bytes = b"",
    *,
    python: str = sys.executable,
    folder: Path | None = None,
    env: Mapping[str, str] | None = None,
    kept: tuple[str, ...] = (),
) -> subprocess.CompletedProcess[bytes]:
    """Run the bootstrap with a worker of the given text, followed by the bytes `rest`."""
    packages = [("grader", ""), ("grader.inside", "")]
    sent = frame([*packages, ("grader.inside.other", "X = 7"), ("grader.inside.worker", worker)])
    command = [python, "-s", "-c", bootstrap(), *kept]
    return subprocess.run(
        command, input=sent + rest, capture_output=True, timeout=30, cwd=folder, env=env
    )


def test_the_worker_is_started_and_may_import_what_came_before_it() -> None:
    worker = "from grader.inside import other\ndef main(): print(other.X, __name__)"
    finished = deliver(worker)

    assert (finished.stdout, finished.stderr) == (b"7 grader.inside.worker\n", b"")


def test_not_a_byte_beyond_the_delivery_is_read() -> None:
    finished = deliver("import os\ndef main(): os.write(1, os.read(0, 100))", b"a request")

    assert finished.stdout == b"a request"


def test_nothing_is_imported_from_the_folder_it_starts_in(tmp_path: Path) -> None:
    (tmp_path / "platform.py").write_text("print('planted')")
    finished = deliver("import platform, sys\ndef main(): print('' in sys.path)", folder=tmp_path)

    assert finished.stdout == b"False\n"


def test_only_the_named_variables_of_the_environment_are_kept() -> None:
    worker = "import os, sys\ndef main(): print(dict(os.environ), sys.argv)"
    env = {"LANG": "C.UTF-8", "IMAGE_SECRET": "1", "TZ": "UTC"}
    finished = deliver(worker, env=env, kept=("LANG", "HOME"))

    assert finished.stdout == b"{'LANG': 'C.UTF-8'} ['-c']\n"


@pytest.mark.parametrize("sent", [b"", b"\0\0", b"\0\0\0\x09[["])
def test_an_input_that_ends_early_is_complained_of(sent: bytes) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", bootstrap()], input=sent, capture_output=True, timeout=30
    )

    assert finished.returncode == 1
    assert finished.stderr == b"standard input ended before the worker had arrived\n"


@pytest.mark.parametrize("version", ["3.7", "3.8"])
def test_a_python_that_is_too_old_says_so(version: str) -> None:
    finished = deliver("def main(): print('started')", python=find_interpreter(version))

    assert finished.returncode == 1
    assert (finished.stdout, finished.stderr) == (b"", b"Python 3.9 or newer is needed\n")
