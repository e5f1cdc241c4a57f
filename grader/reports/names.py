"""Makes names of files out of texts that anybody may have written."""

import hashlib
import re

MAX_NAME_CHARACTERS = 100

_HASH_CHARACTERS = 12
_BASE_CHARACTERS = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_LOOKS_CHANGED = re.compile(rf"-[0-9a-f]{{{_HASH_CHARACTERS}}}\Z")
# Windows takes these for devices, whatever stands behind the first dot.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)


def safe_name(text: str) -> str:
    """Return a name for a file or folder, the same for the same text and another for another.

    It consists of ASCII letters, digits, ".", "_" and "-", begins with no "." or "-", ends with no
    ".", is no device of Windows, and has at most MAX_NAME_CHARACTERS. A text that is such a name
    stays as it is. Any other gets a hash at its end, and so does one that ends like that by itself,
    so that nobody can have the name of somebody else.
    """
    if _is_safe(text) and not _LOOKS_CHANGED.search(text):
        return text
    base = _UNSAFE.sub("-", text).strip("-.")[:_BASE_CHARACTERS] or "unnamed"
    if _is_device(base):
        base = f"_{base}"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{base}-{digest[:_HASH_CHARACTERS]}"


def _is_safe(text: str) -> bool:
    return (
        len(text) <= MAX_NAME_CHARACTERS
        and _PLAIN.fullmatch(text) is not None
        and not _is_device(text)
    )


def _is_device(name: str) -> bool:
    return name.partition(".")[0].casefold() in _DEVICES
