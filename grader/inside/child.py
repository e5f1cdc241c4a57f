"""The forked child that belongs to one test: imports the submission and answers its calls."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import random
import signal
import sys
from types import CodeType, CoroutineType, ModuleType
from typing import Any, Callable, Iterator

from grader.inside import wire
from grader.inside.failures import describe_failure, missing_name
from grader.inside.pipe import Pipe
from grader.inside.streams import Streams

SCENARIO_FILE = "<scenario>"
_RESERVE_BYTES = 1024 * 1024
_OVERHEAD_BYTES = 64 * 1024


def calls_of(request: list[Any]) -> Iterator[tuple[int, list[Any]]]:
    """Yield the number and the question (scenario, arguments, stdin, fresh) of each call."""
    kind, number, *rest = request
    questions = [rest] if kind == "call" else rest[0]
    return enumerate(questions, number)


def main_file(setup: dict[str, Any]) -> tuple[str, str]:
    """Return the file that is imported, a module or the first of a package: its name and path."""
    name = setup["module"] + ".py"
    if name not in setup["files"]:
        name = setup["module"] + "/__init__.py"
    return name, os.path.join(setup["scratch"], "submission", *name.split("/"))


class Child:
    """Answers the calls of one test, then ends; `setup` is the worker's setup request."""

    def __init__(self, pipe: Pipe, setup: dict[str, Any]) -> None:
        self._pipe = pipe
        self._setup = setup
        self._root = os.path.join(setup["scratch"], "submission")
        self._streams = Streams(setup["output_bytes"], self._flooded)
        self._scenarios: dict[str, Callable[..., Any]] = {}
        self._pid = os.getpid()
        self._call = 0
        # Given up when memory has run out, so that there is some left to say so.
        self._reserve = [bytes(_RESERVE_BYTES)]

    def run(self) -> None:
        """Import the submission, say so, and answer calls until the judge says that it is done."""
        for number in (signal.SIGALRM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        random.seed(self._setup["seed"])
        sys.path.append(self._root)
        os.chdir(os.path.join(self._setup["scratch"], "work"))
        try:
            module = self._load(self._setup["code"])
        except BaseException as error:  # SystemExit and the like are the submission's, too
            self._reply(["unloadable", self._describe(error)])
            return
        self._reply(["loaded"])
        while True:
            request = self._pipe.receive()
            if request[0] == "done":
                return
            for self._call, question in calls_of(request):
                self._reply(self._answer(module, *question))

    def _load(self, code: CodeType | None = None) -> ModuleType:
        """Import the submission's main file anew, by its path, under its own name.

        `code` is what it compiles to, if that is known.
        """
        name = self._setup["module"]
        own_name, file = main_file(self._setup)
        folder = [os.path.dirname(file)] if "/" in own_name else None
        spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=folder)
        if spec is None or spec.loader is None:
            raise ImportError(f"{file} is no Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        if code is None:
            spec.loader.exec_module(module)
        else:
            exec(code, module.__dict__)  # noqa: S102 - what its loader does, too
        # A module may replace itself in sys.modules, and import gives what it has put there.
        return sys.modules.get(name, module)

    @contextlib.contextmanager
    def _put_aside(self) -> Iterator[None]:
        """Forget the submission's modules, so that importing runs them anew, and put them back."""
        own = self._take_modules()
        try:
            yield
        finally:
            self._take_modules()
            sys.modules.update(own)

    def _take_modules(self) -> dict[str, ModuleType]:
        own = {
            name: module
            for name, module in sys.modules.items()
            if str(getattr(module, "__file__", "")).startswith(self._root + os.sep)
        }
        for name in own:
            del sys.modules[name]
        return own

    def _answer(
        self, module: ModuleType, name: str, arguments: list[Any], stdin: str, fresh: bool
    ) -> list[Any]:
        self._streams.begin(stdin)
        try:
            if fresh:
                with self._put_aside():
                    module = self._load()
                    value = self._value(name, module, arguments)
            else:
                value = self._value(name, module, arguments)
        except BaseException as error:  # whatever it is, it is an observation for the judge
            failure = self._describe(error)
            failure["missing"] = missing_name(error, module, SCENARIO_FILE)
            return ["raised", self._call, failure]
        return ["answer", self._call, value, *self._streams.end()]

    def _value(self, name: str, module: ModuleType, arguments: list[Any]) -> Any:
        value = self._scenario(name)(module, *arguments)
        if isinstance(value, CoroutineType):
            import asyncio  # costs 40 ms; the judge has it preloaded where it is needed

            value = asyncio.run(value)
        return value

    def _scenario(self, name: str) -> Callable[..., Any]:
        if name not in self._scenarios:
            namespace: dict[str, Any] = {"__name__": "scenario"}
            source = self._setup["scenarios"][name]
            exec(compile(source, SCENARIO_FILE, "exec"), namespace)  # noqa: S102 - from the judge
            self._scenarios[name] = namespace[name]
        return self._scenarios[name]

    def _describe(self, error: BaseException) -> dict[str, Any]:
        if isinstance(error, MemoryError):
            self._reserve.clear()
        return describe_failure(error, self._root)

    def _reply(self, reply: list[Any]) -> None:
        if os.getpid() != self._pid:
            # A copy of this process that the submission has forked and let return: not our answer.
            os._exit(0)
        limit = self._setup["answer_bytes"]
        try:
            self._pipe.send(reply, limit + self._setup["output_bytes"] + _OVERHEAD_BYTES)
        except wire.WireError as error:
            self._pipe.send(["unsendable", self._call, str(error)])
        except MemoryError:
            self._reserve.clear()
            self._pipe.send(["unsendable", self._call, "no memory is left to write it"])

    def _flooded(self) -> None:
        """Too much was written: say so and end at once, since the submission would only go on."""
        if os.getpid() == self._pid:
            self._pipe.send(["flooded", self._call])
        os._exit(0)
