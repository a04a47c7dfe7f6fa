"""Slurs and ties that keep clear of the music under them, as a writer bows them over what is already there."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.page_arrays import KIND_CODES, FloatArray, IntArray, PageArrays

_K = PrimitiveKind

_UNDER = (
    _K.BEAM, _K.STEM, _K.FLAG, _K.NOTEHEAD, _K.ACCIDENTAL, _K.ARTICULATION, _K.TUPLET_NUMBER, _K.REST,
)  # fmt: skip
"""Kinds that slurs avoid."""

_NARROW = tuple(KIND_CODES[kind] for kind in (_K.NOTEHEAD, _K.STEM, _K.REST, _K.ARTICULATION))
"""Kinds of which only the middle counts, because their ink does not reach the corners of their boxes."""

_CLEAR_SS = 0.15
_CLEAR_OF_BEAMS_SS = 0.32
"""White space between the middle of a slur and the music under it; the engraver may leave less."""

_DEEPEST_SS = 8.0
"""Distance of music from an engraved slur up to which the slur may come near it."""

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
    own, under = pairs[:, 0].astype(np.intp), pairs[:, 1].astype(np.intp)
    side = _sides(arrays, curves)
    at = arrays.first[curves][:, None] + np.arange(_POINTS)
    path = _paths(arrays.xy[at])
    boxes = arrays.boxes()
    sides = np.concatenate([boxes[0][under], boxes[1][under]], axis=1)
    white, where = _white(arrays, arrays.xy, sides, path, side, own, under)
    is_beam = arrays.kind[under] == KIND_CODES[_K.BEAM]
    clear = np.where(is_beam, _CLEAR_OF_BEAMS_SS, _CLEAR_SS) * arrays.space[curves][own]
    missing = np.minimum(clear, pairs[:, 2])[:, None] - white
    if not (missing > 0).any():
        return
    start, end, bow = _lifts(missing, where, own, path, arrays.space[curves])
    lift = start[:, None] * (1 - _ALONG) + end[:, None] * _ALONG + 4 / 3 * bow[:, None] * _INNER
    arrays.xy[at, 1] += side[:, None] * lift


def _pairs(arrays: PageArrays, curves: IntArray) -> FloatArray:
    """Rows of a curve (its number in `curves`), an object under it, and the engraved white space between them in mm."""
    under = arrays.of(*_UNDER)
    under = under[arrays.count[under] > 0]
    side = _sides(arrays, curves)
    path = _paths(arrays.engraved[arrays.first[curves][:, None] + np.arange(_POINTS)])
    sides = arrays.sides(under)
    space = arrays.space[curves]
    near = (arrays.system[curves][:, None] == arrays.system[under]) & (side != 0)[:, None]
    near &= sides[:, 0] < (path[:, -1, 0] + _AROUND_SS * space)[:, None]
    near &= sides[:, 2] > (path[:, 0, 0] - _AROUND_SS * space)[:, None]
    own, number = np.nonzero(near)
    white = _white(arrays, arrays.engraved, sides[number], path, side, own, under[number])[0].min(axis=1)
    kept = (white > 0) & (white < _DEEPEST_SS * space[own])
    return np.stack([own[kept], under[number[kept]], white[kept]], axis=1).astype(np.float64)


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
) -> tuple[FloatArray, FloatArray]:
    """White space between curves and both ends of the objects under them, and where along the curve, (pairs, 2) each."""
    x = sides[:, ::2].copy()
    x[np.isin(arrays.kind[under], _NARROW)] = x.mean(axis=1, keepdims=True)[
        np.isin(arrays.kind[under], _NARROW)
    ]
    ends = path[own][:, [0, -1], 0]
    x = np.clip(x, ends[:, :1], ends[:, 1:])
    y = np.repeat(np.where(side[own] < 0, sides[:, 1], sides[:, 3])[:, None], 2, axis=1)
    beams = (arrays.kind[under] == KIND_CODES[_K.BEAM]) & (arrays.count[under] == 4)
    corners = xy[arrays.first[under[beams]][:, None] + np.arange(4)]
    corners = np.take_along_axis(
        corners, np.argsort(corners[:, :, 0], axis=1, kind="stable")[:, :, None], axis=1
    )
    pick = np.where(side[own[beams]] < 0, 1.0, -1.0)[:, None]
    outer = pick * np.minimum(pick * corners[:, ::2, 1], pick * corners[:, 1::2, 1])
    left, right = corners[:, :1, 0], corners[:, 2:3, 0]
    y[beams] = outer[:, :1] + (outer[:, 1:] - outer[:, :1]) * (x[beams] - left) / np.maximum(
        right - left, 1e-6
    )
    xs = path[own][:, :, 0]
    step = np.clip((xs[:, None, :] <= x[:, :, None]).sum(axis=2) - 1, 0, _STEPS - 1)
    row = own[:, None]
    low, high = path[row, step], path[row, step + 1]
    part = np.clip((x - low[..., 0]) / np.maximum(high[..., 0] - low[..., 0], 1e-6), 0.0, 1.0)
    height = low[..., 1] + part * (high[..., 1] - low[..., 1])
    return side[own][:, None] * (height - y), (step + part) / _STEPS


def _lifts(
    missing: FloatArray, where: FloatArray, own: IntArray, path: FloatArray, space: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Distances by which the start, the end and the middle of each curve move away from the music."""
    count = len(path)
    rows, t, need = np.repeat(own, 2), where.reshape(-1), missing.reshape(-1)

    def most(values: FloatArray, limit: FloatArray) -> FloatArray:
        result = np.zeros(count)
        np.maximum.at(result, rows, values)
        return np.minimum(result, limit)

    furthest = _MOST_LIFT_SS * space
    start = most(np.where(t < _ENDS, need / (1 - t).clip(0.5), 0.0), furthest)
    end = most(np.where(t > 1 - _ENDS, need / t.clip(0.5), 0.0), furthest)
    need = need - start[rows] * (1 - t) - end[rows] * t
    round_ = 4 * t * (1 - t)
    width = path[:, -1, 0] - path[:, 0, 0]
    bow = most(need / np.maximum(round_, 4 * _ENDS * (1 - _ENDS)), _HIGHEST * np.maximum(width, space))
    rest = most(need - bow[rows] * round_, furthest)
    return np.minimum(start + rest, furthest), np.minimum(end + rest, furthest), bow
