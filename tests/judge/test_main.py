"""The judge's process: what it reports, what crosses to the sandbox, and what it is deaf to."""

import io
import re
import subprocess
import sys
import tokenize

import pytest

from grader.bank import Exercise
from grader.judge.job import Job, job_to_json
from grader.judge.report import Account
from grader.outcomes import Outcome
from grader.results import Breakdown
from grader.sandbox.bundle import delivery
from grader.sandbox.none import NoSandbox
from judge.conftest import JudgeHere, WriteExercise, job_for
from judge.fakes import ActingSandbox, RecordingSandbox, read_frame


def one() -> ActingSandbox:
    """Return a sandbox whose submission answers everything with 1."""
    return ActingSandbox(lambda scenario, *arguments: 1)


def account_of(stdout: bytes) -> Account:
    """Read what a judge's process has written."""
    account = Account()
    for line in stdout.splitlines():
        account.add(line)
    return account


def run_main(text: bytes) -> "subprocess.CompletedProcess[bytes]":
    """Run the judge's process on a job."""
    command = [sys.executable, "-P", "-m", "grader.judge"]
    return subprocess.run(command, input=text, capture_output=True, timeout=60, check=False)


# What is reported.


def test_every_test_is_announced_before_the_first_has_run(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise('''
        @points(3)
        def test_one():
            """The first."""
            raise KeyboardInterrupt

        def test_two():
            pass
    ''')
    account = judge_here(exercise, one())
    assert [
        (record.name, record.title, record.max_points, record.outcome)
        for record in account.records.values()
    ] == [
        ("test_one", "The first.", 3, Outcome.JUDGE_BROKE),
        ("test_two", "two", 1, Outcome.JUDGE_BROKE),
    ]


@pytest.mark.parametrize("given", ["", "@given(number=st.integers())\n"], ids=["once", "given"])
def test_everything_ends_once_memory_is_out_since_something_may_still_hold_it(
    write_exercise: WriteExercise, judge_here: JudgeHere, given: str
) -> None:
    full = f"{given}def test_full({'number' if given else ''}):\n    raise MemoryError\n"
    tests = f"def test_one():\n    ask()\n\n{full}\ndef test_two():\n    ask()\n"
    sandbox = one()
    account = judge_here(write_exercise(tests), sandbox)
    assert [record.outcome for record in account.records.values()] == [
        Outcome.PASSED,
        *[Outcome.JUDGE_BROKE] * 2,
    ]
    assert account.breakdown == Breakdown(
        Outcome.JUDGE_LIMIT,
        "hidden/test_small.py takes more than 2048 MiB of memory; let it keep fewer or smaller "
        "answers",
    )
    assert len(sandbox.calls) == 1


def test_the_last_word_names_the_versions_and_the_sandbox(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    account = judge_here(write_exercise("def test_it():\n    ask()\n"), one())
    assert account.is_finished
    assert account.facts["sandbox"] == "acting"
    assert account.facts["sandbox_python"] == "3.13.1"
    assert account.facts["pytest"] == pytest.__version__
    assert (account.facts["image"], account.facts["image_digest"]) == ("", "")


def test_only_the_tests_that_are_named_are_run(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("""
        @pytest.mark.parametrize("number", [1, 2])
        def test_it(number):
            ask(number)
    """)
    sandbox = one()
    account = judge_here(exercise, sandbox, job_for(exercise, only=("test_it[2]",)))
    assert list(account.records) == ["test_it[2]"]
    assert sandbox.calls == [(2,)]


BROKEN_FILES = {
    "no test": ("", Outcome.NOT_COLLECTED, "has no test; name its functions test_..."),
    "skipped as a whole": (
        "pytest.skip('later', allow_module_level=True)",
        Outcome.NOT_COLLECTED,
        "has no test; name its functions test_...",
    ),
    "syntax error": (
        "def test_it(:\n    pass",
        Outcome.TEST_BROKEN,
        "cannot be used: the hidden test raised SyntaxError: invalid syntax",
    ),
    "exception": (
        "1 / 0",
        Outcome.TEST_BROKEN,
        "cannot be used: the hidden test raised ZeroDivisionError: division by zero",
    ),
    "missing module": (
        "import no_such_module_here",
        Outcome.TEST_BROKEN,
        "cannot be used: the hidden test raised ModuleNotFoundError: "
        "No module named 'no_such_module_here'",
    ),
    "author's error": (
        "@scenario\ndef act():\n    pass",
        Outcome.TEST_BROKEN,
        "cannot be used: scenario 'act' in ",
    ),
}


@pytest.mark.parametrize(
    ("tests", "outcome", "sentence"), BROKEN_FILES.values(), ids=BROKEN_FILES.keys()
)
def test_a_file_without_tests_is_said_in_one_sentence_that_names_it(
    write_exercise: WriteExercise,
    judge_here: JudgeHere,
    tests: str,
    outcome: Outcome,
    sentence: str,
) -> None:
    sandbox = one()
    account = judge_here(write_exercise(tests), sandbox)
    assert account.records == {}
    assert account.breakdown is not None
    assert account.breakdown.outcome is outcome
    assert account.breakdown.message.startswith(f"hidden/test_small.py {sentence}")
    assert "\n" not in account.breakdown.message
    # The room that was opened ahead is closed as well.
    assert [connection.times_closed for connection in sandbox.connections] == [1]


# The process.


def test_the_process_reports_on_standard_output_and_nothing_else_is_there(
    write_exercise: WriteExercise,
) -> None:
    exercise = write_exercise("""
        import os

        def test_it():
            print("printed")
            os.write(1, b"written")
            assert ask() == 1
    """)
    finished = run_main(job_to_json(job_for(exercise)))
    account = account_of(finished.stdout)
    assert account.records["test_it"].outcome is Outcome.PASSED
    assert account.is_finished


def test_a_sandbox_that_there_is_not_is_reported_in_its_own_words(
    write_exercise: WriteExercise,
) -> None:
    exercise = write_exercise("def test_it(): pass")
    finished = run_main(job_to_json(job_for(exercise, sandbox="cellar")))
    breakdown = account_of(finished.stdout).breakdown
    assert breakdown is not None
    assert breakdown.outcome is Outcome.SANDBOX_FAILED
    assert breakdown.message.startswith("there is no sandbox 'cellar'")
    assert finished.stderr == b""


def test_pytest_is_deaf_to_every_file_beside_the_hidden_test(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("def test_it():\n    assert ask() == 1\n")
    folder = exercise.hidden_test.parent
    for place in (folder, folder.parent):
        (place / "conftest.py").write_text("raise SystemExit('conftest was read')\n")
        (place / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
        (place / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '-k no'\n")
    records = judge_here(exercise, one()).records
    assert [record.outcome for record in records.values()] == [Outcome.PASSED]


# What crosses to the sandbox.

SECRETIVE = '''"""SECRET module docstring."""

# SECRET comment of the file
from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, raises, scenario

SECRET_CONSTANT = 918273645


@scenario
def observe(student, number: "SECRET annotation" = 7) -> "SECRET result":
    """SECRET docstring of a scenario."""
    # SECRET comment in a scenario
    visible = student.answer(number)  # SECRET comment at the end of a line
    return [visible, number]


@scenario(capture=True)
async def observe_later(student):
    """SECRET docstring of another."""
    return student.answer(0)


def secret_helper(number):
    """SECRET docstring of a helper."""
    return [number + 1, number]  # SECRET comment


@points(4)
@hint("SECRET hint")
@given(st.integers(0, 9))
def test_secret_name(number):
    """SECRET title."""
    # SECRET comment
    assert observe(number) == secret_helper(number), "SECRET message"


def test_secret_other():
    assert observe(5)[0] != SECRET_CONSTANT
    with raises(KeyError, match="SECRET match"):
        observe("SECRET".lower()[:3])
'''


@pytest.fixture
def secretive(write_exercise: WriteExercise) -> Exercise:
    return write_exercise(SECRETIVE, prelude="", reference="def answer(n): return n + 1\n")


@pytest.fixture
def recorded(secretive: Exercise, judge_here: JudgeHere) -> RecordingSandbox:
    """The record of one whole grading in a real worker."""
    sandbox = RecordingSandbox(NoSandbox())
    account = judge_here(secretive, sandbox)
    first, second = account.records.values()
    # The grading is real, and fails once: counterexamples and messages do not cross either.
    assert first.outcome is Outcome.PASSED
    assert (second.outcome, second.message[:21]) == (Outcome.FAILED, "Your code raised Type")
    return sandbox


def crossed(recorded: RecordingSandbox) -> str:
    """Return all bytes that crossed, without the worker and the random name of its folder."""
    _, setup = read_frame(recorded.sent[1])
    sent = b"".join(recorded.sent[1:]).decode("latin-1")
    return sent.replace(setup["scratch"], "")


def test_no_part_of_the_hidden_test_but_its_scenarios_code_crosses_to_the_sandbox(
    recorded: RecordingSandbox,
) -> None:
    sent = crossed(recorded)
    assert "visible = student.answer(number)" in sent
    for part in ("SECRET", "test_", "secret_", "hidden", "hint", "918273645", "assert"):
        assert part not in sent, part
    assert [(order.hidden_paths, order.seed) for order in recorded.orders] == [((), 0)]


def test_only_setup_and_calls_cross_and_the_setup_has_only_these_parts(
    recorded: RecordingSandbox,
) -> None:
    worker, *messages = recorded.sent
    assert worker == delivery()
    requests = [read_frame(data) for data in messages]
    assert {request[0] for request in requests} == {"setup", "test", "call", "done"}
    (setup,) = (request[1] for request in requests if request[0] == "setup")
    assert set(setup) == {
        *("files", "module", "scenarios", "preload", "seed", "scratch", "emptied", "alone"),
        *("rlimits", "answer_bytes", "output_bytes", "child_seconds"),
    }
    assert setup["scenarios"] == {
        "observe": "def observe(student, number=7):\n"
        "    visible = student.answer(number)\n    return [visible, number]\n",
        "observe_later": "async def observe_later(student):\n    return student.answer(0)\n",
    }
    assert setup["files"] == {"small.py": b"def answer(n): return n + 1\n"}


def test_of_each_call_only_its_scenario_and_its_arguments_cross(
    recorded: RecordingSandbox,
) -> None:
    requests = [read_frame(data) for data in recorded.sent[1:]]
    calls = [request for request in requests if request[0] == "call"]
    assert len(calls) > 10
    assert {(name, stdin, fresh) for _, _, name, _, stdin, fresh in calls} == {
        ("observe", "", False)
    }
    assert all(
        type(arguments) is list and len(arguments) == 1 for _, _, _, arguments, _, _ in calls
    )


def test_no_word_of_the_hidden_test_outside_its_scenarios_crosses(
    secretive: Exercise, recorded: RecordingSandbox
) -> None:
    sent = crossed(recorded)
    source = secretive.hidden_test.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    kinds = (tokenize.NAME, tokenize.STRING, tokenize.NUMBER, tokenize.COMMENT)
    words = {word for token in tokens if token.type in kinds for word in token.string.split()}
    secret = {word for word in words if len(re.sub(r"\W", "", word)) > 3}
    public = {
        # the code of the scenarios
        *("async", "return", "student", "number", "visible", "observe", "observe_later"),
        *("answer", "student.answer(number)"),
        # the names of the setup's parts
        *("scenario", "module", "file"),
    }
    assert len(secret - public) > 20
    assert [word for word in sorted(secret - public) if word in sent] == []


# Jobs for real sandboxes.


def test_a_job_is_judged_in_bubblewrap_as_well(
    write_exercise: WriteExercise, bubblewrap: str
) -> None:
    exercise = write_exercise("def test_it():\n    assert ask() == 1\n")
    job: Job = job_for(exercise, sandbox=bubblewrap)
    account = account_of(run_main(job_to_json(job)).stdout)
    assert account.breakdown is None
    assert account.records["test_it"].outcome is Outcome.PASSED
    assert account.facts["sandbox"] == "bubblewrap"
