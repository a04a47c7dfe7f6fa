"""Memory of large images, which is used again."""

from __future__ import annotations

import ctypes
import math
import threading
import weakref
from functools import cache

import numpy as np
from numpy.typing import NDArray

_RETURNED_BYTES = 2**25
"""Size from which the C library returns memory to the system at once. When it is given out again, the system fills it with zeros, page by
page, which takes as long as filling it with a picture."""

_LARGE_BYTES = 2**24
"""Size of images from which their memory is kept here: the C library would keep that of smaller ones in addition to it."""

_MOST_WASTE = 2.5
"""Largest ratio of the size of spare memory to that of an image that gets it. Many pages are drawn at a lower resolution, and then enlarged."""

_lock = threading.RLock()
"""Reentrant, since the collection of garbage can return memory at any time."""

_MOST_SPARE = 2
"""Number of blocks that are kept: a page and its copy after a warp, which exist together while a page is made, so that a process does
not need more memory than while it draws."""

_spare: list[NDArray[np.uint8]] = []
"""Memory of images that no longer exist."""


def new_bitmap(shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """An image with arbitrary content; `shape` is (height_px, width_px[, channels]).

    The memory of a large one serves another image after it and all views of it are gone.
    """
    size = math.prod(shape)
    _keep_freed_memory()
    if size < _LARGE_BYTES:
        return np.empty(shape, np.uint8)
    with _lock:
        # Images of like sizes follow each other, so memory of another size is given back.
        _spare[:] = [block for block in _spare if size <= len(block) <= _MOST_WASTE * size]
        block = _spare.pop() if _spare else None
    if block is None:
        block = np.empty(size, np.uint8)
    # All views of the image keep this object alive, which the array itself does not tell.
    owner = (ctypes.c_uint8 * size).from_buffer(block.data)
    weakref.finalize(owner, _take_back, block)
    bitmap: NDArray[np.uint8] = np.frombuffer(memoryview(owner), np.uint8).reshape(shape)
    return bitmap


@cache
def _keep_freed_memory() -> None:
    """Makes the C library keep the memory of freed arrays below `_RETURNED_BYTES` for the next ones.

    That of Linux returns arrays to the system at once that are larger than any array that was freed before, so that the system
    has to fill new memory with zeros for nearly every page. One large array, which is never written, is enough.
    """
    np.empty(_RETURNED_BYTES - 2**16, np.uint8)


def _take_back(block: NDArray[np.uint8]) -> None:
    with _lock:
        _spare[:] = [*_spare[1 - _MOST_SPARE :], block]
