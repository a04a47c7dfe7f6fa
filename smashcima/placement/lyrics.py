"""Placement of lyrics: their syllables, hyphens and extenders."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from smashcima.engraving import PrimitiveKind, Text
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.syllables import set_line

TextWidths = Callable[[Text], float | None]
"""Function from a text to the width in mm in which the writer writes it; `None` if it is that of print."""

_K = PrimitiveKind

_ON_LINE_SS = 2.0
_BESIDE_SYLLABLES_SS = 0.15
"""White space between a syllable and a hyphen or extender."""

_SHORTEST_HYPHEN_SS = 0.35

_SYLLABLE_GAP_SS = 0.75
"""White space between the syllables of a word, where there is room for it."""

_WORD_GAP_SS = 1.3
"""White space between words, where there is room for it."""

_HYPHEN_SS = (-0.3, 1.2)
"""Height of the hyphens of a line above its baseline."""

_FURTHEST_SYLLABLE_SS = 1.3
"""Largest distance by which syllables make room for others, before they are condensed."""

_UNDER_WORDS_SS = 0.1
"""Minimum white space between words and the lyrics below them."""

_NESTED_SS = 0.5
"""Maximum overlap of engraved words with lyrics below them: boxes of texts reach from ascenders to descenders."""

_LOWEST_LYRICS_SS = 1.2
"""Largest displacement of lyrics below words."""

_NEARER_VERSES_SS = 0.1
"""Maximum reduction of the distance between two lines of lyrics, in staff spaces."""


def place_lyrics(
    arrays: PageArrays, notes: Notes, draws: QuantityDraws, text_widths: TextWidths | None
) -> None:
    """Places syllables with their hyphens and extenders; `text_widths` are the widths in which the writer writes them."""
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
    gaps = np.where(_are_hyphened(arrays, found), _SYLLABLE_GAP_SS, _WORD_GAP_SS) * space
    for first, end in pairwise([*np.nonzero(starts)[0].tolist(), len(found)]):
        part = slice(first, end)
        inside = slice(first + 1, end)
        white = left[inside] - right[first : end - 1]
        staves = arrays.page.systems[arrays.system[found[first]]].staves
        ends = (
            min([staff.left for staff in staves] + [left[first]]),
            max([staff.right for staff in staves] + [right[end - 1]]),
        )
        centres[part], widths[part] = set_line(
            centres[part],
            wanted[part],
            printed[part],
            (gaps[inside], white),
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


def _are_hyphened(arrays: PageArrays, found: IntArray) -> BoolArray:
    """Which syllables have a hyphen before them."""
    hyphens = arrays.of(_K.LYRIC_HYPHEN)
    hyphens = hyphens[arrays.count[hyphens] > 0]
    x = (arrays.left[hyphens] + arrays.right[hyphens]) / 2
    y = (arrays.top[hyphens] + arrays.bottom[hyphens]) / 2
    space = arrays.space[found]
    above = (arrays.engraved[arrays.first[found], 1][:, None] - y) / space[:, None]
    between = (
        (x > np.roll(arrays.left[found], 1)[:, None])
        & (x < arrays.right[found][:, None])
        & (above > _HYPHEN_SS[0])
        & (above < _HYPHEN_SS[1])
        & (arrays.system[hyphens] == arrays.system[found][:, None])
    )
    return np.asarray(between.any(axis=1))


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
