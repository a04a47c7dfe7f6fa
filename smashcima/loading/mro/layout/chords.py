"""Notes, chords and rests at their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smashcima.engraving import PrimitiveKind
from smashcima.engraving.drafting import (
    ACCIDENTALS,
    draw_dots,
    draw_flag,
    draw_grace_slash,
    draw_ledger_lines_of_chord,
    draw_multi_rest,
    draw_stem,
    notehead_name,
    rest_name,
)
from smashcima.engraving.drafting.notes import ACCIDENTAL_GAP_SS, GRACE_SCALE, stem_foot
from smashcima.loading.mro.layout.sheet import StaveSheet
from smashcima.notations.mro import MroAccidental, MroChord, MroNote, MroNoteShape
from smashcima.scene.semantic import (
    Accidental,
    DurationType,
    Event,
    MeasureRest,
    MultiMeasureRest,
    Note,
    SemanticObject,
)

_K = PrimitiveKind

_HEADS = {
    MroNoteShape.BREVE: DurationType.BREVE,
    MroNoteShape.SEMIBREVE: DurationType.WHOLE,
    MroNoteShape.MINIM: DurationType.HALF,
}

_MULTI_REST_SS = 6.0
"""Width of the sign of a rest of several bars, of which the format gives only the middle."""

_MOST_FLAGS = 8

Lookup = Callable[[str, int | None], SemanticObject | None]
"""Returns the object of the score for a slot of a chord, or of one of its notes, by index; `None` if there is none."""


@dataclass(slots=True, eq=False)
class DrawnChord:
    """Geometry of a drawn chord or rest in mm."""

    chord: MroChord
    event: Event
    stave: StaveSheet
    left: float
    right: float
    top: float
    """Top of its ink with stem and marks, but without accidentals and dots."""

    bottom: float
    is_up: bool
    """Whether the stem points up, or would point up."""

    tip: tuple[float, float]
    """End of the stem; without a stem, the middle of the notehead or rest."""

    find: Lookup

    measure: int | None
    """Index of its measure in the layout."""

    @property
    def center_x(self) -> float:
        """X of the middle of the noteheads."""
        return (self.left + self.right) / 2

    def include(self, top: float, bottom: float) -> None:
        """Extends its ink."""
        self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)


@dataclass(frozen=True, slots=True)
class _Head:
    note: Note
    stave: StaveSheet
    name: str
    x: float
    """X of the origin."""
    y: float
    position: int
    left: float
    right: float


def draw_chord(
    chord: MroChord, event: Event, staves: Sequence[StaveSheet], index: int, find: Lookup
) -> DrawnChord:
    """Draws a chord, note or rest; `index` is that of its stave. Beams and marks are drawn later."""
    stave = staves[index]
    if chord.is_rest:
        return _draw_rest(chord, event, stave, find)
    scale = GRACE_SCALE if chord.is_grace else 1.0
    tip_x, tip_y = stave.point(chord.flag_units)
    has_stem = _has_stem(chord)
    heads = []
    for number, note in enumerate(chord.notes):
        found = find("note", number)
        if isinstance(found, Note):
            at = staves[min(max(index + note.staff_offset, 0), len(staves) - 1)]
            heads.append(_place_head(note, found, chord, at, stave, tip_x, has_stem, scale))
            if note.accidental is not MroAccidental.NONE:
                _draw_accidental(note, find("accid", number), heads[-1], scale)
    _draw_ledger_lines(heads, event, scale)
    for head in heads:
        head.stave.draft.symbol(_K.NOTEHEAD, head.name, head.x, head.y, head.note.id, scale)
    half = stave.draft.staff_space * scale / 2
    drawn = DrawnChord(
        chord,
        event,
        stave,
        min(head.left for head in heads),
        max(head.right for head in heads),
        min(head.y for head in heads) - half,
        max(head.y for head in heads) + half,
        chord.is_stem_up if has_stem else _mean([head.position for head in heads]) < 0,
        (tip_x, tip_y),
        find,
        stave.draft.place.measure,
    )
    _draw_dots(heads, drawn)
    if has_stem:
        _draw_stem(chord, heads, drawn, scale)
    return drawn


def _has_stem(chord: MroChord) -> bool:
    shapes = {note.shape for note in chord.notes}
    return not chord.has_virtual_stem and not shapes & {MroNoteShape.BREVE, MroNoteShape.SEMIBREVE}


# -- noteheads ---------------------------------------------------------------------------------------------


def _place_head(
    note: MroNote,
    found: Note,
    chord: MroChord,
    at: StaveSheet,
    stave: StaveSheet,
    tip_x: float,
    has_stem: bool,
    scale: float,
) -> _Head:
    """The place of a notehead: its centre if the document has it, else beside the stem, on its staff position."""
    draft = at.draft
    name = notehead_name(_HEADS.get(note.shape, DurationType.QUARTER))
    left, _, right, _ = draft.extent(name, scale)
    position = -note.position_down
    y = draft.y(position)
    if note.centre_units is not None:
        center_x, center_y = stave.point(note.centre_units)
        x = center_x - (left + right) / 2
        y = center_y - at.middle_of(name, scale)
    elif has_stem:
        # On the other side of the stem, the notehead is that of a stem in the other direction.
        attached_up = chord.is_stem_up == note.is_on_normal_side
        foot_x, _ = stem_foot(draft, name, 0.0, 0.0, attached_up, scale)
        x = tip_x - foot_x
    else:
        x = tip_x - (left + right) / 2 + (0.0 if note.is_on_normal_side else right - left)
    return _Head(found, at, name, x, y, position, x + left, x + right)


def _draw_accidental(note: MroNote, accidental: SemanticObject | None, head: _Head, scale: float) -> None:
    name = ACCIDENTALS.get(accidental.kind or "") if isinstance(accidental, Accidental) else None
    if accidental is None or name is None:
        return
    left, _, right, _ = head.stave.draft.extent(name, scale)
    x = head.left - ACCIDENTAL_GAP_SS * head.stave.draft.staff_space - (right - left) / 2
    if note.accidental_offset_units:
        x = head.left + note.accidental_offset_units * head.stave.sheet.unit
    head.stave.symbol_at(_K.ACCIDENTAL, name, x, head.y, accidental.id, scale)


def _draw_ledger_lines(heads: Sequence[_Head], event: Event, scale: float) -> None:
    for stave in dict.fromkeys(head.stave for head in heads):
        extents = [(head.left, head.right, head.position) for head in heads if head.stave is stave]
        draw_ledger_lines_of_chord(stave.draft, extents, event.id, scale)


def _draw_dots(heads: Sequence[_Head], drawn: DrawnChord) -> None:
    """Draws the dots of a chord, those of a second in different spaces; those of a lower voice below its lines."""
    taken: set[tuple[StaveSheet, int]] = set()
    voice = drawn.event.voice
    toward = -1 if voice is not None and voice.n not in (None, "1") else 1
    for head in sorted(heads, key=lambda head: head.y):
        space = head.position if head.position % 2 else head.position + toward
        if (head.stave, space) in taken:
            space -= 2
        taken.add((head.stave, space))
        draw_dots(head.stave.draft, _dot_count(drawn), drawn.right, space, drawn.event.id)


def _dot_count(drawn: DrawnChord) -> int:
    note = drawn.event
    return note.duration.dots if note.duration is not None else 0


# -- stems -------------------------------------------------------------------------------------------------


def _draw_stem(chord: MroChord, heads: Sequence[_Head], drawn: DrawnChord, scale: float) -> None:
    draft, up = drawn.stave.draft, chord.is_stem_up
    x, tip_y = drawn.tip
    far = max(heads, key=lambda head: abs(head.y - tip_y))
    attached_up = far.x + far.stave.draft.extent(far.name, scale)[2] / 2 < x
    _, foot_y = stem_foot(far.stave.draft, far.name, far.x, far.y, attached_up, scale)
    draw_stem(draft, (x, foot_y), tip_y, drawn.event.id)
    drawn.include(min(tip_y, foot_y), max(tip_y, foot_y))
    flags = _flag_count(drawn)
    draw_flag(draft, flags, up, x, tip_y, drawn.event.id, scale)
    if chord.has_stem_slash:
        draw_grace_slash(draft, x, tip_y, up, drawn.event.id)


def _flag_count(drawn: DrawnChord) -> int:
    """Number of flags: none under a beam; a note at a beam of its own has as many as the beam has parts."""
    beam, count = drawn.chord.beam, drawn.chord.flag_count
    if beam is not None:
        count = 0 if drawn.find("beam", None) is not None else max(beam.parts_left, beam.parts_right)
    return min(max(count, 0), _MOST_FLAGS)


# -- rests -------------------------------------------------------------------------------------------------


def _draw_rest(chord: MroChord, event: Event, stave: StaveSheet, find: Lookup) -> DrawnChord:
    draft, note = stave.draft, chord.notes[0]
    center_x = stave.x(chord.flag_units.column)
    y = draft.y(-note.position_down)
    if isinstance(event, MultiMeasureRest):
        half = _MULTI_REST_SS / 2 * draft.staff_space
        draw_multi_rest(draft, center_x, 2 * half, event.count or 1, event.id)
        tip = (center_x, draft.middle_y)
        left, right, top, bottom = center_x - half, center_x + half, draft.y(9), draft.y(-2)
        return DrawnChord(chord, event, stave, left, right, top, bottom, True, tip, find, draft.place.measure)
    duration = event.duration
    name = rest_name(DurationType.WHOLE if duration is None else duration.type)
    kind = _K.MEASURE_REST if isinstance(event, MeasureRest) else _K.REST
    left, right = stave.symbol_at(kind, name, center_x, y, event.id)
    if duration is not None:
        draw_dots(draft, duration.dots, right, -note.position_down, event.id)
    _, top, _, bottom = draft.extent(name)
    tip = (center_x, y + (top + bottom) / 2)
    return DrawnChord(
        chord, event, stave, left, right, y + top, y + bottom, False, tip, find, draft.place.measure
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
