"""Measures what a run takes of the machine: seconds, CPU seconds and memory, by /proc alone."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
BUSY_SECONDS = 0.5
SAMPLE_SECONDS = 0.02

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# The columns of the line "cpu" in /proc/stat (proc_stat(5)) in which a core of this machine works
# for us: user, nice, system, irq, softirq. Not idle, iowait and what was stolen by other machines;
# what guests take is in user already.
_WORKING = (0, 1, 2, 5, 6)
_IDLE = (3, 4)


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds on the clock, and CPU seconds of the whole machine."""

    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Busyness:
    """How busy the machine was: load average over a minute, and the share of its CPU in use."""

    load: float
    cpu_share: float

    def __str__(self) -> str:
        return f"load {self.load:.2f}, CPU {self.cpu_share:.0%} in use"


def measure(work: Callable[[], object]) -> Cost:
    """Return what it takes to do `work`.

    The CPU time is that of all programs on the machine: a container's processes, and what the
    engine does for it, are no children of ours.
    """
    cpu_before, start = _cpu_seconds(), time.perf_counter()
    work()
    return Cost(time.perf_counter() - start, _cpu_seconds().working - cpu_before.working)


def busyness() -> Busyness:
    """Watch the machine for half a second."""
    before = _cpu_seconds()
    time.sleep(BUSY_SECONDS)
    after = _cpu_seconds()
    working, idle = after.working - before.working, after.idle - before.idle
    return Busyness(os.getloadavg()[0], working / (working + idle) if working + idle else 0.0)


def peak_memory(work: Callable[[], object], every_seconds: float = SAMPLE_SECONDS) -> int:
    """Do `work`; return the most memory in bytes that all processes begun meanwhile had at once.

    It is the sum of their proportional shares (Pss), in which a page that several share counts
    once. A container's processes are counted, wherever they hang in the tree.
    """
    before = _processes()
    done = threading.Event()
    peaks = [0]

    def watch() -> None:
        while not done.is_set():
            peaks.append(sum(_pss_bytes(pid) for pid in _processes() - before))
            done.wait(every_seconds)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return max(peaks)


@dataclass(frozen=True)
class _CpuSeconds:
    working: float
    idle: float


def _cpu_seconds() -> _CpuSeconds:
    """Return for how long the cores have worked, and been idle, since the machine started."""
    with (PROC / "stat").open() as file:
        ticks = [int(column) for column in file.readline().split()[1:]]
    working = sum(ticks[column] for column in _WORKING)
    idle = sum(ticks[column] for column in _IDLE)
    return _CpuSeconds(working / _TICKS_A_SECOND, idle / _TICKS_A_SECOND)


def _processes() -> set[str]:
    """Return the numbers of all processes; one is hardly given out twice during a run."""
    return {entry.name for entry in PROC.iterdir() if entry.name.isdigit()}


def _pss_bytes(pid: str) -> int:
    """Return a process's proportional share of memory; 0 for one that has ended or is not ours."""
    try:
        with (PROC / pid / "smaps_rollup").open() as file:
            return sum(1024 * int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except OSError:
        return 0
