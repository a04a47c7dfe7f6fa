"""The interface behind which stems, beams, ledger lines, barlines, hairpins and brackets are drawn."""

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
    """How the engraver would draw a line; a synthesizer may take it as a hint."""

    width: float
    """Thickness in mm: across the line, or vertically if `cap` is `vertical`."""

    cap: Literal["butt", "round", "square", "vertical"] = "butt"
    """How the ends look; `vertical` cuts them upright, as those of beams."""

    dashes: tuple[float, ...] = ()
    """Lengths of strokes and gaps in turn, in mm; empty for a continuous line."""


class LineSynthesizer(StartsPages, ABC):
    """Draws straight lines by label.

    - **Must override** `supports_label` and `create_glyph`.
    - **May override** `create_line`, to follow the engraver's pen, and `create_polyline`, to draw lines with
      corners in one go; `begin_page`, if ink is drawn ahead.
    - **Don't override** `synthesize_line` and `synthesize_polyline`: they check the label, call the hooks
      and place what they made.
    """

    @abstractmethod
    def supports_label(self, label: LabelLike) -> bool:
        """Whether `create_glyph` draws this label, given as text or enum member."""

    @abstractmethod
    def create_glyph(self, label: str, delta: Vector2) -> LineGlyph:
        """Hook: a new line glyph, in mm, in a new space without a parent.

        It should lead from its `start_point` to its `end_point` by about `delta`. What differs from that is
        turned, and stretched along the line only, so that the thickness stays.
        """

    def create_line(self, label: str, delta: Vector2, pen: LinePen) -> LineGlyph:
        """Hook: the same for a line that the engraver drew with a certain pen; the pen may be ignored."""
        return self.create_glyph(label, delta)

    def create_polyline(self, label: str, deltas: Sequence[Vector2], pen: LinePen) -> Glyph:
        """Hook: a line with corners. `deltas` lead from corner to corner; the first one is at the origin.

        By default it is composed of straight lines.
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
        """A line between two points of `parent_space`.

        An `UnsupportedLabelError` is raised for a label that is not supported.
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
        """A line through two or more points of `parent_space`; a `GeometryError` if there are fewer."""
        label = Label.of(label)
        if not self.supports_label(label):
            raise unsupported(self, label)
        if len(points) < 2:
            raise GeometryError(f"A line leads through at least two points, not {len(points)}.")
        if len(points) == 2:
            return self.synthesize_line(label, parent_space, points[0], points[1], pen)
        deltas = [after - before for before, after in pairwise(points)]
        glyph = self.create_polyline(label, deltas, pen)
        place_glyph(glyph, parent_space, Transform.translate(points[0].vector), self)
        return glyph
