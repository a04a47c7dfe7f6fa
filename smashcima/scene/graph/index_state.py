"""The validity of an index over connected objects."""

from __future__ import annotations

from smashcima.short_repr import ShortRepr


class IndexState(ShortRepr):
    """A flag that an index shares with all objects that it covers; changing an edge of any of them sets the flag.

    An index sets its state on each object before it reads the edges of that object. So any later change meets a marked
    object: a new edge has one marked end, a removed one had two. Objects that no index covers have no state, so making
    and linking them costs one failed look-up, and changes in one scene do not affect the indices of another.

    A stale index stays stale; a rebuilt index has a new state.
    """

    __slots__ = ("is_stale",)

    def __init__(self) -> None:
        self.is_stale = False
