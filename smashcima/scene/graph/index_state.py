"""Whether an index over connected objects still holds."""

from __future__ import annotations


class IndexState:
    """A flag that an index shares with every object it was built from; a change of any of them sets it.

    An index puts its state on each object before it reads the edges of that object. So the first change after
    building meets a marked object, wherever it happens: a new edge has a marked end, and a lost one had two. Objects
    that no index has read carry no state, so making and linking them costs one failed look-up, and changes of one
    scene never reach the indices of another.

    An index never revives: once it is stale, building it again makes a new state.
    """

    __slots__ = ("is_stale",)

    def __init__(self) -> None:
        self.is_stale = False
