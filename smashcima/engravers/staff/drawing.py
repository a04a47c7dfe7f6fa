"""Drawing of the items of a staff at their positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from smashcima.engravers.staff.drawn_event import DrawnEvent
from smashcima.engravers.staff.extents import (
    GAP_SS,
    MULTI_REST_SS,
    TIME_GAP_SS,
    note_scale,
    rows_of_time,
    time_signatures,
)
from smashcima.engravers.staff.reading import Item
from smashcima.engravers.staff.stems import has_stem
from smashcima.engraving import PrimitiveKind
from smashcima.engraving.drafting import (
    BeamStem,
    StaffDraft,
    beam_level_count,
    draw_accidental,
    draw_barline,
    draw_beam,
    draw_clef,
    draw_dots,
    draw_flag,
    draw_grace_slash,
    draw_key,
    draw_ledger_lines,
    draw_multi_rest,
    draw_notehead,
    draw_rest,
    draw_stem,
    draw_time,
)
from smashcima.engraving.drafting.beams import LEVEL_STEP_SS
from smashcima.engraving.drafting.notes import ACCIDENTAL_GAP_SS, stem_foot
from smashcima.engraving.drafting.signatures import time_width
from smashcima.engraving.drafting.symbol_names import ACCIDENTALS, clef_name, notehead_name
from smashcima.errors import Issue
from smashcima.scene.semantic import (
    Accidental,
    BarlineForm,
    Clef,
    DurationType,
    Event,
    KeySignature,
    Measure,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    SemanticObject,
    TimeSignature,
    TimeSignatureGroup,
    key_signs,
)

_K = PrimitiveKind

_STEM_SS = 3.5
"""Length of stems in staff spaces, from the middle of the notehead."""

_LEAST_BEAMED_STEM_SS = 2.6
"""Minimum length of stems under a single beam, in staff spaces."""

_MOST_RISE_SS = 1.2
"""Maximum difference in height between the ends of a beam, in staff spaces."""

_INTO_BEAM_SS = 0.1
"""Distance from the end of a stem to the outer edge of its beam, in staff spaces."""


class ItemDrawer:
    """Draws items with a draft, and keeps the geometry of notes and rests."""

    def __init__(
        self, draft: StaffDraft, up: Mapping[Note, bool], beamed: Iterable[Note], issues: list[Issue]
    ) -> None:
        """`up` are the directions of stems, `beamed` the notes whose stems end at a beam."""
        self._draft = draft
        self._up = up
        self._beamed = frozenset(beamed)
        self._issues = issues
        self._feet: dict[Note, tuple[float, float]] = {}
        self.drawn: dict[Event, DrawnEvent] = {}
        """Geometry of notes and rests."""
        self.ends: dict[int, DrawnEvent] = {}
        """Geometry of barlines, by the index of the measure that they end."""

    def draw(self, item: Item, is_first: bool) -> None:
        """Draws an item; `is_first` tells whether it begins the staff."""
        element, draft = item.element, self._draft
        draft.go_to_measure(item.measure)
        if item.barline is not None:
            right = draw_barline(draft, item.barline, item.x, element.id)
            assert isinstance(element, Measure)
            # A barline at the left edge of a measure ends the measure before it.
            ended = (
                item.measure if item.barline is (element.right or BarlineForm.SINGLE) else item.measure - 1
            )
            self.ends[ended] = DrawnEvent(element, item.x, right, draft.middle_y, draft.y(4), draft.y(-4))
            if item.barline in _SIMPLIFIED:
                self._tell(element, f"its barline ({item.barline.value}) is drawn with continuous strokes")
        elif isinstance(element, Note):
            self._note(element, item.x)
        elif isinstance(element, (Rest, MeasureRest)):
            self._rest(element, item.x)
        elif isinstance(element, MultiMeasureRest):
            self._multi_rest(element, item.x)
        elif isinstance(element, Clef):
            self._clef(element, item.x, is_first)
        elif isinstance(element, KeySignature):
            draw_key(draft, key_signs(element, item.clef), item.x, element.id)
        elif isinstance(element, (TimeSignature, TimeSignatureGroup)):
            self._time(element, item.x)
        elif isinstance(element, Accidental):
            self._loose_accidental(element, item.x)
        elif isinstance(element, Event):
            # A space has no symbol, but marks can be attached to it.
            right = item.x + GAP_SS * draft.staff_space
            self.drawn[element] = DrawnEvent(element, item.x, right, draft.middle_y, draft.y(4), draft.y(-4))

    def _tell(self, element: SemanticObject, what: str) -> None:
        self._issues.append(Issue("staff", element.tag, what))

    # -- signatures ----------------------------------------------------------------------------------------

    def _clef(self, clef: Clef, x: float, is_first: bool) -> None:
        name = clef_name(clef, is_change=not is_first)
        if name is None:
            self._tell(clef, "not drawn: there is no symbol for this clef")
            return
        draw_clef(self._draft, name, x, clef.position(), clef.id)

    def _time(self, element: TimeSignature | TimeSignatureGroup, x: float) -> None:
        for time in time_signatures(element):
            rows = rows_of_time(time)
            width = time_width(self._draft, rows)
            draw_time(self._draft, rows, x + width / 2, time.id)
            x += width + TIME_GAP_SS * self._draft.staff_space

    def _loose_accidental(self, accidental: Accidental, x: float) -> None:
        position = accidental.staff_position or 0
        if not draw_accidental(self._draft, accidental.kind or "", x, position, accidental.id):
            self._tell(accidental, f"not drawn: there is no symbol for {accidental.kind!r}")

    # -- rests ---------------------------------------------------------------------------------------------

    def _rest(self, rest: Rest | MeasureRest, x: float) -> None:
        draft = self._draft
        duration = rest.duration
        kind = _K.REST if isinstance(rest, Rest) else _K.MEASURE_REST
        value = duration.type if duration is not None else DurationType.WHOLE
        symbol = draw_rest(draft, value, x, rest.id, rest.staff_position, kind)
        left, top, right, bottom = symbol.sides()
        if duration is not None and duration.dots:
            draw_dots(draft, duration.dots, right, rest.staff_position or 0, rest.id)
        self.drawn[rest] = DrawnEvent(rest, left, right, draft.middle_y, top, bottom)

    def _multi_rest(self, rest: MultiMeasureRest, x: float) -> None:
        draft = self._draft
        width = MULTI_REST_SS * draft.staff_space
        draw_multi_rest(draft, x + width / 2, width, rest.count or 1, rest.id)
        self.drawn[rest] = DrawnEvent(rest, x, x + width, draft.middle_y, draft.y(9), draft.y(-2))

    # -- notes ---------------------------------------------------------------------------------------------

    def _note(self, note: Note, x: float) -> None:
        draft, scale = self._draft, note_scale(note)
        position, duration = note.position or 0, note.written_duration
        value = duration.type if duration is not None else DurationType.QUARTER
        name = notehead_name(value)
        y = draft.y(position)
        head_right = x + draft.extent(name, scale)[2]
        draw_ledger_lines(draft, x, head_right, position, note.id, scale)
        head = draw_notehead(draft, name, x, position, note.id, scale)
        _, top, _, bottom = head.sides()
        up = self._up.get(note, True)
        self.drawn[note] = drawn = DrawnEvent(note, x, head_right, y, top, bottom, up, position=position)
        self._accidental(note, x, position, scale)
        if duration is not None and duration.dots:
            draw_dots(draft, duration.dots, head_right, position, note.id)
        if not has_stem(note):
            return
        foot = stem_foot(draft, name, x, y, up, scale)
        drawn.stem_x = foot[0]
        if note in self._beamed:
            self._feet[note] = foot
            return
        flags = value.flags
        length = _STEM_SS + LEVEL_STEP_SS * max(flags - 2, 0)
        side = 1 if up else -1
        end = y - side * length * scale * draft.staff_space
        if not note.is_grace:
            # Stems of notes on ledger lines reach the middle line.
            end = min(end, draft.middle_y) if up else max(end, draft.middle_y)
        draw_stem(draft, foot, end, note.id)
        draw_flag(draft, flags, up, foot[0], end, note.id, scale)
        if note.mei.get("stem.mod") == "1slash":
            draw_grace_slash(draft, foot[0], end, up, note.id)
        drawn.include(end, end)

    def _accidental(self, note: Note, x: float, position: int, scale: float) -> None:
        accidental = note.accidental
        if accidental is None:
            return
        sign = ACCIDENTALS.get(accidental.kind or "")
        if sign is None:
            self._tell(accidental, f"not drawn: there is no symbol for {accidental.kind!r}")
            return
        right = self._draft.extent(sign, scale)[2]
        left = x - ACCIDENTAL_GAP_SS * self._draft.staff_space - right
        at = position if accidental.staff_position is None else accidental.staff_position
        draw_accidental(self._draft, accidental.kind or "", left, at, accidental.id, scale)

    # -- beams ---------------------------------------------------------------------------------------------

    def beam(self, beam: SemanticObject, notes: Sequence[Note], measure: int) -> None:
        """Draws a beam and the stems of its notes, which are drawn without their stems before."""
        draft = self._draft
        draft.go_to_measure(measure)
        scale = note_scale(notes[0])
        unit = draft.staff_space * scale
        up = self._up[notes[0]]
        side = 1.0 if up else -1.0
        flags = [note.written_duration.type.flags if note.written_duration else 1 for note in notes]
        levels = max(flags)
        xs = [self._feet[note][0] for note in notes]
        # Heights are distances from the middle of the staff in the direction of the stems.
        heads = [side * (draft.middle_y - self.drawn[note].head_y) for note in notes]
        rise = max(-_MOST_RISE_SS * unit, min(_MOST_RISE_SS * unit, heads[-1] - heads[0]))
        if not _is_monotonic(heads):
            rise *= 0.5
        slope = rise / max(xs[-1] - xs[0], 1e-9)
        least = (_LEAST_BEAMED_STEM_SS + LEVEL_STEP_SS * (levels - 1)) * unit
        base = max(head + least - slope * (x - xs[0]) for head, x in zip(heads, xs, strict=True))
        base = max(base, heads[0] + _STEM_SS * unit, heads[-1] + _STEM_SS * unit - rise)
        start, end = draft.middle_y - side * base, draft.middle_y - side * (base + rise)
        stems = [BeamStem(x, *sides) for x, sides in zip(xs, beam_level_count(flags), strict=True)]
        draw_beam(draft, stems, start, end, up, beam.id, scale)
        for note, x in zip(notes, xs, strict=True):
            edge = start - side * slope * (x - xs[0])
            tip = edge + side * _INTO_BEAM_SS * unit
            draw_stem(draft, self._feet[note], tip, note.id)
            self.drawn[note].include(edge, edge)


def _is_monotonic(values: Sequence[float]) -> bool:
    rising = [later - earlier for earlier, later in pairwise(values)]
    return all(step >= 0 for step in rising) or all(step <= 0 for step in rising)


_SIMPLIFIED = frozenset(
    {BarlineForm.DASHED, BarlineForm.DOTTED, BarlineForm.DOUBLE_DASHED, BarlineForm.DOUBLE_DOTTED,
     BarlineForm.SEGNO, BarlineForm.DOUBLE_SEGNO}
)  # fmt: skip
