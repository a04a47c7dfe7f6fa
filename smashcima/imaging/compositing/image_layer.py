"""Images with their regions and the map from the scene to pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.geometry import Point
from smashcima.imaging.compositing.encoding import encode_image
from smashcima.imaging.compositing.grayscale import gray_of, to_bitonal, to_gray
from smashcima.imaging.compositing.page_plan import Applied, PagePlan, all_applied
from smashcima.imaging.compositing.resampling import resample, resample_bgra
from smashcima.imaging.pixel_maps import PixelMap, ProjectiveMap
from smashcima.imaging.regions.masks import Masks
from smashcima.imaging.regions.regions import Regions
from smashcima.scene.visual import AffineSpace, ScenePoint


@dataclass(slots=True, eq=False)
class ImageLayer:
    """An image, or the paper of one, with its ground truth in pixels."""

    bitmap: NDArray[np.uint8]
    """(height_px, width_px, 4), BGRA with straight (not premultiplied) alpha; row 0 is the top."""

    dpi: float
    """Resolution in pixels per inch."""

    regions: Regions = field(default_factory=Regions.empty)
    """The areas of all labelled objects, in pixels of `bitmap`, with the ids of the objects."""

    from_scene: PixelMap = field(default_factory=ProjectiveMap.identity)
    """Maps millimetres in `space` to pixels of `bitmap`, including all warps."""

    space: AffineSpace | None = None
    """The space of the page or view box; `None` if the image does not show a scene."""

    plans: tuple[PagePlan, ...] = ()
    """The state of each postprocessor for this image: applied and remaining filters."""

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
        """The record of all filters applied to the page, with their strengths and drawn parameters."""
        return all_applied(self.plans)

    def locate(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Maps points (N, 2) in millimetres of `space` to pixels: (N, 2), possibly outside of the image."""
        return self.from_scene.forward(np.asarray(points_mm, dtype=np.float64).reshape(-1, 2))

    def locate_point(self, point: ScenePoint) -> Point:
        """The position of a point of the scene in pixels; raises `ExportError` if the image does not show a scene."""
        if self.space is None:
            raise ExportError("This image shows no scene, so points of a scene have no position in it.")
        place = point.in_space(self.space)
        x, y = self.locate(np.array([[place.x, place.y]]))[0].tolist()
        return Point(x, y)

    def warped(
        self,
        pixel_map: PixelMap,
        width: int,
        height: int,
        border: tuple[int, int, int, int] = (0, 0, 0, 0),
        opaque: bool = False,
    ) -> ImageLayer:
        """Warps the image, its regions and `from_scene` by a map to an image of `width` × `height` px.

        `border` is the BGRA colour of pixels from outside of this image; `opaque` says that all pixels are known to be opaque, which
        saves looking. (Inside filters, a bitmap of one channel is possible.)
        """
        if self.bitmap.ndim == 2:
            bitmap = resample(self.bitmap, pixel_map, width, height, (gray_of(border),))
        else:
            bitmap = resample_bgra(self.bitmap, pixel_map, width, height, border, opaque)
        return ImageLayer(
            bitmap,
            self.dpi,
            self.regions.moved(pixel_map),
            self.from_scene.then(pixel_map),
            self.space,
            self.plans,
        )

    def masks(self) -> Masks:
        """The masks of all regions, made on first access. Each call returns a new object, so keep the result."""
        return Masks(self.regions, self.width, self.height)

    def as_gray(self) -> NDArray[np.uint8]:
        """The image on white in grayscale: (height_px, width_px), 0 = black. `write_image` accepts it."""
        return to_gray(self.bitmap)

    def as_bitonal(self, threshold: float | str = "otsu") -> NDArray[np.bool_]:
        """The image on white in black and white: (height_px, width_px), `True` = white. `write_image` accepts it.

        Pixels darker than `threshold` (0 to 255) become black; `"otsu"` determines it for the image (Otsu 1979).
        """
        return to_bitonal(self.bitmap, threshold)

    def _repr_png_(self) -> bytes:
        return encode_image(self.bitmap, ".png")
