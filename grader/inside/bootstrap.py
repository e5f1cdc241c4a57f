"""The first program in a sandbox: reads the worker's modules from standard input and starts it.

Its text is given to `python -c`, with the names of the environment variables to keep. Everything
else follows over the pipe, as one frame (4 bytes of length, big endian) of JSON: a list of [module
name, source] pairs in the order of their imports. The `main` of the last one is called.
"""

from __future__ import annotations

import json
import os
import sys
import types

OLDEST = (3, 9)


def read_exactly(count: int) -> bytes:
    """Return `count` bytes of standard input, without taking any that follow; exit at its end."""
    parts = []
    while count:
        part = os.read(0, min(count, 65536))
        if not part:
            sys.exit("standard input ended before the worker had arrived")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def install(name: str, source: str) -> None:
    """Make the module `name` from its source, importable by name like any other."""
    module = types.ModuleType(name)
    # Lets the name be a package, which costs nothing where it is none.
    module.__path__ = []
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
    exec(compile(source, "<%s>" % name, "exec"), module.__dict__)  # noqa: S102 - our own source


def start() -> None:
    """Take delivery of the modules and run the last one."""
    if sys.version_info < OLDEST:
        sys.exit("Python %d.%d or newer is needed" % OLDEST)
    for name in set(os.environ).difference(sys.argv[1:]):
        del os.environ[name]
    del sys.argv[1:]
    # With `-c`, Python puts the current folder on the path; nothing may be imported from there.
    sys.path[:] = [entry for entry in sys.path if entry]
    modules = json.loads(read_exactly(int.from_bytes(read_exactly(4), "big")))
    for name, source in modules:
        install(name, source)
    sys.modules[modules[-1][0]].main()


if __name__ == "__main__":
    start()
