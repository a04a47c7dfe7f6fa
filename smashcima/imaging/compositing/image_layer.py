"""A picture with its regions and the map from the scene to its pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.geometry import Point
from smashcima.imaging.compositing.encoding import encode_image
from smashcima.imaging.compositing.grayscale import to_bitonal, to_gray
from smashcima.imaging.compositing.page_plan import Applied, PagePlan, all_applied
from smashcima.imaging.compositing.resampling import resample_bgra
from smashcima.imaging.pixel_maps import PixelMap, ProjectiveMap
from smashcima.imaging.regions.masks import Masks
from smashcima.imaging.regions.regions import Regions
from smashcima.scene.visual import AffineSpace, ScenePoint


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
        """Moves the picture, its regions and its map by a map, to a picture of `width` × `height` px.

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
        """The masks of all regions, made on first access. Keep the returned value: each call makes new ones."""
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
