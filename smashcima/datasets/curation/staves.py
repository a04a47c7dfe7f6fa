"""Evidence of staves: five lines at equal distances, with no line beyond them, in narrow strips of a page.

Strips are so narrow that lines are nearly horizontal in them, even on photographs of bent paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.page_pixels import Gray

Profile = NDArray[np.float64]
"""(height_px, strips): share of each row of a strip that is part of a horizontal line."""

MULTIPLES = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
"""Shifts in staff spaces at which profiles are compared with themselves."""

_STRIPS = 28
_LEAST_SPACE_PX, _MOST_SPACE_PX = 4, 34
_LINES = 5
_LEAST_ON = 0.45
"""Share of its strip that the second weakest of the five lines must fill."""

_LEAST_CONTRAST = 0.25
"""How much fuller lines must be than the spaces between and around them."""

_LINE_PX = 3
"""Thickness of lines, at most, where the space between lines is told from them."""

_GROWN_SPACES = 5.0
"""Music is above and below the staff by this number of staff spaces, so that the staves of a system touch."""

_CANDIDATES = 4


@dataclass(frozen=True)
class StaffEvidence:
    """The staves found on a page."""

    space_px: float
    """Distance between staff lines."""

    found: NDArray[np.bool_]
    """(height_px, strips): whether a staff begins at a row, in each strip."""

    contrast: NDArray[np.float64]
    """Contrast of each staff that was found."""

    correlation: NDArray[np.float64]
    """Correlation of the line profiles with themselves, shifted by `MULTIPLES` of the staff space.

    Staves have peaks up to four staff spaces. Ruled paper and tables, which have more than five lines, go on.
    """

    @property
    def weight(self) -> float:
        """How much speaks for this distance of lines: also multiples of it find some lines, but fewer."""
        return float(self.contrast.sum()) * self.space_px * max(float(self.correlation[0]), 0.0)

    @property
    def staves(self) -> NDArray[np.int_]:
        """Number of staves in each strip."""
        return np.asarray(self.found.sum(axis=0), dtype=np.int_)

    @property
    def strips_with_staves(self) -> float:
        """Share of strips with a staff."""
        return float((self.staves > 0).mean())

    @property
    def staff_share(self) -> float:
        """Share of the page between the outer lines of staves."""
        return self._share(0.0)

    @property
    def music_share(self) -> float:
        """Share of the page with music: staves, and five staff spaces above and below."""
        return self._share(_GROWN_SPACES)

    def rows(self, grown_spaces: float = 0.0) -> NDArray[np.bool_]:
        """(height_px, strips): whether a row lies on a staff, or that number of staff spaces above or below one."""
        height, strips = self.found.shape
        change = np.zeros((height + 1, strips))
        rows, columns = np.nonzero(self.found)
        first = np.maximum(0, np.rint(rows - grown_spaces * self.space_px)).astype(int)
        last = np.minimum(height, np.rint(rows + (4 + grown_spaces) * self.space_px + 1)).astype(int)
        np.add.at(change, (first, columns), 1)
        np.add.at(change, (last, columns), -1)
        return np.asarray(np.cumsum(change, axis=0)[:height] > 0)

    def _share(self, grown_spaces: float) -> float:
        return float(self.rows(grown_spaces).mean())


def find_staves(ink: Gray) -> StaffEvidence:
    """Finds the staves of an upright page."""
    profile = line_profile(ink)
    correlation = _autocorrelation(profile)
    best: StaffEvidence | None = None
    for space in _spaces(correlation):
        found, contrast = _combs(profile, space)
        evidence = StaffEvidence(
            space,
            found,
            contrast,
            np.interp(space * np.array(MULTIPLES), np.arange(len(correlation)), correlation),
        )
        if best is None or evidence.weight > best.weight:
            best = evidence
    if best is None:
        nothing = np.zeros(profile.shape, np.bool_)
        return StaffEvidence(float(_LEAST_SPACE_PX), nothing, np.zeros(0), np.zeros(len(MULTIPLES)))
    return best


def line_profile(ink: Gray) -> Profile:
    """How much of each row of each strip is part of a horizontal line."""
    import cv2

    width = ink.shape[1]
    strips = min(_STRIPS, max(4, width // 24))
    length = max(5, width // strips // 3)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    lines = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    edges = np.linspace(0, width, strips + 1).astype(int)
    columns = [lines[:, left:right].mean(axis=1) for left, right in pairwise(edges.tolist())]
    return np.stack(columns, axis=1).astype(np.float64) / 255


def _autocorrelation(profile: Profile) -> NDArray[np.float64]:
    """Correlation of the profiles with themselves by shift in pixels, 1 at a shift of 0."""
    height = len(profile)
    moved = profile - profile.mean(axis=0)
    spectrum = np.fft.rfft(moved, 2 * height, axis=0)
    power = np.fft.irfft(np.square(np.abs(spectrum)), axis=0)[: _LINES * _MOST_SPACE_PX + 2].sum(axis=1)
    return np.asarray(power / power[0] if power[0] > 0 else np.zeros_like(power))


def _spaces(correlation: NDArray[np.float64]) -> list[float]:
    """The likeliest distances of lines: peaks of the correlation, refined by a parabola."""
    last = min(_MOST_SPACE_PX, len(correlation) - 2)
    peaks = [
        shift
        for shift in range(_LEAST_SPACE_PX, last + 1)
        if correlation[shift] > 0.02
        and correlation[shift] >= correlation[shift - 1]
        and correlation[shift] > correlation[shift + 1]
    ]
    peaks.sort(key=lambda shift: -float(correlation[shift]))
    return [_refined(correlation, shift) for shift in peaks[:_CANDIDATES]]


def _refined(values: NDArray[np.float64], index: int) -> float:
    before, here, after = values[index - 1 : index + 2].tolist()
    curve = before - 2 * here + after
    return index + (0.5 * (before - after) / curve if curve < 0 else 0.0)


def _combs(profile: Profile, space: float) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Where five lines at a distance begin, in each strip, and their contrasts."""
    import cv2

    height = len(profile)
    reach = max(1, round(space / 8))
    thick = _highest_nearby(profile, reach)
    span = int(np.ceil((_LINES + 1) * space)) + reach + 1
    padded = np.pad(thick, ((span, span), (0, 0)))
    thin = np.pad(profile, ((span, span), (0, 0)))

    def shifted(values: Profile, spaces: float) -> Profile:
        start = span + round(spaces * space)
        return values[start : start + height]

    lines = np.sort(np.stack([shifted(padded, line) for line in range(_LINES)]), axis=0)
    on = lines[1]
    between = np.max(
        [
            np.mean([shifted(thin, line + part) for line in range(_LINES - 1)], axis=0)
            for part in (1 / 3, 1 / 2, 2 / 3)
            if part == 1 / 2 or space / 3 > _LINE_PX
        ],
        axis=0,
    )
    around = np.maximum(shifted(thin, -1), shifted(thin, _LINES))
    contrast = on - 0.5 * between - 0.5 * around
    is_staff = (on > _LEAST_ON) & (contrast > _LEAST_CONTRAST)
    # One staff at most within its height: the one of the highest contrast.
    # Of equal ones, the lowest.
    contrast = contrast + np.arange(height)[:, np.newaxis] * 1e-9
    peak = _highest_nearby(contrast, max(1, round(3 * space)))
    found = is_staff & (contrast >= peak)
    # A staff goes on in the next strip, a little higher or lower.
    near = cv2.dilate(found.astype(np.uint8), np.ones((2 * round(0.75 * space) + 1, 1), np.uint8)) > 0
    beside = np.pad(near, ((0, 0), (1, 1)))
    found &= beside[:, :-2] | beside[:, 2:]
    return found, contrast[found]


def _highest_nearby(values: Profile, reach: int) -> Profile:
    import cv2

    return np.asarray(cv2.dilate(values, np.ones((2 * reach + 1, 1), np.uint8)), dtype=np.float64)
