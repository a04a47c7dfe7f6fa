"""Marks of one page by the chord, note or rest that they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from smashcima.engraving import PrimitiveKind
from smashcima.engraving.belonging.owners import Owners
from smashcima.exporting.mro.marks import Mark
from smashcima.scene.semantic import BeamSpan, Event, EventGroup, Score

_K = PrimitiveKind

_HEADS = frozenset({_K.NOTEHEAD, _K.REST, _K.MEASURE_REST, _K.MULTI_REST})

_PARTS = frozenset(
    {
        _K.STEM, _K.FLAG, _K.GRACE_SLASH, _K.ACCIDENTAL, _K.AUGMENTATION_DOT, _K.ARTICULATION, _K.ORNAMENT,
        _K.FERMATA, _K.MULTI_REST_NUMBER,
    }
)  # fmt: skip


@dataclass(slots=True)
class EventMarks:
    """The marks of one event in one system."""

    event: Event
    heads: list[Mark] = field(default_factory=list)
    """Noteheads, or the parts of a rest."""

    parts: dict[PrimitiveKind, list[Mark]] = field(default_factory=dict)
    beams: list[Mark] = field(default_factory=list)
    """Pieces of the beam that the event is under."""

    beam: str | None = None
    """Id of the beam."""

    @property
    def is_rest(self) -> bool:
        """Whether the event is drawn as a rest."""
        return self.heads[0].kind is not _K.NOTEHEAD

    @property
    def staves(self) -> list[int]:
        """Numbers of the staves of its heads, in ascending order."""
        return sorted({head.staff for head in self.heads if head.staff is not None})

    @property
    def stem(self) -> Mark | None:
        """Its stem; the longest piece, if it is drawn in several."""
        return max(self.of(_K.STEM), key=lambda mark: mark.box.height, default=None)

    def of(self, kind: PrimitiveKind) -> list[Mark]:
        """Its marks of a kind."""
        return self.parts.get(kind, [])


def events_of(marks: Iterable[Mark], score: Score) -> list[EventMarks]:
    """The events of one system that have noteheads or rests, in drawing order."""
    owners = Owners(score)
    found: dict[Event, EventMarks] = {}
    parts: list[tuple[Mark, Event]] = []
    beams: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.element is None:
            continue
        if mark.kind is _K.BEAM:
            beams.setdefault(mark.element, []).append(mark)
        elif mark.kind in _HEADS or mark.kind in _PARTS:
            event = owners.event_of(mark.element)
            if event is None:
                continue
            if mark.kind in _HEADS:
                found.setdefault(event, EventMarks(event)).heads.append(mark)
            else:
                parts.append((mark, event))
    for mark, event in parts:
        if event in found:
            found[event].parts.setdefault(mark.kind, []).append(mark)
    for element, pieces in beams.items():
        beam = score.by_id(element)
        for event in beam.events if isinstance(beam, (EventGroup, BeamSpan)) else ():
            if event in found and found[event].stem is not None:
                found[event].beam = element
                found[event].beams = pieces
    return list(found.values())
