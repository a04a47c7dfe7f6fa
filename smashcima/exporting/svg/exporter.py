"""Exporter of pages to SVG."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.errors import Issue
from smashcima.exporting.writing import write_text
from smashcima.scene.visual import Page, ViewBox

if TYPE_CHECKING:
    import svgwrite


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

    def export(self, x: Page | ViewBox) -> svgwrite.Drawing:
        """Returns the drawing, to which elements can be added."""
        from smashcima.exporting.svg.document import draw_document

        return draw_document(x, self.render_labeled_regions)

    def export_string(self, x: Page | ViewBox) -> str:
        """Returns the drawing as text: one `svg` element, which can be embedded in HTML."""
        return str(self.export(x).tostring())

    def write(self, x: Page | ViewBox, path: str | Path) -> None:
        """Writes a UTF-8 SVG file; raises an `ExportError` if that fails."""
        write_text('<?xml version="1.0" encoding="utf-8"?>\n' + self.export_string(x) + "\n", path)

    def omissions(self, x: Page | ViewBox) -> list[Issue]:
        """Returns an empty list, since the drawing contains all ink in the view box."""
        return []
