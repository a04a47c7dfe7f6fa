"""The interface of synthesizers of stems, beams, ledger lines, barlines, hairpins and brackets."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from smashcima.errors import GeometryError
from smashcima.geometry import Point, Transform, Vector2
from smashcima.scene.visual import AffineSpace, ComposedGlyph, Glyph, LineGlyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.placing import line_placement, place_glyph, unsupported


@dataclass(frozen=True, slots=True)
class LinePen:
    """Thickness, caps and dashes of an engraved line; a synthesizer may treat them as a hint."""

    width: float
    """Thickness in mm, measured across the line, or vertically if `cap` is `vertical`."""

    cap: Literal["butt", "round", "square", "vertical"] = "butt"
    """Shape of the ends; `vertical` cuts them vertically, as those of beams."""

    dashes: tuple[float, ...] = ()
    """Alternating lengths of dashes and gaps, in mm; empty for a continuous line."""


class LineSynthesizer(StartsPages, ABC):
    """Draws straight lines by label.

    - **Must override** `supports_label` and `create_glyph`.
    - **May override** `create_line`, to follow the engraver's pen; `create_polyline`, to draw lines with
      corners as one stroke; and `begin_page`, if the synthesizer precomputes ink.
    - **Don't override** `synthesize_line` and `synthesize_polyline`: they check the label, call the hooks
      and place the glyphs.
    """

    @abstractmethod
    def supports_label(self, label: LabelLike) -> bool:
        """Whether `create_glyph` draws this label, given as text or enum member."""

    @abstractmethod
    def create_glyph(self, label: str, delta: Vector2) -> LineGlyph:
        """Hook: a new line glyph, in mm, in a new space without a parent.

        The vector from its `start_point` to its `end_point` should be about `delta`. If it differs, the glyph is
        rotated, and stretched along the line only, so that the thickness does not change.
        """

    def create_line(self, label: str, delta: Vector2, pen: LinePen) -> LineGlyph:
        """Hook: as `create_glyph`, for a line that the engraver drew with `pen`; ignores the pen by default."""
        return self.create_glyph(label, delta)

    def create_polyline(self, label: str, deltas: Sequence[Vector2], pen: LinePen) -> Glyph:
        """Hook: a line with corners; `deltas` are the vectors from corner to corner, starting at the origin.

        The default composes it of straight lines.
        """
        space = AffineSpace()
        corner = Point(0.0, 0.0)
        strokes = []
        for delta in deltas:
            strokes.append(self.synthesize_line(label, space, corner, corner + delta, pen))
            corner = corner + delta
        return ComposedGlyph.compose(label, space, strokes)

    def synthesize_line(
        self,
        label: LabelLike,
        parent_space: AffineSpace,
        start_point: Point,
        end_point: Point,
        pen: LinePen | None = None,
    ) -> LineGlyph:
        """Returns a new line between two points of `parent_space`.

        Raises an `UnsupportedLabelError` if the label is not supported.
        """
        label = Label.of(label)
        if not self.supports_label(label):
            raise unsupported(self, label)
        delta = end_point - start_point
        glyph = self.create_glyph(label, delta) if pen is None else self.create_line(label, delta, pen)
        place_glyph(glyph, parent_space, line_placement(glyph, start_point, end_point, self), self)
        return glyph

    def synthesize_polyline(
        self, label: LabelLike, parent_space: AffineSpace, points: Sequence[Point], pen: LinePen
    ) -> Glyph:
        """Returns a new line through points of `parent_space`; raises a `GeometryError` for fewer than two points."""
        label = Label.of(label)
        if not self.supports_label(label):
            raise unsupported(self, label)
        if len(points) < 2:
            raise GeometryError(f"A line needs at least two points, not {len(points)}.")
        if len(points) == 2:
            return self.synthesize_line(label, parent_space, points[0], points[1], pen)
        deltas = [after - before for before, after in pairwise(points)]
        glyph = self.create_polyline(label, deltas, pen)
        place_glyph(glyph, parent_space, Transform.translate(points[0].vector), self)
        return glyph
