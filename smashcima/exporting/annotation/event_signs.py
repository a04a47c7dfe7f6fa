"""Drawn symbols of musical events."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from smashcima.exporting.annotation.accessory_signs import MULTI_REST_NUMBER
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Event, Note, SemanticObject, StemmedEvent, TabChord, TabDurationSymbol
from smashcima.scene.visual import (
    MeasureRestMark,
    MultiRestMark,
    Notehead,
    RestMark,
    Stem,
    TablatureMark,
    VisualObject,
)

_SOUNDING = (Notehead, RestMark, MeasureRestMark, MultiRestMark, TablatureMark)

_Place = tuple[Fraction, object, object, int | None]


class EventSigns:
    """Noteheads, rests and tablature numbers of a page by the event that they draw.

    If two voices share a note, the engraver draws one notehead, which represents both.
    """

    def __init__(self, drawn: Iterable[VisualObject]) -> None:
        self._signs: dict[SceneObject, list[VisualObject]] = {}
        self._heads: dict[_Place, list[VisualObject]] | None = None
        self._heads_by_staff: dict[tuple[object, object], list[tuple[Event, VisualObject]]] | None = None
        self._is_grace: dict[Event, bool] = {}
        self.events: list[Event] = []
        """Drawn notes and rests, in drawing order."""
        self._found: dict[Event, list[VisualObject]] = {}
        """What `of` has found."""
        for thing in drawn:
            if isinstance(thing, _SOUNDING) and thing.kind != MULTI_REST_NUMBER:
                event = thing.semantic
                if isinstance(event, Event):
                    self.events.append(event)
                    self._signs.setdefault(event, []).append(thing)

    def of(self, event: Event | None) -> list[VisualObject]:
        """Symbols that draw an event: the noteheads of a chord, or the rest; not to be modified."""
        if event is None:
            return []
        found = self._found.get(event)
        if found is None:
            found = self._found[event] = self._signs_of(event)
        return found

    def _signs_of(self, event: Event) -> list[VisualObject]:
        if isinstance(event, TabDurationSymbol) and isinstance(event.parent, TabChord):
            event = event.parent
        own = self._signs.get(event)
        if own is not None:
            return own
        if isinstance(event, StemmedEvent | TabChord):
            of_chord = [sign for note in event.children_of(Note) for sign in self._signs.get(note, ())]
            if of_chord:
                return of_chord
        return self._shared(event) if isinstance(event, Note) else []

    def is_grace(self, event: Event) -> bool:
        """Whether an event is a grace note or chord."""
        found = self._is_grace.get(event)
        if found is None:
            found = self._is_grace[event] = event.is_grace
        return found

    def on_stem(self, stem: Stem) -> list[VisualObject]:
        """Noteheads of a stem, including those of another voice."""
        if stem.noteheads:
            return list(stem.noteheads)
        return self.of(event_of(stem))

    def heads_on(self, staff: object, system: object) -> list[tuple[Event, VisualObject]]:
        """Noteheads on a staff in a system, with their events, in drawing order."""
        if self._heads_by_staff is None:
            self._heads_by_staff = {}
            for event in self.events:
                for sign in self.of(event):
                    if isinstance(sign, Notehead):
                        place = (sign.staff, sign.system)
                        self._heads_by_staff.setdefault(place, []).append((event, sign))
        return self._heads_by_staff.get((staff, system), [])

    def _shared(self, note: Note) -> list[VisualObject]:
        """Noteheads of another voice that represent a note without its own notehead."""
        if self._heads is None:
            self._heads = {}
            for event, signs in self._signs.items():
                if isinstance(event, Note):
                    self._heads.setdefault(_place_of(event), []).extend(signs)
        return self._heads.get(_place_of(note), [])


def event_of(mark: VisualObject) -> Event | None:
    """Event at which a mark is written."""
    semantic = mark.semantic
    if not isinstance(semantic, SemanticObject) or isinstance(semantic, Event):
        return semantic if isinstance(semantic, Event) else None
    return next((holder for holder in semantic.ancestors() if isinstance(holder, Event)), None)


def _place_of(note: Note) -> _Place:
    """Onset, staff and position of a note."""
    return note.onset, note.staff, note.pitch, note.position
