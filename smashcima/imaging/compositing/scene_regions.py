"""The labelled areas of a scene, in pixels."""

from __future__ import annotations

from smashcima.geometry import Contours
from smashcima.imaging.compositing.painted_outlines import PaintedOutlines
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.imaging.regions.outline_arrays import Affine, Outlines
from smashcima.imaging.regions.regions import Regions
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import ComposedGlyph, Glyph
from smashcima.scene.visual.reading_order import entries_of_view, parts_of
from smashcima.scene.visual.unmade_ink import unmade_ink
from smashcima.scene.visual.view import INK_LAYER, STAFFLINES_LAYER, Piece, View


def regions_of(
    view: View, maps: SpaceMaps, grid: PixelGrid, painted: PaintedOutlines | None = None
) -> Regions:
    """All labelled areas of the view, in reading order; `maps` leads to pixels of `grid`.

    Areas are not clipped to the view box. `painted` has the outlines and masks of ink that was painted on the grid already.
    """
    ids: list[str] = []
    labels: list[str] = []
    objects: list[SceneObject] = []
    contours: list[Contours] = []
    ways: list[Affine] = []
    drawn: list[int] = []
    order = _order_of_drawing(view)
    for step in entries_of_view(view):
        id, thing, _, labeled = step
        if labeled is None:
            continue
        ids.append(id)
        objects.append(thing)
        drawn.append(order.get(thing, -1))
        if isinstance(labeled, Glyph):
            ink = unmade_ink(labeled)
            if ink is not None:
                labels.append(ink.label)
                contours.append(ink.contours)
                ways.append(maps.of_unmade(ink))
                continue
            labeled = labeled.region
        labels.append(labeled.label)
        contours.append(labeled.contours)
        ways.append(maps.of(labeled.space))
    if painted is None:
        outlines = Outlines.of(contours, ways)
    else:
        outlines = painted.of(contours, ways, grid.width, grid.height)
    return Regions.of(ids, labels, objects, outlines, drawn)


def layers_of(view: View) -> dict[str, list[Piece]]:
    """The ink of a view by layer, from bottom to top, each in drawing order; at least staff lines and ink."""
    layers: dict[str, list[Piece]] = {STAFFLINES_LAYER: [], INK_LAYER: []}
    for piece in view.pieces:
        layers.setdefault(piece.layer, []).append(piece)
    return layers


def _order_of_drawing(view: View) -> dict[SceneObject, int]:
    """The drawing order of all objects with ink.

    If an object has parts with separate labels, the ink belongs to the parts, and the whole is an area around them.
    """
    pieces = (piece for layer in layers_of(view).values() for piece in layer if piece.outlines)
    order: dict[SceneObject, int] = {}
    for place, piece in enumerate(pieces):
        if isinstance(piece.glyph, ComposedGlyph) and (parts := parts_of(piece.glyph)):
            order.update(dict.fromkeys(parts, place))
        else:
            order[piece.owner] = place
    return order
