"""Recorded tests: what Hypothesis has drawn for the reference, and what the reference was asked.

Drawing examples takes most of a judge's time, and everybody who is graded with one seed gets the
same ones. So they are drawn once, while the reference is judged, and kept as plain data; for a
submission the test function is called with each of them in turn. That a submission passes them all
is what it would have been judged by, too. Where one fails, Hypothesis runs, with the same seed, and
finds the smallest one that does.

A test's examples are not kept, and Hypothesis always runs, where what is drawn may follow from an
answer or is no plain data: it draws while it runs, gives examples up (`assume`), aims (`target`),
takes what cannot be copied or what pytest gives it, or is a state machine.

Of a test whose examples are kept, and of one without any, the questions are kept, too
(`grader.judge.foresight`), and of every test the time that the reference took for it.

They are taken down by `grader.judge.recorder` and tried by `grader.judge.replay`; neither pytest
nor Hypothesis is needed here, where they are read and kept.
"""

import functools
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.files import replace_file
from grader.inside.wire import decode
from grader.judge.foresight import Foreseen

Example = Mapping[str, Any]
"""The arguments of one call of a test function, by name."""


@dataclass(frozen=True)
class RecordedTest:
    """One test: its examples in JSON, or None, and what is foreseen of it."""

    examples: tuple[str, ...] | None = None
    foreseen: Foreseen = field(default_factory=Foreseen)

    @functools.cached_property
    def decoded(self) -> list[Example]:
        """The examples, each to be used once, since a test may change what it is given."""
        return [_decoded(text) for text in self.examples or ()]


class Recording:
    """The recorded tests of one file of hidden tests."""

    def __init__(self, tests: Mapping[str, RecordedTest]) -> None:
        """Hold what `read_recording` has read."""
        self._tests = tests

    def test(self, name: str) -> RecordedTest:
        """Return what is known of a test, which may be nothing."""
        return self._tests.get(name, RecordedTest())

    def prepare(self) -> None:
        """Do now what every judge that is forked from this process would do."""
        calls = 0
        for test in self._tests.values():
            _ = test.decoded, test.foreseen.keys, test.foreseen.runs
            _ = test.foreseen.replies(calls)  # as numbered where all tests come to them in turn
            calls += len(test.foreseen.texts)


def read_recording(file: Path | None) -> Recording:
    """Return the recording that a `Recorder` wrote; an empty one where there is none to be read."""
    if file is None:
        return Recording({})
    try:
        tests = json.loads(file.read_bytes())
        os.utime(file)  # `grader.cache.prune` goes by it
    except (OSError, ValueError):
        return Recording({})
    return Recording({name: _recorded_test(test) for name, test in tests.items()})


def _recorded_test(data: Mapping[str, Any]) -> RecordedTest:
    examples = data.get("examples")
    return RecordedTest(
        examples=None if examples is None else tuple(examples),
        foreseen=Foreseen(
            texts=tuple(data.get("questions", ())),
            certain=tuple(data.get("certain", ())),
            answers=tuple(data.get("answers", ())),
            seconds=data.get("seconds"),
        ),
    )


def write_examples(file: Path, examples: Mapping[str, Sequence[str]]) -> None:
    """Write a recording of nothing but some examples for some tests, as the wire writes them."""
    tests = {name: {"examples": list(texts)} for name, texts in examples.items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, json.dumps(tests).encode("ascii"))


def keep_examples(recorded: Path, examples: Mapping[str, Sequence[str]], file: Path) -> None:
    """Write a recording with exactly these examples, and with what was recorded of them.

    Of a test that the reference did not pass on them, nothing was.
    """
    write_examples(file, examples)
    tests = json.loads(file.read_bytes())
    if recorded.is_file():
        for name, test in json.loads(recorded.read_bytes()).items():
            if tests.get(name, {}).get("examples") == test["examples"]:
                tests[name] = test
    replace_file(file, json.dumps(tests).encode("ascii"))


def _decoded(payload: str) -> Example:
    example: Example = decode(payload.encode("ascii"))
    return example
