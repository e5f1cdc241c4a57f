"""Questions asked ahead: those that a hidden test will ask whatever it is answered, sent together.

A test that asks four hundred questions, one at a time, spends most of its time on the way to the
sandbox and back. The reference's run tells which questions will be asked, in which order. Those
that are certain are sent in one frame before the test begins; the sandbox answers them one after
another, and the test finds each answer where its question turns up.

Certain is a question that does not follow from an answer: the argument of one that does is itself
an answer of the reference, which no submission may ever see. So it is put when the test puts it.
"""

import marshal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.inside.wire import decode, encode
from grader.testing import Question

# Far below what a worker reads at once (`grader.inside.pipe`, `wire.MAX_ELEMENTS`).
_MAX_RUN_BYTES = 128 * 1024

_EXACT = 0  # of marshal's formats the one that tells nothing but type and value


def write_question(question: Question) -> str:
    """Return a question as it stands in a frame; raises WireError where it is not plain data."""
    parts = [question.scenario, list(question.arguments), question.stdin, question.fresh]
    return encode(parts, plain_only=True).decode("ascii")


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

    `certain` tells of each whether it may be asked ahead; `seconds` is how long the reference kept
    the test waiting, None where it is not known.
    """

    texts: tuple[str, ...] = ()
    certain: tuple[bool, ...] = ()
    seconds: float | None = None

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
        self.is_done = end == len(self._foreseen.texts)
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
