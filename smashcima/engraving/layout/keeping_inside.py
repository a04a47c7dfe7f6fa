"""The last word: nothing of a page lies beyond the edge of its sheet."""

from __future__ import annotations

from dataclasses import replace

from smashcima.engraving.layout.options import LayoutOptions
from smashcima.engraving.layout.page_extent import Extent, page_extent
from smashcima.engraving.layout.placing import bounds
from smashcima.engraving.layout.scaling import scale_page
from smashcima.engraving.layout.svg_reader import PageContent
from smashcima.engraving.primitives import Primitive, Text, TextRun
from smashcima.errors import Issue
from smashcima.geometry import Point, Rectangle

_EDGE = 2.0
"""White space in mm that words keep from the edge of the sheet."""

_SLIGHT = 1e-6


def keep_inside(
    page: PageContent, extent: Extent, options: LayoutOptions, number: int
) -> tuple[PageContent, list[Issue]]:
    """The page with words moved in from the edges and, should that not do, scaled to the sheet."""
    size, margins = options.page_size, options.page_margins
    sheet = Rectangle(0.0, 0.0, size.width, size.height)
    if _fits(extent, sheet):
        return page, []
    issues: list[Issue] = []
    safe = Rectangle.from_sides(
        min(margins.left, _EDGE),
        min(margins.top, _EDGE),
        size.width - min(margins.right, _EDGE),
        size.height - min(margins.bottom, _EDGE),
    )
    primitives = [
        _moved_in(primitive, sheet, safe, number, issues) if isinstance(primitive, Text) else primitive
        for primitive in page.primitives
    ]
    page = PageContent(primitives, page.systems)
    extent = page_extent(page)
    if not _fits(extent, sheet):
        factor, page = scale_page(page, extent, safe)
        percent = max(1, int(100 * factor))
        issues.append(Issue(f"page {number}", "page", f"scaled to {percent} % to fit the sheet"))
    return page, issues


def _fits(extent: Extent, sheet: Rectangle) -> bool:
    return (
        extent.left >= sheet.left - _SLIGHT
        and extent.top >= sheet.top - _SLIGHT
        and extent.right <= sheet.right + _SLIGHT
        and extent.bottom <= sheet.bottom + _SLIGHT
    )


def _moved_in(text: Text, sheet: Rectangle, safe: Rectangle, number: int, issues: list[Issue]) -> Primitive:
    box = bounds(text)
    if sheet.contains(box):
        return text
    where, words = f"page {number}", text.content.strip()[:40]
    if box.width > safe.width:
        text = _shrunk(text, safe.width / box.width * 0.999)
        issues.append(
            Issue(where, text.kind.value, f"'{words}' is wider than the sheet; set in smaller type")
        )
        box = bounds(text)
    dx = max(safe.left - box.left, 0.0) + min(safe.right - box.right, 0.0)
    dy = max(safe.top - box.top, 0.0) + min(safe.bottom - box.bottom, 0.0)
    if dx or dy:
        issues.append(
            Issue(
                where, text.kind.value, f"'{words}' moved by {abs(dx) + abs(dy):.1f} mm to stay on the sheet"
            )
        )
    return replace(text, runs=tuple(_shifted(run, dx, dy) for run in text.runs))


def _shifted(run: TextRun, dx: float, dy: float) -> TextRun:
    if run.origin is None:
        return run
    return replace(run, origin=Point(run.origin.x + dx, run.origin.y + dy))


def _shrunk(text: Text, factor: float) -> Text:
    start = text.runs[0].origin or Point(0.0, 0.0)
    return replace(
        text,
        runs=tuple(
            replace(
                run,
                font_size=run.font_size * factor,
                letter_spacing=run.letter_spacing * factor,
                baseline_shift=run.baseline_shift * factor,
                origin=None
                if run.origin is None
                else Point(
                    start.x + (run.origin.x - start.x) * factor,
                    start.y + (run.origin.y - start.y) * factor,
                ),
            )
            for run in text.runs
        ),
    )
