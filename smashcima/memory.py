"""Return of freed memory to the operating system."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def return_freed_memory() -> None:
    """Gives memory that native code has freed back to the system, where that is possible (Linux with glibc).

    XML trees and layouts in Verovio take megabytes a page. The allocator keeps what they leave for later, but Python
    takes the memory of its objects elsewhere, so a process would grow by both. Takes about half a millisecond for a megabyte.
    """
    trim = _trimming()
    if trim is not None:
        trim(0)


@cache
def _trimming() -> Callable[[int], int] | None:
    """The function of glibc that returns free memory; `None` in other systems and libraries."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # musl has no such function
        return None
    return found
