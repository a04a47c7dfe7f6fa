"""Suspension of Python's garbage collector while scenes, images and labels are made."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

_T = TypeVar("_T")

_MOST_UNSEEN = 600_000
"""Number of objects, as of some twenty pages, after which the collector looks for garbage among all objects.

With more objects alive, it looks after as many as these, so that it walks over no more than two for each that is made.
"""


_MOST_UNSEEN_PAGES = 250_000
"""The same for objects made while others are set aside, as of some eight pages; only these are then walked over."""


class _Unseen:
    objects = 0
    """Number of objects that the collector has passed over since it last looked at all objects."""
    alive = 0
    """Number of objects that were alive then."""


class _Aside:
    holders = 0
    """Number of blocks in which older objects are set aside."""
    made = 0
    """Number of objects made since the collector last looked at those that are not."""


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Pauses the garbage collector, which can double the time to make thousands of objects that all stay alive."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            _pass_over()
            gc.enable()


@contextmanager
def objects_set_aside() -> Iterator[None]:
    """Makes the collector look only for garbage among the objects made in the block, and so more often.

    Pages that are made one after the other are garbage as soon as the next one is made, 5 MB each; their music, which is much
    more, is alive, and needs to be looked at only once. Programs that use `gc.freeze` keep their settings.
    """
    # Bound here: when the interpreter ends, names of modules are gone before generators are closed.
    aside, unseen, unfreeze = _Aside, _Unseen, gc.unfreeze
    if not aside.holders and (not gc.isenabled() or gc.get_freeze_count()):
        yield
        return
    if not aside.holders:
        gc.collect()
        gc.freeze()
        aside.made = 0
    aside.holders += 1
    try:
        yield
    finally:
        aside.holders -= 1
        if not aside.holders:
            unfreeze()
            unseen.objects += aside.made


def with_older_objects_set_aside(items: Iterable[_T], first: int) -> Iterator[_T]:
    """The items; from the one with the index `first`, objects that are older than it are set aside."""
    with ExitStack() as stack:
        for index, item in enumerate(items):
            if index == first:
                stack.enter_context(objects_set_aside())
            yield item


def _pass_over() -> None:
    """Makes the collector take the objects of a long pause for old ones.

    It would walk over them twice, as young objects, which takes a fifth of the time to make them, and find nothing.
    Garbage among them is found among old objects: by the interpreter or, since it counts none of these, here.
    """
    made, threshold = gc.get_count()[0], gc.get_threshold()[0]
    if _Aside.holders:
        _Aside.made += made
        if _Aside.made >= _MOST_UNSEEN_PAGES and threshold:
            _Aside.made = 0
            gc.collect()
        return
    # With the threshold 0, nothing is collected; `freeze` and `unfreeze` would undo a `freeze` of the program.
    if made <= threshold or threshold == 0 or gc.get_freeze_count():
        return
    _Unseen.objects += made
    if _Unseen.objects < max(_MOST_UNSEEN, _Unseen.alive):
        # Two moves of whole lists, whatever their lengths.
        gc.freeze()
        gc.unfreeze()
    else:
        _Unseen.objects = 0
        gc.collect()
        _Unseen.alive = len(gc.get_objects())
