"""Room for the syllables of a line of lyrics: as wide as they are written, moved aside and condensed where that is too wide."""

from __future__ import annotations

import numpy as np

from smashcima.placement.page_arrays import FloatArray

_MOST_STEPS = 8
"""Maximum number of times that crowded syllables are condensed."""

_STEP = 0.93
"""Their width after each time, relative to that before."""

_NARROWEST = 0.9
"""Least width of syllables without room, relative to print: what is left goes to the white space between them."""

_STILL_NEAR = 1.5
"""Distance from where syllables belong, relative to the usual one, up to which those without room move before they get the
white space of print."""

_TOLERANCE = 1e-6


def set_line(
    centres: FloatArray,
    wanted: FloatArray,
    printed: FloatArray,
    gaps: tuple[FloatArray, FloatArray],
    ends: tuple[float, float],
    furthest: float,
) -> tuple[FloatArray, FloatArray]:
    """Centres and widths of the syllables of a line, from left to right; all lengths in mm.

    Syllables keep their white space from each other. Those that are too close move aside, at most by `furthest`; where
    that is not enough, they are condensed, at most to a little less than their width in print.

    Args:
        centres: where the syllables belong, (n,).
        wanted: the widths of the syllables as the writer writes them, (n,).
        printed: the widths for which the engraver left room, (n,).
        gaps: white space between neighbours, (n - 1,): that of the writer, and that of print, for where there is no room.
        ends: the left and right end of the line.
        furthest: largest distance from where a syllable belongs, unless it has no room there at all.
    """
    widths, least = wanted.copy(), np.minimum(wanted, _NARROWEST * printed)
    spared = np.maximum(printed - least, 0.0) / 2
    tight = np.minimum(gaps[0], gaps[1] + spared[1:] + spared[:-1])
    between = gaps[0]
    placed = centres
    for step in range(_MOST_STEPS + 1):
        placed, group = _spread(centres, widths, between, ends)
        limit = furthest if step < _MOST_STEPS - 1 else _STILL_NEAR * furthest
        far = np.abs(placed - centres) > limit
        if not far.any():
            break
        crowded = np.isin(group, group[far])
        if step < _MOST_STEPS - 1:
            widths = np.where(crowded, np.maximum(_STEP * widths, least), widths)
        else:
            # The room of print, which is enough for all of them.
            widths = np.where(crowded, least, widths)
            between = np.where(crowded[1:] & crowded[:-1], np.minimum(between, tight), between)
    return placed, widths


def _spread(
    centres: FloatArray, widths: FloatArray, gaps: FloatArray, ends: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """The centres nearest to the given ones (least squares) that leave the gaps, and a number for each group of neighbours
    that touch each other's room.
    """
    apart = np.concatenate([[0.0], np.cumsum((widths[1:] + widths[:-1]) / 2 + gaps)])
    groups: list[tuple[float, int]] = []  # mean and number of members
    for value in (centres - apart).tolist():
        mean, count = value, 1
        while groups and groups[-1][0] > mean - _TOLERANCE:
            before, others = groups.pop()
            mean = (before * others + mean * count) / (count + others)
            count += others
        groups.append((mean, count))
    counts = [count for _, count in groups]
    level = np.repeat([mean for mean, _ in groups], counts)
    low = ends[0] + widths[0] / 2
    high = ends[1] - widths[-1] / 2 - apart[-1]
    level = np.clip(level, min(low, high), high)
    return level + apart, np.repeat(np.arange(len(groups), dtype=np.float64), counts)
