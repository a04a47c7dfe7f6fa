"""How the picture of a page is made of its scene: drawn in layers, changed, and laid over each other."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from dataclasses import replace

import numpy as np

from smashcima.imaging.compositing.blending import blend
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.layer_set import LayerSet
from smashcima.imaging.compositing.painting import paint_ink, paint_paper
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.compositing.scene_regions import layers_of, regions_of
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.imaging.pixel_maps import ProjectiveMap
from smashcima.imaging.regions.regions import Regions
from smashcima.randomness import Stream
from smashcima.scene.graph import SavableValue
from smashcima.scene.visual import Page, ViewBox
from smashcima.scene.visual.view import View, view_of


class Postprocessor(SavableValue):
    """Changes pictures as ageing, scanning and photographing do.

    - Must override: nothing; without overriding, nothing is changed.
    - May override: `process_layers`, `process_image`. Both may change what they are given, or return another
      value (by `dataclasses.replace`, so that nothing else is lost). A postprocessor that moves pixels moves `regions` by the same
      map. `snapshot`, if it holds other postprocessors, or values that are changed in place.
    - Don't: draw from any generator but the one that is given; keep anything from one page to the next.
    """

    def process_layers(self, layers: LayerSet, rng: np.random.Generator) -> LayerSet:
        """Changes layers before they are merged."""
        return layers

    def process_image(self, image: ImageLayer, rng: np.random.Generator) -> ImageLayer:
        """Changes the merged picture."""
        return image

    def snapshot(self) -> Postprocessor:
        """A copy that later changes of this postprocessor's options do not reach: scenes hold one.

        By default a shallow copy, so that what is expensive is shared.
        """
        return copy.copy(self)


class NullPostprocessor(Postprocessor):
    """Changes nothing."""


_NOTHING = NullPostprocessor()


class Compositor(SavableValue, ABC):
    """Makes the picture of a page (or of any view box), with the regions of everything in it.

    - Must override: `draw`.
    - May override: `snapshot`, if it holds postprocessors, or values that are changed in place.
    - Don't override: `compose`.
    """

    def compose(
        self, x: Page | ViewBox, dpi: float = 300.0, rng: np.random.Generator | None = None
    ) -> ImageLayer:
        """The finished picture. The same scene and a generator in the same state give the same bytes.

        Without a generator, one with a fixed seed is used. Raises an `ExportError` where no picture can be made.
        """
        return self.draw(x, dpi, rng if rng is not None else Stream(0).child("compositor").generator())

    @abstractmethod
    def draw(self, x: Page | ViewBox, dpi: float, rng: np.random.Generator) -> ImageLayer:
        """The picture at a resolution in pixels per inch; all randomness comes from `rng`."""

    def snapshot(self) -> Compositor:
        """A copy that later changes of this compositor's options do not reach: scenes hold one.

        By default a shallow copy, so that what is expensive is shared.
        """
        return copy.copy(self)


class DefaultCompositor(Compositor):
    """Draws paper, staff lines and ink, lets the postprocessor change them, and lays ink over paper.

    In the end, regions are cut at the edges of the picture.
    """

    def __init__(self, postprocessor: Postprocessor = _NOTHING) -> None:
        self.postprocessor = postprocessor

    def draw(self, x: Page | ViewBox, dpi: float, rng: np.random.Generator) -> ImageLayer:
        layers = self.postprocessor.process_layers(draw_layers(x, dpi), rng)
        image = self.postprocessor.process_image(merge_layers(layers, use_up=True), rng)
        return replace(image, regions=image.regions.clipped(image.width, image.height))

    def snapshot(self) -> DefaultCompositor:
        """A copy with a snapshot of the postprocessor."""
        result = copy.copy(self)
        result.postprocessor = self.postprocessor.snapshot()
        return result


def draw_layers(
    x: Page | ViewBox, dpi: float, with_regions: bool = True, with_paper: bool = True
) -> LayerSet:
    """Paper and ink of a page or view box, as separate layers; only what lies in the view box is drawn.

    Without paper, the ground is transparent.
    """
    view = view_of(x)
    grid = PixelGrid.over(view.view_box.rectangle, dpi)
    maps = SpaceMaps(view.view_box.space, grid.to_px)
    from_scene, space = ProjectiveMap.affine(grid.to_px), view.view_box.space
    paper = _paper(view, grid, maps) if with_paper else paint_paper(None, grid, maps)
    return LayerSet(
        grid,
        replace(paper, from_scene=from_scene, space=space),
        {
            name: paint_ink((ink for piece in pieces for ink in piece.ink), grid, maps)
            for name, pieces in layers_of(view).items()
        },
        regions_of(view, maps) if with_regions else Regions.empty(),
        from_scene,
        space,
    )


def _paper(view: View, grid: PixelGrid, maps: SpaceMaps) -> ImageLayer:
    """The paper of all pages that are seen, the later ones above the earlier ones."""
    papers = [page.paper for page in view.pages if page.paper is not None]
    if len(papers) <= 1:
        return paint_paper(papers[0] if papers else None, grid, maps)
    return ImageLayer(paint_ink(papers, grid, maps).to_bgra(), grid.dpi)


def merge_layers(layers: LayerSet, use_up: bool = False) -> ImageLayer:
    """One picture of all layers. It is a new one, unless the layers may be used up: then it is the paper's."""
    bitmap = layers.paper.bitmap if use_up else layers.paper.bitmap.copy()
    blend(bitmap, [ink for _, ink in layers])
    return ImageLayer(bitmap, layers.grid.dpi, layers.regions, layers.from_scene, layers.space, layers.plans)


def scene_regions(x: Page | ViewBox, dpi: float) -> Regions:
    """The area of everything with a label, in pixels of the picture of a page or view box."""
    view = view_of(x)
    grid = PixelGrid.over(view.view_box.rectangle, dpi)
    return regions_of(view, SpaceMaps(view.view_box.space, grid.to_px))
