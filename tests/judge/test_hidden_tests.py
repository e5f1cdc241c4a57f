"""Hidden tests: what is recorded of each, with which settings it runs, and what breaks it."""

from collections.abc import Callable

import hypothesis
import pytest
from hypothesis.database import InMemoryExampleDatabase

from grader import messages
from grader.judge.hidden_tests import REMEMBERED_ANSWERS, SubmissionStage
from grader.judge.session import Ended, Session
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import TestRecord
from grader.sandbox.base import Order
from grader.submission import Submission
from grader.testing import Question
from judge.conftest import JudgeHere, WriteExercise, job_for
from judge.fakes import ActingSandbox


def one() -> ActingSandbox:
    """Return a sandbox whose submission answers everything with 1."""
    return ActingSandbox(lambda scenario, *arguments: 1)


RecordsOf = Callable[[str], dict[str, TestRecord]]


@pytest.fixture
def records_of(write_exercise: WriteExercise, judge_here: JudgeHere) -> RecordsOf:
    """Judges a hidden test on a submission that answers everything with 1."""

    def run(tests: str) -> dict[str, TestRecord]:
        return judge_here(write_exercise(tests), one()).records

    return run


def test_a_test_that_ends_without_an_exception_has_passed(records_of: RecordsOf) -> None:
    record = records_of("def test_it():\n    assert ask() == 1\n")["test_it"]
    assert (record.outcome, record.points, record.message) == (Outcome.PASSED, 1, "")


def test_title_points_and_hint_are_the_authors(records_of: RecordsOf) -> None:
    records = records_of('''
        @points(3)
        @hint("Count from one.")
        def test_wrong():
            """It counts.

            Not for students.
            """
            assert ask() == 2

        @points(2)
        @hint("Not shown to who does not need it.")
        @given(st.integers())
        def test_right(number):
            """It answers."""
            assert ask() == 1

        def test_with_no_words_at_all():
            pass
    ''')
    wrong, right, plain = records.values()
    assert (wrong.title, wrong.max_points, wrong.points) == ("It counts.", 3, 0)
    assert wrong.hint == "Count from one."
    assert (right.title, right.max_points, right.points, right.hint) == ("It answers.", 2, 2, "")
    assert (plain.title, plain.max_points, plain.hint) == ("with no words at all", 1, "")


def test_each_set_of_parameters_is_a_test_of_its_own(records_of: RecordsOf) -> None:
    records = records_of('''
        @points(2)
        @pytest.mark.parametrize("number", [1, 2])
        def test_it(number):
            """It answers."""
            assert ask() == number
    ''')
    found = [(name, record.outcome, record.max_points) for name, record in records.items()]
    assert found == [("test_it[1]", Outcome.PASSED, 2), ("test_it[2]", Outcome.FAILED, 2)]
    assert {record.title for record in records.values()} == {"It answers."}


def test_methods_of_one_name_in_two_classes_are_two_tests(records_of: RecordsOf) -> None:
    records = records_of("""
        class TestWrong:
            def test_it(self):
                assert ask() == 2

        class TestRight:
            @given(st.integers())
            def test_it(self, number):
                assert ask() == 1
    """)
    assert {name: record.outcome for name, record in records.items()} == {
        "TestWrong::test_it": Outcome.FAILED,
        "TestRight::test_it": Outcome.PASSED,
    }


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        ("@pytest.mark.skip(reason='later')\ndef test_it(): pass", "was skipped (later)"),
        ("@pytest.mark.skipif(True, reason='later')\ndef test_it(): pass", "was skipped (later)"),
        ("def test_it(): pytest.skip('later')", "was skipped (later)"),
        ("def test_it(): pytest.importorskip('no_such_module_here')", "was skipped"),
        ("def test_it(): pytest.xfail('later')", "was skipped (later)"),
        ("@pytest.mark.xfail(run=False)\ndef test_it(): pass", "was skipped"),
        ("@pytest.mark.xfail\ndef test_it(): assert ask() == 1", "is marked xfail"),
        ("@pytest.mark.xfail\ndef test_it(): assert ask() == 2", "is marked xfail"),
        ("@pytest.mark.xfail(strict=True)\ndef test_it(): assert ask() == 1", "is marked xfail"),
        ("def test_it(): ask() + nothing", "raised NameError"),
        ("def test_it(): raise SystemExit(0)", "raised SystemExit: 0"),
        ("async def test_it(): assert ask() == 1", "async def functions are not"),
        ("def test_it(no_such_fixture): pass", "no_such_fixture"),
        ("@given(st.integers())\ndef test_it(number): assume(False)", "raised Unsatisfiable"),
        ("@given(st.integers(3, 2))\ndef test_it(number): pass", "raised InvalidArgument"),
    ],
)
def test_a_test_that_is_not_really_run_is_broken_and_neither_passed_nor_failed(
    records_of: RecordsOf, test: str, sentence: str
) -> None:
    record = records_of(test)["test_it"]
    assert record.outcome is Outcome.TEST_BROKEN
    assert sentence in record.message
    assert (record.counterexample, record.hint) == ((), "")


def test_what_broke_one_test_does_not_touch_the_next(records_of: RecordsOf) -> None:
    records = records_of("""
        def test_broken():
            raise SystemExit(0)

        def test_sound():
            assert ask() == 1
    """)
    assert [record.outcome for record in records.values()] == [
        Outcome.TEST_BROKEN,
        Outcome.PASSED,
    ]


# Each test has a process of its own.


def test_each_test_begins_and_ends_a_process_in_one_room(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("""
        def test_one():
            ask(1)

        def test_two():
            ask(2)

        def test_that_asks_nothing():
            pass
    """)
    sandbox = one()
    judge_here(exercise, sandbox)
    (connection,) = sandbox.connections
    assert [request[0] for request in connection.requests] == [
        *("setup", "test", "call", "done", "test", "call", "done", "test", "done")
    ]
    assert connection.times_closed == 1


def test_async_scenarios_have_asyncio_imported_ahead(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("""
        @scenario
        async def wait(student):
            return await student.answer()

        def test_it():
            wait()
    """)
    sandbox = one()
    judge_here(exercise, sandbox)
    _, setup = sandbox.connections[0].requests[0]
    assert setup["preload"] == ["asyncio"]
    assert set(setup["scenarios"]) == {"ask", "wait"}


# Hypothesis judges: no clock, no memory, a seed.

PROPERTY = """
@given(st.lists(st.integers(), max_size=3), st.text(max_size=3))
def test_it(numbers, text):
    ask(numbers, text)
"""


def test_one_seed_gives_the_same_examples_and_another_gives_others(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise(PROPERTY)
    calls = []
    for seed in (5, 5, 6):
        sandbox = one()
        judge_here(exercise, sandbox, job_for(exercise, seed=seed))
        calls.append(sandbox.calls)
    assert len(calls[0]) == 100
    assert calls[0] == calls[1]
    assert calls[0] != calls[2]


def test_settings_are_the_judges(write_exercise: WriteExercise, judge_here: JudgeHere) -> None:
    memory = InMemoryExampleDatabase()
    hypothesis.settings.register_profile("users", database=memory, print_blob=True, deadline=1)
    hypothesis.settings.load_profile("users")
    exercise = write_exercise("""
        @given(st.integers())
        def test_it(number):
            current = settings.default
            ask(repr(current.deadline), repr(current.database), current.print_blob,
                current.report_multiple_bugs, len(current.suppress_health_check),
                [phase.name for phase in current.phases])
    """)
    sandbox = one()
    judge_here(exercise, sandbox)
    assert set(map(repr, sandbox.calls)) == {
        repr(
            (
                *("None", "None", False, False, len(list(hypothesis.HealthCheck))),
                ["explicit", "generate", "target", "shrink"],
            )
        )
    }


def test_a_health_check_cannot_be_brought_about(records_of: RecordsOf) -> None:
    record = records_of("""
        @settings(max_examples=10)
        @given(st.integers(0, 10**6))
        def test_it(number):
            assume(number % 25 == 0)
            assert ask() == 1
    """)["test_it"]
    assert record.outcome is Outcome.PASSED


# What a test may ask of the submission besides.


def stage_of(text: bytes, answers: ActingSandbox | None = None) -> SubmissionStage:
    """Return the stage of a submission with this text."""
    submission = Submission("small.py", {"small.py": text}, "small.py")
    session = Session(answers or one(), Order(Limits(), "run", 0), submission)
    return SubmissionStage(session, submission)


def test_source_and_tree_are_those_of_the_file_without_a_byte_order_mark() -> None:
    stage = stage_of(b"\xef\xbb\xbfx = 1  # one\n")
    assert stage.source() == "x = 1  # one\n"
    assert len(stage.tree().body) == 1


@pytest.mark.parametrize(
    "text", [b"def f(:\n", b"x = " + b"(" * 5000, b"x = " + b"-" * 100_000 + b"1"], ids=len
)
def test_a_file_without_a_tree_does_not_load(text: bytes) -> None:
    with pytest.raises(Ended) as caught:
        stage_of(text).tree()
    assert caught.value.outcome is Outcome.DOES_NOT_LOAD
    assert "cannot be read as Python" in str(caught.value)


def test_source_and_tree_reach_the_hidden_test(records_of: RecordsOf) -> None:
    record = records_of("""
        def test_it():
            assert source_text() == "def answer(*arguments): return 1\\n"
            assert syntax_tree().body[0].name == "answer"
    """)["test_it"]
    assert record.outcome is Outcome.PASSED


def test_only_the_last_answers_are_remembered(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    # One question more than are remembered: what the assertion asked first is forgotten.
    exercise = write_exercise(f"""
        def test_it():
            assert (ask(0), *[ask(number) for number in range(1, {REMEMBERED_ANSWERS + 1})]) == ()

        def test_within():
            assert (ask(0), *[ask(number) for number in range(1, {REMEMBERED_ANSWERS})]) == ()
    """)
    sandbox = one()
    records = judge_here(exercise, sandbox).records
    assert records["test_it"].got == ""
    assert records["test_within"].got == repr((1,) * REMEMBERED_ANSWERS)
    assert len(sandbox.calls) == 2 * REMEMBERED_ANSWERS + 1


def test_a_question_that_was_never_asked_is_not_recalled() -> None:
    with pytest.raises(LookupError):
        stage_of(b"").recall(Question("ask", (), "", fresh=False))


def test_an_answer_that_breaks_the_authors_message_costs_only_its_test(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("""
        def test_message():
            answer = ask()
            assert answer == 1, answer

        def test_key():
            {}[ask()]

        def test_other():
            assert ask() == 10**5000
    """)
    huge = ActingSandbox(lambda scenario: 10**5000)
    account = judge_here(exercise, huge)
    assert account.is_finished
    assert [record.outcome for record in account.records.values()] == [
        Outcome.FAILED,
        Outcome.TEST_BROKEN,
        Outcome.PASSED,
    ]


def test_a_submission_that_does_not_load_fails_every_test_with_the_reason(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("""
        @given(st.integers())
        def test_one(number):
            ask(number)

        def test_two():
            pass
    """)
    submission = Submission("small.py", {}, "small.py", messages.missing_file("small.py"))
    sandbox = one()
    account = judge_here(exercise, sandbox, job_for(exercise, submission))
    found = {(record.outcome, record.message) for record in account.records.values()}
    assert found == {(Outcome.DOES_NOT_LOAD, "Your folder has no file small.py.")}
    assert sandbox.connections == []
