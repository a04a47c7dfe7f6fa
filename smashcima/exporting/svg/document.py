"""SVG drawing of a view: layers, groups and their content."""

from __future__ import annotations

import base64
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.exporting.descriptions import describe
from smashcima.exporting.svg.notation import color_of_label, matrix, numbers, paint, path_data, plain_text
from smashcima.geometry import Contours, Rectangle, Transform
from smashcima.imaging import Outlines, encode_image
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.imaging.regions.outline_arrays import Affine
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import Ink, Page, ViewBox
from smashcima.scene.visual.reading_order import PageEntry, entries_of_view
from smashcima.scene.visual.view import INK_LAYER, PAPER_LAYER, STAFFLINES_LAYER, Piece, View, view_of

if TYPE_CHECKING:
    import svgwrite

_IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_REGION_STROKE_MM = 0.08


def draw_document(x: Page | ViewBox, with_regions: bool) -> svgwrite.Drawing:
    """Returns the drawing of a page or view box."""
    view = view_of(x)
    area = view.view_box.rectangle
    sides = (area.x, area.y, area.width, area.height)
    if not all(map(math.isfinite, sides)):
        raise ExportError(f"{area} cannot be drawn: it is not finite.")
    document = _Document(view)
    document.draw_papers()
    document.draw_pieces()
    if with_regions:
        document.draw_regions()
    return document.drawing


class _Ink:
    """All ink of a view, with its bounds checked for visibility, ready to be written."""

    def __init__(self, items: list[Ink], maps: SpaceMaps, area: Rectangle) -> None:
        contours = [item.outline for item in items]
        self.ways: list[Affine] = [maps.through(item.outline_to_space, item.space) for item in items]
        self.pictures = [item.picture for item in items]
        """Bitmaps; `None` for ink that is drawn as outlines."""
        boxes = Outlines.of(contours, self.ways).bboxes()
        with np.errstate(invalid="ignore"):
            self.seen = (
                (boxes[:, 2] >= area.left)
                & (boxes[:, 3] >= area.top)
                & (boxes[:, 0] <= area.right)
                & (boxes[:, 1] <= area.bottom)
            ).tolist()
        self.contours = contours
        self.index = {item: index for index, item in enumerate(items)}

    def paths(self) -> list[int]:
        """Indices of the visible outlines."""
        return [i for i, picture in enumerate(self.pictures) if picture is None and self.seen[i]]


class _Document:
    """Drawing under construction."""

    def __init__(self, view: View) -> None:
        import svgwrite
        from svgwrite.extensions import Inkscape

        area = view.view_box.rectangle
        # Validation (`debug`) would take most of the time.
        self.drawing = svgwrite.Drawing(
            size=(f"{area.width:.7g}mm", f"{area.height:.7g}mm"),
            viewBox=numbers((area.x, area.y, area.width, area.height)),
            debug=False,
        )
        self.view = view
        self.inkscape = Inkscape(self.drawing)
        self.maps = SpaceMaps(view.view_box.space, Transform.identity())
        self.entries = list(entries_of_view(view))
        self.entry_of_id = {entry.id: entry for entry in self.entries}
        self.layers: dict[str, Any] = {}
        self.groups: dict[tuple[str, str], Any] = {}
        self.pictures: dict[int, tuple[str, NDArray[np.uint8]]] = {}

        papers: list[Ink] = [page.paper for page in view.pages if page.paper is not None]
        drawn: list[Ink] = [item for piece in view.pieces for item in piece.ink]
        self.ink = _Ink([*papers, *drawn], self.maps, area)
        self.shared = self._define_shared_outlines()
        self.data = self._outlines_of_the_rest()

    # -- outlines ------------------------------------------------------------------------------------------

    def _define_shared_outlines(self) -> dict[Contours, str]:
        """Writes the outlines that occur several times; returns their ids."""
        ink = self.ink
        counts = Counter(ink.contours[i] for i in ink.paths())
        scale = {ink.contours[i]: math.sqrt(abs(_determinant(ink.ways[i]))) for i in ink.paths()}
        shared: dict[Contours, str] = {}
        for outline, count in counts.items():
            if count > 1 and not outline.is_empty and scale[outline] > 0:
                (data,) = path_data(Outlines.of([outline], [_IDENTITY]), scale[outline])
                shared[outline] = f"outline-{len(shared) + 1}"
                self.drawing.defs.add(self.drawing.path(d=data, id=shared[outline]))
        return shared

    def _outlines_of_the_rest(self) -> dict[int, str]:
        """Path data of all other outlines, in mm of the view, by index of the ink."""
        ink = self.ink
        rest = [i for i in ink.paths() if ink.contours[i] not in self.shared]
        data = path_data(Outlines.of([ink.contours[i] for i in rest], [ink.ways[i] for i in rest]))
        return {i: text for i, text in zip(rest, data, strict=True) if text}

    def _draw_ink(self, item: Ink, **attributes: str) -> list[Any]:
        """Element of a piece of ink; `None` if it is not visible."""
        index = self.ink.index[item]
        if not self.ink.seen[index]:
            return []
        way, picture = matrix(self.ink.ways[index]), self.ink.pictures[index]
        if picture is not None:
            return [self.drawing.use(self._picture(picture), transform=way, **attributes)]
        color = paint(item.fill_color)
        outline = self.shared.get(self.ink.contours[index])
        if outline is not None:
            return [self.drawing.use(f"#{outline}", transform=way, **color, **attributes)]
        if index not in self.data:
            return []
        return [self.drawing.path(d=self.data[index], **color, **attributes)]

    def _picture(self, bitmap: NDArray[np.uint8]) -> str:
        """Reference to an embedded bitmap, in its pixels."""
        # Bitmaps are referenced here so that ids stay unique, since some are drawn only when they are read.
        if id(bitmap) in self.pictures:
            name = self.pictures[id(bitmap)][0]
        else:
            name = f"picture-{len(self.pictures) + 1}"
            self.pictures[id(bitmap)] = (name, bitmap)
            data = base64.b64encode(encode_image(bitmap, ".png", png_compression=6)).decode()
            rows, columns = bitmap.shape[:2]
            image = self.drawing.image(f"data:image/png;base64,{data}", size=(columns, rows), id=name)
            image["preserveAspectRatio"] = "none"
            self.drawing.defs.add(image)
        return f"#{name}"

    # -- layers and groups ---------------------------------------------------------------------------------

    def _layer(self, name: str, locked: bool = False) -> Any:
        """Returns the layer with a name; creates it above the existing ones. In editors, objects of a locked one are not selected."""
        if name not in self.layers:
            label = plain_text(name)
            self.layers[name] = self.inkscape.layer(
                label=label, locked=locked, id=f"layer-{label}".replace(" ", "_")
            )
            self.drawing.add(self.layers[name])
        return self.layers[name]

    def _group(self, layer: str, place: str | None) -> Any:
        """Returns the group of a system, staff or measure in a layer, nested in the enclosing groups."""
        if place is None:
            return self._layer(layer)
        entry = self.entry_of_id[place]
        if isinstance(entry.scene_object, Page) and len(self.view.pages) == 1:
            return self._layer(layer)
        key = (layer, place)
        if key not in self.groups:
            group = self.groups[key] = self.drawing.g(id=f"{layer}-{place}".replace(" ", "_"))
            group["inkscape:label"] = plain_text(describe(entry.scene_object))
            self._group(layer, entry.parent).add(group)
        return self.groups[key]

    def _titled(self, element: Any, name: str) -> Any:
        element["inkscape:label"] = name
        element.set_desc(title=name)
        return element

    # -- contents ------------------------------------------------------------------------------------------

    def draw_papers(self) -> None:
        """Draws the paper of all pages."""
        layer = self._layer(PAPER_LAYER)
        for page in self.view.pages:
            if page.paper is not None:
                for element in self._draw_ink(page.paper, id=f"paper-{page.index + 1}"):
                    layer.add(element)

    def draw_pieces(self) -> None:
        """Draws all ink: objects in traversal order, then the rest."""
        for name in (STAFFLINES_LAYER, INK_LAYER):
            self._layer(name)
        pieces: dict[SceneObject, Piece] = {piece.owner: piece for piece in self.view.pieces}
        for entry in self.entries:
            piece = pieces.pop(entry.scene_object, None)
            if piece is not None:
                self._draw_piece(piece, entry)
        for piece in pieces.values():
            for item in piece.ink:
                for element in self._draw_ink(item):
                    self._layer(piece.layer).add(element)

    def _draw_piece(self, piece: Piece, entry: PageEntry) -> None:
        """Draws an object as a group with its id and name."""
        elements = [e for item in piece.ink for e in self._draw_ink(item)]
        if elements:
            group = self._titled(self.drawing.g(id=entry.id), plain_text(describe(entry.scene_object)))
            for element in elements:
                group.add(element)
            self._group(piece.layer, entry.parent).add(group)

    def draw_regions(self) -> None:
        """Draws the outlines of all regions, from the outer ones to the inner ones."""
        layer = self._layer("regions", locked=True)  # else clicks would not reach the ink below
        layer.update({"fill_opacity": "0", "stroke_width": str(_REGION_STROKE_MM), "pointer_events": "all"})
        entries = [(entry, entry.region) for entry in self.entries if entry.region is not None]
        ways = [self.maps.of(region.space) for _, region in entries]
        outlines = Outlines.of([region.contours for _, region in entries], ways)
        for (entry, region), data in zip(entries, path_data(outlines), strict=True):
            if data:
                path = self.drawing.path(d=data, id=f"region-{entry.id}", stroke=color_of_label(region.label))
                name = plain_text(f"{region.label}: {describe(entry.scene_object)}")
                layer.add(self._titled(path, name))


def _determinant(way: Affine) -> float:
    a, b, c, d, _, _ = way
    return a * d - b * c
