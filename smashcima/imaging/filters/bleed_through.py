"""Bleed-through of the music on the other side of the paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import MM_PER_INCH
from smashcima.imaging import LayerSet, ProjectiveMap, draw_layers, resample
from smashcima.imaging.compositing.reducing import reduced
from smashcima.imaging.filters.absorption import absorb
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import LayersFilter
from smashcima.imaging.filters.other_pages import other_side, page_of
from smashcima.imaging.filters.parameters import LogNormal, Normal, Parameter
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import octaves
from smashcima.scene.visual import Page

_DPI = 75.0
"""Resolution at which the other side is drawn, since paper blurs it further."""

_MOST_TAKEN = 230
"""Largest part of 255 of the light that is taken."""

_COLOR = (1.0, 0.86, 0.72)
"""What blue, green and red lose, relative to each other: iron and tannin come through brown."""


@dataclass(kw_only=True, eq=False)
class BleedThrough(LayersFilter):
    """Mirrored, pale and blurred music of the other side. It is not part of the ground truth of this page.

    The other side is `back` if set. Otherwise it is the page of the scene on the same sheet: pages 1 and 2
    are one sheet, 3 and 4 the next. A page without one, such as an odd last page or a page whose other side was
    not made (`model(..., pages=[0])`), shows its own music, shifted, in place of another page of the piece.
    """

    depth: Parameter = LogNormal(0.075, 0.45)
    """Fraction of the light absorbed by full ink on the back."""

    blur_mm: Parameter = LogNormal(0.22, 0.25)
    """Standard deviation of the blur by the paper, in mm."""

    shift_mm: Parameter = Normal(0, 2.0)
    """Offset of the back in mm, drawn for both directions."""

    back: Page | None = None
    """Page on the other side; by default, the page of the scene on the same sheet."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Does nothing on transparent paper."""
        import cv2

        rng, size = draws.rng, PictureSize.of_layers(layers)
        depth = min(draws.strength * draws.value("depth", self.depth), 0.7)
        blur_px = draws.value("blur_mm", self.blur_mm) * _DPI / MM_PER_INCH
        shift = np.array([draws.value(name, self.shift_mm) for name in ("shift_x_mm", "shift_y_mm")])
        if int(layers.paper.bitmap[:: max(1, size.height // 20), :: max(1, size.width // 20), 3].min()) < 255:
            return layers
        ink = self._ink_behind(layers, shift, size)
        soft = cv2.GaussianBlur(ink, (0, 0), max(blur_px, 0.3), borderType=cv2.BORDER_CONSTANT)
        rows, columns = soft.shape
        patches = octaves(rng, size, 40.0, (max(2, rows // 16), max(2, columns // 16)))
        uneven = cv2.resize(
            np.clip(1 + 0.4 * patches, 0.15, 2), (columns, rows), interpolation=cv2.INTER_LINEAR
        )
        taken = np.minimum(cv2.multiply(soft, uneven, scale=depth, dtype=cv2.CV_32F), np.float32(_MOST_TAKEN))
        small = np.rint(taken).astype(np.uint8)
        large = cv2.resize(small, (size.width, size.height), interpolation=cv2.INTER_LINEAR)
        absorb(layers.paper.bitmap, np.asarray(large, np.uint8), _COLOR)
        return layers

    def _ink_behind(
        self, layers: LayerSet, shift_mm: NDArray[np.float64], size: PictureSize
    ) -> NDArray[np.uint8]:
        """Mirrored ink of the reverse side over this view, at `_DPI`, or the resolution of the page if lower."""
        import cv2

        dpi = min(_DPI, size.dpi)
        small_size = (max(1, round(size.width * dpi / size.dpi)), max(1, round(size.height * dpi / size.dpi)))
        to_small = ProjectiveMap.scaling(small_size[0] / size.width, small_size[1] / size.height)
        page = page_of(layers.space)
        back = self.back if self.back is not None else other_side(page)
        scale = dpi / MM_PER_INCH
        if back is not None and page is not None:
            drawn = draw_layers(back, dpi, with_regions=False, with_paper=False)
            mirror = _mirror(back.width)
            place = (
                drawn.from_scene.inverse().then(mirror).then(ProjectiveMap.translation(*shift_mm.tolist()))
            )
            ink = np.asarray(cv2.max(drawn.ink.coverage, drawn.stafflines.coverage), np.uint8)
            return resample(ink, place.then(layers.from_scene).then(to_small), *small_size)
        own = np.asarray(cv2.max(layers.ink.coverage, layers.stafflines.coverage), np.uint8)
        small = reduced(own, *small_size)
        # The staves of the two sides rarely coincide.
        apart = ProjectiveMap.translation(shift_mm[0] * scale, shift_mm[1] * scale + 7.0 * scale)
        return resample(small, _mirror(small_size[0]).then(apart), *small_size)


def _mirror(width: float) -> ProjectiveMap:
    return ProjectiveMap(np.array([[-1, 0, width], [0, 1, 0], [0, 0, 1]], np.float64))
