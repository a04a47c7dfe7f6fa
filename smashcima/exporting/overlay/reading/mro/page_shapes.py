"""Shapes of everything on an MRO page.

The format stores positions: centres of clefs, ends of stems, columns of barlines. Sizes that it does not store are those
of the symbols of a usual music font, and the places of dots, articulations and ornaments are the usual ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from smashcima.assets.fonts.engraver_metrics import text_width
from smashcima.exporting.overlay.reading.mro.chord_shapes import beam_shapes, chord_shapes
from smashcima.exporting.overlay.reading.mro.stave_frame import Ring, Shape, StaveFrame, box, stroke
from smashcima.notations.mro import (
    MroBar,
    MroBarline,
    MroClefShape,
    MroDynamic,
    MroDynamicShape,
    MroFontStyle,
    MroKeySignature,
    MroLyricLine,
    MroPage,
    MroSlur,
    MroSystem,
    MroText,
    MroTimeSignature,
)

_CLEFS = {
    MroClefShape.TREBLE: "gClef",
    MroClefShape.BASS: "fClef",
    MroClefShape.ALTO: "cClef",
    MroClefShape.TREBLE_UP_8: "gClef8va",
    MroClefShape.TREBLE_DOWN_8: "gClef8vb",
}

_LINES = 5
_LINE_WIDTH_SS = 0.13
_BARLINE_WIDTH_SS = 0.25
_SLUR_WIDTH_SS = 0.2
_SLUR_POINTS = 25
_HAIRPIN_HEIGHT_SS = 1.0

_ASCENT = 0.75
"""Share of the height of a text that is above its baseline."""


def page_shapes(page: MroPage) -> Iterator[Shape]:
    """The shapes of a page: systems, staves, staff lines, and all symbols."""
    for system in page.systems:
        right = system.left_units + system.width_units
        yield (
            "system",
            box(system.left_units, system.top_units, right, system.top_units + system.height_units),
        )
        yield from _system_shapes(system)


def _system_shapes(system: MroSystem) -> Iterator[Shape]:
    staves = [StaveFrame(stave) for stave in system.staves]
    for index, frame in enumerate(staves):
        yield from _staff_shapes(frame)
        for bar in frame.stave.bars:
            yield from _bar_shapes(bar, staves, index)
        for line in frame.stave.lyric_lines:
            yield from _lyric_shapes(line, frame)
        for text in frame.stave.texts:
            yield _text_shape(text, frame)
        for dynamic in frame.stave.dynamics:
            yield _dynamic_shape(dynamic, frame)
    for slur in system.slurs:
        yield "slur", _arc(slur, system)


def _staff_shapes(frame: StaveFrame) -> Iterator[Shape]:
    left, right = frame.x(0), frame.x(frame.stave.width_units)
    yield "staff", box(left, frame.y(0), right, frame.bottom)
    for line in range(_LINES):
        y = frame.y(line * frame.space)
        yield "staffLine", stroke((left, y), (right, y), _LINE_WIDTH_SS * frame.space)


def _bar_shapes(bar: MroBar, staves: list[StaveFrame], index: int) -> Iterator[Shape]:
    frame = staves[index]
    for clef in bar.clefs:
        yield frame.symbol_at_centre(_CLEFS[clef.shape], clef.centre_units)
    for key in bar.key_signatures:
        if key.fifths:
            yield _key_shape(key, frame)
    if bar.time_signature is not None:
        yield _time_shape(bar.time_signature, frame)
    for chord in bar.chords:
        yield from chord_shapes(chord, staves, index)
    yield from beam_shapes(bar.chords, frame)
    if bar.barline is not None:
        yield _barline_shape(bar.barline, frame)


def _barline_shape(barline: MroBarline, frame: StaveFrame) -> Shape:
    half = _BARLINE_WIDTH_SS / 2 * frame.space
    left, right = sorted((barline.left_line_units, barline.right_line_units))
    return "barline", box(frame.x(left) - half, frame.y(0), frame.x(right) + half, frame.bottom)


def _key_shape(key: MroKeySignature, frame: StaveFrame) -> Shape:
    """The box of all accidentals of a key signature around its centre."""
    count = abs(key.fifths)
    width, height = frame.symbol_size("accidentalSharp" if key.fifths > 0 else "accidentalFlat")
    # The second accidental is a fourth or fifth away from the first one, the others are between or near them.
    half = (height + (0 if count == 1 else 2 * frame.space)) / 2
    x, y = frame.x(key.centre_units.column), frame.y(key.centre_units.row)
    return "keySignature", box(x - count * width / 2, y - half, x + count * width / 2, y + half)


def _time_shape(time: MroTimeSignature, frame: StaveFrame) -> Shape:
    if time.is_symbol:
        is_cut = (time.top, time.bottom) == (2, 2)
        name = "timeSigCutCommon" if is_cut else "timeSigCommon"
        return frame.symbol_at_centre(name, time.centre_units)
    digit, height = frame.symbol_size("timeSig4")
    half = digit * max(len(str(time.top)), len(str(time.bottom))) / 2
    x, y = frame.x(time.centre_units.column), frame.y(time.centre_units.row)
    return "timeSignature", box(x - half, y - height, x + half, y + height)


def _lyric_shapes(line: MroLyricLine, frame: StaveFrame) -> Iterator[Shape]:
    for element in line.elements:
        if element.is_extender:
            start, end = sorted((element.left_units, element.right_units))
            baseline = frame.y(line.baseline_units)
            width = _LINE_WIDTH_SS * frame.space
            yield "lyricExtender", stroke((frame.x(start), baseline), (frame.x(end), baseline), width)
        else:
            # Only the middle of a syllable is reliable.
            width = _width(element.text, line.height_units, line.style)
            left = frame.x(element.middle_units) - width / 2
            yield "lyric", _text_box(left, line.baseline_units, width, line.height_units, frame)


def _text_shape(text: MroText, frame: StaveFrame) -> Shape:
    width = _width(text.text, text.height_units, text.style)
    name = "harmony" if text.is_chord_name else "text"
    return name, _text_box(frame.x(text.left_units), text.baseline_units, width, text.height_units, frame)


def _width(text: str, height: float, style: int) -> float:
    font = MroFontStyle.of(style)
    return text_width(text, height, bold=font.is_bold, italic=font.is_italic)


def _text_box(left: float, baseline: float, width: float, height: float, frame: StaveFrame) -> Ring:
    y = frame.y(baseline)
    return box(left, y - _ASCENT * height, left + width, y + (1 - _ASCENT) * height)


def _dynamic_shape(dynamic: MroDynamic, frame: StaveFrame) -> Shape:
    y = frame.y(dynamic.row_units)
    if not dynamic.shape.is_hairpin:
        sizes = [frame.symbol_size(f"dynamic{_LETTERS[letter]}") for letter in dynamic.shape.text]
        width, height = sum(size[0] for size in sizes), max(size[1] for size in sizes)
        x = frame.x(dynamic.centre_units)
        return "dynamicText", box(x - width / 2, y - height * 2 / 3, x + width / 2, y + height / 3)
    left, right = frame.x(dynamic.left_units), frame.x(dynamic.right_units)
    tip, mouth = (left, right) if dynamic.shape is MroDynamicShape.CRESCENDO else (right, left)
    half = _HAIRPIN_HEIGHT_SS / 2 * frame.space
    return "hairpin", np.array([(tip, y), (mouth, y - half), (mouth, y + half)], np.float64)


_LETTERS = {"f": "Forte", "m": "Mezzo", "p": "Piano", "s": "Sforzando", "z": "Z"}


def _arc(slur: MroSlur, system: MroSystem) -> Ring:
    """The outline of an arc through two points; a negative radius bends it upwards."""
    start, end = (
        np.array((system.left_units + point.column, system.top_units + point.row), np.float64)
        for point in (slur.left_units, slur.right_units)
    )
    half = float(np.hypot(*(end - start))) / 2
    radius = max(abs(slur.radius_units), half, 1.0)
    angle = math.asin(half / radius)
    angles = np.linspace(-angle, angle, _SLUR_POINTS)
    along = (end - start) / (2 * half) if half else np.array((1.0, 0.0))
    # Y is downwards, so this normal of an arc from left to right is upwards.
    upwards = np.array((along[1], -along[0])) * (1 if slur.radius_units < 0 else -1)
    rise = radius * (np.cos(angles) - math.cos(angle))
    middle = (start + end) / 2
    arc = middle + np.outer(radius * np.sin(angles), along) + np.outer(rise, upwards)
    thickness = _SLUR_WIDTH_SS * 16 * upwards
    return np.concatenate((arc, arc[::-1] - thickness))
