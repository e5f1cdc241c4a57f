"""The worker: the program inside the sandbox, and with this text the contract of the wire.

Two parties, one pipe in each direction, one frame (`grader.inside.wire`) for each message, every
message a list whose first item names it. The judge speaks first and in order:

    [setup, {...}]     once; see `Setup` below      ->  [ready, python version]
                                                        or [broken, why] and the worker ends
    [test]             fork a child, import         ->  [loaded]
                                                        or [unloadable, failure], then [ended, ...]
    [call, id, scenario, arguments, stdin, fresh]   ->  [answer, id, value, stdout, stderr]
                                                        or [raised, id, failure]
                                                        or [unsendable, id, why]
                                                        or [flooded, id], then [ended, ...]
    [calls, id, [[scenario, arguments, stdin, fresh], ...]]
                       as many calls, ids in turn   ->  for each what a call gives, one by one
    [done]             the test is over             ->  [ended, exit status, clean]

The judge need not wait for a reply before it sends the next request: it may send a test's `calls`
and `done` together with `test`, and read the replies when it comes to them.

`[ended, ...]` also comes unasked, whenever the child has died: exit status is negative for a
signal. `clean` is false when the child has left something behind that the worker could not
remove; the judge then takes another sandbox. A `failure` is what `failures.describe_failure`
returns, with `missing`, the name that the scenario looked for in the submission in vain, or "".

Setup: files (dict from relative file name to bytes), module (import name), scenarios (dict from
name to source of one function), preload (module names), scratch (the folder that holds the
submission and its working folder), emptied (folders whose content is removed after each test),
seed (int), alone (bool: the worker and what it started are the only processes that it can see),
rlimits (dict from RLIMIT_ name to number), answer_bytes, output_bytes, child_seconds. To these the
worker adds code (what the main file compiles to, None until a child has come to a good end).

The worker itself never runs the submission's code: that is what the child is for, so that no test
sees what another left behind and a crash costs one test. But nothing here is trusted: parent and
child have one user, so a child can do to the worker what it likes. The judge therefore keeps its
own clock and its own count of bytes, and believes a message no further than its type.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import random  # noqa: F401 - loaded before the fork, so that no child pays for it again
import resource
import signal
import sys
import threading
import time
from types import CodeType
from typing import Any, Callable

from grader.inside.child import Child, main_file
from grader.inside.pipe import Pipe, take_standard_streams

_THREAD_STACK_BYTES = 2 * 1024 * 1024
_SWEEPS = 200
_LIMITS = [getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")]


def main() -> None:
    """Serve one judge until it goes away."""
    pipe = take_standard_streams()
    with contextlib.suppress(EOFError, BrokenPipeError):
        _, setup = pipe.receive()
        try:
            prepare(setup)
        except Exception as error:  # anything here is our fault, and the judge has to hear of it
            pipe.send(["broken", f"{type(error).__name__}: {error}"])
            return
        pipe.send(["ready", sys.version.split()[0]])
        inherited = what_is_inherited()
        while True:
            # Anything else was meant for a child that has died on its own meanwhile; the judge has
            # been told so, and nobody is left to answer.
            if pipe.receive() == ["test"]:
                status, is_empty = run_test(pipe, setup)
                is_clean = is_empty and what_is_inherited() == inherited
                if status == 0 and is_clean and setup["code"] is None:
                    setup["code"] = compile_main_file(setup)
                pipe.send(["ended", status, is_clean])


def prepare(setup: dict[str, Any]) -> None:
    """Take on the limits, for good, import what every test would import, and try what each does.

    Where the machine has no more files, disk or processes to give, that comes out here, before any
    code of the submission could be blamed for it.
    """
    for name, value in setup["rlimits"].items():
        set_limit(name, value)
    # A thread's stack counts as data; with the usual 8 MiB, thirty threads would be out of memory.
    threading.stack_size(_THREAD_STACK_BYTES)
    for name in setup["preload"]:
        importlib.import_module(name)
    setup["code"] = None
    write_files(setup)
    try_to_start()
    gc.freeze()  # what is there by now stays shared with each child; its collector would copy it


def set_limit(name: str, value: int) -> None:
    """Set a limit for good; raises RuntimeError when the machine does not give as much."""
    kind = getattr(resource, name)
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY and hard < value:
        raise RuntimeError(f"{name} is {hard} on this machine, and has to be {value} or more")
    resource.setrlimit(kind, (value, value))


def try_to_start() -> None:
    """Start a thread that ends at once; raises RuntimeError when there are none to be had.

    To the kernel, which counts them, it is as good as a process, and it takes a twentieth as long.
    """
    thread = threading.Thread(target=time.sleep, args=(0,))
    thread.start()
    thread.join()


def run_test(pipe: Pipe, setup: dict[str, Any]) -> tuple[int, bool]:
    """Fork one test's child, wait for its end, and remove what it left.

    Returns its exit status, and whether nothing is left.
    """
    write_files(setup)
    pid = os.fork()
    if pid == 0:
        run_child(pipe, setup)
    status = wait_for(pid, setup["child_seconds"])
    end_leftovers(pid, setup["alone"])
    return status, all(clear(folder) for folder in setup["emptied"])


def compile_main_file(setup: dict[str, Any]) -> CodeType | None:
    """Return the code of the main file for the children to come, None where it does not compile.

    Called when a child has done the same and ended well, so it cannot do any harm here.
    """
    name, path = main_file(setup)
    try:
        return compile(setup["files"][name], path, "exec", dont_inherit=True)
    except Exception:  # as when it is imported, which is where that is told
        return None


def what_is_inherited() -> list[Any]:
    """Return what a process has from its parent, and a child of the same user can change in it."""
    found: list[Any] = [resource.getrlimit(limit) for limit in _LIMITS]
    found.append(os.getpriority(os.PRIO_PROCESS, 0))
    if hasattr(os, "sched_getscheduler"):  # Linux
        found += [os.sched_getscheduler(0), os.sched_getaffinity(0)]
    for name in ("oom_score_adj", "timerslack_ns"):
        with contextlib.suppress(OSError), open("/proc/self/" + name) as file:
            found.append(file.read())
    return found


def run_child(pipe: Pipe, setup: dict[str, Any]) -> None:
    """Be the child; never returns. It ends without clean-up, which would be the submission's."""
    status = 1
    try:
        os.setsid()
        Child(pipe, setup).run()
        status = 0
    finally:
        os._exit(status)


def wait_for(pid: int, seconds: float) -> int:
    """Return the exit status of the child; negative for a signal.

    The judge ends a test that takes too long. The alarm is for the case that there is no judge any
    more: without it a child in an endless loop would outlive everybody who could end it.
    """
    signal.signal(signal.SIGALRM, lambda number, frame: os.kill(pid, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, status = os.waitpid(pid, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return os.waitstatus_to_exitcode(status)


def end_leftovers(pid: int, alone: bool) -> None:
    """Kill every process that the child has started.

    In a process namespace of our own, -1 means everything but us. Elsewhere it would mean
    everything that the user runs, so there only the child's own process group is ended here.
    """
    target = -1 if alone else -pid
    for _ in range(_SWEEPS):
        try:
            os.kill(target, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(0.001)  # they are gone when whoever inherited them has noticed


def write_files(setup: dict[str, Any]) -> None:
    """Lay the submission's files out anew: the child of the test before may have changed them."""
    root = os.path.join(setup["scratch"], "submission")
    for name, content in setup["files"].items():
        path = os.path.join(root, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    os.makedirs(os.path.join(setup["scratch"], "work"), exist_ok=True)


def clear(folder: str) -> bool:
    """Remove everything in a folder; return whether nothing is left, not even on the folder itself.

    Without recursion, because folders may be nested deeper than Python's stack; and each folder
    first gets back the rights that removing its content takes.
    """
    folders = [folder]
    for path in folders:  # which grows meanwhile
        with contextlib.suppress(OSError):
            os.chmod(path, 0o700)
        with contextlib.suppress(OSError):
            for entry in list(os.scandir(path)):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    _remove(os.unlink, entry.path)
    for path in reversed(folders[1:]):
        _remove(os.rmdir, path)
    with contextlib.suppress(OSError):  # it may be another user's, and then it bears no mark
        os.utime(folder, (0, 0))
    try:
        return not os.listdir(folder) and not _attributes(folder)
    except OSError:  # the submission has removed the folder itself
        return False


def _attributes(path: str) -> list[str]:
    return os.listxattr(path) if hasattr(os, "listxattr") else []  # elsewhere than on Linux


def _remove(function: Callable[[str], None], path: str) -> None:
    with contextlib.suppress(OSError):
        function(path)
