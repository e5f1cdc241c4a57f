"""A process that has one file of hidden tests collected, and forks judges of it.

What pytest does before the first test (its configuration, the import of the file, the collection)
takes longer than many a submission takes to be judged, and is the same for all of them. So it is
done once: the process stays where pytest would run the tests, and each judge that it forks goes on
from there. It never runs a hidden test itself.
"""

import gc
import socket
from collections.abc import Callable, Sequence

import pytest

from grader.judge.hidden_tests import Collection, HiddenTests, is_bare
from grader.judge.job import Job, job_from_json
from grader.judge.judge import Collector, judge_from_input, read_named, run_pytest
from grader.judge.processes import READY, receive_job
from grader.judge.recording import Recording, read_recording

Serve = Callable[[socket.socket, Callable[[], None]], None]
"""Forks judges as a socket says, each to call a function; `grader.judge.server` knows how."""


def host(control: socket.socket, serve: Serve) -> None:
    """Collect the tests of the job that comes first over a socket; then serve it."""
    job = job_from_json(receive_job(control))
    stay = _Stay(job, control, serve)
    shrink = job.shrink or job.given is not None
    run_pytest(job, [stay, Collection(job.exercise, shrink)])


class _Stay:
    """The pytest plugin object that serves in the place of running the tests."""

    def __init__(self, job: Job, control: socket.socket, serve: Serve) -> None:
        self._job = job
        self._control = control
        self._serve = serve
        self._recording = read_recording(job.recording)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork judges until nobody wants any more; nothing where there is nothing to run."""
        if session.testsfailed or not session.items:
            return True
        self._recording.prepare()
        gc.collect()
        gc.freeze()
        self._control.sendall(READY)
        self._serve(self._control, lambda: self._judge(session))
        return True

    def _judge(self, session: pytest.Session) -> None:
        """Judge the job on standard input, in a process that was forked for it."""
        judge_from_input(lambda job, plugins: _run(session, plugins), self._read)

    def _read(self, job: Job) -> Recording:
        is_known = job.given is None and job.recording == self._job.recording
        return self._recording if is_known else read_named(job)


def _run(session: pytest.Session, plugins: Sequence[object]) -> None:
    """Run the tests that were collected before the fork, as pytest's own loop would.

    Where pytest does nothing for any of them but call it, those need no pytest that pass by what
    the submission has answered.
    """
    items = list(session.items)
    for plugin in plugins:
        if isinstance(plugin, Collector):
            plugin.pytest_collection_modifyitems(items)
    is_plain = all(map(is_bare, session.items))
    (hidden_tests,) = (plugin for plugin in plugins if isinstance(plugin, HiddenTests))
    manager = session.config.pluginmanager
    for item, following in zip(items, [*items[1:], None], strict=True):
        if is_plain and is_bare(item) and hidden_tests.passes_at_once(item):
            continue
        for plugin in plugins:
            if not manager.is_registered(plugin):
                manager.register(plugin)
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
