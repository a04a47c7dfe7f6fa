"""Look-up of the objects of a score by id."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

from smashcima.scene.semantic.semantic_object import MeiAttributes, SemanticObject, TreeState

_building = threading.Lock()
"""Held while an index is built, so that two threads that read a score do not mark its objects with two states."""


class IdIndex:
    """The objects of a tree by id; of several objects with the same id, the first."""

    def __init__(self, objects: Iterable[SemanticObject]) -> None:
        self.state = TreeState()
        """Becomes stale if the tree, or an id in it, changes."""
        self._by_id: dict[str, SemanticObject] = {}
        with _building:
            for found in objects:
                found._enter_tree_index(self.state)
                if found.id:
                    self._by_id.setdefault(found.id, found)

    @classmethod
    def of_copies(cls, objects: Sequence[SemanticObject], places: Mapping[str, int]) -> IdIndex:
        """The index of new objects that are in no index yet; `places` are their places by id."""
        index = cls(())
        state = index.state
        for found in objects:
            # As `_enter_tree_index`, for objects that were copied from others in an index.
            values = found.__dict__
            values["_tree_index_state"] = state
            mei = values["mei"]
            if type(mei) is not MeiAttributes:
                mei = values["mei"] = MeiAttributes(mei)
            mei._tree_state = state
        index._by_id = {id: objects[place] for id, place in places.items()}
        return index

    def get(self, id: str) -> SemanticObject | None:
        """The object with this id, or `None`."""
        return self._by_id.get(id)

    def finder(self) -> Callable[[str], SemanticObject | None]:
        """`get` in half of its time."""
        return self._by_id.get
