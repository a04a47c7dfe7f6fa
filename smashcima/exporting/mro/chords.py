"""Chords, notes and rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from smashcima.engraving import PrimitiveKind
from smashcima.exporting.mro.event_marks import EventMarks
from smashcima.exporting.mro.expression import expression_of
from smashcima.exporting.mro.frames import StaveFrame
from smashcima.exporting.mro.losses import Losses
from smashcima.exporting.mro.marks import Mark
from smashcima.notations.mro import (
    MroAccidental,
    MroBeam,
    MroChord,
    MroNote,
    MroNoteShape,
    MroPosition,
    MroRational,
)
from smashcima.scene.semantic import (
    Duration,
    DurationType,
    Event,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    Tuplet,
    TupletSpan,
)

_K = PrimitiveKind

_HEADS = {
    DurationType.MAXIMA: MroNoteShape.BREVE,
    DurationType.LONG: MroNoteShape.BREVE,
    DurationType.BREVE: MroNoteShape.BREVE,
    DurationType.WHOLE: MroNoteShape.SEMIBREVE,
    DurationType.HALF: MroNoteShape.MINIM,
}

_RESTS = {
    DurationType.MAXIMA: MroNoteShape.BREVE_REST,
    DurationType.LONG: MroNoteShape.BREVE_REST,
    DurationType.BREVE: MroNoteShape.BREVE_REST,
    DurationType.WHOLE: MroNoteShape.SEMIBREVE_REST,
    DurationType.HALF: MroNoteShape.MINIM_REST,
    DurationType.QUARTER: MroNoteShape.CROTCHET_REST,
    DurationType.EIGHTH: MroNoteShape.QUAVER_REST,
    DurationType.N16TH: MroNoteShape.SEMIQUAVER_REST,
    DurationType.N32ND: MroNoteShape.DEMISEMIQUAVER_REST,
    DurationType.N64TH: MroNoteShape.HEMIDEMISEMIQUAVER_REST,
}

_ON_A_LINE = frozenset({MroNoteShape.SEMIBREVE_REST, MroNoteShape.MINIM_REST})
"""Rests that hang from a line or lie on one, at which the origin of their symbols is."""

_ACCIDENTALS = {
    "accidentalSharp": MroAccidental.SHARP,
    "accidentalFlat": MroAccidental.FLAT,
    "accidentalNatural": MroAccidental.NATURAL,
    "accidentalDoubleSharp": MroAccidental.DOUBLE_SHARP,
    "accidentalSharpSharp": MroAccidental.DOUBLE_SHARP,
    "accidentalDoubleFlat": MroAccidental.DOUBLE_FLAT,
    "accidentalNaturalSharp": MroAccidental.NATURAL_SHARP,
    "accidentalNaturalFlat": MroAccidental.NATURAL_FLAT,
}

_PLAIN_HEADS = frozenset(
    {"noteheadBlack", "noteheadHalf", "noteheadWhole", "noteheadDoubleWhole", "noteheadDoubleWholeSquare"}
)

_MOST_DOTS = 3

_DISPLACED = 0.5
"""Minimum distance of a notehead from the column of the others, relative to its width."""


class ChordWriter:
    """Writes the events of one system."""

    def __init__(
        self, frames: Mapping[int, StaveFrame], events: Sequence[EventMarks], losses: Losses, heads: bool
    ) -> None:
        """`frames` are the staves by their numbers, `events` all events of the system; `heads` tells whether to write
        the centres of noteheads.
        """
        self._frames = frames
        self._nodes = Counter(each.beam for each in events)
        self._order = list(frames)
        self._losses = losses
        self._heads = heads
        self._beams: dict[str, int] = {}

    def staff_of(self, events: Sequence[EventMarks]) -> int | None:
        """Number of the staff that gets events which belong together.

        Notes may stand on staves below, but not above. So the staff is that of their voice, unless a notehead is above
        it; then it is the uppermost one with a notehead. A rest is on its own staff, since rests have no offset.
        """
        drawn = [staff for each in events for staff in each.staves if staff in self._frames]
        uppermost = min(drawn, key=self._order.index, default=None)
        if uppermost is None or all(each.is_rest for each in events):
            return uppermost
        voice = events[0].event.voice
        own = voice.staff.number if voice is not None and voice.staff is not None else uppermost
        is_below = own not in self._frames or self._order.index(own) > self._order.index(uppermost)
        return uppermost if is_below else own

    def column(self, marks: EventMarks) -> float:
        """X of the middle of the heads of an event."""
        boxes = [head.box for head in marks.heads]
        return (min(box.left for box in boxes) + max(box.right for box in boxes)) / 2

    def chord(self, marks: EventMarks, staff: int, tuplet_id: int) -> MroChord:
        """A chord on a stave."""
        frame = self._frames[staff]
        self._losses.wrote(*marks.heads)
        event = marks.event
        if marks.is_rest:
            chord = self._rest(marks, frame)
        else:
            chord = self._notes(marks, staff)
        chord = replace(chord, tuplet_transform=_transform(event), tuplet_id=tuplet_id)
        return expression_of(chord, marks, frame, self._losses)

    # -- rests ---------------------------------------------------------------------------------------------

    def _rest(self, marks: EventMarks, frame: StaveFrame) -> MroChord:
        event, first = marks.event, marks.heads[0]
        column = frame.column(self.column(marks))
        if isinstance(event, MultiMeasureRest):
            self._losses.wrote(*marks.of(_K.MULTI_REST_NUMBER))
            note = MroNote(MroNoteShape.MULTI_BAR_REST, 0, frame.position_down(first.box.center.y))
            count = max(event.count or 1, 1)
            return MroChord(
                True, flag_units=MroPosition(frame.row(first.box.center.y), column),
                head_end_down=note.position_down, multi_rest_bars=count, notes=(note,),
            )  # fmt: skip
        value = (event.duration or Duration(DurationType.WHOLE)).type
        shape = _RESTS.get(value)
        if shape is None or value in (DurationType.MAXIMA, DurationType.LONG):
            shape = shape or MroNoteShape.HEMIDEMISEMIQUAVER_REST
            self._losses.tell(event, f"a {value.value} rest, written as {shape.value}")
        # The middle of a rest in the middle of the staff is 0, also of one that has longer flags below than above.
        note = MroNote(shape, 0, _position_of_rest(event, frame.position_down(first.baseline)))
        y = first.baseline if shape in _ON_A_LINE else first.box.center.y
        return MroChord(
            True, dot_count=self._dots(marks), flag_units=MroPosition(frame.row(y), column),
            head_end_down=note.position_down, notes=(note,),
        )  # fmt: skip

    def _dots(self, marks: EventMarks) -> int:
        drawn = marks.of(_K.AUGMENTATION_DOT)
        self._losses.wrote(*drawn)
        if not drawn:
            return 0
        notes = [event for head in marks.heads if (event := self._losses.object_of(head)) is not None]
        written = [note.written_duration for note in notes if isinstance(note, Note)] or [
            marks.event.duration
        ]
        dots = max((duration.dots for duration in written if duration is not None), default=0)
        if dots > _MOST_DOTS:
            self._losses.tell(marks.event, f"{dots} dots, written as {_MOST_DOTS}")
        return min(dots, _MOST_DOTS)

    # -- notes ---------------------------------------------------------------------------------------------

    def _notes(self, marks: EventMarks, staff: int) -> MroChord:
        frame, stem = self._frames[staff], marks.stem
        heads = sorted(marks.heads, key=lambda head: head.box.center.y)
        self._losses.wrote(*marks.of(_K.STEM))
        if stem is None:
            is_up = heads[-1].box.center.y > frame.staff.middle_y
            tip_x, tip_y = _normal_column(heads), (heads[0] if is_up else heads[-1]).box.center.y
        else:
            tip_x, tip_y, is_up = _stem_tip(stem, heads)
        far = self._position_down(heads[-1] if is_up else heads[0], frame)
        flags = marks.of(_K.FLAG)
        slashes = marks.of(_K.GRACE_SLASH)
        self._losses.wrote(*flags, *slashes)
        notes = tuple(
            self._note(head, marks, staff, tip_x, is_up, has_stem=stem is not None) for head in heads
        )
        return MroChord(
            has_virtual_stem=stem is None,
            is_stem_up=is_up and stem is not None,
            has_stem_slash=bool(slashes),
            dot_count=self._dots(marks),
            flag_count=self._flag_count(marks) if flags else 0,
            flag_units=MroPosition(frame.row(tip_y), frame.column(tip_x)),
            head_end_down=far,
            beam=self._beam(marks, tip_x) if marks.beam is not None else None,
            notes=notes,
        )

    def _flag_count(self, marks: EventMarks) -> int:
        for head in marks.heads:
            note = self._losses.object_of(head)
            if isinstance(note, Note) and note.written_duration is not None:
                return note.written_duration.type.flags
        return 1

    def _note(
        self, head: Mark, marks: EventMarks, staff: int, tip_x: float, is_up: bool, *, has_stem: bool
    ) -> MroNote:
        own = head.staff if head.staff in self._frames else staff
        assert own is not None
        frame = self._frames[own]
        box = head.box
        offset = box.center.x - tip_x
        if has_stem:
            is_normal = offset <= 0 if is_up else offset >= 0
        else:
            is_normal = abs(offset) < _DISPLACED * box.width
        accidental, accidental_offset = self._accidental(head, marks, frame)
        return MroNote(
            shape=self._shape(head),
            staff_offset=self._order.index(own) - self._order.index(staff),
            position_down=self._position_down(head, frame),
            accidental=accidental,
            accidental_offset_units=accidental_offset,
            is_on_normal_side=is_normal,
            centre_units=self._frames[staff].centre(box) if self._heads else None,
        )

    def _position_down(self, head: Mark, frame: StaveFrame) -> int:
        """Staff position of a notehead: that of its note, from which handwriting may differ, unless it is on another staff."""
        note = self._losses.object_of(head)
        if isinstance(note, Note) and note.position is not None and head.staff == frame.staff.number:
            return -note.position
        return frame.position_down(head.box.center.y)

    def _shape(self, head: Mark) -> MroNoteShape:
        note = self._losses.object_of(head)
        if not isinstance(note, Note):
            return MroNoteShape.SOLID
        if head.symbol not in _PLAIN_HEADS:
            self._losses.tell(note, "written with a plain notehead")
        if note.is_grace:
            return MroNoteShape.GRACE
        value = note.written_duration.type if note.written_duration is not None else DurationType.QUARTER
        if value in (DurationType.MAXIMA, DurationType.LONG):
            self._losses.tell(note, f"a {value.value}, written as a breve")
        return _HEADS.get(value, MroNoteShape.SOLID)

    def _accidental(self, head: Mark, marks: EventMarks, frame: StaveFrame) -> tuple[MroAccidental, int]:
        for mark in marks.of(_K.ACCIDENTAL):
            accidental = self._losses.object_of(mark)
            if accidental is None or accidental.ancestor(Note) is not self._losses.object_of(head):
                continue
            self._losses.wrote(mark)
            kind = _ACCIDENTALS.get(mark.symbol)
            if kind is None:
                self._losses.tell(accidental, f"not written: the format has no {mark.symbol}")
                continue
            return kind, frame.scale.of(mark.box.center.x - head.box.left)
        return MroAccidental.NONE, 0

    # -- beams ---------------------------------------------------------------------------------------------

    def _beam(self, marks: EventMarks, stem_x: float) -> MroBeam:
        assert marks.beam is not None
        self._losses.wrote(*marks.beams)
        own = {marks.event.id, *(head.element for head in marks.heads)}
        left = right = 0
        for piece in marks.beams:
            touched = [stem in own for stem in piece.stems]
            if len(touched) == 1 and touched[0]:
                is_left = piece.box.center.x < stem_x
                left, right = left + is_left, right + (not is_left)
            elif any(touched):
                left, right = left + any(touched[1:]), right + any(touched[:-1])
        number = self._beams.setdefault(marks.beam, len(self._beams))
        return MroBeam(number, self._nodes[marks.beam], left, right)


def _position_of_rest(event: Event, drawn_down: int) -> int:
    """Staff position of a rest, downwards: as the score gives it; else the line, or ledger line, nearest to the ink."""
    given = event.staff_position if isinstance(event, (Rest, MeasureRest)) else None
    return 2 * round(drawn_down / 2) if given is None else -given


def _normal_column(heads: Sequence[Mark]) -> float:
    """X of the centres of the noteheads that are not displaced, of a chord without a stem: the left column."""
    left = min(heads, key=lambda head: head.box.center.x)
    column = [
        h.box.center.x for h in heads if h.box.center.x - left.box.center.x < _DISPLACED * left.box.width
    ]
    return sum(column) / len(column)


def _stem_tip(stem: Mark, heads: Sequence[Mark]) -> tuple[float, float, bool]:
    """X and y of the end of a stem away from the noteheads, and whether it points up."""
    top, bottom = sorted((stem.start, stem.end), key=lambda point: point.y)
    above, below = heads[0].box.center.y - top.y, bottom.y - heads[-1].box.center.y
    return (top.x, top.y, True) if above >= below else (bottom.x, bottom.y, False)


def _transform(event: Event) -> MroRational:
    """Factor by which tuplets change the duration of an event."""
    factors: list[Tuplet | TupletSpan] = [each for each in event.ancestors() if isinstance(each, Tuplet)]
    span = event.tuplet
    if isinstance(span, TupletSpan):
        factors.append(span)
    if len(factors) == 1:
        return MroRational(factors[0].base, factors[0].count)
    product = Fraction(1)
    for each in factors:
        product *= each.factor
    return MroRational(product.numerator, product.denominator)
