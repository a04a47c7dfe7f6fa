"""Python's garbage collector and scenes: thousands of objects at a time, all of which live on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_WORTH_KEEPING = 2_000
"""So many objects made in a pause are a scene or a score; fewer are left to Python's own ways."""

_MOST_UNCOLLECTED = 400_000
"""After so many objects (about 12 pages, some 50 MB) dead scenes are looked for, which no reference count finds."""


class _Backlog:
    """How many objects went past the collector since it last went through all of them."""

    def __init__(self) -> None:
        self.objects = 0
        self.full_collections = 0

    def add(self, made: int) -> None:
        """Counts more of them, and collects all garbage when they are many."""
        full_collections = gc.get_stats()[-1]["collections"]
        if full_collections != self.full_collections:  # somebody else did
            self.objects, self.full_collections = 0, full_collections
        self.objects += made
        if self.objects > _MOST_UNCOLLECTED:
            gc.collect()


_backlog = _Backlog()


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Keeps the collector from looking for dead objects among those being made, which can double the time.

    What was made counts as old afterwards: the collector, which looks at young objects often, would go through all of
    it at once as soon as it wakes. Garbage does not pile up: every so many objects, all are looked through.
    """
    if not gc.isenabled():  # a pause within a pause, or a user who wants none of it
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        made = gc.get_count()[0]
        # Objects that a user froze would be thawed below.
        if made >= _WORTH_KEEPING and gc.get_freeze_count() == 0:
            gc.freeze()
            gc.unfreeze()
            _backlog.add(made)
        gc.enable()
