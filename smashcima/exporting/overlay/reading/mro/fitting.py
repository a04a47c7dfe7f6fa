"""Fitting of an MRO page to an image by its staff lines and barlines.

The shift of the staff lines is measured in patches all over the page. Turning, scaling and shifting the page shift them by
`offset + angle * x + growth * y`, so the three numbers are those with the darkest lines in all patches together. Then
the page is shifted sideways to where its barlines are darkest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.exporting.overlay.reading.mro.placing import MroView, Points, placed
from smashcima.exporting.overlay.reading.mro.stave_frame import StaveFrame
from smashcima.notations.mro import MroPage

_PATCH_SS = 6.0
"""Width of a patch in staff spaces."""

_SAMPLES = 12
"""Number of columns in which a patch is sampled, and of points of a stem or barline."""

_LINES = (0.0, 1.0, 2.0, 3.0, 4.0)
_SPACES = (-0.5, 0.5, 1.5, 2.5, 3.5, 4.5)
"""Rows of staff lines and of the spaces around them, in staff spaces."""

_FOUND = 0.5
"""Minimum share of patches in which the fitted lines, but one, are at least half as dark as the darkest ones in reach."""

Darkness = NDArray[np.float32]
"""(height_px, width_px) how much darker a pixel is than its surroundings, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Pass:
    """Limits of a search."""

    reach_ss: float
    """Largest shift of the staff lines in staff spaces."""

    angle_deg: float
    growth: float

    sideways_ss: float

    steps: int = 20
    """Number of angles, and of growths, to either side of zero."""


_PASSES = (_Pass(8.0, 3.0, 0.02, 5.0), _Pass(1.5, 0.3, 0.002, 1.0))


def fit_view(picture: NDArray[np.uint8], page: MroPage, view: MroView, scale: float) -> MroView:
    """Returns the place of a page in a picture (height_px, width_px, 4), BGRA.

    The search begins at `view` with `scale` pixels per unit. It finds angles of up to 3 degrees, sizes within 2 %, and
    shifts of about 5 staff spaces. Raises an `ExportError` if the staff lines are not found.
    """
    found = replace(view, scale=scale)
    staves = [StaveFrame(stave) for system in page.systems for stave in system.staves]
    darkness = _darkness(picture, 16 * scale)
    share = 0.0
    for limits in _PASSES:
        found, share = _fit_rows(darkness, staves, found, limits)
        found = _fit_columns(darkness, staves, found, limits)
    if share < _FOUND:
        raise ExportError(
            "The staff lines of the page were not found in the image. Is it another page? Otherwise set scale, offset and "
            "skew (--scale, --offset, --skew)."
        )
    return found


def _darkness(picture: NDArray[np.uint8], space_px: float) -> Darkness:
    import cv2

    grey = cv2.cvtColor(np.ascontiguousarray(picture[:, :, :3]), cv2.COLOR_BGR2GRAY).astype(np.float32)
    size = 2 * max(1, round(space_px)) + 1
    darkness: Darkness = np.clip((cv2.blur(grey, (size, size)) - grey) / 255, 0, 1)
    return darkness


def _fit_rows(
    darkness: Darkness, staves: Sequence[StaveFrame], view: MroView, limits: _Pass
) -> tuple[MroView, float]:
    """The view with its vertical shift, angle and scale fitted, and the share of patches that agree."""
    assert view.scale is not None
    reach = max(1, round(limits.reach_ss * 16 * view.scale))
    patches = [_patch(darkness, points, view, reach) for frame in staves for points in _patch_points(frame)]
    if not patches:
        return view, 0.0
    scores = np.stack([patch.scores for patch in patches])
    xs = np.array([patch.x for patch in patches]) - darkness.shape[1] / 2
    ys = np.array([patch.y for patch in patches])
    steps = sorted((np.arange(-limits.steps, limits.steps + 1) / limits.steps).tolist(), key=abs)
    shifts = np.arange(-reach, reach + 1)
    rows = np.arange(len(patches))
    best, chosen = -np.inf, (0.0, 0.0, 0)
    # From zero outwards, so that of equal fits the one with the smallest change is chosen.
    for angle in (math.radians(limits.angle_deg * step) for step in steps):
        for growth in (limits.growth * step for step in steps):
            own = np.rint(angle * xs + growth * ys).astype(np.intp)
            common = shifts[(shifts + own.min() >= -reach) & (shifts + own.max() <= reach)]
            if not len(common):
                continue
            sums = scores[rows[:, None], own[:, None] + common + reach].sum(axis=0)
            index = int(np.argmax(sums))
            if sums[index] > best:
                best, chosen = float(sums[index]), (angle, growth, int(common[index]))
    angle, growth, shift = chosen
    own = np.rint(angle * xs + growth * ys).astype(np.intp) + shift + reach
    weakest = np.stack([patch.weakest for patch in patches])[rows, own]
    agree = (weakest > 0) & (weakest >= scores.max(axis=1) / 2)
    x, y = view.offset_px
    view = replace(
        view,
        scale=view.scale * (1 + growth),
        skew_deg=view.skew_deg + math.degrees(angle),
        offset_px=(x, y + shift),
    )
    return view, float(agree.mean())


def _patch_points(frame: StaveFrame) -> Iterator[tuple[Points, Points]]:
    """Points on the lines, and between them, in each patch of a stave, on the page in units."""
    width = frame.stave.width_units
    count = max(1, round(width / (_PATCH_SS * frame.space)))
    for index in range(count):
        columns = np.linspace(width * index / count, width * (index + 1) / count, _SAMPLES)
        yield _grid(frame, columns, _LINES), _grid(frame, columns, _SPACES)


def _grid(frame: StaveFrame, columns: NDArray[np.float64], rows_ss: Sequence[float]) -> Points:
    xs, ys = np.meshgrid(frame.x(0) + columns, frame.y(0) + np.array(rows_ss) * frame.space)
    return np.stack((xs.ravel(), ys.ravel()), axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class _Patch:
    """A part of a stave that is a few staff spaces wide. Arrays are by shift downwards, from -reach to reach px."""

    x: float
    y: float
    """Its middle in pixels, without the shift."""

    scores: NDArray[np.float64]
    """How much darker its lines are than its spaces."""

    weakest: NDArray[np.float64]
    """How much darker all lines but one are than the spaces: edges of dark areas look like one or two lines."""


def _patch(darkness: Darkness, points: tuple[Points, Points], view: MroView, reach: int) -> _Patch:
    shifts = np.zeros((2 * reach + 1, 2))
    shifts[:, 1] = np.arange(-reach, reach + 1)
    lines, spaces = (_placed_in(darkness, each, view) for each in points)
    of_spaces = _means(darkness, spaces, shifts)
    of_lines = np.stack([_means(darkness, line, shifts) for line in np.split(lines, len(_LINES))]) - of_spaces
    x, y = lines.mean(axis=0).tolist()
    return _Patch(x, y, of_lines.mean(axis=0), np.sort(of_lines, axis=0)[1])


def _fit_columns(darkness: Darkness, staves: Sequence[StaveFrame], view: MroView, limits: _Pass) -> MroView:
    """The view with its horizontal shift fitted to barlines and stems."""
    assert view.scale is not None
    strokes = [points for frame in staves for points in _upright_strokes(frame)]
    if not strokes:
        return view
    reach = max(1, round(limits.sideways_ss * 16 * view.scale))
    shifts = np.zeros((2 * reach + 1, 2))
    shifts[:, 0] = np.arange(-reach, reach + 1)
    means = _means(darkness, _placed_in(darkness, np.concatenate(strokes), view), shifts)
    x, y = view.offset_px
    return replace(view, offset_px=(x + float(shifts[int(np.argmax(means)), 0]), y))


def _upright_strokes(frame: StaveFrame) -> Iterator[Points]:
    """Points on barlines and stems."""
    for bar in frame.stave.bars:
        if bar.barline is not None and not bar.barline.is_invented:
            yield _stroke(frame.x(bar.barline.left_line_units), frame.y(0), frame.bottom)
        for chord in bar.chords:
            if not chord.has_virtual_stem:
                end = frame.y(chord.flag_units.row)
                yield _stroke(frame.x(chord.flag_units.column), end, frame.y_of_position(chord.head_end_down))


def _stroke(x: float, top: float, bottom: float) -> Points:
    return np.stack((np.full(_SAMPLES, x), np.linspace(top, bottom, _SAMPLES)), axis=1)


def _placed_in(darkness: Darkness, points: Points, view: MroView) -> Points:
    assert view.scale is not None
    return placed(points, view, view.scale, (darkness.shape[1], darkness.shape[0]))


def _means(darkness: Darkness, points: Points, shifts: Points) -> NDArray[np.float64]:
    """The mean darkness of points (px) for each shift; outside of the image nothing is dark."""
    height, width = darkness.shape
    columns, rows = np.floor(points[:, None, :] + shifts[None, :, :]).astype(np.intp).transpose(2, 0, 1)
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    values = darkness[np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)] * inside
    means: NDArray[np.float64] = values.mean(axis=0, dtype=np.float64)
    return means
