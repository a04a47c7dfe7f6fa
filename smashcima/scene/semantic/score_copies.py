"""Copies of a score that is drawn again and again."""

from __future__ import annotations

import threading
from copy import deepcopy

from smashcima.errors import Issue
from smashcima.scene.graph import IndexState
from smashcima.scene.semantic.known_music import ScorePlan
from smashcima.scene.semantic.score import Score
from smashcima.scene.semantic.semantic_object import SemanticObject

_preparing = threading.Lock()
"""Held while the objects of a score are marked, so that two threads do not mark them with two states."""


def copied(score: Score, update: bool) -> tuple[Score, tuple[Issue, ...]]:
    """A deep copy of a score with all connected objects, and the issues of updating the copy if `update` is set.

    The second copy of a score prepares further ones, which take a quarter of the time. They are used until an object of
    the score is edited, or another one is connected to it.
    """
    kept: _Copies | bool | None = score.__dict__.get("_copies")
    if isinstance(kept, _Copies) and kept.are_of(score, update):
        return kept.make(), kept.issues
    if kept is None:
        # Most scores are drawn once.
        score.__dict__["_copies"] = True
    else:
        with _preparing:
            prepared = _prepared(score, update)
            score.__dict__["_copies"] = prepared or True
        if prepared is not None:
            return prepared.make(), prepared.issues
    made = deepcopy(score)
    if not update:
        return made, ()
    issues = tuple(made.update())
    made._new_slice_index()  # pages of a scene are sliced before anything is edited
    return made, issues


class _Copies:
    """What copies of a score are made from, and the states that tell whether the score is still the same."""

    def __init__(self, score: Score, state: IndexState, update: bool) -> None:
        self.state = state
        self._tree = score._new_id_index().state
        self._layout = score.layout
        self._update = update
        pattern = deepcopy(score)
        self.issues: tuple[Issue, ...] = tuple(pattern.update()) if update else ()
        self.make = ScorePlan(pattern, update).make

    def are_of(self, score: Score, update: bool) -> bool:
        """Whether the score has not changed since."""
        values = score.__dict__
        return (
            values.get("_index_state") is self.state
            and not self.state.is_stale
            and values.get("_tree_index_state") is self._tree
            and not self._tree.is_edited
            and score.layout is self._layout
            and update == self._update
        )


def _prepared(score: Score, update: bool) -> _Copies | None:
    """What further copies are made from; `None` if other objects, such as those of a scene, are connected to the score."""
    before = score.__dict__.get("_copies")
    other = score.__dict__.get("_index_state")
    if other is not None and not (isinstance(before, _Copies) and before.state is other):
        return None
    state = IndexState()
    members = score.connected()
    if not all(isinstance(member, SemanticObject) for member in members):
        return None
    score._walk(state)
    try:
        return _Copies(score, state, update)
    except ValueError:
        return None
