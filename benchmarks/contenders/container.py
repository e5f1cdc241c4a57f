"""pytest in a fresh container for each submission, in an image in which it has run before."""

import hashlib
import json
import shutil
from pathlib import Path

from benchmarks.classroom import BANK, FILE_NAME, HERE, PLAIN_TESTS, Paper
from benchmarks.contenders.base import PATIENCE_SECONDS, Desk, limited
from benchmarks.contenders.plain import PYTEST_FLAGS, passed_of
from benchmarks.running import Command, NotRun, said
from benchmarks.workshop import Workshop, same_packages

BASES = ("grader-core:latest", "grader-base:trixie", "python:3.13-slim")
"""The images that ours is built on, the first that the engine has; nothing is pulled."""

REPOSITORY = "grader-benchmark"
_DOCKERFILE = HERE / "docker" / "Dockerfile"
_PROBE = (
    "import json, platform, sys; print(json.dumps([*sys.version_info[:2], platform.machine()]))"
)
# The platform tags of the wheels that any base of the last years takes (PEP 600).
_PLATFORMS = ("manylinux_2_28", "manylinux_2_17", "manylinux2014")
# In the image; see the Dockerfile.
_FOLDER = "/tests"


class PytestInContainer:
    """`docker run --rm --network none IMAGE timeout 20 python3 -m pytest`, file by file.

    The limit is inside: a client that is killed leaves its container running.
    """

    def prepare(self, workshop: Workshop) -> str:
        """Build the image."""
        workshop.prepare(("docker", "version"), "no container engine answers")
        base = self._base(workshop)
        python = self._python(workshop, base)
        tag = f"{REPOSITORY}:{self._key(workshop, base)}"
        if not self._exists(workshop, tag):
            self._build(workshop, base, python, tag)
        (workshop.cache / "image").write_text(tag, encoding="utf-8")
        packages = ", ".join(same_packages()).replace("==", " ")
        return f"{packages}, Python {python[0]}.{python[1]}, on {base}"

    def command(self, desk: Desk, paper: Paper) -> Command:
        """Return the engine's command."""
        tag = (desk.workshop.cache / "image").read_text(encoding="utf-8")
        mount = f"{desk.submission(paper)}:{_FOLDER}/{FILE_NAME}:ro"
        pytest = limited("python3", "-m", "pytest", *PYTEST_FLAGS, PLAIN_TESTS.name)
        return Command(
            ("docker", "run", "--rm", "--network", "none", "--volume", mount, tag, *pytest),
            desk.results(paper),
            desk.workshop.environment(),
            desk.results(paper) / "docker",
            PATIENCE_SECONDS,
        )

    def passed(self, desk: Desk, paper: Paper) -> int:
        """Return what pytest's last line says."""
        return passed_of(said(self.command(desk, paper)))

    def _base(self, workshop: Workshop) -> str:
        for base in BASES:
            if self._exists(workshop, base):
                return base
        raise NotRun(
            f"the engine has none of the images {', '.join(BASES)}; `grade sandbox build` makes one"
        )

    def _exists(self, workshop: Workshop, image: str) -> bool:
        try:
            self._id(workshop, image)
        except NotRun:
            return False
        return True

    def _id(self, workshop: Workshop, image: str) -> str:
        inspect = ("docker", "image", "inspect", "--format", "{{.Id}}", image)
        return workshop.prepare(inspect, f"there is no image {image}").strip()

    def _python(self, workshop: Workshop, base: str) -> tuple[int, int, str]:
        """Return the version and the machine of the base's Python."""
        run = ("docker", "run", "--rm", "--network", "none", "--entrypoint", "python3", base)
        answer = workshop.prepare((*run, "-I", "-c", _PROBE), f"{base} has no python3")
        major, minor, machine = json.loads(answer)
        return major, minor, machine

    def _key(self, workshop: Workshop, base: str) -> str:
        """Return a hash of all that the image is made of."""
        parts = [_DOCKERFILE.read_bytes(), PLAIN_TESTS.read_bytes(), self._reference()]
        parts += [part.encode() for part in (*same_packages(), self._id(workshop, base))]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]

    def _reference(self) -> bytes:
        return (BANK / "solutions" / FILE_NAME).read_bytes()

    def _build(self, workshop: Workshop, base: str, python: tuple[int, int, str], tag: str) -> None:
        """Fetch the wheels here, since a build may have no network, and build."""
        context = workshop.cache / "image-context"
        shutil.rmtree(context, ignore_errors=True)
        (context / "tests").mkdir(parents=True)
        shutil.copy(_DOCKERFILE, context)
        shutil.copy(PLAIN_TESTS, context / "tests")
        (context / "tests" / FILE_NAME).write_bytes(self._reference())
        self._install(workshop, python, context / "packages")
        options = ("--network", "none", "--force-rm", "--build-arg", f"BASE={base}")
        build = ("docker", "build", *options, "--tag", tag, str(context))
        workshop.prepare(build, "the image cannot be built")

    def _install(self, workshop: Workshop, python: tuple[int, int, str], target: Path) -> None:
        host = workshop.python("pytest", same_packages())
        major, minor, machine = python
        options = ["--only-binary=:all:", "--no-compile", "--python-version", f"{major}.{minor}"]
        for platform in _PLATFORMS:
            options += ["--platform", f"{platform}_{machine}"]
        pip = (str(host), "-m", "pip", "install", "--quiet", "--no-input", "--target", str(target))
        install = (*pip, *options)
        workshop.prepare((*install, *same_packages()), "no wheels for the image")
