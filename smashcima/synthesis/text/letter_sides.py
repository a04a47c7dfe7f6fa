"""The sides of letters at each height, by which neighbours that are not joined are set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.caching import BoundedCache
from smashcima.synthesis.pen import SkeletonStroke
from smashcima.synthesis.pen.centre_line import centre_lines

Floats = NDArray[np.float64]

BANDS = np.arange(-1.0, 0.55, 0.09)
"""Limits of the bands in which the sides of letters are compared, in ems, y down."""

COMMON_SIZE = 4.0
"""Size of lyrics, in mm."""


def letter_sides(letters: Sequence[tuple[SkeletonStroke, ...]]) -> tuple[Floats, Floats]:
    """Left and right ends of the strokes of letters in each of `BANDS`, (n, bands), in ems.

    Left ends include those of the neighbouring bands.
    """
    # Kept by the identity of the strokes, as in `plan_writing`: hashing all knots would take as long as measuring.
    known = [_measured.find(id(strokes)) for strokes in letters]
    missing = {id(strokes): strokes for strokes, kept in zip(letters, known, strict=True) if kept is None}
    if missing:
        measures = zip(missing.values(), *_measure(list(missing.values())), strict=True)
        made = {key: _measured.keep(key, own) for key, own in zip(missing, measures, strict=True)}
        known = [
            made[id(strokes)] if own is None else own for strokes, own in zip(letters, known, strict=True)
        ]
    found = [own for own in known if own is not None]
    return np.stack([left for _, left, _ in found]), np.stack([right for _, _, right in found])


_measured: BoundedCache[int, tuple[tuple[SkeletonStroke, ...], Floats, Floats]] = BoundedCache(4096)
"""Strokes of a letter, and their left and right ends, by the identity of the strokes."""


def _measure(letters: Sequence[tuple[SkeletonStroke, ...]]) -> tuple[Floats, Floats]:
    """The ends of letters that are not known yet."""
    lines = centre_lines([(stroke, COMMON_SIZE, 0.0) for strokes in letters for stroke in strokes])
    points = np.concatenate([line.points for line in lines]) / COMMON_SIZE
    owners = np.repeat(np.arange(len(letters)), list(map(len, letters)))
    letter = np.repeat(owners, [len(line.points) for line in lines])
    count = len(BANDS)
    band = np.minimum(np.searchsorted(BANDS, points.imag), count - 1)
    left, right = np.full((len(letters), count), np.inf), np.full((len(letters), count), -np.inf)
    np.minimum.at(left, (letter, band), points.real)
    np.maximum.at(right, (letter, band), points.real)
    wide_left = left.copy()
    np.minimum(wide_left[:, :-1], left[:, 1:], out=wide_left[:, :-1])
    np.minimum(wide_left[:, 1:], left[:, :-1], out=wide_left[:, 1:])
    return wide_left, right
