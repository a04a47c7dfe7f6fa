"""Grace notes between braces."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.scene.semantic import Beam, Chord, Duration, GraceKind, Note, SemanticObject, StemDirection

_SINGLE, _SEVERAL, _PIPES = Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)
"""Length in quarters of a single grace note, of one among several, and in music for the highland bagpipe."""

_MOST_HALVINGS = 6
"""The shortest grace note without a usual length: a 256th."""


@dataclass(slots=True)
class GraceNotes:
    """Grace notes that are being read."""

    is_slashed: bool

    is_for_pipes: bool

    events: list[tuple[Note | Chord, Fraction]] = field(default_factory=list)
    """The notes and chords, with the factors of their lengths."""

    broken: Fraction = Fraction(1)
    """Factor of the next one."""

    def add(self, event: Note | Chord, factor: Fraction) -> None:
        """Adds a note or chord."""
        event.grace = GraceKind.UNACCENTED if self.is_slashed else GraceKind.ACCENTED
        if self.is_slashed:
            event.mei["stem.mod"] = "1slash"
        if self.is_for_pipes:
            event.stem_direction = StemDirection.UP
        self.events.append((event, factor * self.broken))
        self.broken = Fraction(1)

    def break_rhythm(self, first: Fraction, second: Fraction) -> None:
        """Lengthens and shortens two neighbours."""
        if self.events:
            event, factor = self.events[-1]
            self.events[-1] = (event, factor * first)
            self.broken = second

    def made(self) -> list[SemanticObject]:
        """The notes with their durations, under a beam if there are several."""
        unit = _PIPES if self.is_for_pipes else _SINGLE if len(self.events) == 1 else _SEVERAL
        for event, factor in self.events:
            event.duration = _duration(unit * factor)
        notes: list[SemanticObject] = [event for event, _ in self.events]
        if len(notes) > 1 and all(_has_flag(event) for event, _ in self.events):
            return [Beam(children=list(notes))]
        return notes


def _duration(length: Fraction) -> Duration:
    found = Duration.of_quarter_length(length)
    if found is None:
        halvings = (length.denominator // length.numerator).bit_length() - 1
        found = Duration.of_quarter_length(Fraction(1, 2 ** min(max(halvings, 0), _MOST_HALVINGS)))
    assert found is not None  # a power of two
    return found


def _has_flag(event: Note | Chord) -> bool:
    return event.duration is not None and Duration(event.duration.type).quarter_length < 1
