"""Finding the objects of a score by their ids."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from smashcima.scene.graph import IndexState
from smashcima.scene.semantic.semantic_object import SemanticObject

_building = threading.Lock()
"""Held while objects are marked, so that two threads that read a score do not mark half of it each."""


class IdIndex:
    """The objects of one tree by their ids; of several with one id, the first."""

    def __init__(self, objects: Iterable[SemanticObject]) -> None:
        self.state = IndexState()
        """Stale as soon as the tree changes, or an id in it."""
        self._by_id: dict[str, SemanticObject] = {}
        with _building:
            for found in objects:
                found._enter_tree_index(self.state)
                if found.id:
                    self._by_id.setdefault(found.id, found)

    def get(self, id: str) -> SemanticObject | None:
        """The object of that id, or `None`."""
        return self._by_id.get(id)
