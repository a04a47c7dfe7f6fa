"""Look-up of the objects of a score by id."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from smashcima.scene.semantic.semantic_object import SemanticObject, TreeState

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

    def get(self, id: str) -> SemanticObject | None:
        """The object with this id, or `None`."""
        return self._by_id.get(id)
