"""Says which machine it is: figures mean something only beside its size."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Machine:
    """The machine that was measured on; memory in bytes."""

    cores: int
    model: str
    memory_bytes: int
    kernel: str
    python: str

    def __str__(self) -> str:
        memory = self.memory_bytes / 2**30
        return (
            f"{self.cores} cores ({self.model}), {memory:.0f} GiB of memory, {self.kernel}, "
            f"Python {self.python}"
        )


def this_machine() -> Machine:
    """Return the machine that this runs on."""
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        model=_field(Path("/proc/cpuinfo"), "model name") or platform.machine(),
        memory_bytes=os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        kernel=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
    )


def _field(file: Path, name: str) -> str:
    """Return the first value of a field in a file of /proc, or ""."""
    for line in file.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
