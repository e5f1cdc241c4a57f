"""Tells from the engine's own record whether somebody else has ended or stopped a container.

A submission can end its own container, so its end alone says nothing. But an engine notes each
signal, pause and removal that it is asked for, and nothing in a container can ask it for one.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import docker
from docker.errors import APIError
from docker.models.containers import Container

_SENTENCES = {
    "kill": "the container was killed from outside, not by the submission; try again",
    "pause": "the container was paused from outside; leave it alone and try again",
    "destroy": "the container was removed from outside; leave it alone and try again",
}
_RESTARTED = "the Docker engine was stopped meanwhile, and the container with it; try again"

# An engine keeps the last 256 events in memory (moby, daemon/events/events.go). With so many since
# the container was made, that there is none of its start does not tell that the engine is another.
# Half of them are enough: while it is asked, more may come, which the answer leaves out.
_MANY_EVENTS = 128


def interference(client: docker.DockerClient, container: Container, seconds: float) -> str:
    """Return what somebody else did to a container or its engine, or "".

    An engine that keeps no events, or has forgotten them, gives no evidence, which is "".

    Args:
        client: the engine's client.
        container: as it was when it had been created.
        seconds: how long to wait for each of the engine's answers.

    Raises:
        docker.errors.DockerException, requests.exceptions.RequestException, OSError: when the
            engine does not answer.
    """
    try:
        events = _events_since(client, container.attrs["Created"], seconds)
    except APIError:
        return ""
    own = {event["Action"] for event in events if event["Actor"]["ID"] == container.id}
    for action, sentence in _SENTENCES.items():
        if action in own:
            return sentence
    has_forgotten = "start" not in own and len(events) < _MANY_EVENTS
    return _RESTARTED if has_forgotten and not is_podman(client) else ""


def is_podman(client: docker.DockerClient) -> bool:
    """Tell whether the engine is Podman's, which keeps its events in a log, or not at all."""
    return "Podman" in str(client.version().get("Components"))


def _events_since(
    client: docker.DockerClient, created: str, seconds: float
) -> list[Mapping[str, Any]]:
    """Return all events from a moment until now, by the engine's own clock.

    Not by the SDK's `events`, which may wait without end.
    """
    now = datetime.fromisoformat(client.info()["SystemTime"]).timestamp()
    since = int(datetime.fromisoformat(created).timestamp())
    response = client.api.get(
        f"{client.api.base_url}/v{client.api.api_version}/events",
        params={"since": since, "until": now},
        timeout=seconds,
    )
    if not response.ok:
        raise APIError("the engine gives no events", response=response)
    events = [json.loads(line) for line in response.text.splitlines()]
    return [event for event in events if "Action" in event and "Actor" in event]
