"""Builds the images that submissions run in, from `sandbox/Dockerfile` and a base image.

The build needs no network for Python packages: their wheels are fetched here, on the host, by the
hash-locked list of the target, for the Python that the base image says it has, and are sent to the
engine with the Dockerfile. So a build also works behind a proxy and with an engine elsewhere.
"""

import collections
import contextlib
import json
import re
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import docker
from docker.errors import ContainerError, DockerException, ImageNotFound
from docker.utils import parse_repository_tag

from grader.errors import GraderError, UsageError
from grader.process import run_program
from grader.sandbox.choice import TARGETS, image_name

# The same as in sandbox/Dockerfile; named here because the base is asked before it is built on.
DEFAULT_BASE = "python:3.13-slim"

# A step that compiles or installs may say nothing for long; the SDK would give up after 60 s.
_BUILD_SILENCE_SECONDS = 900
_DOWNLOAD_SECONDS = 900.0

_LAST_LINES = 5

# The oldest C library for which current wheels are made under the names of PEP 600; what is older
# is covered by the name manylinux2014.
_OLDEST_GLIBC_MINOR = 17

# The classic builder paints what a step writes to stderr red.
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

_PROBE = """\
import json, platform, sys
print(json.dumps([*sys.version_info[:2], platform.machine(), *platform.libc_ver()]))
"""

# How a request to the engine ends early: refused, or the connection cannot be made or breaks.
_ENGINE_ERRORS = (DockerException, OSError)


@dataclass(frozen=True)
class Interpreter:
    """The Python of a base image: its version, and the machine and glibc (2.N) it was built for."""

    major: int
    minor: int
    machine: str
    glibc_minor: int

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platform tags of the wheels that fit, best first (PEP 600)."""
        minors = range(self.glibc_minor, _OLDEST_GLIBC_MINOR - 1, -1)
        modern = tuple(f"manylinux_2_{minor}_{self.machine}" for minor in minors)
        return (*modern, f"manylinux2014_{self.machine}")

    def __str__(self) -> str:
        return f"Python {self.major}.{self.minor} on {self.machine}"


def build_image(
    client: docker.DockerClient,
    context: Path,
    target: str,
    base: str | None,
    on_line: Callable[[str], None],
) -> str:
    """Build the image of `target` and return its id, such as "sha256:...".

    `context` is the folder with the Dockerfile and `requirements/`. `base` is the image to build
    on, `DEFAULT_BASE` if None; it is pulled if the engine does not have it. `on_line` is called
    with each line of progress.

    Raises:
        UsageError: for an unknown target.
        GraderError: if anything is missing or fails; the message says what to do.
    """
    if target not in TARGETS:
        raise UsageError(f"{target!r} is no target; the targets are {', '.join(TARGETS)}.")
    dockerfile = context / "Dockerfile"
    if not dockerfile.is_file():
        raise GraderError(
            f"{dockerfile} does not exist; name the project's folder `sandbox`, which holds it."
        )
    base = base or DEFAULT_BASE
    _provide_base(client, base, on_line)
    with tempfile.TemporaryDirectory(prefix="grader-wheels-") as folder:
        wheels = Path(folder)
        locked = context / "requirements" / f"{target}.txt"
        # A target without a list of its own, such as core, is the standard library only.
        if locked.is_file():
            _fetch_wheels(locked, _ask_interpreter(client, base), wheels, on_line)
        with tempfile.TemporaryFile() as archive:
            _write_context(archive, dockerfile, wheels)
            return _build(client, archive, target, base, on_line)


def _provide_base(client: docker.DockerClient, base: str, on_line: Callable[[str], None]) -> None:
    try:
        client.images.get(base)
        return
    except ImageNotFound:
        on_line(f"Pulling the base image {base}")
    except _ENGINE_ERRORS as error:
        raise _no_answer(error) from error
    repository, tag = parse_repository_tag(base)
    try:
        events = client.api.pull(repository, tag=tag or "latest", stream=True, decode=True)
        for line in _progress_lines(events):
            on_line(line)
    except (_StepError, *_ENGINE_ERRORS) as error:
        raise GraderError(
            f"The base image {base} cannot be pulled ({_reason(error)}); name another with "
            "--base IMAGE, or make one from Debian's packages with sandbox/debian-base.sh."
        ) from error


def _ask_interpreter(client: docker.DockerClient, base: str) -> Interpreter:
    try:
        answer: bytes = client.containers.run(
            base,
            entrypoint=["python3", "-I", "-c", _PROBE],
            network_mode="none",
            cap_drop=["ALL"],
            read_only=True,
            remove=True,
        )
        major, minor, machine, library, version = json.loads(answer)
    except (ContainerError, ValueError, *_ENGINE_ERRORS) as error:
        raise GraderError(
            f"The Python of the base image {base} does not run ({_reason(error)}); name an image "
            "that has a python3 with --base IMAGE."
        ) from error
    if library != "glibc":
        raise GraderError(
            f"The base image {base} has another C library than glibc, for which wheels are "
            f"fetched; name an image made from Debian, such as {DEFAULT_BASE}, with --base IMAGE."
        )
    return Interpreter(major, minor, machine, int(version.split(".")[1]))


def _fetch_wheels(
    locked: Path, interpreter: Interpreter, wheels: Path, on_line: Callable[[str], None]
) -> None:
    on_line(f"Fetching the wheels of {locked.name} for {interpreter}")
    (wheels / "requirements.txt").write_bytes(locked.read_bytes())
    finished = run_program(
        _download_command(locked, interpreter, wheels), timeout_seconds=_DOWNLOAD_SECONDS
    )
    if finished.returncode == 0:
        return
    said = finished.stderr.decode(errors="replace").strip().splitlines()
    if any("No module named pip" in line for line in said):
        raise GraderError(
            f"{sys.executable} has no pip, which fetches the wheels of {locked}; "
            f"install it with `{sys.executable} -m ensurepip`."
        )
    raise GraderError(
        f"pip could not fetch the wheels of {locked} for {interpreter}; is the package index "
        f"reachable from here, and has the base image a Python that the list is for? pip said: "
        f"{' / '.join(said[-_LAST_LINES:])}"
    )


def _download_command(locked: Path, interpreter: Interpreter, wheels: Path) -> list[str]:
    # The list is complete, and pip would read the dependencies' markers for the host's Python.
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    command += ["--only-binary=:all:", "--quiet", "--no-input", "--disable-pip-version-check"]
    version = f"{interpreter.major}.{interpreter.minor}"
    command += ["--implementation", "cp", "--python-version", version]
    for abi in (f"cp{version.replace('.', '')}", "abi3", "none"):
        command += ["--abi", abi]
    for platform in interpreter.platforms:
        command += ["--platform", platform]
    return [*command, "--dest", str(wheels), "--requirement", str(locked)]


def _write_context(archive: IO[bytes], dockerfile: Path, wheels: Path) -> None:
    """Write the build context as a tar: the Dockerfile and the folder `wheels`, empty or not.

    Owners and times are left out, so that the builder's cache sees the same files as before.
    """
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.add(dockerfile, "Dockerfile", filter=_anonymous)
        tar.add(wheels, "wheels", recursive=False, filter=_anonymous)
        for file in sorted(wheels.iterdir()):
            tar.add(file, f"wheels/{file.name}", filter=_anonymous)
    archive.seek(0)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    mode = 0o755 if member.isdir() else 0o644
    return member.replace(uid=0, gid=0, uname="", gname="", mtime=0, mode=mode, deep=False)


def _build(
    client: docker.DockerClient,
    archive: IO[bytes],
    target: str,
    base: str,
    on_line: Callable[[str], None],
) -> str:
    tag = image_name(target)
    last: collections.deque[str] = collections.deque(maxlen=_LAST_LINES)
    try:
        events = client.api.build(
            fileobj=archive,
            custom_context=True,
            target=target,
            tag=tag,
            buildargs={"BASE": base},
            rm=True,
            forcerm=True,
            decode=True,
            timeout=_BUILD_SILENCE_SECONDS,
        )
        for line in _progress_lines(events):
            last.append(line)
            on_line(line)
        return str(client.images.get(tag).id)
    except (_StepError, *_ENGINE_ERRORS) as error:
        raise GraderError(
            f"The image {tag} could not be built on {base}: {_reason(error)}. Mend what its last "
            f"lines name, or build on another image with --base IMAGE: {' / '.join(last)}"
        ) from error


class _StepError(Exception):
    """A build or a pull ended early: the engine said so in its stream, or the stream broke."""


def _progress_lines(events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a build or a pull; raises _StepError with the engine's own words.

    An event is an object of the engine API's "Build an image" and "Create an image". Text comes in
    pieces that need not end where a line ends. The many counts of a download are left out.
    """
    pending = ""
    for event in _unbroken(events):
        if "error" in event:
            raise _StepError(str(event["error"]).strip())
        if "status" in event and "progress" not in event:
            label = f"{event['id']}: " if event.get("id") else ""
            pending += f"{label}{event['status']}\n"
        *lines, pending = (pending + str(event.get("stream", ""))).split("\n")
        yield from _readable(lines)
    yield from _readable([pending])


def _readable(lines: Iterable[str]) -> Iterator[str]:
    plain = (_COLOUR.sub("", line).rstrip() for line in lines)
    return (line for line in plain if line)


def _unbroken(events: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    try:
        yield from events
    # The SDK hands over the stream of its HTTP library with whatever that raises when the engine
    # goes away; nothing but the SDK runs inside this `try`.
    except Exception as error:
        raise _StepError(f"the engine's answer broke off: {error}") from error


def _no_answer(error: BaseException) -> GraderError:
    return GraderError(
        f"The container engine does not answer as it should ({_reason(error)}); start it, or set "
        "DOCKER_HOST to one that runs."
    )


def _reason(error: BaseException) -> str:
    """Return what the engine said, on one line and without a full stop at its end."""
    text = str(getattr(error, "explanation", None) or error)
    with contextlib.suppress(AttributeError):
        text = error.stderr.decode(errors="replace") or text  # type: ignore[attr-defined]
    return " ".join(text.split()).rstrip(".")
