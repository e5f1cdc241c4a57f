"""Building the images: names, build context, progress, and a sentence for everything that fails."""

import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docker
import pytest
from docker.errors import APIError, ContainerError, DockerException, ImageNotFound

from grader.errors import GraderError, UsageError
from grader.sandbox import image
from grader.sandbox.choice import TARGETS, image_name
from grader.sandbox.image import DEFAULT_BASE, build_image

SANDBOX = Path(__file__).parents[2] / "sandbox"
LOCKS = sorted((SANDBOX / "requirements").glob("*.txt"))

DEBIAN = b'[3, 13, "x86_64", "glibc", "2.20"]'
ALPINE = b'[3, 13, "x86_64", "", ""]'

Event = Mapping[str, Any]


@dataclass
class FakeEngine:
    """An engine that has the images `known` and answers a pull or a build with the given events.

    It is the client, and its `images`, `containers` and `api` as well. What a build was asked is
    kept in `options`, and the files of its context in `files`.
    """

    known: set[str] = field(default_factory=lambda: {"base"})
    pulled: Iterable[Event] | Exception = ()
    built: Iterable[Event] | Exception = ()
    answer: bytes | Exception = DEBIAN
    down: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def images(self) -> "FakeEngine":
        return self

    @property
    def containers(self) -> "FakeEngine":
        return self

    @property
    def api(self) -> "FakeEngine":
        return self

    def get(self, name: str) -> SimpleNamespace:
        if self.down:
            raise DockerException("Error while fetching server API version: refused")
        if name not in self.known:
            raise ImageNotFound(f"No such image: {name}")
        return SimpleNamespace(id="sha256:0123")

    def pull(self, repository: str, **options: Any) -> Iterable[Event]:
        return answer_or_raise(self.pulled)

    def build(self, **options: Any) -> Iterable[Event]:
        self.options = options
        with tarfile.open(fileobj=io.BytesIO(options["fileobj"].read())) as tar:
            for member in tar:
                content = tar.extractfile(member)
                self.files[member.name] = content.read() if content else b""
        events = answer_or_raise(self.built)
        self.known.add(options["tag"])
        return events

    def run(self, base: str, **options: Any) -> bytes:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def answer_or_raise(answer: Iterable[Event] | Exception) -> Iterable[Event]:
    if isinstance(answer, Exception):
        raise answer
    return answer


@dataclass
class FakePip:
    """Stands in for the pip that fetches wheels: leaves one wheel, or fails with `stderr`."""

    stderr: bytes = b""
    command: Sequence[str] = ()

    def __call__(
        self, command: Sequence[str], **options: Any
    ) -> "subprocess.CompletedProcess[bytes]":
        self.command = command
        Path(command[command.index("--dest") + 1], "pip-1-py3-none-any.whl").write_bytes(b"wheel")
        return subprocess.CompletedProcess(command, 1 if self.stderr else 0, b"", self.stderr)

    def values_of(self, option: str) -> list[str]:
        pairs = zip(self.command, self.command[1:], strict=False)
        return [value for name, value in pairs if name == option]


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> FakePip:
    fake = FakePip()
    monkeypatch.setattr(image, "run_program", fake)
    return fake


def build(
    engine: FakeEngine, target: str = "core", base: str = "base", context: Path = SANDBOX
) -> list[str]:
    lines: list[str] = []
    build_image(engine, context, target, base, lines.append)  # type: ignore[arg-type]
    return lines


def failure(engine: FakeEngine, target: str = "core", base: str = "base") -> str:
    with pytest.raises(GraderError) as caught:
        build(engine, target, base)
    assert caught.value.exit_status == 3
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_has_a_name_of_ours(target: str) -> None:
    assert image_name(target) == f"grader-{target}:latest"


@pytest.mark.parametrize("name", ["python:3.13-slim", "grader-core:latest", "sha256:0123", "Core"])
def test_any_other_image_keeps_its_name(name: str) -> None:
    assert image_name(name) == name


def test_the_default_base_is_that_of_the_dockerfile() -> None:
    assert f"ARG BASE={DEFAULT_BASE}\n" in (SANDBOX / "Dockerfile").read_text("utf-8")


def test_every_target_is_a_stage_of_the_dockerfile() -> None:
    stages = re.findall(r"^FROM \S+ AS (\w+)$", (SANDBOX / "Dockerfile").read_text("utf-8"), re.M)
    assert set(TARGETS) <= set(stages)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_covers_its_list_and_names_no_host(lock: Path) -> None:
    text = lock.read_text("utf-8")
    wanted = lock.with_suffix(".in").read_text("utf-8").splitlines()
    names = {re.split(r"[<>=]", line)[0] for line in wanted if line and not line.startswith("#")}
    requirements = [line for line in text.splitlines() if re.match(r"[a-z]", line)]
    assert names <= {line.split("==")[0] for line in requirements}
    assert "pip" in names
    assert "://" not in text
    assert all(line.endswith(" \\") for line in requirements), "a requirement without a hash"


def test_there_is_a_lock_for_each_target_but_core() -> None:
    assert {lock.stem for lock in LOCKS} == set(TARGETS) - {"core"}


def test_an_unknown_target_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match=r"'nope' is no target; the targets are core, tools, web"):
        build(FakeEngine(), "nope")


def test_a_missing_dockerfile_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="Dockerfile does not exist"):
        build(FakeEngine(), context=tmp_path)


def test_the_id_of_the_built_image_is_returned() -> None:
    client: Any = FakeEngine()
    assert build_image(client, SANDBOX, "core", "base", lambda line: None) == "sha256:0123"


def test_core_is_built_from_the_dockerfile_alone() -> None:
    engine = FakeEngine()
    build(engine)
    assert engine.files == {"Dockerfile": (SANDBOX / "Dockerfile").read_bytes(), "wheels": b""}
    assert engine.options["target"] == "core"
    assert engine.options["tag"] == "grader-core:latest"
    assert engine.options["buildargs"] == {"BASE": "base"}


def test_without_a_base_the_default_one_is_built_on() -> None:
    engine = FakeEngine(known={DEFAULT_BASE})
    client: Any = engine
    build_image(client, SANDBOX, "core", None, lambda line: None)
    assert engine.options["buildargs"] == {"BASE": DEFAULT_BASE}


def test_wheels_travel_with_their_lock(pip: FakePip) -> None:
    engine = FakeEngine()
    build(engine, "web")
    assert engine.files == {
        "Dockerfile": (SANDBOX / "Dockerfile").read_bytes(),
        "wheels": b"",
        "wheels/pip-1-py3-none-any.whl": b"wheel",
        "wheels/requirements.txt": (SANDBOX / "requirements" / "web.txt").read_bytes(),
    }


def test_wheels_fit_the_python_of_the_base(pip: FakePip) -> None:
    build(FakeEngine(answer=b'[3, 12, "aarch64", "glibc", "2.19"]'), "tools")
    assert pip.values_of("--python-version") == ["3.12"]
    assert pip.values_of("--abi") == ["cp312", "abi3", "none"]
    assert pip.values_of("--platform") == [
        "manylinux_2_19_aarch64",
        "manylinux_2_18_aarch64",
        "manylinux_2_17_aarch64",
        "manylinux2014_aarch64",
    ]


def test_wheels_are_taken_by_hash_only(pip: FakePip) -> None:
    build(FakeEngine(), "tools")
    assert {"--require-hashes", "--only-binary=:all:", "--no-deps"} <= set(pip.command)


def test_a_base_is_pulled_only_if_the_engine_lacks_it() -> None:
    engine = FakeEngine(known=set(), pulled=[{"status": "Pulling from python", "id": "3.13"}])
    assert build(engine) == ["Pulling the base image base", "3.13: Pulling from python"]
    assert build(FakeEngine(pulled=AssertionError("pulled all the same"))) == []


def test_lines_come_whole_plain_and_without_download_counts() -> None:
    events = [
        {"stream": "Step 1/2 : FR"},
        {"stream": "OM base\n\n"},
        {"status": "Downloading", "id": "ab12", "progress": "[=>  ] 1kB/9kB"},
        {"status": "Pull complete", "id": "ab12"},
        {"stream": "\x1b[91mnote: one\nnote: two\n\x1b[0m"},
        {"aux": {"ID": "sha256:0123"}},
        {"stream": "the end"},
    ]
    assert build(FakeEngine(built=events)) == [
        "Step 1/2 : FROM base",
        "ab12: Pull complete",
        "note: one",
        "note: two",
        "the end",
    ]


def test_an_engine_that_is_down_is_named_with_what_to_do() -> None:
    message = failure(FakeEngine(down=True))
    assert "engine does not answer" in message
    assert "DOCKER_HOST" in message


def broken_stream() -> Iterator[Event]:
    yield {"stream": "Step 1/9\n"}
    raise RuntimeError("connection reset")


@pytest.mark.parametrize(
    ("pulled", "reason"),
    [
        (APIError("500", explanation="no such host."), "no such host"),
        ([{"error": "manifest unknown"}], "manifest unknown"),
        (broken_stream(), "connection reset"),
        (OSError("timed out"), "timed out"),
    ],
    ids=["refused", "in the stream", "broken off", "no connection"],
)
def test_a_base_that_cannot_be_pulled_names_the_two_ways_out(
    pulled: Iterable[Event] | Exception, reason: str
) -> None:
    message = failure(FakeEngine(known=set(), pulled=pulled), base="python:9")
    assert message.startswith("The base image python:9 cannot be pulled (")
    assert message.endswith(
        "name another with --base IMAGE, or make one from Debian's packages with "
        "sandbox/debian-base.sh."
    )
    assert reason in message


@pytest.mark.parametrize(
    ("built", "reason"),
    [
        (APIError("400", explanation="dockerfile parse error"), "dockerfile parse error"),
        ([{"stream": "E: no space\n"}, {"error": "non-zero code: 100"}], "non-zero code: 100"),
        (broken_stream(), "connection reset"),
        (OSError("timed out"), "timed out"),
    ],
    ids=["refused", "in the stream", "broken off", "no connection"],
)
def test_a_build_that_fails_says_why(built: Iterable[Event] | Exception, reason: str) -> None:
    message = failure(FakeEngine(built=built))
    assert message.startswith("The image grader-core:latest could not be built on base: ")
    assert reason in message


def test_a_step_that_fails_shows_its_last_lines() -> None:
    events = [{"stream": f"line {number}\n"} for number in range(9)]
    message = failure(FakeEngine(built=[*events, {"error": "non-zero code: 100"}]))
    assert message.endswith("line 4 / line 5 / line 6 / line 7 / line 8")


@pytest.mark.parametrize(
    "answer",
    [
        APIError("400", explanation="python3: executable file not found"),
        ContainerError(None, 1, "python3", "base", b"python3: broken"),
        b"no json",
    ],
    ids=["no python", "broken python", "no answer"],
)
def test_a_base_without_a_working_python_is_named(answer: bytes | Exception, pip: FakePip) -> None:
    message = failure(FakeEngine(answer=answer), "web")
    assert message.startswith("The Python of the base image base does not run (")
    assert "--base IMAGE" in message


def test_a_base_without_glibc_is_refused_for_wheels(pip: FakePip) -> None:
    assert "another C library than glibc" in failure(FakeEngine(answer=ALPINE), "web")


def test_wheels_that_cannot_be_fetched_show_what_pip_said(pip: FakePip) -> None:
    pip.stderr = b"WARNING: retrying\nERROR: No matching distribution found for django==5\n"
    message = failure(FakeEngine(), "web")
    assert "web.txt for Python 3.13 on x86_64" in message
    assert message.endswith("ERROR: No matching distribution found for django==5")


def test_a_missing_pip_names_the_command_that_mends_it(pip: FakePip) -> None:
    pip.stderr = f"{sys.executable}: No module named pip\n".encode()
    assert f"`{sys.executable} -m ensurepip`" in failure(FakeEngine(), "web")


@pytest.mark.docker
def test_core_has_no_setuid_or_setgid_file(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    command = ["find", "/", "-xdev", "-perm", "/6000"]
    found = docker_client.containers.run(
        core_image, command, user="0", network_mode="none", remove=True
    )
    assert found == b""


@pytest.mark.docker
def test_core_runs_as_an_unprivileged_user_that_has_a_name(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    code = "import os, pwd; print(os.getuid(), os.getgid(), pwd.getpwuid(os.getuid()).pw_name)"
    found = docker_client.containers.run(
        core_image, ["python3", "-c", code], network_mode="none", remove=True
    )
    assert found == b"65432 65432 sandbox\n"


@pytest.mark.docker
def test_core_brings_the_byte_code_of_what_it_imports(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    code = (
        "import asyncio, dataclasses, json, multiprocessing, sqlite3, sys, os\n"
        "cached = [getattr(module, '__cached__', None) for module in sys.modules.values()]\n"
        "print([file for file in cached if file and not os.path.exists(file)])"
    )
    found = docker_client.containers.run(
        core_image, ["python3", "-c", code], network_mode="none", read_only=True, remove=True
    )
    assert found == b"[]\n"


@pytest.mark.docker
def test_core_is_tagged_and_titled(docker_client: docker.DockerClient, core_image: str) -> None:
    tagged = docker_client.images.get("grader-core:latest")
    assert tagged.id == core_image
    assert tagged.labels["org.opencontainers.image.title"] == "grader-core"


@pytest.mark.docker
def test_no_image_carries_the_label_that_marks_our_containers(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    # A container has its image's labels too, and a sweep for `grader` must find only our own.
    assert "grader" not in docker_client.images.get(core_image).labels
