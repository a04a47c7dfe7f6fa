"""Lookup of the musical objects of a score by the ids of primitives."""

from __future__ import annotations

from smashcima.scene.semantic import Chord, ControlEvent, Note, Rest, Score, SemanticObject
from smashcima.scene.semantic.event import Event


class Owners:
    """Looks up ids in a score, and caches the results."""

    def __init__(self, score: Score) -> None:
        self._score = score
        self._events: dict[str, Event | None] = {}
        self._owners: dict[str, SemanticObject | None] = {}

    def object_of(self, element: str | None) -> SemanticObject | None:
        """The object of the score with an id; `None` if there is none."""
        return self._score.by_id(element) if element is not None else None

    def event_of(self, element: str) -> Event | None:
        """The chord, single note or rest that an element is, belongs to, or starts at."""
        if element not in self._events:
            self._events[element] = event_around(self.object_of(element))
        return self._events[element]

    def owner_of(self, element: str | None) -> SemanticObject | None:
        """The note, chord or rest that an element belongs to; for elements inside a chord, the note where possible."""
        if element is None:
            return None
        if element not in self._owners:
            self._owners[element] = _owner(self.object_of(element))
        return self._owners[element]


def event_around(found: SemanticObject | None) -> Event | None:
    """The chord, single note or rest around an object of the score, or at which a mark starts."""
    if isinstance(found, ControlEvent):
        # An arpeggio lists its chords but has no start.
        found = found.start if found.start is not None else next(iter(found.events), None)
    while found is not None and not isinstance(found, Event):
        found = found.parent
    if isinstance(found, Note):
        parent = found.parent
        while parent is not None and parent.is_transparent:
            parent = parent.parent
        return parent if isinstance(parent, Chord) else found
    return found


def _owner(found: SemanticObject | None) -> SemanticObject | None:
    if found is None or isinstance(found, (Note, Chord, Rest)):
        return found
    if isinstance(found, ControlEvent):
        return found.start
    around = next((a for a in found.ancestors() if isinstance(a, (Note, Chord, Rest))), None)
    return around if around is not None else next(iter(found.descendants(Note)), None)
