"""What every judge's process does first, whether it was started for one job or forked."""

import os
import signal
from types import FrameType
from typing import BinaryIO


def begin() -> BinaryIO:
    """Get ready to be told to end, and return standard output for the report.

    In its place is /dev/null: pytest and whatever a hidden test prints would come between the
    lines.
    """
    signal.signal(signal.SIGTERM, _leave)
    stream = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)
    return stream


def _leave(number: int, frame: FrameType | None) -> None:
    """End in good order when told to: rooms are closed on the way out."""
    raise KeyboardInterrupt
