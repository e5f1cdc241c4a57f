"""Fuzzes how the judge reads what a sandbox sends, with Atheris; `make fuzz` starts it.

The arguments are those of libFuzzer: options, then folders with inputs, the first of which takes
in what is found to reach something new. A file in place of the folders is checked alone. An input
is the stream of bytes that a judge would read; what has to hold for it stands in
`tests/wire_property.py`.
"""

import json
import shlex
import signal
import sys
from collections.abc import Callable
from random import Random
from typing import Any

try:
    import atheris
except ImportError:
    sys.exit("Atheris is missing: pip install -e '.[fuzz]' (for Python before 3.14)")

# What is imported in here tells the fuzzer which of its lines and branches an input reaches.
with atheris.instrument_imports(include=["grader.inside.wire", "grader.judge.replies"]):
    from grader.inside.wire import LENGTH_BYTES
    from grader.judge import replies  # noqa: F401 - is imported to be observed

from wire_property import check, framed

TAGS = "ifcbtdszo"
PLAIN = [None, True, 0, -1, 2**53, 10**16, 0.5, -0.0, 1e308, "", "\ud800", [], {}]
TAGGED = [
    *[{"i": "1" * 20}, {"i": "-0"}, {"i": "0x_1"}, {"f": "nan"}, {"f": "-inf"}, {"c": [0.0, 1.5]}],
    *[{"b": "aGk="}, {"t": []}, {"s": [1, 1.0]}, {"z": []}, {"d": [[1, 2]]}, {"o": ["T", "<T>"]}],
]
MESSAGES = [
    *[["ready", ""], ["broken", ""], ["loaded"], ["flooded", 1], ["ended", 0, True]],
    *[["unloadable", {"d": []}], ["raised", 1, {"d": []}], ["unsendable", 1, ""]],
    ["answer", 1, 2, "", ""],
]
# What `grader.inside.failures` describes an exception with.
FAILURE = ["type", "bases", "message", "frames", "missing", "line", "column", "code"]
FRAME = ["f.py", 1, "f", "x"]
LEAVES: list[Any] = [*PLAIN, *TAGGED, *MESSAGES, *FAILURE, FRAME]
LONG_BYTES = 2_000


def check_one(data: bytes) -> None:
    """Check one input; whatever is raised is a finding."""
    check(data)


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Return another input: the frame's tree changed, or its text, or now and then any byte."""
    chance = Random(seed)  # noqa: S311 - a seed of the fuzzer's, so that a run can be had again
    kind = chance.random()
    payload = data[LENGTH_BYTES:]
    if kind < 0.1:
        return bytes(atheris.Mutate(data, max_size))
    try:
        tree = json.loads(payload.decode("ascii")) if kind < 0.7 else None
    except (ValueError, RecursionError):
        tree = None
    if tree is not None:
        payload = json.dumps(_changed(tree, chance), separators=(",", ":")).encode("ascii")
    else:
        payload = bytes(atheris.Mutate(payload, max_size - LENGTH_BYTES))
    return framed(payload)[:max_size]


def _changed(tree: Any, chance: Random) -> Any:
    """Return the tree with one to three of its nodes replaced."""
    root = [tree]
    for _ in range(chance.randint(1, 3)):
        container, place = chance.choice(_slots(root))
        change = chance.choice(_CHANGES)
        container[place] = change(container[place], chance)
    return root[0]


def _slots(root: list[Any]) -> list[tuple[Any, Any]]:
    """Return where each node of a tree stands: its container, and the place in there."""
    found, todo = [], [root]
    while todo:
        container = todo.pop()
        places = container.keys() if isinstance(container, dict) else range(len(container))
        for place in places:
            found.append((container, place))
            if isinstance(container[place], (list, dict)):
                todo.append(container[place])
    return found


def _leaf(node: Any, chance: Random) -> Any:
    return json.loads(json.dumps(chance.choice(LEAVES)))  # a copy, since it may be changed in turn


def _wrapped(node: Any, chance: Random) -> Any:
    tag = chance.choice(TAGS)
    return {tag: [[node, node]] if tag == "d" else [node]}


def _nested(node: Any, chance: Random) -> Any:
    for _ in range(chance.randint(1, 110)):
        node = [node]
    return node


def _tagged_anew(node: Any, chance: Random) -> Any:
    content = next(iter(node.values()), []) if isinstance(node, dict) else node
    return {chance.choice(TAGS): content}


def _grown(node: Any, chance: Random) -> Any:
    if not isinstance(node, list):
        return [node, node]
    place = chance.randint(0, len(node))
    return [*node[:place], _leaf(node, chance), *node[place:]]


def _shrunk(node: Any, chance: Random) -> Any:
    if not isinstance(node, list) or not node:
        return None
    place = chance.randrange(len(node))
    return [*node[:place], *node[place + 1 :]]


def _numbered(node: Any, chance: Random) -> Any:
    number = chance.choice([1, -1]) << chance.randint(0, 62)
    return number + chance.randint(-1, 1)


def _repeated(node: Any, chance: Random) -> Any:
    most = max(2, LONG_BYTES // len(json.dumps(node)))
    return (node if isinstance(node, (str, list)) else [node]) * chance.randint(2, most)


_CHANGES: list[Callable[[Any, Random], Any]]
_CHANGES = [_leaf, _leaf, _wrapped, _tagged_anew, _grown, _shrunk, _numbered, _repeated, _nested]


def main() -> None:
    """Fuzz until interrupted, or as the arguments say."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # libFuzzer then takes it, and ends in order
    # With `-merge=1` libFuzzer has a shell start its first argument again.
    program = shlex.join([sys.executable, sys.argv[0]])
    atheris.Setup([program, *sys.argv[1:]], check_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
