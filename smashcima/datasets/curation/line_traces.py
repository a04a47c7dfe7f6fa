"""Staff lines followed across a picture: where they run, how thick and how dark they are, and how sharp their edges are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.page_pixels import Gray
from smashcima.datasets.curation.staves import StaffEvidence

Numbers = NDArray[np.float64]

_LINES = 5
_REACH_SS = 0.46
"""Distance from a line to which profiles across it reach."""

_SAMPLES = 49
"""Samples of a profile."""

_STEP_SS = 0.6
"""Distance between profiles along a line."""

_WIDTH_SS = 0.15
"""Width over which a profile is averaged along the line."""

_GAP = 4
"""A staff goes on after fewer strips than this in which symbols hide it."""

_WHOLE = 0.7
"""Length, relative to the longest line, from which a line shows how the paper is bent."""

_LEAST_DEPTH = 0.1
_THICKEST_SS = 0.42
"""A profile that is paler or wider shows no line alone, but a symbol or nothing."""

_LEAST_PLACES = 8
_LONG = 25
"""Number of places on a line from which its course is measured."""


@dataclass(frozen=True)
class LineTraces:
    """Places on staff lines where nothing else is, with what is seen there."""

    line: NDArray[np.int64]
    """(n,): number of the line on the page."""

    x: Numbers
    """(n,): pixels of the upright page."""

    y: Numbers
    thickness_ss: Numbers
    """(n,): full width at half depth."""

    depth: Numbers
    """(n,): how much darker than the paper beside it the line is, as a fraction of the paper."""

    profile: Numbers
    """(49,): mean brightness across a line from 0.46 staff spaces above it to as much below; 0 = the line, 1 = the paper."""

    space_px: float
    """Staff space in pixels of the picture."""

    @property
    def thickness_along(self) -> float:
        """Median over lines of the standard deviation of the thickness along one, in staff spaces."""
        return _median([float(self.thickness_ss[which].std()) for which in self._long_lines()])

    @property
    def bend_ss(self) -> float:
        """Median over long lines of the standard deviation from a straight line, in staff spaces."""
        found = []
        lines = self._long_lines()
        spans = [float(np.ptp(self.x[which])) for which in lines]
        for which, span in zip(lines, spans, strict=True):
            if span < _WHOLE * max(spans):
                continue
            away = self._from_straight(which)
            # Where another line was taken for this one, it is about a staff space away.
            away = self._from_straight(which[np.abs(away - np.median(away)) < 0.6 * self.space_px])
            found.append(float(away.std()) / self.space_px)
        return _median(found)

    @property
    def slopes_deg(self) -> Numbers:
        """(lines,): the slopes of the lines in degrees, positive where they fall to the right."""
        slopes = [np.polyfit(self.x[which], self.y[which], 1)[0] for which in self._long_lines()]
        return np.asarray(np.degrees(np.arctan(np.array(slopes, np.float64))))

    @property
    def edge_px(self) -> float:
        """Width of the edges of lines in pixels: their depth divided by their steepest slope."""
        step = 2 * _REACH_SS * self.space_px / (_SAMPLES - 1)
        return step / max(float(np.abs(np.diff(self.profile)).max()), 1e-6)

    @property
    def overshoot(self) -> float:
        """How much brighter than the paper farther away a sharpened picture is beside a line, as a fraction of the depth."""
        far = np.r_[self.profile[:4], self.profile[-4:]].mean()
        return max(0.0, float(self.profile.max() - far))

    def _from_straight(self, which: NDArray[np.int64]) -> Numbers:
        x, y = self.x[which], self.y[which]
        return np.asarray(y - np.polyval(np.polyfit(x, y, 1), x))

    def _long_lines(self) -> list[NDArray[np.int64]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for index, line in enumerate(self.line.tolist()):
            groups[line].append(index)
        return [np.array(each) for each in groups.values() if len(each) >= _LONG]


def trace_lines(upright: Gray, evidence: StaffEvidence, scale: float) -> LineTraces | None:
    """Follows the staff lines of an upright page.

    Args:
        upright: the page at full resolution, in gray, turned as for `evidence`.
        evidence: its staves, found at the common resolution.
        scale: pixels of `evidence` for one pixel of `upright`.

    Returns:
        The traces; `None` if no line was found.
    """
    import cv2

    space = evidence.space_px / scale
    lines, xs, ys = _places(evidence, scale, upright.shape[1], space)
    if not len(lines):
        return None
    width = max(1, round(_WIDTH_SS * space))
    level = np.asarray(cv2.blur(upright, (width, 1)), np.uint8) if width > 1 else upright
    # Lines are found at the common resolution to within a pixel or two, so profiles are centred twice.
    for _ in range(2):
        profiles = _profiles(level, xs, ys, space)
        ys = ys + (_centers(profiles) - (_SAMPLES - 1) / 2) * (2 * _REACH_SS * space / (_SAMPLES - 1))
    profiles = _profiles(level, xs, ys, space)
    paper = np.quantile(profiles, 0.8, axis=1)
    darkest = profiles[:, _SAMPLES // 2 - 3 : _SAMPLES // 2 + 4].min(axis=1)
    depth = (paper - darkest) / np.maximum(paper, 1)
    thickness = _widths(profiles, (paper + darkest) / 2) * (2 * _REACH_SS / (_SAMPLES - 1))
    kept = (depth > _LEAST_DEPTH) & (thickness < _THICKEST_SS)
    kept &= depth > 0.5 * np.median(depth[kept]) if kept.any() else False
    if kept.sum() < _LEAST_PLACES:
        return None
    seen = (profiles[kept] - darkest[kept, None]) / np.maximum(paper - darkest, 1)[kept, None]
    return LineTraces(
        lines[kept], xs[kept], ys[kept], thickness[kept], depth[kept], np.median(seen, axis=0), space
    )


def _places(
    evidence: StaffEvidence, scale: float, width: int, space: float
) -> tuple[NDArray[np.int64], Numbers, Numbers]:
    """Number of the line, x and y of places on the lines of all staves, in pixels of the picture."""
    strips = evidence.found.shape[1]
    edges = np.linspace(0, width, strips + 1)
    chains: list[list[tuple[int, float]]] = []
    for strip in range(strips):
        open_chains = [chain for chain in chains if strip - _GAP <= chain[-1][0] < strip]
        for row in np.flatnonzero(evidence.found[:, strip]).tolist():
            near = [chain for chain in open_chains if abs(chain[-1][1] - row) < 0.75 * evidence.space_px]
            if near:
                near[0].append((strip, float(row)))
            else:
                chains.append([(strip, float(row))])
    lines, xs, ys = [], [], []
    for number, chain in enumerate(chains):
        for strip, row in chain:
            x = np.arange(edges[strip], edges[strip + 1] - 1, _STEP_SS * space)
            for line in range(_LINES):
                lines.append(np.full(len(x), number * _LINES + line))
                xs.append(x)
                ys.append(np.full(len(x), (row + 0.5 + line * evidence.space_px) / scale))
    if not lines:
        return np.zeros(0, np.int64), np.zeros(0), np.zeros(0)
    return np.concatenate(lines), np.concatenate(xs), np.concatenate(ys)


def _profiles(level: Gray, xs: Numbers, ys: Numbers, space: float) -> Numbers:
    """(n, samples): brightness across lines."""
    import cv2

    away = np.linspace(-_REACH_SS, _REACH_SS, _SAMPLES) * space
    parts = []
    for first in range(0, len(xs), 2**14):  # OpenCV's maps have at most 2**15 rows
        part = slice(first, first + 2**14)
        map_y = (ys[part, None] + away - 0.5).astype(np.float32)
        map_x = np.broadcast_to(xs[part, None] - 0.5, map_y.shape).astype(np.float32)
        parts.append(cv2.remap(level, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    return np.concatenate(parts).astype(np.float64)


def _centers(profiles: Numbers) -> Numbers:
    """(n,): index of the middle of the darkest stroke."""
    paper = np.quantile(profiles, 0.8, axis=1, keepdims=True)
    darkness = np.maximum(paper - profiles, 0)
    near = np.abs(np.arange(_SAMPLES) - np.argmax(darkness, axis=1)[:, None]) <= _SAMPLES // 5
    weights = darkness * near
    total = weights.sum(axis=1)
    middle = (weights * np.arange(_SAMPLES)).sum(axis=1) / np.maximum(total, 1e-9)
    return np.where(total > 0, middle, (_SAMPLES - 1) / 2)


def _widths(profiles: Numbers, level: Numbers) -> Numbers:
    """(n,): width in samples of the stroke in the middle, below a level; the whole profile if it does not end."""
    middle = _SAMPLES // 2
    above = profiles - level[:, None]
    total = np.zeros(len(profiles))
    for side in (above[:, middle:], above[:, middle::-1]):
        index = np.argmax(side > 0, axis=1)
        rows = np.arange(len(side))
        before, after = side[rows, np.maximum(index - 1, 0)], side[rows, index]
        edge = index - after / np.maximum(after - before, 1e-9)
        total += np.where(index > 0, edge, np.where(side[:, 0] > 0, 0.0, float(_SAMPLES)))
    return total


def _median(values: list[float]) -> float:
    return float(np.median(values)) if values else 0.0
