"""Pictures in layers: what a page is made of before it is one image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.geometry import Point, Transform
from smashcima.imaging.compositing.encoding import encode_image
from smashcima.imaging.compositing.grayscale import to_bitonal, to_gray
from smashcima.imaging.compositing.page_plan import Applied, PagePlan, all_applied
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.compositing.resampling import resample, resample_bgra
from smashcima.imaging.pixel_maps import PixelMap, ProjectiveMap
from smashcima.imaging.regions.masks import Masks
from smashcima.imaging.regions.regions import Regions
from smashcima.scene.visual import AffineSpace, ScenePoint

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
        from smashcima.imaging.compositing.blending import ink_alone

        return ink_alone(self)

    def warped(self, pixel_map: PixelMap, width: int, height: int) -> InkLayer:
        """The ink moved by a map to a sheet of `width` × `height` px; there is none where it comes from outside."""
        color = self.color
        if not isinstance(color, tuple):
            color = resample(color, pixel_map, width, height)
        return InkLayer(resample(self.coverage, pixel_map, width, height), color, self.opaque)

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

    from_scene: PixelMap = field(default_factory=ProjectiveMap.identity)
    """Leads from millimetres in `space` to pixels of `bitmap`, through everything that moved them."""

    space: AffineSpace | None = None
    """The space of the page or view box that is shown; `None` if the picture shows no scene."""

    plans: tuple[PagePlan, ...] = ()
    """What each postprocessor has done to the picture and is still to do."""

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

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The record of everything that was applied to the page: filters, their strengths, and what was drawn."""
        return all_applied(self.plans)

    def locate(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where points (N, 2), in millimetres of `space`, are in the picture: (N, 2) pixels, perhaps outside."""
        return self.from_scene.forward(np.asarray(points_mm, dtype=np.float64).reshape(-1, 2))

    def locate_point(self, point: ScenePoint) -> Point:
        """Where a point of the scene is in the picture, in pixels; an `ExportError` if no scene is shown."""
        if self.space is None:
            raise ExportError("This picture shows no scene, so that no point of one can be found in it.")
        place = point.in_space(self.space)
        x, y = self.locate(np.array([[place.x, place.y]]))[0].tolist()
        return Point(x, y)

    def warped(
        self, pixel_map: PixelMap, width: int, height: int, border: tuple[int, int, int, int] = (0, 0, 0, 0)
    ) -> ImageLayer:
        """The picture and all that is known about it, moved by a map to one of `width` × `height` px.

        `border` is the BGRA colour of what comes from outside of this picture.
        """
        return ImageLayer(
            resample_bgra(self.bitmap, pixel_map, width, height, border),
            self.dpi,
            self.regions.moved(pixel_map),
            self.from_scene.then(pixel_map),
            self.space,
            self.plans,
        )

    def masks(self) -> Masks:
        """The masks of all that has a region, made when they are asked for; hold on to what this returns."""
        return Masks(self.regions, self.width, self.height)

    def as_gray(self) -> NDArray[np.uint8]:
        """The picture on white in shades of gray: (height_px, width_px), 0 = black. `write_image` takes it."""
        return to_gray(self.bitmap)

    def as_bitonal(self, threshold: float | str = "otsu") -> NDArray[np.bool_]:
        """The picture on white in black and white: (height_px, width_px), `True` = white. `write_image` takes it.

        What is darker than `threshold` (0 to 255) gets black; `"otsu"` finds one for the picture (Otsu 1979).
        """
        return to_bitonal(self.bitmap, threshold)

    def _repr_png_(self) -> bytes:
        return encode_image(self.bitmap, ".png")


@dataclass(slots=True, eq=False)
class LayerSet:
    """The layers of one page, from the bottom up: paper, staff lines, ink, and what else there is."""

    grid: PixelGrid
    """Size and resolution that all layers share, and the way from millimetres to the pixels that they were drawn on;
    `from_scene` also knows what has moved them since."""

    paper: ImageLayer
    """The ground; transparent where there is no paper."""

    inks: dict[str, InkLayer]
    """What is drawn on it, by name, in the order of drawing; at least `stafflines` and `ink`."""

    regions: Regions = field(default_factory=Regions.empty)
    """The area of everything that has a label, in pixels."""

    from_scene: PixelMap = field(default_factory=ProjectiveMap.identity)
    """Leads from millimetres in `space` to pixels, through everything that moved them."""

    space: AffineSpace | None = None
    """The space of the page or view box that is shown."""

    plans: tuple[PagePlan, ...] = ()
    """What each postprocessor has done to the page and is still to do."""

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The record of everything that was applied to the layers."""
        return all_applied(self.plans)

    @property
    def stafflines(self) -> InkLayer:
        """The staff lines."""
        return self["stafflines"]

    @property
    def ink(self) -> InkLayer:
        """Everything that is written on the staves and around them."""
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
        """Adds a layer of ink (or replaces the one of that name), on top or right below another one.

        Raises an `ExportError` if its size is not that of the others, or there is no layer `below`.
        """
        if layer.coverage.shape != (self.height, self.width):
            rows, columns = layer.coverage.shape
            raise ExportError(
                f"A layer of {columns} x {rows} px does not fit on layers of {self.width} x {self.height} px."
            )
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
        """All layers, and all that is known about them, moved by a map to `width` × `height` px.

        `border` is the BGRA colour of the paper where it comes from outside of these layers; ink is not there.
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

    def __getitem__(self, name: str) -> InkLayer:
        if name not in self.inks:
            raise ExportError(f"There is no layer {name!r}; the layers of ink are {', '.join(self.inks)}.")
        return self.inks[name]

    def __iter__(self) -> Iterator[tuple[str, InkLayer]]:
        """Names and layers of ink, from the bottom up."""
        return iter(self.inks.items())
