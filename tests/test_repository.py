"""The repository itself: no machine's own paths or hosts, sound locks, a changelog, whole links."""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")

# The dots stand in brackets, and the slashes in groups, so that this file does not find itself.
REGISTRY_HOSTS = re.compile(
    r"pypi[.](?:org|python[.]org)|pythonhosted[.]org|npmjs[.](?:org|com)|crates[.]io"
    r"|(?:deb|ftp|security|snapshot)[.]debian[.]org|archive[.]ubuntu[.]com"
    r"|hub[.]docker[.]com|registry-1[.]docker[.]io|docker[.]io(?=/)"
    r"|ghcr[.]io|quay[.]io|(?<!\w)gcr[.]io|mcr[.]microsoft[.]com"
)
MACHINE_PATHS = re.compile(r"(?<![\w.~-])(?:/)(?:(?:root|home|work)/|tmp/venv)")

LOCK_LINE = re.compile(
    r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)==(?P<version>[0-9][0-9a-z.+!]*)"
    r"(?: ; [^#]+?)?(?: --hash=sha256:[0-9a-f]{64})+"
)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)[^)]*\)|^\[[^\]]+\]:\s*(?P<reference>\S+)", re.M)
FENCED = re.compile(r"^```.*?^```", re.M | re.S)


def tracked_files() -> list[Path]:
    """Return the files that git keeps; skips the test where this is not a git checkout."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not in a git checkout")
    listing = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def matches(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    """Return a line for each match: file, line number, and what was found."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {found[0]}"
        for path in files
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        for found in pattern.finditer(line)
    ]


def lock_lines(text: str) -> list[str]:
    """Return the requirements of a lock, each on one line and without its comments."""
    kept = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(kept).replace("\\\n", " ")
    return [" ".join(line.split()) for line in joined.splitlines() if line.strip()]


def unsound_lock_lines(text: str) -> list[str]:
    """Return the requirements that are not one exact version of a name with its hashes."""
    return [line for line in lock_lines(text) if not LOCK_LINE.fullmatch(line)]


def locked_versions(name: str) -> dict[str, str]:
    """Return the version of each package in a lock of this repository."""
    lines = lock_lines((ROOT / name).read_text(encoding="utf-8"))
    return dict(re.split(r"==| ", line, maxsplit=2)[:2] for line in lines)


def project() -> dict[str, Any]:
    """Return the `project` table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def package_name(requirement: str) -> str:
    """Return the normalised name of the package that a requirement asks for."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def relative_links(text: str) -> Iterator[str]:
    """Yield the paths that a Markdown text links to, outside code, without their anchors."""
    for link in LINK.finditer(FENCED.sub("", text)):
        target = link["target"] or link["reference"]
        path = target.split("#")[0]
        if path and not re.match(r"[a-z]+:", target):
            yield path


def dead_links(document: Path) -> list[str]:
    """Return the relative links of a document that lead to no file."""
    text = document.read_text(encoding="utf-8")
    return [path for path in relative_links(text) if not (document.parent / path).exists()]


def has_entry(changelog: str, version: str) -> bool:
    """Tell whether a changelog has a heading for a version."""
    heading = rf"^## \[?{re.escape(version)}\]?(?: - \d{{4}}-\d\d-\d\d)?$"
    return re.search(heading, changelog, re.M) is not None


# No file says where it was written or where its packages came from.


def test_no_file_names_a_registry_host() -> None:
    assert matches(REGISTRY_HOSTS, tracked_files()) == []


def test_no_file_names_a_path_of_a_developers_machine() -> None:
    # The paths in a Dockerfile are those of the image.
    files = [path for path in tracked_files() if path.name != "Dockerfile"]
    assert matches(MACHINE_PATHS, files) == []


@pytest.mark.parametrize(
    "parts",
    [
        ("index ", "https:/", "/pypi", ".org/simple"),
        ("files.python", "hosted.org"),
        ("FROM docker", ".io/library/python"),
        ("deb http:/", "/deb.debian", ".org/debian trixie main"),
    ],
)
def test_search_finds_a_registry_host(parts: tuple[str, ...]) -> None:
    assert REGISTRY_HOSTS.search("".join(parts))


@pytest.mark.parametrize(
    "text", ["apt-get install docker.io", "import docker.errors", "pypi", "https://docs.pytest.org"]
)
def test_search_leaves_other_words_alone(text: str) -> None:
    assert not REGISTRY_HOSTS.search(text)


@pytest.mark.parametrize(
    "parts",
    [
        ("", "root", ".cache"),
        ('open("', "home", "ada"),
        ("cd ", "work", "main"),
        ("", "tmp", "venv"),
    ],
)
def test_search_finds_a_path_of_a_machine(parts: tuple[str, ...]) -> None:
    assert MACHINE_PATHS.search("/".join(parts))


@pytest.mark.parametrize(
    "text", ["https://example.org/home/x", "~/work/x", "./root/x", "the /tmp folder", "network/x"]
)
def test_search_leaves_other_paths_alone(text: str) -> None:
    assert not MACHINE_PATHS.search(text)


def test_search_says_file_and_line() -> None:
    this = Path(__file__)
    number = this.read_text(encoding="utf-8").splitlines().index("import shutil") + 1
    found = matches(re.compile(r"^import shutil$"), [this])
    assert found == [f"tests/test_repository.py:{number}: import shutil"]


# The locks.


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_only_exact_versions_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(lock_lines(text)) > 10
    assert unsound_lock_lines(text) == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|\bfile:|^-", text, re.M)


@pytest.mark.parametrize(
    "line",
    [
        "click==8.2.0",
        f"click>=8.2.0 --hash=sha256:{'a' * 64}",
        f"click==8.2.0 --hash=sha256:{'a' * 63}",
        f"click==8.2.0 --hash=md5:{'a' * 32}",
        f"click @ https://example.org/click.whl --hash=sha256:{'a' * 64}",
        "--index-url https://example.org/simple",
        "-e .",
    ],
)
def test_a_line_that_pins_nothing_is_found(line: str) -> None:
    sound = f"rich==14.0.0 ; python_version < '3.14' \\\n    --hash=sha256:{'b' * 64}\n    # via x"
    assert unsound_lock_lines(f"{sound}\n{line}\n") == [line]


def test_lock_has_every_runtime_requirement() -> None:
    wanted = {package_name(requirement) for requirement in project()["dependencies"]}
    assert wanted - locked_versions("requirements.txt").keys() == set()


def test_development_lock_has_every_requirement_of_both_kinds() -> None:
    table = project()
    requirements = table["dependencies"] + table["optional-dependencies"]["dev"]
    wanted = {package_name(requirement) for requirement in requirements}
    assert wanted - locked_versions("requirements-dev.txt").keys() == set()


def test_both_locks_agree() -> None:
    runtime = locked_versions("requirements.txt")
    assert runtime.items() <= locked_versions("requirements-dev.txt").items()


# What people read.


def test_version_has_an_entry_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert has_entry(changelog, project()["version"])


def test_an_entry_is_a_heading_of_that_very_version() -> None:
    changelog = "# Changelog\n\n## [1.10.0] - 2030-01-01\n\n- Better than 1.1.0.\n"
    assert has_entry(changelog, "1.10.0")
    assert not has_entry(changelog, "1.1.0")
    assert not has_entry(changelog, "1.10")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files(name: str) -> None:
    document = ROOT / name
    if not document.exists():
        pytest.skip(f"there is no {name}")
    assert dead_links(document) == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    document = tmp_path / "README.md"
    (tmp_path / "LICENSE").touch()
    document.write_text(
        "[licence](LICENSE) [part](LICENSE#top) [here](#words) [there](https://example.org)\n"
        "![picture](gone.png) [gone](docs/gone.md#part 'title')\n\n[old]: gone.txt\n\n"
        "```\n[code](not-a-link)\n```\n",
        encoding="utf-8",
    )
    assert dead_links(document) == ["gone.png", "docs/gone.md", "gone.txt"]
