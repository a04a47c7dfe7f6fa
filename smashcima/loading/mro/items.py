"""Chords of a bar with their duration and horizontal place."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from smashcima.loading.mro.cells import Cell
from smashcima.loading.mro.findings import Findings, Indices, Located
from smashcima.notations.mro import MroChord, MroNote, MroNoteShape
from smashcima.scene.semantic import Duration, DurationType, SemanticObject

ZERO = Fraction(0)

HALF_HEAD = 9.5
"""Half the width of a notehead, 1.18 staff spaces, in units."""

_MAX_FLAGS = 8
"""Flags of the shortest written duration, a 1024th."""

_MAX_DOTS = 4

_MAX_TUPLET = 64
"""Largest number in the factor of a tuplet that is believed."""

MAX_POSITION = 60
"""Staff position beyond which a note is not believed: fifteen staff spaces above or below the middle line."""

_TYPES = list(DurationType)
_OF_SHAPE = {
    MroNoteShape.BREVE: DurationType.BREVE,
    MroNoteShape.SEMIBREVE: DurationType.WHOLE,
    MroNoteShape.MINIM: DurationType.HALF,
    MroNoteShape.BREVE_REST: DurationType.BREVE,
    MroNoteShape.SEMIBREVE_REST: DurationType.WHOLE,
    MroNoteShape.MINIM_REST: DurationType.HALF,
    MroNoteShape.CROTCHET_REST: DurationType.QUARTER,
    MroNoteShape.QUAVER_REST: DurationType.EIGHTH,
    MroNoteShape.SEMIQUAVER_REST: DurationType.N16TH,
    MroNoteShape.DEMISEMIQUAVER_REST: DurationType.N32ND,
    MroNoteShape.HEMIDEMISEMIQUAVER_REST: DurationType.N64TH,
    MroNoteShape.MULTI_BAR_REST: DurationType.WHOLE,
}


@dataclass(eq=False, slots=True)
class Item:
    """Chord, note or rest."""

    chord: MroChord
    indices: Indices
    notes: list[Located[MroNote]]
    """Those that are read: noteheads, or one rest."""

    x: float
    """Centre of its noteheads, in units, relative to the page."""

    duration: Duration
    tuplet: tuple[int, int] | None
    """Number of notes of its tuplet, and the number in whose time they are played."""

    is_rest: bool
    is_grace: bool
    stem: int
    """1 if the stem points up, -1 if it points down, 0 if there is none."""

    length: Fraction
    """Quarter lengths with dots and tuplets; 0 for grace notes."""

    beam: Indices | None
    """Identity of its beam in the document."""

    event: SemanticObject | None = None
    """The event of the score."""

    @property
    def is_semibreve_rest(self) -> bool:
        """Whether it is a plain semibreve rest, which may stand for a measure of any length."""
        return self.notes[0].value.shape is MroNoteShape.SEMIBREVE_REST and not self.duration.dots

    @property
    def is_multi_rest(self) -> bool:
        """Whether it is a rest of several measures."""
        return self.notes[0].value.shape is MroNoteShape.MULTI_BAR_REST

    @property
    def height(self) -> float:
        """Mean staff position of its notes, upwards."""
        return -sum(note.value.position_down for note in self.notes) / len(self.notes)


def items_of(cell: Cell, findings: Findings) -> list[Item]:
    """The chords of a cell from left to right. What cannot be read becomes an issue."""
    items = []
    for located in cell.chords:
        item = _item(located, cell, findings)
        if item is not None:
            items.append(item)
    items.sort(key=lambda item: item.x)
    return items


def _item(located: Located[MroChord], cell: Cell, findings: Findings) -> Item | None:
    chord, indices = located.value, located.indices
    notes = _readable_notes(located, findings)
    if not notes:
        return None
    tuplet = _tuplet(located, findings)
    shape = notes[0].value.shape
    is_rest, is_grace = shape.is_rest, shape is MroNoteShape.GRACE
    duration = Duration(_type(located, shape, findings), _dots(located, findings))
    has_stem = not (
        is_rest or chord.has_virtual_stem or shape in (MroNoteShape.BREVE, MroNoteShape.SEMIBREVE)
    )
    stem = (1 if chord.is_stem_up else -1) if has_stem else 0
    length = ZERO if is_grace else duration.quarter_length
    return Item(
        chord=chord,
        indices=indices,
        notes=notes,
        x=cell.left_units + chord.flag_units.column - stem * HALF_HEAD * cell.scale,
        duration=duration,
        tuplet=tuplet,
        is_rest=is_rest,
        is_grace=is_grace,
        stem=stem,
        length=length if tuplet is None else length * tuplet[1] / tuplet[0],
        beam=None if chord.beam is None or is_rest else (*indices[:-1], chord.beam.id),
    )


def _readable_notes(located: Located[MroChord], findings: Findings) -> list[Located[MroNote]]:
    indices = located.indices
    every = [Located(note, (*indices, index)) for index, note in enumerate(located.value.notes)]
    if not every:
        findings.tell(indices, "chord", "no notes: not read")
    notes = [note for note in every if abs(note.value.position_down) <= MAX_POSITION]
    for note in every:
        if abs(note.value.position_down) > MAX_POSITION:
            findings.tell(
                indices,
                "note",
                f"staff position {note.value.position_down} is too far from the staff: not read",
            )
    kind = [note for note in notes if note.value.shape.is_rest == notes[0].value.shape.is_rest]
    if kind and kind[0].value.shape.is_rest:
        kind = kind[:1]
    if len(kind) < len(notes):
        findings.tell(
            indices,
            "chord",
            f"{len(notes) - len(kind)} of {len(notes)} notes and rests on one stem: not read",
        )
    shapes = {note.value.shape for note in kind}
    if len(shapes) > 1:
        findings.tell(indices, "chord", f"noteheads of different shapes: read as {kind[0].value.shape.value}")
    return kind


def _type(located: Located[MroChord], shape: MroNoteShape, findings: Findings) -> DurationType:
    known = _OF_SHAPE.get(shape)
    if known is not None:
        return known
    chord = located.value
    flags = chord.flag_count
    if chord.beam is not None:
        flags = max(chord.beam.parts_left, chord.beam.parts_right) or flags
    if not 0 <= flags <= _MAX_FLAGS:
        findings.tell(
            located.indices, "nflags", f"{flags} flags or beams: read as {min(max(flags, 0), _MAX_FLAGS)}"
        )
    return _TYPES[_TYPES.index(DurationType.QUARTER) + min(max(flags, 0), _MAX_FLAGS)]


def _dots(located: Located[MroChord], findings: Findings) -> int:
    dots = located.value.dot_count
    if 0 <= dots <= _MAX_DOTS:
        return dots
    findings.tell(located.indices, "naugdots", f"{dots} dots: read as {min(max(dots, 0), _MAX_DOTS)}")
    return min(max(dots, 0), _MAX_DOTS)


def _tuplet(located: Located[MroChord], findings: Findings) -> tuple[int, int] | None:
    base, count = located.value.tuplet_transform
    if base == count > 0:
        return None
    if not (0 < base <= _MAX_TUPLET and 0 < count <= _MAX_TUPLET):
        findings.tell(
            located.indices, "tuplettransform", f"{base}/{count} is no factor of a tuplet: read as 1/1"
        )
        return None
    return count, base
