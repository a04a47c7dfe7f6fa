"""A page in layers, before they are merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from smashcima.errors import ExportError
from smashcima.geometry import Transform
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.ink_layer import InkLayer
from smashcima.imaging.compositing.page_plan import Applied, PagePlan, all_applied
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.pixel_maps import PixelMap, ProjectiveMap
from smashcima.imaging.regions.regions import Regions
from smashcima.scene.visual import AffineSpace


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
        """Moves all layers, their regions and their map by a map, to `width` × `height` px.

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
