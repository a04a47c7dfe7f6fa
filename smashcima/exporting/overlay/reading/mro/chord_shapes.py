"""Shapes of notes, rests, stems, flags and beams on an MRO page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from smashcima.exporting.overlay.reading.mro.stave_frame import Ring, Shape, StaveFrame, box, stroke
from smashcima.notations.mro import MroAccidental, MroChord, MroNote, MroNoteShape

HEADS = {
    MroNoteShape.BREVE: "noteheadDoubleWhole",
    MroNoteShape.SEMIBREVE: "noteheadWhole",
    MroNoteShape.MINIM: "noteheadHalf",
    MroNoteShape.SOLID: "noteheadBlack",
    MroNoteShape.GRACE: "noteheadBlack",
}

RESTS = {
    MroNoteShape.BREVE_REST: "restDoubleWhole",
    MroNoteShape.SEMIBREVE_REST: "restWhole",
    MroNoteShape.MINIM_REST: "restHalf",
    MroNoteShape.CROTCHET_REST: "restQuarter",
    MroNoteShape.QUAVER_REST: "rest8th",
    MroNoteShape.SEMIQUAVER_REST: "rest16th",
    MroNoteShape.DEMISEMIQUAVER_REST: "rest32nd",
    MroNoteShape.HEMIDEMISEMIQUAVER_REST: "rest64th",
}

ACCIDENTALS = {
    MroAccidental.SHARP: "accidentalSharp",
    MroAccidental.FLAT: "accidentalFlat",
    MroAccidental.NATURAL: "accidentalNatural",
    MroAccidental.DOUBLE_SHARP: "accidentalDoubleSharp",
    MroAccidental.DOUBLE_FLAT: "accidentalDoubleFlat",
    MroAccidental.NATURAL_SHARP: "accidentalNaturalSharp",
    MroAccidental.NATURAL_FLAT: "accidentalNaturalFlat",
}

_FLAGS = ("8th", "16th", "32nd", "64th", "128th")

_GRACE_SIZE = 0.66
"""Size of grace notes, relative to others."""

_STEM_WIDTH_SS = 0.13
_BEAM_WIDTH_SS = 0.5
_BEAM_STEP_SS = 0.75
_HOOK_SS = 1.0
_DOT_GAP_SS = 0.5
_SIGN_STEP_SS = 1.25
"""Distance of articulations from noteheads and from one another."""

_MULTI_REST_WIDTH_SS = 6.0


def chord_shapes(chord: MroChord, staves: Sequence[StaveFrame], index: int) -> Iterator[Shape]:
    """The shapes of a chord on the stave with an index among the staves of its system, without its beam."""
    frame = staves[index]
    if chord.is_rest:
        yield from _rest_shapes(chord, frame)
        return
    size = _GRACE_SIZE if chord.is_grace else 1.0
    for note in chord.notes:
        yield from _note_shapes(note, chord, staves[min(index + note.staff_offset, len(staves) - 1)], size)
    if not chord.has_virtual_stem:
        x = frame.x(chord.flag_units.column)
        end = frame.y(chord.flag_units.row)
        yield (
            "stem",
            stroke((x, end), (x, frame.y_of_position(chord.head_end_down)), _STEM_WIDTH_SS * frame.space),
        )
        if chord.flag_count > 0 and chord.beam is None:
            value = _FLAGS[min(chord.flag_count, len(_FLAGS)) - 1]
            yield frame.symbol_at(f"flag{value}{'Up' if chord.is_stem_up else 'Down'}", x, end, size)
    yield from _sign_shapes(chord, frame)


def beam_shapes(chords: Iterable[MroChord], frame: StaveFrame) -> Iterator[Shape]:
    """The shapes of the beams of a bar: a beam between stems for each level, and hooks."""
    nodes: dict[int, list[MroChord]] = defaultdict(list)
    for chord in chords:
        if chord.beam is not None:
            nodes[chord.beam.id].append(chord)
    for beamed in nodes.values():
        beamed.sort(key=lambda chord: chord.flag_units.column)
        for position, chord in enumerate(beamed):
            assert chord.beam is not None
            following = beamed[position + 1] if position + 1 < len(beamed) else None
            between = 0
            if following is not None and following.beam is not None:
                between = min(chord.beam.parts_right, following.beam.parts_left)
                for level in range(between):
                    yield "beam", _beam(chord, following, level, frame)
            before = beamed[position - 1].beam if position else None
            joined = min(before.parts_right, chord.beam.parts_left) if before is not None else 0
            for level in range(between, chord.beam.parts_right):
                yield "beamHook", _hook(chord, level, 1, frame)
            for level in range(joined, chord.beam.parts_left):
                yield "beamHook", _hook(chord, level, -1, frame)


def _note_shapes(note: MroNote, chord: MroChord, frame: StaveFrame, size: float) -> Iterator[Shape]:
    name = HEADS.get(note.shape, "noteheadBlack")
    width, _ = frame.symbol_size(name, size)
    if note.centre_units is not None:
        x, y = frame.x(note.centre_units.column), frame.y(note.centre_units.row)
    else:
        x, y = _head_x(note, chord, frame, width), frame.y_of_position(note.position_down)
    yield frame.symbol_around(name, x, y, size)
    if note.accidental in ACCIDENTALS:
        at = x - width / 2 + note.accidental_offset_units
        yield frame.symbol_around(ACCIDENTALS[note.accidental], at, y, size)
    yield from _dot_shapes(chord.dot_count, x + width / 2, note.position_down, frame)


def _head_x(note: MroNote, chord: MroChord, frame: StaveFrame, width: float) -> float:
    """X of the middle of a notehead, from the column of its stem."""
    x = frame.x(chord.flag_units.column)
    if chord.has_virtual_stem:
        return x if note.is_on_normal_side else x + width
    return x - width / 2 if chord.is_stem_up is note.is_on_normal_side else x + width / 2


def _dot_shapes(count: int, right: float, position_down: int, frame: StaveFrame) -> Iterator[Shape]:
    """Augmentation dots to the right of an x; those of a notehead on a line are in the space above it."""
    y = frame.y_of_position(position_down - (position_down % 2 == 0))
    for number in range(1, count + 1):
        yield frame.symbol_around("augmentationDot", right + number * 2 * _DOT_GAP_SS * frame.space, y)


def _rest_shapes(chord: MroChord, frame: StaveFrame) -> Iterator[Shape]:
    note = chord.notes[0]
    x = frame.x(chord.flag_units.column)
    y = frame.y_of_position(note.position_down)
    if note.shape is MroNoteShape.MULTI_BAR_REST:
        half = _MULTI_REST_WIDTH_SS / 2 * frame.space
        yield "multiRest", box(x - half, y - frame.space / 2, x + half, y + frame.space / 2)
        return
    name = RESTS[note.shape]
    width, height = frame.symbol_size(name)
    # The position is the top of a semibreve rest, the bottom of a minim rest, and the centre of all others.
    if note.shape is MroNoteShape.SEMIBREVE_REST:
        y += height / 2
    elif note.shape is MroNoteShape.MINIM_REST:
        y -= height / 2
    yield frame.symbol_around(name, x, y)
    yield from _dot_shapes(chord.dot_count, x + width / 2, 0, frame)
    if chord.has_pause:
        yield _pause_shape(chord, x, frame)


def _sign_shapes(chord: MroChord, frame: StaveFrame) -> Iterator[Shape]:
    """Articulations on the side of the noteheads; fermatas, bows and ornaments above the staff."""
    is_below = chord.is_stem_up and not chord.has_virtual_stem
    width, _ = frame.symbol_size("noteheadBlack")
    x = frame.x(chord.flag_units.column)
    if not chord.has_virtual_stem:
        x += -width / 2 if chord.is_stem_up else width / 2
    row = frame.y(chord.flag_units.row)
    step = _SIGN_STEP_SS * frame.space * (1 if is_below else -1)
    y = frame.y_of_position(chord.head_end_down)
    place = "Below" if is_below else "Above"
    for is_there, name, offset in (
        (chord.has_staccato, f"articStaccato{place}", chord.staccato_offset_units),
        (chord.has_staccatissimo, f"articStaccatissimo{place}", 0),
        (chord.has_tenuto, f"articTenuto{place}", chord.tenuto_offset_units),
        (chord.has_accent, f"articAccent{place}", chord.accent_offset_units),
        (chord.has_marcato, f"articMarcato{place}", 0),
    ):
        if is_there:
            y += step
            yield frame.symbol_around(name, x, row + offset if offset else y)
    y = min(frame.y(0), row, frame.y_of_position(chord.head_end_down)) - frame.space / 4
    for is_there, name in (
        (chord.has_up_bow, "stringsUpBow"),
        (chord.has_down_bow, "stringsDownBow"),
        (chord.has_trill, "ornamentTrill"),
        (chord.has_mordent, "ornamentMordent"),
        (chord.has_inverted_mordent, "ornamentShortTrill"),
    ):
        if is_there:
            y -= _SIGN_STEP_SS * frame.space
            yield frame.symbol_around(name, x, y)
    if chord.has_pause:
        yield _pause_shape(chord, x, frame)


def _pause_shape(chord: MroChord, x: float, frame: StaveFrame) -> Shape:
    if chord.pause_offset_units:
        return frame.symbol_around(
            "fermataAbove", x, frame.y(chord.flag_units.row + chord.pause_offset_units)
        )
    tops = [frame.y_of_position(note.position_down) for note in chord.notes]
    top = min(frame.y(0), *tops) if chord.is_rest else min(frame.y(0), frame.y(chord.flag_units.row), *tops)
    return frame.symbol_around("fermataAbove", x, top - _SIGN_STEP_SS * frame.space)


def _beam(chord: MroChord, following: MroChord, level: int, frame: StaveFrame) -> Ring:
    ends = _beam_end(chord, level, frame), _beam_end(following, level, frame)
    return stroke(*ends, _BEAM_WIDTH_SS * frame.space)


def _hook(chord: MroChord, level: int, side: int, frame: StaveFrame) -> Ring:
    x, y = _beam_end(chord, level, frame)
    return stroke((x, y), (x + side * _HOOK_SS * frame.space, y), _BEAM_WIDTH_SS * frame.space)


def _beam_end(chord: MroChord, level: int, frame: StaveFrame) -> tuple[float, float]:
    """The middle of a beam at a stem, whose end is at the outer edge of the first beam; others are nearer to the heads."""
    inwards = (_BEAM_WIDTH_SS / 2 + level * _BEAM_STEP_SS) * frame.space
    y = frame.y(chord.flag_units.row) + (inwards if chord.is_stem_up else -inwards)
    return frame.x(chord.flag_units.column), y
