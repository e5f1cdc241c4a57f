"""What the judge's process reports to the one that started it: one line of JSON a message.

collected   every test there is, before the first has run; so none can get lost unnoticed
record      one test, as soon as it is known
finished    versions and image; the last message of a judge that came to its end
breakdown   why nothing could be judged: an outcome that is ours, and a sentence
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from grader.outcomes import Outcome
from grader.results import Breakdown, TestRecord, record_from_json, record_to_json


class Reporter:
    """Writes messages to a stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def collected(self, records: list[TestRecord]) -> None:
        """Announce every test, each as a record of the outcome that it has if it never runs."""
        self._write("collected", [record_to_json(record) for record in records])

    def record(self, record: TestRecord) -> None:
        """Report one test."""
        self._write("record", record_to_json(record))

    def finished(self, facts: Mapping[str, str]) -> None:
        """Report the end, with what is needed to get the result again."""
        self._write("finished", dict(facts))

    def breakdown(self, breakdown: Breakdown) -> None:
        """Report that nothing can be judged."""
        self._write("breakdown", dataclasses.asdict(breakdown))

    def _write(self, kind: str, content: Any) -> None:
        self._stream.write(json.dumps([kind, content]).encode("ascii") + b"\n")
        self._stream.flush()


@dataclass
class Account:
    """Everything that a judge has reported, put together by `add` line by line."""

    records: dict[str, TestRecord] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    breakdown: Breakdown | None = None
    is_finished: bool = False

    def add(self, line: bytes) -> None:
        """Take in one message; raises ValueError for a line that is none."""
        try:
            self._take_in(*json.loads(line))
        except (AttributeError, KeyError, RecursionError, TypeError) as error:
            raise ValueError(f"no message of a judge: {error!r}") from None

    def _take_in(self, kind: str, content: Any) -> None:
        if kind == "collected":
            self.records |= {record.name: record for record in map(record_from_json, content)}
        elif kind == "record":
            record = record_from_json(content)
            self.records[record.name] = record
        elif kind == "breakdown":
            self.breakdown = Breakdown(Outcome(content["outcome"]), content["message"])
        elif kind == "finished":
            self.facts = dict(content)
            self.is_finished = True
        else:
            raise ValueError(f"unknown message {kind!r}")
