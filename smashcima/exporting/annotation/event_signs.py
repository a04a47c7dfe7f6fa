"""Which drawn signs stand for which events of the music."""

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
    """The noteheads, rests and numbers of tablature of one page by the events that they draw.

    Where two voices meet on one note, the engraver draws one notehead, which stands for both of them.
    """

    def __init__(self, drawn: Iterable[VisualObject]) -> None:
        self._signs: dict[SceneObject, list[VisualObject]] = {}
        self._heads: dict[_Place, list[VisualObject]] | None = None
        self.events: list[Event] = []
        """Notes and rests that are drawn, in the order of drawing."""
        for thing in drawn:
            is_sounding = isinstance(thing, _SOUNDING) and thing.kind != MULTI_REST_NUMBER
            if is_sounding and isinstance(thing.semantic, Event):
                self.events.append(thing.semantic)
                self._signs.setdefault(thing.semantic, []).append(thing)

    def of(self, event: Event | None) -> list[VisualObject]:
        """What draws an event: the heads of a chord, the rest."""
        if event is None:
            return []
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

    def on_stem(self, stem: Stem) -> list[VisualObject]:
        """The noteheads of a stem, those included that belong to another voice as well."""
        if stem.noteheads:
            return list(stem.noteheads)
        return self.of(event_of(stem))

    def _shared(self, note: Note) -> list[VisualObject]:
        """The heads of another voice that stand for a note that has none."""
        if self._heads is None:
            self._heads = {}
            for event, signs in self._signs.items():
                if isinstance(event, Note):
                    self._heads.setdefault(_place_of(event), []).extend(signs)
        return self._heads.get(_place_of(note), [])


def event_of(mark: VisualObject) -> Event | None:
    """The event that a mark is written at."""
    semantic = mark.semantic
    if not isinstance(semantic, SemanticObject) or isinstance(semantic, Event):
        return semantic if isinstance(semantic, Event) else None
    return next((holder for holder in semantic.ancestors() if isinstance(holder, Event)), None)


def _place_of(note: Note) -> _Place:
    """When a note sounds, on which staff it is written, and how high."""
    return note.onset, note.staff, note.pitch, note.position
