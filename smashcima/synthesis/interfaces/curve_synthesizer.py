"""The interface behind which slurs, ties and braces are drawn."""

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
    """A curved stroke of varying thickness, as the engraver shaped it. Lengths are mm, y down."""

    outer: NDArray[np.float64]
    """A chain of cubics from the start to the end, shape (k, 4, 2), k ≥ 1."""

    inner: NDArray[np.float64]
    """A chain of cubics back from the end to the start; of shape (0, 4, 2) for a plain stroke."""

    stroke_width: float
    """Width of the pen that outlines the area and so thickens it, or of the plain stroke."""

    dashes: tuple[float, ...] = ()
    """Lengths of strokes and gaps in turn; empty for a continuous curve."""

    def __post_init__(self) -> None:
        for name, chain in (("outer", self.outer), ("inner", self.inner)):
            if chain.ndim != 3 or chain.shape[1:] != (4, 2) or (name == "outer" and len(chain) == 0):
                raise GeometryError(
                    f"The {name} chain of a curve has the shape (k, 4, 2), not {chain.shape}."
                )

    @property
    def start(self) -> Point:
        """Where the curve starts."""
        return Point(*self.outer[0, 0].tolist())

    @property
    def end(self) -> Point:
        """Where it ends."""
        return Point(*self.outer[-1, 3].tolist())

    @property
    def centre_line(self) -> NDArray[np.float64]:
        """A chain of cubics in the middle between the two sides, shape (k, 4, 2)."""
        if len(self.inner) != len(self.outer):
            return self.outer
        return (self.outer + self.inner[::-1, ::-1]) / 2

    def moved(self, x: float, y: float) -> CurveShape:
        """The same curve elsewhere."""
        by = np.array((x, y))
        return CurveShape(self.outer + by, self.inner + by, self.stroke_width, self.dashes)


class CurveSynthesizer(StartsPages, ABC):
    """Draws curves by label.

    - **Must override** `supports_label` and `create_glyph`.
    - **May override** `begin_page`, if ink is drawn ahead.
    - **Don't override** `synthesize_curve`: it checks the label, calls the hook and places what it made.
    """

    @abstractmethod
    def supports_label(self, label: LabelLike) -> bool:
        """Whether `create_glyph` draws this label, given as text or enum member."""

    @abstractmethod
    def create_glyph(self, label: str, shape: CurveShape) -> LineGlyph:
        """Hook: a new glyph, in mm, in a new space without a parent.

        The shape starts at the origin. The glyph is drawn where the shape is, and its `start_point` and
        `end_point` say where it really starts and ends.
        """

    def synthesize_curve(self, label: LabelLike, parent_space: AffineSpace, shape: CurveShape) -> LineGlyph:
        """A curve of a shape in coordinates of `parent_space`.

        An `UnsupportedLabelError` is raised for a label that is not supported.
        """
        label = Label.of(label)
        if not self.supports_label(label):
            raise unsupported(self, label)
        x, y = shape.outer[0, 0].tolist()
        glyph = self.create_glyph(label, shape.moved(-x, -y))
        place_glyph(glyph, parent_space, Transform(e=x, f=y), self)
        return glyph
