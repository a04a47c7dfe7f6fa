"""Exporter of pages to SVG."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.errors import ExportError, Issue, described
from smashcima.exporting.writing import write_text
from smashcima.scene.visual import Page, ViewBox
from smashcima.scene.visual.view import view_of

if TYPE_CHECKING:
    import svgwrite


_COLOR = re.compile(r"[a-zA-Z]+|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|rgb\([0-9, %]+\)")


@dataclass(frozen=True, slots=True)
class SvgExporter:
    """Exports a page or a view box as SVG in millimetres.

    Layers (`paper`, `stafflines`, `ink`, ...) are Inkscape layers. In a layer, groups represent systems,
    staves, measures and objects, with stable ids and names that browsers show as tooltips. Text is drawn as
    outlines and bitmap ink is embedded, so the file is self-contained. Outlines that occur several times are
    written once.
    """

    render_labeled_regions: bool = False
    """Whether to add a top layer with the outline of every labelled region, coloured by label, with the label
    as its title."""

    pretty: bool = False
    """Whether the text has a line for each element, indented."""

    background_fill: str | None = None
    """Colour behind the page, such as `white` or `#fffaf0`; by default none."""

    def __post_init__(self) -> None:
        fill = self.background_fill
        if fill is not None and not (isinstance(fill, str) and _COLOR.fullmatch(fill)):
            raise ExportError(
                f"background_fill must be a colour such as 'white' or '#fffaf0', not {described(fill)}."
            )

    def export(self, x: Page | ViewBox) -> svgwrite.Drawing:
        """Returns the drawing, to which elements can be added."""
        from smashcima.exporting.svg.document import draw_document

        drawing = draw_document(x, self.render_labeled_regions)
        if self.background_fill is not None:
            area = view_of(x).view_box.rectangle
            # Before all layers, but after the definitions.
            background = drawing.rect((area.x, area.y), (area.width, area.height), fill=self.background_fill)
            first_layer = next(
                (i for i, each in enumerate(drawing.elements) if each.elementname == "g"), None
            )
            drawing.elements.insert(len(drawing.elements) if first_layer is None else first_layer, background)
        return drawing

    def export_string(self, x: Page | ViewBox) -> str:
        """Returns the drawing as text: one `svg` element, which can be embedded in HTML."""
        drawing = self.export(x)
        if not self.pretty:
            return str(drawing.tostring())
        text = io.StringIO()
        drawing.write(text, pretty=True, indent=2)
        return text.getvalue().partition("?>")[2].strip()

    def write(self, x: Page | ViewBox, path: str | Path) -> None:
        """Writes a UTF-8 SVG file; raises an `ExportError` if that fails."""
        write_text('<?xml version="1.0" encoding="utf-8"?>\n' + self.export_string(x) + "\n", path)

    def omissions(self, x: Page | ViewBox) -> list[Issue]:
        """Returns an empty list, since the drawing contains all ink in the view box."""
        return []
