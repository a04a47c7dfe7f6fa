"""Letters of dynamics: `mf` is drawn as one symbol, and its letters m and f are symbols, too.

Synthesizers draw a dynamic as a whole. Its area is divided into those of its letters: ring by ring if letters do not
touch, else along the line between them that crosses the least ink.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.caching import BoundedCache
from smashcima.geometry import Contours
from smashcima.geometry.clipping import part_inside
from smashcima.geometry.polygon import signed_area
from smashcima.kernels import kernels_are_used
from smashcima.scene.visual import ComposedGlyph, Glyph, LabeledRegion
from smashcima.scene.visual.labels.dynamics import DYNAMIC_LETTERS, DYNAMIC_WORDS
from smashcima.scene.visual.unmade_ink import area_of

Ring = NDArray[np.float64]

_WIDTHS = {"p": 1.3, "m": 1.6, "f": 1.0, "r": 0.85, "s": 0.85, "z": 1.05, "n": 1.15}
"""Relative widths of letters: about their advances in staff spaces."""

_SLANTS = np.linspace(0.0, 0.8, 9)
"""Slants that are tried for the lines between letters: x per unit of height."""

_STEPS_PER_LETTER = 48
"""Number of pixel columns per letter in which ink is counted."""

_FREEDOM = 0.5
"""Largest distance of a border from its expected position, relative to the narrower of the two letters."""

_STRAYING = 0.2
"""Cost of that distance, in ink crossed relative to the word's height."""

_INK = {"p": 1.25, "m": 1.05, "f": 1.2, "r": 0.42, "s": 0.52, "z": 0.6, "n": 0.65}
"""Relative ink of letters: about their areas in square staff spaces."""

_SHARED = 0.5
"""A ring is cut if a letter lacks this share of its expected ink and would get this share of it; if not, the ring is
a tail that extends below or above the neighbouring letter."""


def with_letters(glyph: Glyph) -> Glyph:
    """Returns a dynamic of several letters as a glyph composed of them, and any other glyph unchanged.

    The ink belongs to the whole word; each letter has a label and a region. Instances of subclasses of `Glyph`, and
    glyphs whose ink cannot be divided, are not changed.
    """
    word = DYNAMIC_WORDS.get(glyph.label)
    if word is None or type(glyph) is not Glyph:
        return glyph
    areas = _known_areas(area_of(glyph), word)
    if any(area.is_empty for area in areas):
        return glyph
    space, region, sprites, paths = glyph.space, glyph.region, list(glyph.sprites), list(glyph.paths)
    # The composed glyph takes over these objects, which must not belong to two glyphs.
    for edge in type(glyph).edges():
        delattr(glyph, edge)
    letters = [
        Glyph(space, LabeledRegion(region.space, DYNAMIC_LETTERS[letter], area))
        for letter, area in zip(word, areas, strict=True)
    ]
    return ComposedGlyph(space, region, sprites, paths, letters)


def _known_areas(outline: Contours, word: str) -> list[Contours]:
    """As `letter_areas`, but found once for an outline that several glyphs share, as printed ones do."""
    letters = _KNOWN.get((outline, word), lambda: _placed_rings(outline, word))
    # Each glyph has its own rings, except those of its outline: files of scenes tell values apart.
    return [
        Contours(tuple([ring[:] if place is None else outline.rings[place] for ring, place in rings]))
        for rings in letters
    ]


def _placed_rings(outline: Contours, word: str) -> list[list[_PlacedRing]]:
    """The rings of the letters of a word."""
    return [
        [
            (ring, next((place for place, own in enumerate(outline.rings) if own is ring), None))
            for ring in area.rings
        ]
        for area in letter_areas(outline, word)
    ]


_PlacedRing = tuple[Ring, int | None]
"""A ring, and its place among the rings of the outline if it was not cut."""

_KNOWN: BoundedCache[tuple[Contours, str], list[list[_PlacedRing]]] = BoundedCache(64)


def letter_areas(outline: Contours, word: str) -> list[Contours]:
    """The areas of the letters of a word, from left to right; y points down, in any unit.

    Their union is the area of the word; they do not overlap.
    """
    rings = [ring for ring in outline.rings if len(ring) >= 3]
    areas = [signed_area(ring) for ring in rings]
    if not rings or max(map(abs, areas)) <= 0:
        return [Contours.empty()] * len(word)
    slant, borders = _borders(rings, word)
    outer_sign = np.sign(max(areas, key=abs))
    outer = [ring for ring, area in zip(rings, areas, strict=True) if area * outer_sign > 0]
    holes = [ring for ring, area in zip(rings, areas, strict=True) if area * outer_sign < 0]
    strips = [(-np.inf, *borders), (*borders, np.inf)]
    sizes = [
        [_size(_between(ring, slant, low, high)) for low, high in zip(*strips, strict=True)] for ring in outer
    ]
    usual = np.array([_INK[letter] for letter in word])
    usual *= sum(map(sum, sizes)) / usual.sum()
    lacking = usual.copy()
    found: list[list[Ring]] = [[] for _ in word]
    # Start with rings that clearly belong to one letter.
    for index in sorted(range(len(outer)), key=lambda i: -max(sizes[i]) / max(sum(sizes[i]), 1e-12)):
        ring, parts = outer[index], np.array(sizes[index])
        wanted = (parts >= _SHARED * lacking) & (lacking > _SHARED * usual)
        wanted[int(np.argmax(parts))] = True
        letters = np.flatnonzero(wanted).tolist()
        lows = [-np.inf, *(borders[letter - 1] for letter in letters[1:])]
        highs = [*lows[1:], np.inf]
        for piece in (ring, *(hole for hole in holes if _contains(ring, hole[0]))):
            for letter, low, high in zip(letters, lows, highs, strict=True):
                part = _between(piece, slant, low, high)
                if len(part) >= 3:
                    found[letter].append(part)
                    lacking[letter] -= _size(part) if piece is ring else 0.0
    if not all(found):
        found = [
            [part for ring in rings if len(part := _between(ring, slant, low, high)) >= 3]
            for low, high in zip(*strips, strict=True)
        ]
    return [Contours(tuple(rings)) for rings in found]


def _size(ring: Ring) -> float:
    return abs(signed_area(ring)) if len(ring) >= 3 else 0.0


def _borders(rings: Sequence[Ring], word: str) -> tuple[float, list[float]]:
    """The slant of the lines between letters, and the `x + slant * y` of each."""
    mask, left, top, unit = _raster(rings, _STEPS_PER_LETTER * len(word))
    widths = np.array([_WIDTHS[letter] for letter in word])
    shares = (np.cumsum(widths) / widths.sum())[:-1]
    freedoms = _FREEDOM * np.minimum(widths[:-1], widths[1:]) / widths.sum()
    find = _best_cuts_by_kernel if kernels_are_used() else _best_cuts
    slant, cuts = find(mask, shares, freedoms)
    return slant, [left + slant * top + (cut + 0.5) * unit for cut in cuts]


def _best_cuts(
    mask: NDArray[np.uint8], shares: NDArray[np.float64], freedoms: NDArray[np.float64]
) -> tuple[float, list[float]]:
    """The slant of the lines that cross the least ink, and the column where each meets the first row."""
    height = len(mask)
    best: tuple[float, float, list[float]] | None = None
    rows, columns = np.nonzero(mask)
    for slant in _SLANTS.tolist():
        places = np.rint(columns + slant * rows).astype(np.intp)
        ink = np.bincount(places) / height
        first = int(places.min())
        width = len(ink) - first
        cost, cuts = 0.0, []
        for share, freedom in zip(shares.tolist(), freedoms.tolist(), strict=True):
            expected, reach = first + share * width, freedom * width
            tried = np.arange(int(np.ceil(expected - reach)), int(expected + reach) + 1)
            straying = ((tried - expected) / reach) ** 2
            costs = ink.take(tried, mode="clip") + _STRAYING * straying
            index = int(costs.argmin())
            cost += float(costs[index])
            cuts.append(float(tried[index]))
        if best is None or cost < best[0] - 1e-9:
            best = cost, slant, cuts
    assert best is not None
    return best[1:]


def _best_cuts_by_kernel(
    mask: NDArray[np.uint8], shares: NDArray[np.float64], freedoms: NDArray[np.float64]
) -> tuple[float, list[float]]:
    from smashcima.synthesis.notation.letter_kernels import best_borders

    height, width = mask.shape
    ink, cuts = np.empty(width + height + 1), np.empty(len(shares))
    best = best_borders(mask, _SLANTS, shares, freedoms, _STRAYING, ink, cuts)
    return float(_SLANTS[best]), cuts.tolist()


def _raster(rings: Sequence[Ring], columns: int) -> tuple[NDArray[np.uint8], float, float, float]:
    """A raster of the ink with `columns` columns, its top left corner, and the size of a pixel."""
    import cv2

    points = np.concatenate(rings)
    low, high = points.min(axis=0), points.max(axis=0)
    unit = float(high[0] - low[0]) / columns or 1.0
    rows = max(1, int(np.ceil((high[1] - low[1]) / unit)))
    left, top = float(low[0]), float(low[1])
    pixels = [np.rint((ring - low) / unit - 0.5).astype(np.int32) for ring in rings]
    outer = [signed_area(ring) > 0 for ring in rings]
    mask = np.zeros((rows, columns), np.uint8)
    if all(outer) or not any(outer):
        for ring in pixels:
            cv2.fillPoly(mask, [ring], 1)
        return mask, left, top, unit
    # The direction of a ring tells whether it is a hole, so the inside is determined by winding numbers.
    winding = np.zeros((rows, columns), np.int16)
    for ring, is_outer in zip(pixels, outer, strict=True):
        mask[:] = 0
        cv2.fillPoly(mask, [ring], 1)
        winding += mask.astype(np.int16) * (1 if is_outer else -1)
    return (winding != 0).astype(np.uint8), left, top, unit


def _between(ring: Ring, slant: float, low: float, high: float) -> Ring:
    """The part of a ring where `low <= x + slant * y <= high`; its pieces are joined along the borders."""
    for sign, border in ((1.0, low), (-1.0, high)):
        if len(ring) and np.isfinite(border):
            ring = part_inside(ring, sign * (ring[:, 0] + slant * ring[:, 1] - border))
    return ring


def _contains(ring: Ring, point: NDArray[np.float64]) -> bool:
    """Whether a point is inside a ring."""
    x, y = point.tolist()
    x0, y0 = ring.T
    x1, y1 = np.roll(ring, -1, axis=0).T
    met = (y0 > y) != (y1 > y)
    at = x0[met] + (y - y0[met]) * (x1[met] - x0[met]) / (y1[met] - y0[met])
    return bool(np.count_nonzero(at > x) % 2)
