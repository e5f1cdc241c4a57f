"""Questions asked ahead: those that a hidden test will ask whatever it is answered, sent together.

A test that asks four hundred questions, one at a time, spends most of its time on the way to the
sandbox and back. The reference's run tells which questions will be asked, in which order. Those
that are certain are sent in one frame before the test begins; the sandbox answers them one after
another, and the test finds each answer where its question turns up.

Certain is a question that does not follow from an answer: the argument of one that does is itself
an answer of the reference, which no submission may ever see. So it is put when the test puts it.

Where all questions of a test are certain, the reference's answers are kept, too. A submission that
gives exactly the same ones passes, as the reference does: whatever the test would do with them, it
has done once. So it need not be run, which for right submissions is most of the judge's work.
"""

import marshal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.inside.wire import LENGTH_BYTES, decode, encode
from grader.testing import Captured, Question

# Far below what a worker reads at once (`grader.inside.pipe`, `wire.MAX_ELEMENTS`).
_MAX_RUN_BYTES = 128 * 1024

_EXACT = 0  # of marshal's formats the one that tells nothing but type and value


def write_question(question: Question) -> str:
    """Return a question as it stands in a frame; raises WireError where it is not plain data."""
    parts = [question.scenario, list(question.arguments), question.stdin, question.fresh]
    return encode(parts, plain_only=True).decode("ascii")


def write_answer(answer: Captured) -> str:
    """Return what a worker's reply says after its name and number, when this is the answer."""
    reply = encode([answer.value, answer.out, answer.err]).decode("ascii")
    return reply.removeprefix("[")


def frame_of_answer(number: int, answer: str) -> bytes:
    """Return the frame in which a worker replies to a call, as `write_answer` has the answer."""
    payload = f'["answer",{number},{answer}'.encode("ascii")
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload


def key_of_question(question: Question) -> bytes | None:
    """Return what two questions have in common only if they are exactly the same.

    None for one that is not plain data. 1 and True, or 0.0 and -0.0, are not the same.
    """
    parts = (question.scenario, question.arguments, question.stdin, question.fresh)
    try:
        return marshal.dumps(parts, _EXACT)
    except ValueError:
        return None


@dataclass(frozen=True)
class Foreseen:
    """The questions that the reference was asked in one test, as `write_question` gives them.

    `certain` tells of each whether it may be asked ahead; `answers` are the reference's, as
    `write_answer` gives them, of all questions or of none; `seconds` is how long the reference kept
    the test waiting, None where it is not known. More questions may follow unless `is_whole`.
    """

    texts: tuple[str, ...] = ()
    certain: tuple[bool, ...] = ()
    answers: tuple[str, ...] = ()
    seconds: float | None = None
    is_whole: bool = True

    def first(self, count: int) -> "Foreseen":
        """Return the same as far as it goes for the first questions."""
        texts, certain = self.texts[:count], self.certain[:count]
        return Foreseen(texts, certain, seconds=self.seconds, is_whole=False)

    @cached_property
    def keys(self) -> list[bytes | None]:
        """The key of each question."""
        return [key_of_question(_read_question(text)) for text in self.texts]

    @cached_property
    def runs(self) -> dict[int, int]:
        """Where a run of questions begins that are sent in one frame, and where it ends.

        Both are counted from 0; the end is the first question that is not part of it.
        """
        found: dict[int, int] = {}
        start, size = None, 0
        for number, (text, certain) in enumerate(zip(self.texts, self.certain, strict=True)):
            if not certain:
                start = None
                continue
            if start is None or size + len(text) > _MAX_RUN_BYTES:
                start, size = number, 0
            size += len(text)
            found[start] = number + 1
        return found

    def replies(self, last_call: int) -> bytes:
        """Return the frames in which the reference would reply to all of it; b"" if not known.

        `last_call` is the number of the call before.
        """
        known: dict[int, bytes] = self._replies
        if last_call not in known:
            numbered = enumerate(self.answers, last_call + 1)
            known[last_call] = b"".join(frame_of_answer(*one) for one in numbered)
        return known[last_call]

    @cached_property
    def _replies(self) -> dict[int, bytes]:
        return {}

    def json(self, start: int, end: int) -> bytes:
        """Return the questions from `start` up to `end`, in JSON."""
        return ",".join(self.texts[start:end]).encode("ascii")


class Ahead:
    """How far a test has got, and how far its process has been asked ahead of it."""

    def __init__(self, foreseen: Foreseen) -> None:
        self.asked: list[Question] = []
        self.is_sent = False  # the question that is being asked
        self.is_done = False  # the process has been told that no more will come
        self._foreseen = foreseen
        self._sent = 0

    @property
    def seconds(self) -> float | None:
        """How long the reference kept the test waiting."""
        return self._foreseen.seconds

    @property
    def unread(self) -> int:
        """How many answers are on their way that the test has not asked for."""
        return max(0, self._sent - len(self.asked))

    def replies(self, last_call: int) -> bytes:
        """Return the frames in which the reference would answer all that is asked in the test.

        b"" where that is not known, or not all of it has been asked ahead. `last_call` is the
        number of the call before.
        """
        return b"" if self.asked or not self.is_done else self._foreseen.replies(last_call)

    def take_all(self) -> int:
        """Take note that all answers have been read; return how many."""
        count = self.unread
        self._sent = len(self.asked)
        return count

    def fits(self, question: Question) -> bool:
        """Tell whether the process is where the next question can be put to it."""
        if len(self.asked) < self._sent:
            return self._is_foreseen(question)
        return not self.is_done

    def questions_for(self, question: Question) -> bytes:
        """Return the run of questions, in JSON, that begins with this one; b"" for none."""
        self.is_sent = len(self.asked) < self._sent
        if self.is_sent or not self._is_foreseen(question):
            return b""
        self.is_sent = len(self.asked) in self._foreseen.runs
        return self.next_run()

    def next_run(self) -> bytes:
        """Return the run of questions that comes next in any case; b"" for none."""
        start = len(self.asked)
        end = self._foreseen.runs.get(start)
        if end is None:
            return b""
        self._sent = end
        self.is_done = self._foreseen.is_whole and end == len(self._foreseen.texts)
        return self._foreseen.json(start, end)

    def _is_foreseen(self, question: Question) -> bool:
        number = len(self.asked)
        keys = self._foreseen.keys
        key = key_of_question(question)
        return number < len(keys) and key is not None and key == keys[number]


def runs_of(questions: Sequence[Question]) -> Iterator[tuple[int, bytes]]:
    """Yield questions in runs that may be sent in one frame each: how many, and their JSON."""
    texts = tuple(map(write_question, questions))
    foreseen = Foreseen(texts, (True,) * len(texts))
    for start, end in foreseen.runs.items():
        yield end - start, foreseen.json(start, end)


def _read_question(text: str) -> Question:
    parts: list[Any] = decode(text.encode("ascii"))
    scenario, arguments, stdin, fresh = parts
    return Question(scenario, tuple(arguments), stdin, fresh)
