"""Puts a new file into the place of an old one, so that nobody ever sees half of it."""

import os
import tempfile
from pathlib import Path


def replace_file(file: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or what was there before.

    It has the old one's mode, or what the umask leaves. A link stays a link.

    Raises:
        OSError: when it cannot be written; then the old one is as it was.
    """
    file = file.resolve()
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".grade-") as folder:
        new = Path(folder, file.name)
        new.write_bytes(content)
        if file.exists():
            new.chmod(file.stat().st_mode & 0o777)
        os.replace(new, file)
