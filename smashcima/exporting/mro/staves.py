"""Systems and staves with their bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from smashcima.engraving import EngravedSystem, PrimitiveKind
from smashcima.exporting.mro.barlines import PARTS_OF_BARLINES, StaveBarlines
from smashcima.exporting.mro.chords import ChordWriter
from smashcima.exporting.mro.curves import CURVES, slur_of
from smashcima.exporting.mro.dynamics import DynamicsWriter
from smashcima.exporting.mro.event_marks import EventMarks, events_of
from smashcima.exporting.mro.frames import Frame, StaveFrame, UnitScale
from smashcima.exporting.mro.losses import Losses
from smashcima.exporting.mro.marks import Mark
from smashcima.exporting.mro.signatures import clef_of, key_signature_of, time_signature_of
from smashcima.exporting.mro.words import lyric_lines_of, texts_of
from smashcima.notations.mro import (
    MroBar,
    MroBarline,
    MroBarlineShape,
    MroChord,
    MroClef,
    MroKeySignature,
    MroStave,
    MroSystem,
    MroTimeSignature,
)
from smashcima.scene.semantic import (
    Clef,
    KeySignature,
    Score,
    SemanticObject,
    TimeSignature,
    TimeSignatureGroup,
)

_K = PrimitiveKind

T = TypeVar("T")

_OF_TUPLETS = frozenset({_K.TUPLET_NUMBER, _K.TUPLET_BRACKET})

_ONE_SIGN_SS = 3.0
"""Maximum distance between neighbouring parts of one signature, in staff spaces."""


def system_of(
    system: EngravedSystem, marks: Sequence[Mark], scale: UnitScale, score: Score, losses: Losses, heads: bool
) -> MroSystem | None:
    """One system from its marks; `None` if none of its staves has lines."""
    frames = {staff.number: StaveFrame.of(staff, scale) for staff in system.staves if staff.line_ys}
    for staff in system.staves:
        if len(staff.line_ys) != 5:
            what = "written as one of five lines" if staff.line_ys else "not written"
            losses.tell_of(
                f"system {system.index + 1}",
                "staff",
                f"staff {staff.number} has {len(staff.line_ys)} lines, {what}",
            )
    if not frames:
        return None
    top = min(frame.top_units for frame in frames.values())
    left = min(frame.left_units for frame in frames.values())
    bottom = max(frame.top_units + frame.size_units for frame in frames.values())
    right = max(frame.left_units + frame.width_units for frame in frames.values())
    events = events_of(marks, score)
    chords = ChordWriter(frames, events, losses, heads)
    on_staff: dict[int, list[EventMarks]] = {number: [] for number in frames}
    beams: dict[str | None, list[EventMarks]] = {}
    for each in events:
        beams.setdefault(each.beam, []).append(each)
    for each in events:
        number = chords.staff_of([each] if each.beam is None else beams[each.beam])
        if number is not None:
            on_staff[number].append(each)
    joined = _joined(marks, frames, losses)
    staves = tuple(
        _StaveWriter(frame, marks, chords, losses).stave(on_staff[number], number, number in joined)
        for number, frame in frames.items()
    )
    frame = Frame(scale, top, left)
    curves = [mark for mark in marks if mark.kind in CURVES]
    losses.wrote(*curves)
    slurs = sorted((slur_of(mark, frame) for mark in curves), key=lambda slur: slur.left_units.column)
    return MroSystem(top, left, right - left, bottom - top, staves, tuple(slurs))


def _joined(marks: Iterable[Mark], frames: Mapping[int, StaveFrame], losses: Losses) -> set[int]:
    """Numbers of the staves that a brace joins to the next one."""
    numbers = list(frames)
    drawn = [mark for mark in marks if mark.kind is _K.BRACE]
    losses.wrote(*drawn)
    braces = [mark.box for mark in drawn]
    joined: set[int] = set()
    for upper, lower in pairwise(numbers):
        top, bottom = frames[upper].staff.middle_y, frames[lower].staff.middle_y
        # An engraver may draw a brace in pieces.
        covered = sum(max(0.0, min(box.bottom, bottom) - max(box.top, top)) for box in braces)
        if covered >= 0.9 * (bottom - top):
            joined.add(upper)
    return joined


class _StaveWriter:
    """Writes one stave."""

    def __init__(self, frame: StaveFrame, marks: Sequence[Mark], chords: ChordWriter, losses: Losses) -> None:
        self._frame = frame
        self._losses = losses
        self._chords = chords
        self._own = [mark for mark in marks if mark.staff == frame.staff.number]
        parts = [mark for mark in marks if mark.kind in PARTS_OF_BARLINES]
        losses.wrote(*parts)
        self._barlines = StaveBarlines(parts, frame)

    def stave(self, events: Sequence[EventMarks], number: int, is_joined: bool) -> MroStave:
        frame = self._frame
        dynamics = DynamicsWriter(frame, self._losses)
        dynamics.add(self._own)
        texts = [*texts_of(self._own, frame, self._losses), *dynamics.texts]
        return MroStave(
            frame.top_units,
            frame.left_units,
            frame.width_units,
            frame.size_units,
            is_joined_to_below=is_joined,
            bars=self._bars(events, number),
            lyric_lines=lyric_lines_of(self._own, frame, self._barlines, self._losses),
            texts=tuple(sorted(texts, key=lambda text: (text.left_units, text.baseline_units))),
            dynamics=tuple(sorted(dynamics.written, key=lambda each: (each.centre_units, each.row_units))),
        )

    def _bars(self, events: Sequence[EventMarks], number: int) -> tuple[MroBar, ...]:
        count = len(self._barlines) + 1
        clefs: list[list[MroClef]] = [[] for _ in range(count)]
        keys: list[list[MroKeySignature]] = [[] for _ in range(count)]
        times: list[list[MroTimeSignature]] = [[] for _ in range(count)]
        for element, parts in self._signs(_K.CLEF, _K.KEY_ACCIDENTAL, _K.TIME_SIGNATURE):
            at = self._barlines.bar_at(parts[0].box.center.x)
            self._losses.wrote(*parts)
            if isinstance(element, Clef):
                clefs[at] += _given(clef_of(element, parts[0], self._frame, self._losses))
            elif isinstance(element, KeySignature):
                keys[at] += _given(key_signature_of(element, parts, self._frame, self._losses))
            elif isinstance(element, (TimeSignature, TimeSignatureGroup)):
                if times[at]:
                    self._losses.tell(element, "not written: the format has one time signature per bar")
                else:
                    times[at] += _given(time_signature_of(element, parts, self._frame, self._losses))
        chords = self._chords_of(events, number, count)
        bars = []
        for index in range(count):
            time = times[index][0] if times[index] else None
            content = (tuple(clefs[index]), tuple(keys[index]), time, tuple(chords[index]))
            if index < count - 1:
                bars.append(MroBar(*content, self._barlines.barline(index, self._losses.tell_mark)))
            elif any(content):
                # What stands after the last barline is in a bar of its own, whose barline the format calls invented.
                end = self._frame.width_units
                bars.append(MroBar(*content, MroBarline(MroBarlineShape.SINGLE, end, end, is_invented=True)))
        return tuple(bars)

    def _signs(self, *kinds: PrimitiveKind) -> list[tuple[SemanticObject, list[Mark]]]:
        """The signs of some kinds from left to right, each with its parts: the accidentals of a key, the digits of a time."""
        signs: list[tuple[SemanticObject, list[Mark]]] = []
        apart = _ONE_SIGN_SS * self._frame.staff.staff_space
        own = [mark for mark in self._own if mark.kind in kinds]
        for mark in sorted(own, key=lambda mark: mark.box.center.x):
            element = self._losses.object_of(mark)
            if element is None:
                continue
            for known, parts in signs:
                if known is element and mark.box.left - parts[-1].box.right < apart:
                    parts.append(mark)
                    break
            else:
                signs.append((element, [mark]))
        return signs

    def _chords_of(self, events: Sequence[EventMarks], number: int, count: int) -> list[list[MroChord]]:
        bars: list[list[EventMarks]] = [[] for _ in range(count)]
        for each in events:
            bars[self._barlines.bar_at(self._chords.column(each))].append(each)
        written = []
        for bar in bars:
            bar.sort(key=self._chords.column)
            tuplets: dict[SemanticObject, int] = {}
            chords = []
            for each in bar:
                tuplet = each.event.tuplet
                id = -1 if tuplet is None else tuplets.setdefault(tuplet, len(tuplets))
                chords.append(self._chords.chord(each, number, id))
            written.append(chords)
            signs = [mark for mark in self._own if mark.kind in _OF_TUPLETS]
            self._losses.wrote(*(mark for mark in signs if self._losses.object_of(mark) in tuplets))
        return written


def _given(value: T | None) -> list[T]:
    return [] if value is None else [value]
