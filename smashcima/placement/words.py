"""Placement of words, dynamics, hairpins, lyrics, and other objects above or below the music."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from smashcima.engraving import Polyline, PrimitiveKind, Text
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.syllables import set_line
from smashcima.placement.time_warp import TimeWarp

TextWidths = Callable[[Text], float | None]
"""Function from a text to the width in mm in which the writer writes it; `None` if it is that of print."""

_K = PrimitiveKind

_ONE_GO_SS = 2.0
"""Maximum distance between dynamics that move together."""

_OFF_STAFF_SS = 0.5
"""Minimum white space between words and the lines of their staff."""

_OVER_CLEFS_SS = 0.4
"""Minimum white space between a measure number and the clef below it, of which some are taller than usual."""

_ON_LINE_SS = 2.0
_BESIDE_SYLLABLES_SS = 0.15
"""White space between a syllable and a hyphen or extender."""

_SHORTEST_HYPHEN_SS = 0.35

_SYLLABLE_GAP_SS = 0.75
"""White space between syllables, with or without a hyphen, where there is room for it."""

_FURTHEST_SYLLABLE_SS = 1.3
"""Largest distance by which syllables make room for others, before they are condensed."""

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


_UNDER_WORDS_SS = 0.1
"""Minimum white space between words and the lyrics below them."""

_NESTED_SS = 0.5
"""Maximum overlap of engraved words with lyrics below them: boxes of texts reach from ascenders to descenders."""

_LOWEST_LYRICS_SS = 1.2
"""Largest displacement of lyrics below words."""

_NEARER_VERSES_SS = 0.1
"""Maximum reduction of the distance between two lines of lyrics, in staff spaces."""


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
    _lyrics(arrays, notes, draws, text_widths)


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


def _lyrics(arrays: PageArrays, notes: Notes, draws: QuantityDraws, text_widths: TextWidths | None) -> None:
    found = arrays.of(_K.LYRIC)
    found = found[arrays.count[found] > 0]
    baseline = arrays.engraved[arrays.first[found], 1]
    order = np.lexsort((arrays.left[found], np.round(baseline, 2), arrays.system[found]))
    found, baseline = found[order], baseline[order]
    count = len(found)
    starts = np.diff(baseline, prepend=-np.inf) > 0.05
    starts |= np.diff(arrays.system[found], prepend=-2) != 0
    line = np.cumsum(starts) - 1
    space = arrays.space[found]
    x = draws.offsets("lyric_x", count) * space
    whole = draws.offsets("lyric_line", int(line.max(initial=-1)) + 1)
    y = draws.offsets("lyric_y", count)
    if not count:
        return
    cell = notes.cells.of[found]
    dx = np.where(cell >= 0, notes.cell_dx[cell], 0.0) + x
    dx, sides = _spread_syllables(arrays, found, starts, dx, text_widths)
    systems = arrays.system[found[np.nonzero(starts)[0]]]
    whole = np.maximum(np.clip(whole, -0.6, 0.6), _below_words(arrays, found, line, sides))
    for number in range(1, len(whole)):
        # Verses are stacked: the engraved distance of a line from the one above it is reduced only slightly.
        if systems[number] == systems[number - 1]:
            whole[number] = max(whole[number], whole[number - 1] - _NEARER_VERSES_SS)
    dy = np.clip(whole[line] + y, -0.6, np.maximum(whole[line], 0.6)) * space
    arrays.move(found, dx, dy)
    _follow_lyrics(arrays, found, line, whole, baseline)
    _between_syllables(arrays, found, line, baseline, sides)


def _below_words(arrays: PageArrays, found: IntArray, line: IntArray, sides: FloatArray) -> FloatArray:
    """Least displacement of each line of lyrics, in staff spaces, at which it is clear of the words between it and its staff."""
    least = np.full(int(line.max()) + 1, -np.inf)
    words = arrays.of(_K.DIRECTION)
    words = words[(arrays.count[words] > 0) & (arrays.staff[words] >= 0)]
    if not len(words):
        return least
    low, high = arrays.boxes()
    top, space = arrays.top[found], arrays.space[found]
    below = (
        (arrays.system[found][:, None] == arrays.system[words])
        & (arrays.middle[found][:, None] < arrays.top[words])
        & (arrays.bottom[words] < top[:, None] + _NESTED_SS * space[:, None])
        & (low[words, 0] < sides[1][:, None])
        & (high[words, 0] > sides[0][:, None])
    )
    need = (high[words, 1] - top[:, None]) / space[:, None] + _UNDER_WORDS_SS
    np.maximum.at(least, line, np.where(below, need, -np.inf).max(axis=1))
    return np.asarray(np.minimum(least, _LOWEST_LYRICS_SS), dtype=np.float64)


def _spread_syllables(
    arrays: PageArrays, found: IntArray, starts: BoolArray, dx: FloatArray, text_widths: TextWidths | None
) -> tuple[FloatArray, FloatArray]:
    """Gives syllables the width that the writer needs, without overlaps; sets the scale of those of another width.

    Returns the displacements of their origins, (n,), and their left and right sides, (2, n).
    """
    left, right, space = arrays.left[found], arrays.right[found], arrays.space[found]
    printed = right - left
    wanted = printed.copy()
    if text_widths is not None:
        for row, index in enumerate(found.tolist()):
            text = arrays.primitives[index]
            own = text_widths(text) if isinstance(text, Text) and arrays.count[index] == 1 else None
            if own is not None and printed[row] > 0:
                wanted[row] = own
    centres, widths = (left + right) / 2 + dx, wanted.copy()
    for first, end in pairwise([*np.nonzero(starts)[0].tolist(), len(found)]):
        part = slice(first, end)
        inside = slice(first + 1, end)
        white = left[inside] - right[first : end - 1]
        gap = _SYLLABLE_GAP_SS * space[inside]
        staves = arrays.page.systems[arrays.system[found[first]]].staves
        ends = (
            min([staff.left for staff in staves] + [left[first]]),
            max([staff.right for staff in staves] + [right[end - 1]]),
        )
        centres[part], widths[part] = set_line(
            centres[part],
            wanted[part],
            printed[part],
            (gap, white),
            ends,
            _FURTHEST_SYLLABLE_SS * float(space[first]),
        )
    other = np.abs(widths - printed) > 1e-9
    arrays.scale[found[other], 0] = widths[other] / printed[other]
    # The origin is at the left, in the middle or at the right of the text.
    origin = arrays.engraved[arrays.first[found], 0]
    share = np.clip((origin - left) / np.maximum(printed, 1e-9), 0.0, 1.0)
    sides = np.stack([centres - widths / 2, centres + widths / 2])
    return sides[0] + share * widths - origin, sides


def _follow_lyrics(
    arrays: PageArrays, found: IntArray, line: IntArray, whole: FloatArray, baseline: FloatArray
) -> None:
    """Moves hyphens and extenders with the line of their syllables."""
    strokes = arrays.of(_K.LYRIC_HYPHEN, _K.LYRIC_EXTENDER, _K.LYRIC_ELISION)
    if not len(strokes):
        return
    y = (arrays.low[strokes, 1] + arrays.high[strokes, 1]) / 2
    distance = np.abs(y[:, None] - baseline)
    distance = np.where(arrays.system[strokes][:, None] == arrays.system[found], distance, np.inf)
    nearest = distance.argmin(axis=1)
    near = distance[np.arange(len(strokes)), nearest] < 3 * arrays.space[strokes]
    shift = np.where(near, whole[line[nearest]], 0.0) * arrays.space[strokes]
    arrays.move(strokes, 0.0, shift)


def _between_syllables(
    arrays: PageArrays, found: IntArray, line: IntArray, baseline: FloatArray, sides: FloatArray
) -> None:
    """Places hyphens between their syllables, shortened where space is limited, and extenders after their syllable."""
    strokes = arrays.of(_K.LYRIC_HYPHEN, _K.LYRIC_EXTENDER)
    strokes = strokes[arrays.count[strokes] == 2]
    # Each line of lyrics has one y; a stroke belongs to the nearest line.
    first = np.nonzero(np.diff(line, prepend=-1))[0]
    y = (arrays.low[strokes, 1] + arrays.high[strokes, 1]) / 2
    off = np.abs(y[:, None] - baseline[first])
    off = np.where(arrays.system[strokes][:, None] == arrays.system[found[first]], off, np.inf)
    nearest = off.argmin(axis=1)
    has_line = off[np.arange(len(strokes)), nearest] < _ON_LINE_SS * arrays.space[strokes]
    strokes, nearest = strokes[has_line], nearest[has_line]
    x = (arrays.low[strokes, 0] + arrays.high[strokes, 0]) / 2
    far = 1e4
    after = np.searchsorted(line * far + arrays.left[found], nearest * far + x)
    before = np.maximum(after - 1, 0)
    has_before = (after > 0) & (line[before] == nearest)
    after = np.minimum(after, len(found) - 1)
    has_after = line[after] == nearest
    space, at = arrays.space[strokes], arrays.first[strokes]
    start = sides[1, before]
    is_extender = arrays.kind[strokes] == arrays.code(_K.LYRIC_EXTENDER)
    ends = arrays.xy[at[:, None] + np.arange(2), 0]
    long = is_extender & has_before & (ends.max(axis=1) - start > space)
    ends = np.where(long[:, None], np.maximum(ends, (start + _BESIDE_SYLLABLES_SS * space)[:, None]), ends)

    engraved = arrays.engraved[at[:, None] + np.arange(2), 0] - x[:, None]
    end, length = sides[0, after], np.maximum(np.ptp(engraved, axis=1), 1e-3)
    old_start, old_end = arrays.right[found[before]], arrays.left[found[after]]
    share = np.clip((x - old_start) / np.maximum(old_end - old_start, 1e-3), 0.0, 1.0)
    room = end - start - 2 * _BESIDE_SYLLABLES_SS * space
    factor = np.minimum(1.0, np.maximum(room, _SHORTEST_HYPHEN_SS * space) / length)
    reach = length * factor / 2 + _BESIDE_SYLLABLES_SS * space
    middle = (start + end) / 2
    center = np.clip(
        start + share * (end - start), np.minimum(start + reach, middle), np.maximum(end - reach, middle)
    )
    is_between = ~is_extender & has_before & has_after
    placed = center[:, None] + engraved * factor[:, None]
    # A hyphen after the last syllable of a line has no syllable to its right.
    at_end = ~is_extender & has_before & ~has_after
    close = np.maximum(start + _BESIDE_SYLLABLES_SS * space - ends.min(axis=1), 0.0)
    ends = np.where(at_end[:, None], ends + close[:, None], ends)
    arrays.xy[at[:, None] + np.arange(2), 0] = np.where(is_between[:, None], placed, ends)
