"""The interface of synthesizers of slurs, ties and braces."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.geometry import Point, Transform
from smashcima.scene.visual import AffineSpace, LineGlyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.placing import place_glyph, unsupported


@dataclass(frozen=True, slots=True, eq=False)
class CurveShape:
    """A curved stroke of varying thickness, as shaped by the engraver. Lengths are in mm, y points down."""

    outer: NDArray[np.float64]
    """Chain of cubic Béziers from start to end, shape (k, 4, 2), k ≥ 1."""

    inner: NDArray[np.float64]
    """Chain of cubic Béziers from end to start, shape (k, 4, 2); (0, 4, 2) for a stroke of constant width."""

    stroke_width: float
    """Width of the pen that strokes the outline of the filled area, or of the stroke of constant width."""

    dashes: tuple[float, ...] = ()
    """Alternating lengths of dashes and gaps; empty for a continuous curve."""

    def __post_init__(self) -> None:
        for name, chain in (("outer", self.outer), ("inner", self.inner)):
            if chain.ndim != 3 or chain.shape[1:] != (4, 2) or (name == "outer" and len(chain) == 0):
                raise GeometryError(
                    f"The {name} chain of a curve must have shape (k, 4, 2), not {chain.shape}."
                )

    @property
    def start(self) -> Point:
        """Start point of the curve."""
        return Point(*self.outer[0, 0].tolist())

    @property
    def end(self) -> Point:
        """End point of the curve."""
        return Point(*self.outer[-1, 3].tolist())

    @property
    def centre_line(self) -> NDArray[np.float64]:
        """Chain of cubic Béziers halfway between the two sides, shape (k, 4, 2)."""
        if len(self.inner) != len(self.outer):
            return self.outer
        return (self.outer + self.inner[::-1, ::-1]) / 2

    def moved(self, x: float, y: float) -> CurveShape:
        """The curve translated by (x, y)."""
        by = np.array((x, y))
        return CurveShape(self.outer + by, self.inner + by, self.stroke_width, self.dashes)


class CurveSynthesizer(StartsPages, ABC):
    """Draws curves by label.

    - **Must override** `supports_label` and `create_glyph`.
    - **May override** `begin_page`, if the synthesizer precomputes ink.
    - **Don't override** `synthesize_curve`: it checks the label, calls the hook and places the glyph.
    """

    @abstractmethod
    def supports_label(self, label: LabelLike) -> bool:
        """Whether `create_glyph` draws this label, given as text or enum member."""

    @abstractmethod
    def create_glyph(self, label: str, shape: CurveShape) -> LineGlyph:
        """Hook: a new glyph, in mm, in a new space without a parent.

        The shape starts at the origin, in the coordinates of the glyph. `start_point` and `end_point` of the glyph
        are the actual ends of the ink, which may differ from those of the shape.
        """

    def synthesize_curve(self, label: LabelLike, parent_space: AffineSpace, shape: CurveShape) -> LineGlyph:
        """Returns a new curve, placed in `parent_space`; `shape` is in its coordinates.

        Raises an `UnsupportedLabelError` if the label is not supported.
        """
        label = Label.of(label)
        if not self.supports_label(label):
            raise unsupported(self, label)
        x, y = shape.outer[0, 0].tolist()
        glyph = self.create_glyph(label, shape.moved(-x, -y))
        place_glyph(glyph, parent_space, Transform(e=x, f=y), self)
        return glyph
