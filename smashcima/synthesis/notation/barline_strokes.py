"""Barlines across several staves, drawn as one stroke as in handwriting.

The engraving has a piece for each staff and for each gap between staves. The ink of the whole stroke is cut where
the pieces meet, so that each piece has its own ink and region, without visible joints.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from smashcima.engraving import Line, Primitive
from smashcima.geometry import Contours, Point, Transform
from smashcima.geometry.clipping import clip_to_band
from smashcima.kernels import kernels_are_used
from smashcima.scene.visual import AffineSpace, ColorBGRA, Glyph, LineGlyph
from smashcima.scene.visual.unmade_ink import unmade_ink
from smashcima.synthesis.interfaces.placing import place_glyph, remove_glyph
from smashcima.synthesis.notation.primitive_inker import PrimitiveInker

_OVERLAP = 0.04
"""Overlap of pieces in mm, half a pixel at 300 DPI: without it, a light line would be visible between them."""


class BarlineStrokes:
    """The barline strokes of one page."""

    def __init__(
        self, strokes: Iterable[tuple[int, ...]], primitives: Sequence[Primitive], inker: PrimitiveInker
    ) -> None:
        """`strokes` are those engraved in pieces: tuples of indices of their primitives, from top to bottom."""
        self._primitives = primitives
        self._inker = inker
        self._stroke_of = {index: stroke for stroke in strokes for index in stroke}
        self._glyphs: dict[int, Glyph | None] = {}

    def ink(self, index: int, space: AffineSpace, staff_space: float, label: str) -> Glyph | None:
        """The glyph of a piece, placed in the space of the page; `None` for primitives that are drawn separately."""
        stroke = self._stroke_of.get(index)
        if stroke is None:
            return None
        if index not in self._glyphs:
            self._glyphs.update(self._inked(stroke, space, staff_space, label))
        return self._glyphs[index]

    def _inked(
        self, stroke: tuple[int, ...], space: AffineSpace, staff_space: float, label: str
    ) -> dict[int, Glyph | None]:
        pieces = [piece for index in stroke if isinstance(piece := self._primitives[index], Line)]
        first, last = pieces[0], pieces[-1]
        whole = self._inker.ink(first.ending_at(last.end), space, staff_space, label)
        ink = _sole_ink(whole, space)
        remove_glyph(whole)
        if ink is None:
            # The ink cannot be cut, so each piece is drawn separately.
            return dict.fromkeys(stroke)
        contours, color = ink
        joints = [(above.end.y + below.start.y) / 2 for above, below in pairwise(pieces)]
        tops = [-math.inf, *(y - _OVERLAP for y in joints)]
        bottoms = [*(y + _OVERLAP for y in joints), math.inf]
        parts = _bands(contours, tops, bottoms)
        if any(part.is_empty for part in parts):
            # Decided before a piece is placed: what is in the space of the page is drawn.
            return dict.fromkeys(stroke)
        glyphs: dict[int, Glyph | None] = {}
        ends = [first.start, *(_on_stroke(first.start, last.end, y) for y in joints), last.end]
        for number, (index, part) in enumerate(zip(stroke, parts, strict=True)):
            start, end = ends[number : number + 2]
            glyph = glyphs[index] = LineGlyph.from_contours_along(whole.label, part, None, start, end, color)
            place_glyph(glyph, space, Transform.identity(), self)
        return glyphs


def _bands(contours: Contours, tops: Sequence[float], bottoms: Sequence[float]) -> list[Contours]:
    """The parts of an area between pairs of heights; see `clip_to_band`."""
    if len(contours.rings) != 1 or not kernels_are_used():
        return [clip_to_band(contours, top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]
    from smashcima.synthesis.notation.band_kernels import clip_to_bands

    ring = np.ascontiguousarray(contours.rings[0], np.float64)
    parts = np.empty((len(tops), 4 * len(ring), 2))
    counts = np.empty(len(tops), np.int64)
    clip_to_bands(ring, np.array(tops), np.array(bottoms), parts, np.empty((2 * len(ring), 2)), counts)
    return [
        Contours((part[:count],) if count >= 3 else ())
        for part, count in zip(parts, counts.tolist(), strict=True)
    ]


def _sole_ink(glyph: Glyph, space: AffineSpace) -> tuple[Contours, ColorBGRA] | None:
    """The only path of a glyph, in an enclosing space, and its colour; `None` for a glyph of other ink."""
    unmade = unmade_ink(glyph)
    if unmade is not None and unmade.parent_space is space:
        return unmade.transform.apply_to(unmade.contours), unmade.color
    if len(glyph.paths) != 1 or glyph.sprites or glyph.paths[0].space is not glyph.space:
        return None
    path = glyph.paths[0]
    return path.transform.then(space.transform_from(glyph.space)).apply_to(path.contours), path.color


def _on_stroke(start: Point, end: Point, y: float) -> Point:
    """The point of a straight stroke at a given y."""
    share = (y - start.y) / (end.y - start.y) if end.y != start.y else 0.0
    return Point(start.x + share * (end.x - start.x), y)
