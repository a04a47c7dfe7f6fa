"""The layers of a page before merging."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, described
from smashcima.geometry import Transform
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.ink_layer import InkLayer
from smashcima.imaging.compositing.page_plan import Applied, PagePlan, all_applied
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.pixel_maps import PixelMap, ProjectiveMap
from smashcima.imaging.regions.regions import Regions
from smashcima.scene.visual import AffineSpace
from smashcima.short_repr import ShortRepr


@dataclass(slots=True, eq=False)
class LayerSet(ShortRepr):
    """The layers of one page, from bottom to top: paper, staff lines, ink, and additional layers."""

    grid: PixelGrid
    """Common size and resolution of all layers, and the transform from millimetres to the pixels on which they were
    drawn; `from_scene` also includes later warps."""

    paper: ImageLayer
    """The background; transparent without paper."""

    inks: dict[str, InkLayer]
    """Layers of ink by name, in drawing order; at least `stafflines` and `ink`."""

    regions: Regions = field(default_factory=Regions.empty)
    """The areas of all labelled objects, in pixels."""

    from_scene: PixelMap = field(default_factory=ProjectiveMap.identity)
    """Maps millimetres in `space` to pixels, including all warps."""

    space: AffineSpace | None = None
    """The space of the page or view box."""

    plans: tuple[PagePlan, ...] = ()
    """The state of each postprocessor for this page: applied and remaining filters."""

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The record of all filters applied to the layers."""
        return all_applied(self.plans)

    @property
    def stafflines(self) -> InkLayer:
        """The staff lines."""
        return self["stafflines"]

    @property
    def ink(self) -> InkLayer:
        """All ink except the staff lines."""
        return self["ink"]

    @property
    def width(self) -> int:
        """Pixels."""
        return self.paper.width

    @property
    def height(self) -> int:
        """Pixels."""
        return self.paper.height

    def put(self, name: str, layer: InkLayer, below: str | None = None) -> None:
        """Adds a layer of ink, or replaces the one with this name, on top or directly below another layer.

        Raises:
            ExportError: its size differs from that of the others, or there is no layer `below`.
        """
        self._check_size(layer.coverage)
        above = self[below] if below is not None else None
        rest = {key: value for key, value in self.inks.items() if key != name}
        self.inks = {}
        for key, value in rest.items():
            if value is above:
                self.inks[name] = layer
            self.inks[key] = value
        self.inks.setdefault(name, layer)

    def warped(
        self, pixel_map: PixelMap, width: int, height: int, border: tuple[int, int, int, int] = (0, 0, 0, 0)
    ) -> LayerSet:
        """Warps all layers, regions and `from_scene` by a map to `width` × `height` px.

        `border` is the BGRA colour of paper from outside of these layers; there is no ink outside.
        """
        grid = replace(self.grid, width=width, height=height)
        from_scene = self.from_scene.then(pixel_map)
        matrix = from_scene.matrix
        if matrix is not None and (matrix[2, :2] == 0).all():
            grid = replace(grid, to_px=Transform.from_matrix(matrix))
        return LayerSet(
            grid,
            self.paper.warped(pixel_map, width, height, border),
            {name: ink.warped(pixel_map, width, height) for name, ink in self.inks.items()},
            self.regions.moved(pixel_map),
            from_scene,
            self.space,
            self.plans,
        )

    def _check_size(self, pixels: NDArray[np.uint8]) -> None:
        rows, columns = pixels.shape[:2]
        if (rows, columns) != (self.height, self.width):
            raise ExportError(
                f"A layer must have {self.width} x {self.height} px like the others, not {columns} x {rows} px."
            )

    def __getitem__(self, name: str) -> InkLayer:
        if name not in self.inks:
            where = " The paper is an image: `layers.paper`." if name == "paper" else ""
            raise ExportError(
                f"There is no layer {name!r}; the layers of ink are {', '.join(self.inks)}.{where}"
            )
        return self.inks[name]

    def __setitem__(self, name: str, layer: InkLayer | ImageLayer) -> None:
        """Replaces a layer at its place, or adds a layer of ink on top.

        Raises:
            ExportError: its size differs from that of the others, or it is of another kind.
        """
        is_image = isinstance(layer, ImageLayer)
        if is_image != (name == "paper"):
            given = "an ImageLayer" if is_image else described(layer)
            raise ExportError(
                f"The paper is an ImageLayer and all others are InkLayers; {name!r} cannot be {given}."
            )
        if isinstance(layer, ImageLayer):
            self._check_size(layer.bitmap)
            self.paper = layer
        else:
            self._check_size(layer.coverage)
            self.inks = {**self.inks, name: layer}

    def __contains__(self, name: object) -> bool:
        """Whether there is a layer of this name: `paper`, or one of ink."""
        return name == "paper" or name in self.inks

    def __iter__(self) -> Iterator[tuple[str, InkLayer]]:
        """Names and layers of ink, from bottom to top."""
        return iter(self.inks.items())
