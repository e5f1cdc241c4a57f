"""What an engine has noted of a container: only what others did counts against the sandbox."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from docker.errors import APIError

from grader.sandbox.interference import interference, is_podman

OWN = ("create", "attach", "start")
BY_ITSELF = (*OWN, "oom", "die")
CREATED = "2026-01-01T01:00:00.123456789+01:00"
CREATED_AT = 1767225600  # the same second, since 1970
RESTARTED = "the Docker engine was stopped meanwhile, and the container with it; try again"


def event(action: str, container: str = "C") -> Mapping[str, Any]:
    return {"Type": "container", "Action": action, "Actor": {"ID": container}}


@dataclass
class FakeEngine:
    """An engine, its own API client as well, that keeps the given events."""

    events: list[Mapping[str, Any]]
    ok: bool = True
    components: list[Mapping[str, str]] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)

    base_url, api_version = "http+docker://localhost", "1.41"

    @property
    def api(self) -> "FakeEngine":
        return self

    def info(self) -> dict[str, str]:
        return {"SystemTime": "2026-01-01T00:00:09.5Z"}

    def version(self) -> dict[str, Any]:
        return {"Components": self.components}

    def get(self, url: str, **options: Any) -> SimpleNamespace:
        self.asked = {"url": url, **options}
        text = "".join(f"{json.dumps(event)}\n" for event in self.events)
        return SimpleNamespace(ok=self.ok, text=text)


def told_by(engine: FakeEngine) -> str:
    container: Any = SimpleNamespace(id="C", attrs={"Created": CREATED})
    return interference(engine, container, 7.0)  # type: ignore[arg-type]  # the fake is enough


def engine_with(*actions: str, **more: Any) -> FakeEngine:
    return FakeEngine([event(action) for action in actions], **more)


@pytest.mark.parametrize(
    ("action", "word"), [("kill", "killed"), ("pause", "paused"), ("destroy", "removed")]
)
def test_what_only_the_engine_can_be_asked_for_was_somebody_else(action: str, word: str) -> None:
    assert f"the container was {word} from outside" in told_by(engine_with(*OWN, action, "die"))


def test_what_a_submission_can_bring_about_is_its_own() -> None:
    assert told_by(engine_with(*BY_ITSELF)) == ""


def test_what_was_done_to_another_container_does_not_matter() -> None:
    engine = engine_with(*BY_ITSELF)
    engine.events += [event("kill", "another"), event("destroy", "another")]

    assert told_by(engine) == ""


def test_an_engine_that_does_not_know_of_the_start_was_stopped_meanwhile() -> None:
    assert told_by(engine_with()) == RESTARTED
    assert told_by(engine_with("die")) == RESTARTED


def test_an_engine_that_may_have_forgotten_the_start_tells_nothing() -> None:
    assert told_by(engine_with(*["oom"] * 128)) == ""
    assert told_by(engine_with(*["oom"] * 127)) == RESTARTED


def test_podman_which_may_keep_no_events_tells_only_what_it_has_kept() -> None:
    podman = [{"Name": "Podman Engine"}]

    assert told_by(engine_with(components=podman)) == ""
    assert "was killed" in told_by(engine_with("kill", components=podman))


def test_an_engine_that_gives_no_events_tells_nothing() -> None:
    assert told_by(engine_with("kill", ok=False)) == ""


def test_what_is_no_event_of_a_thing_is_passed_over() -> None:
    engine = engine_with(*BY_ITSELF)
    engine.events.append({"status": "odd"})

    assert told_by(engine) == ""


def test_the_engine_is_asked_by_its_own_clock_and_does_not_keep_us_waiting() -> None:
    engine = engine_with(*OWN)
    told_by(engine)

    assert engine.asked == {
        "url": "http+docker://localhost/v1.41/events",
        "params": {"since": CREATED_AT, "until": CREATED_AT + 9.5},
        "timeout": 7.0,
    }


def test_an_engine_that_does_not_answer_is_not_taken_for_one_that_has_noted_nothing() -> None:
    class Gone(FakeEngine):
        """An engine whose socket is closed."""

        def info(self) -> dict[str, str]:
            raise ConnectionRefusedError

    with pytest.raises(ConnectionRefusedError):
        told_by(Gone([]))


def test_an_engine_whose_clock_cannot_be_asked_tells_nothing() -> None:
    class Refusing(FakeEngine):
        """An engine that answers, but not to this."""

        def info(self) -> dict[str, str]:
            raise APIError("not for you")

    assert told_by(Refusing([])) == ""


@pytest.mark.parametrize(("name", "expected"), [("Podman Engine", True), ("Engine", False)])
def test_podman_is_known_by_its_components(name: str, expected: bool) -> None:
    engine: Any = engine_with(components=[{"Name": name}])

    assert is_podman(engine) is expected
