"""Slurs and ties that keep clear of the music under them, as a writer bows them over what is already there."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.beams import corners_from_left
from smashcima.placement.page_arrays import KIND_CODES, FloatArray, IntArray, PageArrays

_K = PrimitiveKind

_UNDER = (
    _K.BEAM, _K.STEM, _K.FLAG, _K.NOTEHEAD, _K.ACCIDENTAL, _K.ARTICULATION, _K.TUPLET_NUMBER, _K.REST,
)  # fmt: skip
"""Kinds that slurs avoid."""

_NARROW = tuple(KIND_CODES[kind] for kind in (_K.NOTEHEAD, _K.STEM, _K.REST, _K.ARTICULATION))
"""Kinds of which only the middle counts, because their ink does not reach the corners of their boxes."""

_IS_MIDDLE = np.array([False, False, True])
"""The points of an object that slurs avoid: its left corner, its right corner, and between them."""

_CLEAR_SS = 0.15
_CLEAR_OF_BEAMS_SS = 0.32
"""White space between the middle of a slur and the music under it; the engraver may leave less."""

_NEAR_SS, _NEAR_TALL = 3.0, 0.5
"""Distance of music from an engraved slur up to which the slur may come near it, in addition to this part of its height."""

_AROUND_SS = 1.0
"""Horizontal distance from the ends of an engraved slur up to which music may get under it."""

_ENDS = 0.15
"""Part of a slur that counts as its end: there, the end moves; elsewhere, the slur bows."""

_HIGHEST = 0.3
"""Height added by bowing, as a fraction of the distance of the ends; further, the whole slur moves away."""

_MOST_LIFT_SS = 2.0
"""Maximum distance that ends move away."""

_POINTS = 8
"""Number of control points of a slur: a cubic there, and one back."""

_ALONG = np.array([0.0, 1 / 3, 2 / 3, 1.0, 1.0, 2 / 3, 1 / 3, 0.0])
_INNER = np.array([0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0])
"""How far along the curve each control point is, and whether it is not at an end."""

_STEPS = 12
_AT = np.linspace(0.0, 1.0, _STEPS + 1)
_BERNSTEIN = np.stack([(1 - _AT) ** 3, 3 * (1 - _AT) ** 2 * _AT, 3 * (1 - _AT) * _AT**2, _AT**3], axis=1)


def keep_over_music(arrays: PageArrays, curves: IntArray) -> None:
    """Bows slurs over the beams, stems and signs that they would cross, and moves their ends off them.

    What the engraved slur crosses, or has on its outer side, is ignored.
    """
    curves = curves[arrays.count[curves] == _POINTS]
    if not len(curves):
        return
    pairs = arrays.facts.kept("under", curves, lambda: _pairs(arrays, curves))
    if not len(pairs):
        return
    own, under, corner = pairs[:, :3].astype(np.intp).T
    side = _sides(arrays, curves)
    at = arrays.first[curves][:, None] + np.arange(_POINTS)
    path = _paths(arrays.xy[at])
    boxes = arrays.boxes()
    sides = np.concatenate([boxes[0][under], boxes[1][under]], axis=1)
    white, where = _white(arrays, arrays.xy, sides, path, side, own, under, corner)
    is_beam = arrays.kind[under] == KIND_CODES[_K.BEAM]
    clear = np.where(is_beam, _CLEAR_OF_BEAMS_SS, _CLEAR_SS) * arrays.space[curves][own]
    missing = np.minimum(clear, pairs[:, 3]) - white
    if not (missing > 0).any():
        return
    start, end, bow = _lifts(missing, where, own, path, arrays.space[curves])
    lift = start[:, None] * (1 - _ALONG) + end[:, None] * _ALONG + 4 / 3 * bow[:, None] * _INNER
    arrays.xy[at, 1] += side[:, None] * lift


def _pairs(arrays: PageArrays, curves: IntArray) -> FloatArray:
    """Rows of a curve (its number in `curves`), an object under it, its corner, and the engraved white space in mm."""
    under = arrays.of(*_UNDER)
    under = under[arrays.count[under] > 0]
    side = _sides(arrays, curves)
    path = _paths(arrays.engraved[arrays.first[curves][:, None] + np.arange(_POINTS)])
    sides = arrays.sides(under)
    space = arrays.space[curves]
    near = (arrays.system[curves][:, None] == arrays.system[under]) & (side != 0)[:, None]
    near &= sides[:, 0] < (path[:, -1, 0] + _AROUND_SS * space)[:, None]
    near &= sides[:, 2] > (path[:, 0, 0] - _AROUND_SS * space)[:, None]
    corners = np.isin(arrays.kind[under], _NARROW)[:, None] == _IS_MIDDLE
    own, number, corner = np.nonzero(near[:, :, None] & corners)
    white, _ = _white(arrays, arrays.engraved, sides[number], path, side, own, under[number], corner)
    reach = _NEAR_SS * space + _NEAR_TALL * np.ptp(path[:, :, 1], axis=1)
    kept = (white > 0) & (white < reach[own])
    return np.stack([own[kept], under[number[kept]], corner[kept], white[kept]], axis=1).astype(np.float64)


def _sides(arrays: PageArrays, curves: IntArray) -> FloatArray:
    """Direction along y in which each curve is bowed: -1 for slurs above the music."""
    y = arrays.engraved[arrays.first[curves][:, None] + np.arange(4), 1]
    result: FloatArray = np.sign(y[:, 1] + y[:, 2] - y[:, 0] - y[:, 3])
    return result


def _paths(points: FloatArray) -> FloatArray:
    """Points of the middle line of each curve, (n, steps + 1, 2), from its control points."""
    result: FloatArray = _BERNSTEIN @ ((points[:, :4] + points[:, :3:-1]) / 2)
    return result


def _white(
    arrays: PageArrays,
    xy: FloatArray,
    sides: FloatArray,
    path: FloatArray,
    side: FloatArray,
    own: IntArray,
    under: IntArray,
    corner: IntArray,
) -> tuple[FloatArray, FloatArray]:
    """White space between curves and corners of the objects under them, and where along the curve, (pairs,) each."""
    x = np.where(corner == 0, sides[:, 0], sides[:, 2])
    x = np.where(corner == 2, (sides[:, 0] + sides[:, 2]) / 2, x)
    xs = path[own, :, 0]
    x = np.clip(x, xs[:, 0], xs[:, -1])
    y = np.where(side[own] < 0, sides[:, 1], sides[:, 3])
    beams = np.flatnonzero((arrays.kind[under] == KIND_CODES[_K.BEAM]) & (arrays.count[under] == 4))
    points = corners_from_left(xy, arrays.first[under[beams]])
    sign = np.where(side[own[beams]] < 0, 1.0, -1.0)
    left, right = (sign * np.minimum(sign * points[:, k, 1], sign * points[:, k + 1, 1]) for k in (0, 2))
    width = np.maximum(points[:, 2, 0] - points[:, 0, 0], 1e-6)
    y[beams] = left + (right - left) * (x[beams] - points[:, 0, 0]) / width
    step = np.clip((xs <= x[:, None]).sum(axis=1) - 1, 0, _STEPS - 1)
    low, high = path[own, step], path[own, step + 1]
    part = np.clip((x - low[:, 0]) / np.maximum(high[:, 0] - low[:, 0], 1e-6), 0.0, 1.0)
    height = low[:, 1] + part * (high[:, 1] - low[:, 1])
    return side[own] * (height - y), (step + part) / _STEPS


def _lifts(
    missing: FloatArray, where: FloatArray, own: IntArray, path: FloatArray, space: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Distances by which the start, the end and the middle of each curve move away from the music."""
    count = len(path)
    t, need = where, missing

    def most(values: FloatArray, limit: FloatArray) -> FloatArray:
        result = np.zeros(count)
        np.maximum.at(result, own, values)
        return np.minimum(result, limit)

    furthest = _MOST_LIFT_SS * space
    start = most(np.where(t < _ENDS, need / (1 - t).clip(0.5), 0.0), furthest)
    end = most(np.where(t > 1 - _ENDS, need / t.clip(0.5), 0.0), furthest)
    need = need - start[own] * (1 - t) - end[own] * t
    round_ = 4 * t * (1 - t)
    width = path[:, -1, 0] - path[:, 0, 0]
    bow = most(need / np.maximum(round_, 4 * _ENDS * (1 - _ENDS)), _HIGHEST * np.maximum(width, space))
    rest = most(need - bow[own] * round_, furthest)
    return np.minimum(start + rest, furthest), np.minimum(end + rest, furthest), bow
