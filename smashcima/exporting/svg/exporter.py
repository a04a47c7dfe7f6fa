"""The exporter to SVG."""

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
    """Draws a page, or a view box, as SVG in millimetres.

    Layers (`paper`, `stafflines`, `ink`, ...) are what Inkscape shows as layers. In a layer, groups follow
    systems, staves, measures and objects; they have stable ids, and names that browsers show on hover. Text is
    drawn as outlines, bitmap ink is embedded, so that the file needs nothing beside it. Outlines that occur more
    than once are written once.
    """

    render_labeled_regions: bool = False
    """Whether a layer on top outlines the region of everything that has a label, in a colour for each label, with
    the label as its title."""

    def export(self, x: Page | ViewBox) -> svgwrite.Drawing:
        """The drawing, to which more can be added."""
        from smashcima.exporting.svg.document import draw_document

        return draw_document(x, self.render_labeled_regions)

    def export_string(self, x: Page | ViewBox) -> str:
        """The drawing as text: one `svg` element, which may be put into an HTML page as it is."""
        return str(self.export(x).tostring())

    def write(self, x: Page | ViewBox, path: str | Path) -> None:
        """Writes an SVG file in UTF-8; an `ExportError` if that is not possible."""
        write_text('<?xml version="1.0" encoding="utf-8"?>\n' + self.export_string(x) + "\n", path)

    def omissions(self, x: Page | ViewBox) -> list[Issue]:
        """Nothing: the drawing has all ink in the view box."""
        return []
