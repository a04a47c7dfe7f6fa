"""Pictures in layers: what a page is made of before it is one image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.exporting.compositing.encoding import encode_image
from smashcima.exporting.compositing.pixel_grid import PixelGrid
from smashcima.exporting.compositing.regions import Regions

ColorBGR = tuple[int, int, int]
"""Blue, green and red, 0 to 255 each."""


@dataclass(slots=True, eq=False)
class InkLayer:
    """Ink without paper: how much of each pixel it covers, and its colour."""

    coverage: NDArray[np.uint8]
    """(height_px, width_px); 255 = all ink; row 0 is the top."""

    color: ColorBGR | NDArray[np.uint8] = (0, 0, 0)
    """One colour for all, or BGR for each pixel, (height_px, width_px, 3), already multiplied by the coverage."""

    opaque: bool = False
    """Whether it hides what is below, like correction fluid or a stamp. Ink does not: it filters the light
    that the paper throws back, so that paper and other ink show through a coloured stroke."""

    def to_bgra(self) -> NDArray[np.uint8]:
        """The ink on a transparent ground, (height_px, width_px, 4) BGRA, opacity not multiplied in."""
        from smashcima.exporting.compositing.blending import ink_alone

        return ink_alone(self)

    def _repr_png_(self) -> bytes:
        return encode_image(self.to_bgra(), ".png")


@dataclass(slots=True, eq=False)
class ImageLayer:
    """A finished picture, or the paper of one, with the truth about what is where in its pixels."""

    bitmap: NDArray[np.uint8]
    """(height_px, width_px, 4), BGRA, opacity not multiplied in; row 0 is the top."""

    dpi: float
    """Pixels per inch."""

    regions: Regions = field(default_factory=Regions.empty)
    """The area of everything that has a label, in pixels of `bitmap`, each with the id of its object."""

    def __repr__(self) -> str:
        return f"ImageLayer({self.width} x {self.height} px at {self.dpi:g} dpi, {len(self.regions)} regions)"

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.bitmap.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.bitmap.shape[0])

    def _repr_png_(self) -> bytes:
        return encode_image(self.bitmap, ".png")


@dataclass(slots=True, eq=False)
class LayerSet:
    """The layers of one page, from the bottom up: paper, staff lines, ink, and what else there is."""

    grid: PixelGrid
    """Size and resolution that all layers share, and the way from millimetres to their pixels."""

    paper: ImageLayer
    """The ground; transparent where there is no paper."""

    inks: dict[str, InkLayer]
    """What is drawn on it, by name, in the order of drawing; at least `stafflines` and `ink`."""

    regions: Regions = field(default_factory=Regions.empty)
    """The area of everything that has a label, in pixels."""

    @property
    def stafflines(self) -> InkLayer:
        """The staff lines."""
        return self["stafflines"]

    @property
    def ink(self) -> InkLayer:
        """Everything that is written on the staves and around them."""
        return self["ink"]

    def __getitem__(self, name: str) -> InkLayer:
        if name not in self.inks:
            raise ExportError(f"There is no layer {name!r}; the layers of ink are {', '.join(self.inks)}.")
        return self.inks[name]

    def __iter__(self) -> Iterator[tuple[str, InkLayer]]:
        """Names and layers of ink, from the bottom up."""
        return iter(self.inks.items())
