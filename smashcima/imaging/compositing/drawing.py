"""Drawing of a page or view box to layers, and merging of layers to one image."""

from __future__ import annotations

from smashcima.imaging.compositing.blending import blend, blended_on
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.layer_set import LayerSet
from smashcima.imaging.compositing.painted_outlines import PaintedOutlines
from smashcima.imaging.compositing.painting import paint_ink, paint_paper
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.compositing.plain_paper import PlainPaper
from smashcima.imaging.compositing.scene_regions import layers_of, regions_of
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.imaging.pixel_maps import ProjectiveMap
from smashcima.imaging.regions.regions import Regions
from smashcima.kernels import count_pixels
from smashcima.scene.visual import Page, ViewBox
from smashcima.scene.visual.view import View, view_of


def draw_layers(
    x: Page | ViewBox,
    dpi: float,
    with_regions: bool = True,
    with_paper: bool = True,
    grid: PixelGrid | None = None,
) -> LayerSet:
    """Draws paper and ink of a page or view box to separate layers.

    Without paper, the background is transparent. The pixels are those of the view box at `dpi`, or those of `grid`,
    whose transform may be any affine one; it must begin in the space of the page or view box.
    """
    view = view_of(x)
    if grid is None:
        grid = PixelGrid.over(view.view_box.rectangle, dpi)
    count_pixels(grid.width * grid.height)
    maps = SpaceMaps(view.view_box.space, grid.to_px)
    from_scene, space = ProjectiveMap.affine(grid.to_px), view.view_box.space
    paper = _paper(view, grid, maps) if with_paper else paint_paper(None, grid, maps)
    paper.from_scene, paper.space = from_scene, space
    painted = PaintedOutlines()
    return LayerSet(
        grid,
        paper,
        {
            name: paint_ink((ink for piece in pieces for ink in piece.outlines), grid, maps, painted)
            for name, pieces in layers_of(view).items()
        },
        regions_of(view, maps, grid, painted) if with_regions else Regions.empty(),
        from_scene,
        space,
    )


def _paper(view: View, grid: PixelGrid, maps: SpaceMaps) -> ImageLayer:
    """The paper of all visible pages, later ones above earlier ones."""
    papers = [page.paper for page in view.pages if page.paper is not None]
    if len(papers) <= 1:
        return paint_paper(papers[0] if papers else None, grid, maps)
    return ImageLayer(paint_ink(papers, grid, maps).to_bgra(), grid.dpi)


def merge_layers(layers: LayerSet, use_up: bool = False) -> ImageLayer:
    """Merges all layers to one image: a new one; with `use_up` it can be that of the paper, changed in place."""
    paper, inks = layers.paper, [ink for _, ink in layers]
    color = paper.color if isinstance(paper, PlainPaper) else None
    if color is not None:
        bitmap = blended_on(color, paper.width, paper.height, inks)
    else:
        bitmap = paper.bitmap if use_up else paper.bitmap.copy()
        blend(bitmap, inks)
    return ImageLayer(bitmap, layers.grid.dpi, layers.regions, layers.from_scene, layers.space, layers.plans)


def scene_regions(x: Page | ViewBox, dpi: float) -> Regions:
    """The areas of all labelled objects, in pixels of the image of a page or view box."""
    view = view_of(x)
    grid = PixelGrid.over(view.view_box.rectangle, dpi)
    return regions_of(view, SpaceMaps(view.view_box.space, grid.to_px), grid)
