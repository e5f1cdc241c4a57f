"""An exception as plain data: type, bases, message, and only the frames in the student's files."""

from __future__ import annotations

import linecache
import os
import re
import tokenize  # noqa: F401 - linecache would import it when there may be no descriptor left
import traceback
from types import ModuleType
from typing import Any

MAX_MESSAGE_CHARACTERS = 1_000
MAX_CODE_CHARACTERS = 200
FIRST_FRAMES = 3
LAST_FRAMES = 7

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_MISSING = re.compile(r"module '[^']*' has no attribute '(\w+)'")


def describe_failure(error: BaseException, root: str) -> dict[str, Any]:
    """Return an exception as plain data.

    Args:
        error: what was raised; its class may be the submission's own.
        root: the folder of the submission's files; frames elsewhere are left out.

    Returns:
        type: the class's name; bases: "module.name" of the class and each of its bases;
        message: str(error), cut; frames: [file, line, function, code] lists, outermost first;
        for a SyntaxError also line, column (from 1, 0 for unknown), code.
    """
    if isinstance(error, MemoryError):
        # The frames hold whatever has filled the memory; without this there is none left to speak.
        traceback.clear_frames(error.__traceback__)
    failure: dict[str, Any] = {
        "type": _text(type(error).__name__),
        "bases": [f"{_text(c.__module__)}.{_text(c.__qualname__)}" for c in type(error).__mro__],
        "message": _message(error),
        "frames": _frames(error, root),
    }
    if isinstance(error, SyntaxError):
        failure["line"] = _number(error.lineno)
        failure["column"] = _number(error.offset)
        failure["code"] = _text(error.text or "").rstrip("\n")[:MAX_CODE_CHARACTERS]
    return failure


def missing_name(error: BaseException, module: ModuleType, scenario_file: str) -> str:
    """Return the name that a scenario looked for in the submission in vain, or "".

    Only a lookup by the scenario itself counts, not one in the student's own code.
    """
    if type(error) is not AttributeError:
        return ""
    innermost = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        innermost = frame.f_code.co_filename
    match = _MISSING.match(_message(error))
    if innermost != scenario_file or not match or getattr(error, "obj", module) is not module:
        return ""
    return match[1]


def _frames(error: BaseException, root: str) -> list[list[Any]]:
    frames = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if file.startswith(root + os.sep):
            code = linecache.getline(file, line).strip()[:MAX_CODE_CHARACTERS]
            frames.append([file[len(root) + 1 :], line, frame.f_code.co_name, code])
    if len(frames) > FIRST_FRAMES + LAST_FRAMES:
        frames[FIRST_FRAMES:-LAST_FRAMES] = []
    return frames


def _message(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:  # a student's __str__ may raise anything; it is described all the same
        text = ""
    return _ADDRESS.sub("", _text(text))[:MAX_MESSAGE_CHARACTERS]


def _text(value: Any) -> str:
    return value if type(value) is str else ""


def _number(value: Any) -> int:
    return value if type(value) is int else 0
