"""Placement of words, dynamics, hairpins, lyrics, and other objects above or below the music."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import Polyline, PrimitiveKind
from smashcima.placement.lyrics import TextWidths, place_lyrics
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.time_warp import TimeWarp

_K = PrimitiveKind

_ONE_GO_SS = 2.0
"""Maximum distance between dynamics that move together."""

_OFF_STAFF_SS = 0.5
"""Minimum white space between words and the lines of their staff."""

_OVER_CLEFS_SS = 0.4
"""Minimum white space between a measure number and the clef below it, of which some are taller than usual."""

_WORDS = (
    _K.TEMPO, _K.DIRECTION, _K.REHEARSAL_MARK, _K.ENCLOSURE, _K.HARMONY, _K.FIGURED_BASS, _K.REPEAT_MARK, _K.TEXT,
    _K.MEASURE_NUMBER,
)  # fmt: skip
_SIGNS = (_K.TUPLET_NUMBER, _K.BREATH, _K.CAESURA, _K.ORNAMENT, _K.FERMATA, _K.FINGERING)
_LONG = (
    _K.STAFF_LINE, _K.TUPLET_BRACKET, _K.VOLTA, _K.OCTAVE, _K.PEDAL, _K.GLISSANDO, _K.ANNOTATION_LINE,
    _K.EXTENDER_LINE, _K.LYRIC_EXTENDER, _K.LYRIC_HYPHEN, _K.LYRIC_ELISION, _K.GENERIC, _K.SYSTEM_DIVIDER,
)  # fmt: skip
"""Kinds that extend along time; each of their points follows the time warp at its position."""


def place_words(
    arrays: PageArrays, notes: Notes, warp: TimeWarp, draws: QuantityDraws, text_widths: TextWidths | None
) -> None:
    """Places all objects above or below the music; `text_widths` are those of syllables as the writer writes them."""
    _long_things(arrays, warp)
    for kinds, name in ((_WORDS, "words"), ((_K.DYNAMIC,), "dynamic"), (_SIGNS, "sign")):
        found = arrays.of(*kinds)
        _loose_things(arrays, found[notes.cells.of[found] < 0], name, warp, draws)
    _lift_measure_numbers(arrays)
    _hairpins(arrays, warp, draws)
    place_lyrics(arrays, notes, draws, text_widths)


def _long_things(arrays: PageArrays, warp: TimeWarp) -> None:
    found = arrays.of(*_LONG)
    mask = np.zeros(len(arrays.count), dtype=bool)
    mask[found] = True
    points = np.nonzero(mask[arrays.owner])[0]
    arrays.xy[points, 0] += warp.shifts(arrays.system[arrays.owner[points]], arrays.engraved[points, 0])


def _loose_things(
    arrays: PageArrays, found: IntArray, name: str, warp: TimeWarp, draws: QuantityDraws
) -> None:
    """Moves primitives, those of one element in one system (letters of a dynamic, words and their box) together."""
    group = arrays.groups(found)
    count = int(group.max(initial=-1)) + 1
    x = draws.offsets(f"{name}_x", count)
    # The height of a dynamic is set together with its adjacent signs, in `place_rows`.
    y = np.zeros(count) if name == "dynamic" else draws.offsets(f"{name}_y", count)
    if not len(found):
        return
    left = np.full(count, np.inf)
    np.minimum.at(left, group, arrays.left[found])
    space = arrays.space[found]
    if name == "dynamic":
        x = _in_one_go(arrays, found, group, x)
    dx = warp.shifts(arrays.system[found], left[group]) + x[group] * space
    dy = np.clip(y[group], -1.0, 1.0) * space
    if name == "words":
        # Words closer to the staff lines than this may only move away from them.
        side = np.sign((arrays.top + arrays.bottom)[found] / 2 - arrays.middle[found])
        inner = np.where(side > 0, arrays.top[found], arrays.bottom[found])
        room = side * (inner - arrays.middle[found]) - arrays.half[found] - _OFF_STAFF_SS * space
        least = np.full(count, np.inf)
        np.minimum.at(least, group, np.where(arrays.half[found] > 0, np.maximum(room, 0.0), np.inf))
        dy = side * np.maximum(side * dy, -least[group])
    arrays.move(found, dx, dy)


def _lift_measure_numbers(arrays: PageArrays) -> None:
    """Moves measure numbers above the clefs that were placed below them."""
    numbers, clefs = arrays.of(_K.MEASURE_NUMBER), arrays.of(_K.CLEF)
    if not len(numbers) or not len(clefs):
        return
    low, high = arrays.boxes()
    near = (
        (arrays.system[numbers][:, None] == arrays.system[clefs])
        & (low[numbers, 0][:, None] < high[clefs, 0])
        & (high[numbers, 0][:, None] > low[clefs, 0])
        & ((low + high)[numbers, 1][:, None] < (low + high)[clefs, 1])
    )
    # Printed numbers may stand closer.
    tops, bottoms = arrays.sides(clefs)[:, 1], arrays.sides(numbers)[:, 3]
    clear = np.minimum(tops - bottoms[:, None], _OVER_CLEFS_SS * arrays.space[numbers][:, None])
    goal = np.where(near, low[clefs, 1] - clear, np.inf).min(axis=1)
    bottoms = bottoms + (arrays.point(numbers) - arrays.engraved_point(numbers))[:, 1]
    arrays.move(numbers, 0.0, np.minimum(goal - bottoms, 0.0))


def _in_one_go(arrays: PageArrays, found: IntArray, group: IntArray, x: FloatArray) -> FloatArray:
    """Shifts of dynamics, equal for adjacent ones, such as `f` and `p`, or the dynamics of two voices."""
    result = x.copy()
    middle = (arrays.top + arrays.bottom)[found] / 2
    before = -1
    for k in np.lexsort((arrays.left[found], arrays.staff[found])).tolist():
        if before >= 0 and group[before] != group[k]:
            a, b, space = found[before], found[k], arrays.space[found[k]]
            if (
                arrays.staff[a] == arrays.staff[b]
                and arrays.left[b] - arrays.right[a] < _ONE_GO_SS * space
                and abs(middle[k] - middle[before]) < _ONE_GO_SS * space
            ):
                result[group[k]] = result[group[before]]
        before = k
    return np.asarray(result, dtype=np.float64)


def _hairpins(arrays: PageArrays, warp: TimeWarp, draws: QuantityDraws) -> None:
    found = arrays.of_type(arrays.of(_K.HAIRPIN), Polyline)
    count = len(found)
    ratio, tilt = draws.ratios("hairpin_opening", count), draws.offsets("hairpin_tilt", count)
    ends = draws.offsets("hairpin_end", 2 * count).reshape(2, count)
    if not count:
        return
    numbers = arrays.count[found]
    points = np.repeat(arrays.first[found] - np.cumsum(numbers) + numbers, numbers) + np.arange(numbers.sum())
    own = np.repeat(np.arange(count), numbers)
    xy = arrays.engraved[points].copy()
    left, right = arrays.low[found, 0], arrays.high[found, 0]
    middle = (arrays.low[found, 1] + arrays.high[found, 1]) / 2
    width = np.maximum(right - left, 1e-3)
    along = (xy[:, 0] - left[own]) / width[own]
    space = arrays.space[found]
    limit = 0.25 * width
    dx = np.clip(ends * space, -limit, limit)
    slant = np.tan(np.radians(np.clip(tilt, -12, 12))) * np.minimum(width, 12 * space)
    xy[:, 1] = middle[own] + (xy[:, 1] - middle[own]) * ratio[own]
    xy[:, 1] += slant[own] * (along - 0.5)
    xy[:, 0] += (
        warp.shifts(arrays.system[found][own], xy[:, 0]) + dx[0, own] * (1 - along) + dx[1, own] * along
    )
    arrays.xy[points] = xy
