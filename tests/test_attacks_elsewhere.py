"""Attacks that are no single hostile submission: on the image, on feedback, on others, on bans.

The hostile submissions are in tests/attacks; here is what takes two of them, or nothing but a look
at what the grader gives away on its own.
"""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import pytest
from banks import write_bank
from driver import Driver, an_order

from grader.bank import Exercise
from grader.catalogue import read_bank
from grader.judge.grade import Plan, grade
from grader.judge.processes import PreloadedJudges
from grader.outcomes import Fault, Outcome
from grader.reports import json as json_report
from grader.reports import text as text_report
from grader.reports.feedback import Feedback, redact
from grader.results import Result
from grader.sandbox.choice import SandboxChoice, take_sandbox
from grader.submission import MAX_FILE_BYTES, read_submission

ROOT = Path(__file__).parent.parent

BANNED = "exercises/ordered.py", "hidden/test_ordered.py", "solutions/ordered.py"
CATALOG = """
[[section]]
id = "A"
title = "Bans"

[[section.exercise]]
id = "ordered"
title = "Sort without sorted"
"""
HIDDEN = '''
import ast

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.testing import points, scenario, syntax_tree


@scenario
def ordered(student, numbers):
    return student.ordered(numbers)


@settings(max_examples=15)
@given(numbers=st.lists(st.integers(), max_size=4))
def test_ordered(numbers):
    """`ordered` gives the numbers in order."""
    assert ordered(numbers) == sorted(numbers), "the text of a hidden test"


@points(2)
def test_ban():
    """`sorted` is not used."""
    names = {node.id for node in ast.walk(syntax_tree()) if isinstance(node, ast.Name)}
    assert "sorted" not in names
    assert ordered([2, 1]) == [1, 2]
'''
REFERENCE = """
def ordered(numbers):
    numbers.sort()
    return numbers
"""

GradeText = Callable[[str], Result]
"""Grades the text of a submission for the exercise that forbids `sorted`."""


@pytest.fixture(scope="module")
def judges() -> Iterator[PreloadedJudges]:
    """Judges that are forked from one process."""
    with PreloadedJudges() as judges:
        yield judges


@pytest.fixture
def exercise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exercise:
    """An exercise that forbids `sorted`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = write_bank(tmp_path / "bank", CATALOG, BANNED)
    for name, text in zip(BANNED, ('"""Sort."""\n', HIDDEN, REFERENCE), strict=True):
        (root / name).write_text(text, encoding="utf-8")
    return read_bank(root).find("ordered")


@pytest.fixture
def grade_text(exercise: Exercise, judges: PreloadedJudges, tmp_path: Path) -> GradeText:
    """Grades without a sandbox: what is tried here is the judge."""

    def grade_it(text: str) -> Result:
        file = tmp_path / "ordered.py"
        file.write_text(text, encoding="utf-8")
        plan = Plan(SandboxChoice("none"), exercise.limits, seed=1)
        return grade(read_submission(file, exercise), exercise, plan, judges)

    return grade_it


def outcomes(result: Result) -> dict[str, Outcome]:
    """Return what became of each test."""
    return {test.name: test.outcome for test in result.tests}


# The image, in which a submission could find what was left there


def texts_that_give_tests_away() -> list[str]:
    """Return the longest line of every hidden test and solution of this repository's bank."""
    files = [*(ROOT / "hidden").glob("*.py"), *(ROOT / "solutions").glob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    return [max(text.splitlines(), key=len).strip() for text in texts]


def run_in_image(client: docker.DockerClient, image: str, command: list[str]) -> list[str]:
    """Return the lines that a command prints as root in a fresh container, which may see all."""
    output = client.containers.run(
        image, command, user="0:0", entrypoint="", network_mode="none", remove=True, stderr=False
    )
    return output.decode("utf-8", "replace").splitlines()


@pytest.mark.docker
def test_no_file_of_the_image_has_a_text_of_a_hidden_test_or_solution(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    texts = texts_that_give_tests_away()
    assert len(texts) > 20
    assert min(map(len, texts)) > 40
    # The last is in the image; that it is found shows that the others would be.
    patterns = "\n".join([*texts, "sandbox:x:65432:65432:sandbox:"])
    search = 'grep -rlF --devices=skip --exclude-dir=proc --exclude-dir=sys -e "$1" / || true'
    found = run_in_image(docker_client, core_image, ["sh", "-c", search, "sh", patterns])
    assert found == ["/etc/passwd"]


@pytest.mark.docker
def test_image_has_no_history_no_keys_and_no_package_cache(
    docker_client: docker.DockerClient, core_image: str
) -> None:
    names = (".git", ".hg", ".ssh", ".netrc", ".pypirc", "pip.conf", "pip.log", ".bash_history")
    wanted = " -o ".join(f"-name {name}" for name in (*names, "'*.whl'", "docker.sock"))
    search = f"find / -xdev \\( {wanted} \\) -print; find / -xdev -path '*/.cache/*' -print"
    assert run_in_image(docker_client, core_image, ["sh", "-c", search]) == []


# Feedback, through which one submission after another could ask for the hidden inputs


WAYS_TO_TELL = [
    "raise ValueError(numbers)",
    "raise LookupError('the first is negative')",
    "time.sleep(0.05)\n    raise ValueError",
    "print('hidden input:', numbers)\n    raise ValueError(open(__file__).read())",
]


@pytest.mark.parametrize("level", [Feedback.NONE, Feedback.TITLES])
def test_low_feedback_is_the_same_whatever_a_submission_tries_to_tell(
    grade_text: GradeText, level: Feedback
) -> None:
    start = "import time\n\ndef ordered(numbers):\n    "
    results = [redact(grade_text(start + way), level) for way in WAYS_TO_TELL]
    assert [outcomes(result) for result in results] == [outcomes(results[0])] * len(results)
    assert len({text_report.render(result).plain for result in results}) == 1
    tests = [json.loads(json_report.render(result))["tests"] for result in results]
    assert tests == [tests[0]] * len(tests)


def test_low_feedback_shows_nothing_of_a_hidden_test(grade_text: GradeText) -> None:
    result = grade_text("def ordered(numbers): return [0, *numbers]")
    shown = {level: json_report.render(redact(result, level)) for level in Feedback}
    assert "text of a hidden test" in shown[Feedback.FULL]
    for level in (Feedback.NONE, Feedback.TITLES):
        assert "text of a hidden test" not in shown[level]
        assert "[0]" not in shown[level]
    assert "in order" not in shown[Feedback.NONE]


def test_what_is_printed_is_in_no_report(grade_text: GradeText) -> None:
    print_all = (
        "import sys\n    print('hidden input', numbers)\n    print(1, file=sys.stderr)\n    "
    )
    result = grade_text(f"def ordered(numbers):\n    {print_all}return numbers")
    assert result.points < result.max_points
    assert "hidden input" not in json_report.render(result)
    assert "hidden input" not in text_report.render(result).plain


# Other submissions, before, beside and after


LEAVE = """
import ctypes, os

def folders():
    for folder, inner, files in os.walk("/"):
        if folder == "/":
            inner[:] = [name for name in inner if name not in ("proc", "sys")]
        yield folder

def leave():
    libc = ctypes.CDLL(None)
    libc.shmget(0x6d61726b, 4096, 0o1666)
    libc.msgget(0x6d61726b, 0o1666)
    left = 0
    for folder in folders():
        try:
            with open(os.path.join(folder, "left-for-the-next"), "w") as file:
                left += file.write("the first hidden input was 0")
        except OSError:
            pass
    return left

def look():
    libc = ctypes.CDLL(None)
    kernel = [libc.shmget(0x6d61726b, 4096, 0), libc.msgget(0x6d61726b, 0)]
    found = [folder for folder in folders() if "left-for-the-next" in os.listdir(folder)]
    return found, kernel
"""
LOCK = """
import fcntl, os, sys

held = []

def paths():
    yield from (sys.executable, os.__file__, "/etc/ld.so.cache", "/tmp", "/dev/null", "/usr", "/")

def lock():
    taken = []
    for path in paths():
        descriptor = os.open(path, os.O_RDONLY)
        held.append(descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            taken.append(path)
        except OSError:
            pass
    return taken
"""


@contextlib.contextmanager
def running(choice: SandboxChoice, submission: str) -> Iterator[Driver]:
    """Have a submission imported in a sandbox of its own."""
    connection = take_sandbox(choice).open(an_order())
    try:
        driver = Driver(connection, submission)
        assert driver.set_up()[0] == "ready"
        yield driver.begin_test()
    finally:
        connection.close()


def test_a_submission_leaves_nothing_for_those_after_it(strict_sandbox: SandboxChoice) -> None:
    with running(strict_sandbox, LEAVE) as first:
        assert first.use("leave") > 0
        assert first.use("look")[0] != []
    with running(strict_sandbox, LEAVE) as second:
        assert second.use("look") == ([], [-1, -1])


def test_a_submission_leaves_nothing_for_those_beside_it(strict_sandbox: SandboxChoice) -> None:
    with running(strict_sandbox, LEAVE) as one, running(strict_sandbox, LEAVE) as other:
        assert one.use("leave") > 0
        assert other.use("look") == ([], [-1, -1])


@pytest.mark.docker
def test_a_lock_on_a_file_tells_nothing_to_those_beside(core_image: str) -> None:
    choice = SandboxChoice("docker", core_image)
    with running(choice, LOCK) as one, running(choice, LOCK) as other:
        taken = one.use("lock")
        assert "/tmp" in taken
        assert other.use("lock") == taken


# Bans in a language are checks of style: who gets round one has still to give right answers


FORGE_THE_BAN = """
import ast, os

INNOCENT = "def ordered(numbers):\\n    numbers.sort()\\n    return numbers\\n"
genuine = ast.parse
ast.parse = lambda source, *given, **named: genuine(INNOCENT)
os.chmod(__file__, 0o600)
with open(__file__, "w") as file:
    file.write(INNOCENT)


def ordered(numbers):
    return sorted(numbers)
"""
ROUND_THE_BAN = """
import builtins

tool = vars(builtins)["".join(["sor", "ted"])]


def ordered(numbers):
    return tool(numbers){}
"""


def test_a_ban_reads_what_was_handed_in_whatever_the_submission_makes_of_it(
    grade_text: GradeText,
) -> None:
    found = outcomes(grade_text(FORGE_THE_BAN))
    assert found == {"test_ordered": Outcome.PASSED, "test_ban": Outcome.FAILED}


def test_who_gets_round_a_ban_has_won_nothing_for_a_wrong_answer(grade_text: GradeText) -> None:
    right, wrong = (grade_text(ROUND_THE_BAN.format(end)) for end in ("", "[::-1]"))
    assert right.points == right.max_points
    assert wrong.points == 0


BOMBS = {
    "brackets": "x = " + "(" * 100_000 + ")" * 100_000,
    "signs": "x = " + "-" * 500_000 + "1",
    "sums": "x = " + "1+" * 100_000 + "1",
    "attributes": "x = a" + ".a" * 100_000,
    "lambdas": "x = " + "lambda:" * 20_000 + "0",
    "conditions": "x = " + "0 if 0 else " * 50_000 + "0",
    "many values": "x = [" + "0," * 400_000 + "]",
    "blocks": "".join(" " * depth + "if 1:\n" for depth in range(99)) + " " * 99 + "pass",
    "huge number": "x = " + "9" * 5_000,
    "formats": "x = " + 'f"{' * 200,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_no_source_text_breaks_the_judge_that_reads_it(grade_text: GradeText, bomb: str) -> None:
    assert len(bomb) < MAX_FILE_BYTES
    result = grade_text(f"{REFERENCE}\nif 0:\n    pass\n{bomb}\n")
    assert result.breakdown is None
    faults = {test.outcome.fault for test in result.tests}
    assert Fault.GRADER not in faults, result.tests
