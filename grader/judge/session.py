"""One submission's way through the sandbox: opens rooms, starts tests, asks, and ends them.

A room serves one test after another as long as it behaves. After a timeout, a bad reply, or
anything else that leaves its state in doubt, it is thrown away and the next test gets another; so
a sandbox that stops answering costs its test and not the others.
"""

import contextlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from grader import messages
from grader.errors import GraderError
from grader.inside import wire
from grader.judge import replies
from grader.judge.clock import Clock
from grader.judge.foresight import Ahead, Foreseen, runs_of
from grader.judge.link import Link, frame_of, frame_of_calls
from grader.judge.replies import Failure, Reply
from grader.outcomes import Outcome
from grader.sandbox.base import Connection, ConnectionLost, Order, Sandbox, SandboxError
from grader.submission import Submission
from grader.testing import Captured, Question, Raised

END_SECONDS = 2.0
# For what was asked ahead in a test that has ended before; another room is soon opened.
RUN_ON_SECONDS = 0.5


class Ended(BaseException):
    """A test cannot go on; says what has become of it.

    No `Exception`, so that Hypothesis does not take it for a failing example: what hangs, crashes
    or floods would do so again for each smaller input that it tries.
    """

    def __init__(self, outcome: Outcome, message: str, failure: Failure | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.failure = failure


@dataclass(frozen=True)
class Script:
    """What the worker is told once: the import name, the scenarios, what to import first."""

    module: str
    scenarios: Mapping[str, str]
    preload: tuple[str, ...] = ()


class Session:
    """Asks one submission, in rooms of one sandbox."""

    def __init__(
        self, sandbox: Sandbox, order: Order, submission: Submission, patience: float = 1.0
    ) -> None:
        """Begin; `patience` is the share of its time that a test has after `hurry`."""
        self._sandbox = sandbox
        self._order = order
        self._limits = order.limits
        self._submission = submission
        self._patience = patience
        self._clock = Clock(order.limits)
        # One thread that lives as long as the session: bubblewrap dies with its parent, and to
        # the kernel the parent is the thread that has started it.
        self._opener = ThreadPoolExecutor(1, thread_name_prefix="sandbox")
        self._opening: Future[Connection | None] | None = None
        self._link: Link | None = None
        self._child_is_alive = False
        self._verdict_on_all: Ended | None = None
        self._calls = 0
        self._script = Script("", {})
        self._ahead = Ahead(Foreseen())
        self.python_version = ""

    @property
    def seed(self) -> int:
        """The seed of the whole grading, from which the examples follow."""
        return self._order.seed

    def open_ahead(self) -> None:
        """Begin to open a room now, so that it is there when the first test is."""
        if self._opening is None and self._link is None and not self._submission.complaint:
            self._opening = self._opener.submit(self._sandbox.open, self._order)

    def take_over(self, opener: ThreadPoolExecutor, opening: Future[Connection | None]) -> None:
        """Go on with a room that is being opened already, and with the thread that does it."""
        self._opener.shutdown()
        self._opener = opener
        if not self._submission.complaint:
            self._opening = opening

    def begin_test(self, script: Script, foreseen: Foreseen | None = None) -> None:
        """Start a test: a fresh process in which the submission has been imported.

        Args:
            script: what the worker is told once.
            foreseen: the questions that will be asked; those that are certain are sent ahead.

        Raises:
            Ended: when it cannot be imported, or there is no room.
        """
        foreseen = foreseen or Foreseen()
        self._clock.begin_test(self._limits.seconds_for(foreseen.seconds))
        if self._submission.complaint:
            raise Ended(Outcome.DOES_NOT_LOAD, self._submission.complaint)
        if self._verdict_on_all is not None:
            raise self._verdict_on_all
        if self._clock.submission_is_over:
            raise self._timed_out()
        is_used = self._link is not None
        self._script = script
        self._ahead = Ahead(foreseen)
        try:
            self._load(self._link or self._new_link(script))
        except Ended as ended:
            self._drop()
            if is_used:
                # What the test before left behind is not to cost this one: its process may have
                # died just as it ended, and the worker with it.
                self.begin_test(script, foreseen)
                return
            # The import, or the opening of a room, would fail in each test anew.
            self._verdict_on_all = ended
            raise
        self._child_is_alive = True

    def hurry(self) -> None:
        """Leave the test that has begun only a share of its time, by the session's patience.

        Not while a smallest example is looked for: how far that gets must not depend on what runs
        beside.
        """
        self._clock.hurry(self._patience)

    def ask(self, question: Question) -> Captured:
        """Put one question to the submission and return its answer.

        Raises:
            Raised: when the submission raised an exception.
            Ended: when there will be no answer.
        """
        link = self._living_link()
        if not self._ahead.fits(question):
            self._lead_back()
            link = self._living_link()
        frames = self._frames_of(self._ahead.questions_for(question))
        self._calls += 1
        if not self._ahead.is_sent:
            frames = frame_of(_call(self._calls, question))
        reply = self._exchange(link, frames)
        self._ahead.asked.append(question)
        return self._captured(link, reply)

    @property
    def asked(self) -> int:
        """How many questions the test has put."""
        return len(self._ahead.asked)

    def answers_like_reference(self) -> bool:
        """Tell whether the submission answers all that the test asks exactly as the reference.

        That can be told of a test that has just begun, all of whose questions were asked ahead.
        Where it is not so, or not known, nothing has happened, and the test has to be run.
        """
        frames = self._ahead.replies(self._calls)
        if self._link is None or not frames:
            return False
        with self._clock.waiting() as deadline:
            is_same = self._link.receives(frames, deadline)
        if is_same:
            self._calls += self._ahead.take_all()
        return is_same

    def end_test(self) -> None:
        """End the test's process; keep the room only if it says that it is as good as new."""
        if self._link is None or not self._child_is_alive:
            return
        self._child_is_alive = False
        try:
            # Whoever dawdles here does it at the cost of the tests that follow.
            with self._clock.waiting():
                reply = self._last_reply(self._link)
        except (TimeoutError, ConnectionLost, wire.WireError):
            self._drop()
        else:
            if not isinstance(reply, replies.ChildEnded) or not reply.clean:
                self._drop()

    @property
    def waited_seconds(self) -> float:
        """How long the submission has kept the test waiting that is running, or ran last."""
        return self._clock.waited_seconds

    def _frames_of(self, questions: bytes) -> bytes:
        """Return the frames that ask a run of questions ahead, and say so where it is the last."""
        if not questions:
            return b""
        frames = frame_of_calls(self._calls + 1, questions)
        return frames + frame_of(["done"]) if self._ahead.is_done else frames

    def _living_link(self) -> Link:
        """Return the link to the test's process; raises Ended when it has died in this test."""
        if self._link is None or not self._child_is_alive:
            raise Ended(Outcome.CRASHED, messages.crashed("in an earlier call"))
        return self._link

    def _last_reply(self, link: Link) -> Reply:
        """Have the test's process end; return its last reply, behind answers nobody asked for."""
        unread = self._ahead.unread
        self._calls += unread
        deadline = time.monotonic() + (RUN_ON_SECONDS if unread else END_SECONDS)
        if not self._ahead.is_done:
            link.send(frame_of(["done"]), deadline)
        reply = link.receive(deadline)
        while unread and not isinstance(reply, replies.ChildEnded):
            unread -= 1
            reply = link.receive(deadline)
        return reply

    def _lead_back(self) -> None:
        """Bring a fresh process to where the test is, which asks what nobody has foreseen.

        It is asked all that the test has asked so far. So it is in the state that it would be in if
        nothing had been asked ahead.
        """
        asked = self._ahead.asked
        self.end_test()
        self.begin_test(self._script, Foreseen(seconds=self._ahead.seconds))
        for count, questions in runs_of(asked):
            frames = frame_of_calls(self._calls + 1, questions)
            for _ in range(count):
                self._calls += 1
                link = self._living_link()
                reply = self._exchange(link, frames)
                with contextlib.suppress(Raised):
                    self._captured(link, reply)
                frames = b""

    def close(self) -> None:
        """End and remove every room that has been opened."""
        opening, self._opening = self._opening, None
        if opening is not None and opening.exception() is None:
            room = opening.result()
            if room is not None:
                room.close()
        self._drop()
        self._opener.shutdown()

    def _new_link(self, script: Script) -> Link:
        """Open a room with a worker that is ready; raises Ended when there is none to be had."""
        self.open_ahead()
        opening, self._opening = self._opening, None
        try:
            room = opening.result() if opening is not None else None
            if room is None:
                raise SandboxError("no room was opened")
            self._link = Link(room, self._limits)
            self.python_version = self._link.set_up(
                {
                    "files": dict(self._submission.files),
                    "module": script.module,
                    "scenarios": dict(script.scenarios),
                    "preload": list(script.preload),
                    "seed": self._order.seed,
                }
            )
        # A program that cannot be started is no SandboxError, and a full disk is no GraderError.
        except (GraderError, OSError) as error:
            self._drop()
            raise Ended(Outcome.SANDBOX_FAILED, str(error)) from None
        return self._link

    def _load(self, link: Link) -> None:
        """Have the submission imported; however that fails for its part, it does not load."""
        try:
            ahead = self._frames_of(self._ahead.next_run())
            reply = self._exchange(link, frame_of(["test"]) + ahead)
        except Ended as ended:
            if ended.outcome is Outcome.SANDBOX_FAILED:
                raise
            message = messages.import_failed(ended.message)
            raise Ended(Outcome.DOES_NOT_LOAD, message) from None
        if isinstance(reply, replies.Unloadable):
            raise Ended(Outcome.DOES_NOT_LOAD, _load_message(reply.failure), reply.failure)
        if not isinstance(reply, replies.Loaded):
            message = messages.import_failed(messages.bad_reply("it came too early"))
            raise Ended(Outcome.DOES_NOT_LOAD, message)

    def _exchange(self, link: Link, frames: bytes) -> Reply:
        """Send frames, if any, and return a reply; every other way it can end raises Ended."""
        try:
            deadline = self._clock.start()
            try:
                if frames:
                    link.send(frames, deadline)
                reply = link.receive(deadline)
            finally:
                self._clock.stop()
        except TimeoutError:
            raise self._lost(link, self._timed_out) from None
        except ConnectionLost:
            raise self._lost(link, lambda: _crashed("its sandbox has ended")) from None
        except wire.WireError as error:
            reason = str(error)
            raise self._lost(link, lambda: _bad_reply(reason)) from None
        if isinstance(reply, replies.ChildEnded):
            raise self._child_died(link, reply)
        if isinstance(reply, replies.Flooded):
            message = messages.too_much_output(self._limits.output_bytes)
            raise self._lost(link, lambda: Ended(Outcome.TOO_MUCH_OUTPUT, message))
        return reply

    def _captured(self, link: Link, reply: Reply) -> Captured:
        """Turn the reply to a question into its answer, or raise what it stands for."""
        if getattr(reply, "call", None) != self._calls:
            raise self._lost(link, lambda: _bad_reply("it is no answer to this call"))
        if isinstance(reply, replies.Answer):
            return Captured(reply.value, reply.out, reply.err)
        if isinstance(reply, replies.RaisedReply):
            raise self._raised(reply.failure)
        if isinstance(reply, replies.Unsendable):
            message = messages.answer_too_large(reply.reason)
            raise Ended(Outcome.TOO_MUCH_OUTPUT, message)
        raise self._lost(link, lambda: _bad_reply("it is no answer to a call"))

    def _raised(self, failure: Failure) -> BaseException:
        if failure.missing:
            message = messages.missing_name(failure.missing)
            return Ended(Outcome.DOES_NOT_LOAD, message, failure)
        if "builtins.MemoryError" in failure.bases:
            return self._out_of_memory(failure)
        return Raised(failure.type_name, failure.bases, failure.message, failure.frames)

    def _child_died(self, link: Link, reply: replies.ChildEnded) -> Ended:
        """Return what the death of the test's process means; the room may serve on."""
        self._child_is_alive = False
        if link.connection.ran_out_of_memory():
            # The engine's flag stays up, so the next test's crash would be put down to memory too.
            return self._lost(link, self._out_of_memory)
        if not reply.clean:
            self._drop()
        return _crashed(messages.exited(reply.status))

    def _lost(self, link: Link, explain: Callable[[], Ended]) -> Ended:
        """Throw the room away and return what that means, or that the sandbox itself failed."""
        outage = link.connection.outage()
        self._drop()
        return Ended(Outcome.SANDBOX_FAILED, outage) if outage else explain()

    def _out_of_memory(self, failure: Failure | None = None) -> Ended:
        message = messages.out_of_memory(self._limits.memory_bytes)
        return Ended(Outcome.OUT_OF_MEMORY, message, failure)

    def _timed_out(self) -> Ended:
        if self._clock.submission_is_over:
            message = messages.submission_timed_out(self._limits.submission_seconds)
        else:
            message = messages.timed_out(self._clock.test_limit)
        return Ended(Outcome.TIMED_OUT, message)

    def _drop(self) -> None:
        link, self._link = self._link, None
        self._child_is_alive = False
        if link is not None:
            link.connection.close()


def _call(number: int, question: Question) -> list[Any]:
    arguments = list(question.arguments)
    return ["call", number, question.scenario, arguments, question.stdin, question.fresh]


def _crashed(how: str) -> Ended:
    return Ended(Outcome.CRASHED, messages.crashed(how))


def _bad_reply(reason: str) -> Ended:
    return Ended(Outcome.BAD_REPLY, messages.bad_reply(reason))


def _load_message(failure: Failure) -> str:
    if "builtins.SyntaxError" in failure.bases and failure.line:
        return messages.syntax_error(failure.message, failure.line, failure.column, failure.code)
    return messages.import_raised(failure.type_name, failure.message)
