"""Symbols that marks and groups give to notes: ends of slurs and ties, beams, tuplets, fermatas, ornaments."""

from __future__ import annotations

from collections import defaultdict

from smashcima.comparing.symbols import Symbol
from smashcima.scene.semantic import (
    Arpeggio,
    Beam,
    BeamSpan,
    BowedTremolo,
    Breath,
    Caesura,
    Chord,
    ControlEvent,
    Event,
    Fermata,
    FingeredTremolo,
    Fingering,
    Glissando,
    LaissezVibrer,
    Note,
    Ornament,
    OrnamentText,
    Score,
    SemanticObject,
    Slur,
    Tie,
    Tuplet,
    TupletSpan,
)

_POINTS: dict[type[ControlEvent], str] = {
    Arpeggio: "arpeggio",
    Breath: "articulation",
    Caesura: "articulation",
    Fermata: "fermata",
    Fingering: "fingering",
    Glissando: "glissando",
    Ornament: "ornament",
    OrnamentText: "ornament",
}
"""Kinds of the marks that count at the note, chord or rest at which they start."""


class AttachedSymbols:
    """Symbols by the event that they belong to. Those of a chord belong to the chord, except ties."""

    def __init__(self, score: Score) -> None:
        self._symbols: dict[SemanticObject, list[Symbol]] = defaultdict(list)
        self.elsewhere: list[ControlEvent] = []
        """Marks that belong to a measure instead of an event."""
        for found in score.descendants():
            if isinstance(found, ControlEvent):
                self._add_mark(found)
            elif isinstance(found, Beam):
                if found.tagged_ancestor("beam") is None:
                    self._add_beam(found.events)
            elif isinstance(found, Tuplet):
                self._add_tuplet(found, found.events)
            elif isinstance(found, BowedTremolo):
                for event in found.events:
                    self._add(event, "tremolo", "on one note")
            elif isinstance(found, FingeredTremolo):
                for event in found.events[:1]:
                    self._add(event, "tremolo", "between two notes")

    def of(self, event: Event) -> list[Symbol]:
        """The symbols of a note, chord or rest."""
        return self._symbols.get(event, [])

    def _add(self, event: SemanticObject, kind: str, value: str = "") -> None:
        self._symbols[event].append(Symbol(kind, value))

    def _add_mark(self, mark: ControlEvent) -> None:
        if mark.is_hidden:
            return
        match mark:
            case Tie() | Slur() if any(end is not None and end.is_hidden for end in (mark.start, mark.end)):
                return  # it is hidden with its note
            case Tie() | Slur():
                kind = "tie" if isinstance(mark, Tie) else "slur"
                for event, value in ((mark.start, "start"), (mark.end, "end")):
                    if event is not None:
                        self._add(event if isinstance(mark, Tie) else _stem_of(event), kind, value)
            case LaissezVibrer():
                if mark.start is not None:
                    self._add(mark.start, "tie", "open end")
            case BeamSpan():
                self._add_beam(mark.events)
            case TupletSpan():
                self._add_tuplet(mark, mark.events)
            case _:
                self._add_point(mark)

    def _add_point(self, mark: ControlEvent) -> None:
        kind = next((kind for of, kind in _POINTS.items() if isinstance(mark, of)), None)
        event = mark.start or next(iter(mark.events), None)
        if kind is None or event is None:
            self.elsewhere.append(mark)
        else:
            self._add(_stem_of(event), kind, value_of(mark))

    def _add_beam(self, events: list[Event]) -> None:
        """Adds the states of a beam; grace notes inside it have a beam of their own."""
        stems = dict.fromkeys(_stem_of(event) for event in events)
        notes = [event for event in stems if isinstance(event, Note | Chord)]
        for is_grace in (False, True):
            beamed = [event for event in notes if event.is_grace is is_grace]
            if len(beamed) > 1:
                for event in beamed:
                    state = "start" if event is beamed[0] else "end" if event is beamed[-1] else "middle"
                    self._add(event, "beam", state)

    def _add_tuplet(self, tuplet: Tuplet | TupletSpan, events: list[Event]) -> None:
        if events:
            self._add(_stem_of(events[0]), "tuplet", f"start {tuplet.count}:{tuplet.base}")
            self._add(_stem_of(events[-1]), "tuplet", "end")


def value_of(mark: ControlEvent) -> str:
    """What distinguishes a mark from others of its kind: its text, or its element and form."""
    text = " ".join(mark.text.split())
    if text:
        return text
    if isinstance(mark, Fermata | Arpeggio | Glissando):
        return ""
    form = getattr(mark, "form", None)
    return f"{form} {mark.tag}" if form else mark.tag


def _stem_of(event: Event) -> Event:
    """The chord of a note of a chord; otherwise, the event."""
    return (event.chord or event) if isinstance(event, Note) else event
