"""Layouts of documents: everything at its stored place."""

from __future__ import annotations

from smashcima.engraving import EngravedPage, EngravedSystem, Engraving, Primitive
from smashcima.engraving.page_content import PageContent, Scaling
from smashcima.errors import Issue
from smashcima.loading.mro.layout.sheet import FONT, Sheet
from smashcima.loading.mro.layout.systems import SystemDrawer
from smashcima.loading.mro.reading import MroReading
from smashcima.notations.mro import MroDocument
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic import KeySignature

_MARGIN = 10.0
"""Margin in mm around the content of pages without a size, and beside content beyond the edge of a page."""

_BEYOND = 0.5
"""Distance in mm up to which content may be beyond the edge of a page."""

_LARGEST_PAGE = 1500.0
"""Maximum width and height of pages in mm; a page that claims to be larger is as large as its content."""


def lay_out_reading(reading: MroReading) -> Engraving | None:
    """Lays out the score of a document with everything at the place that the document gives.

    The usual staff space is 1.75 mm. Each primitive names the object of the score that it draws. What is not read into
    the score is not drawn. `None` if the document has no positions.
    """
    if not _has_positions(reading.document):
        return None
    with garbage_collection_paused():
        return _lay_out(reading)


def _has_positions(document: MroDocument) -> bool:
    """Whether staves are at different places and have a width."""
    for page in document.score.pages:
        for system in page.systems:
            tops = {stave.top_units for stave in system.staves}
            is_wide = any(stave.width_units > 0 for stave in system.staves) or system.width_units > 0
            if not is_wide or len(tops) < len(system.staves):
                return False
    return True


def _lay_out(reading: MroReading) -> Engraving:
    score = reading.document.score
    pages = []
    issues: list[Issue] = []
    keys: dict[int, KeySignature] = {}
    system_count = measure_count = 0
    for page_index, page in enumerate(score.pages):
        sheet = Sheet(page, page_index, score.units_per_staff_space)
        systems: list[EngravedSystem] = []
        primitives: list[Primitive] = []
        for system_index, system in enumerate(page.systems):
            if not system.staves:
                continue
            drawer = SystemDrawer(
                reading, sheet, (page_index, system_index), system_count, measure_count
            )  # fmt: skip
            engraved = drawer.draw(keys)
            systems.append(engraved)
            primitives += drawer.primitives
            system_count += 1
            measure_count += len(engraved.measures)
        pages.append(_page(sheet, tuple(systems), primitives, issues))
    return Engraving(tuple(pages), tuple(issues), FONT)


def _page(
    sheet: Sheet, systems: tuple[EngravedSystem, ...], primitives: list[Primitive], issues: list[Issue]
) -> EngravedPage:
    """The page, enlarged where content would be beyond its edge; to the left and top, by moving all content."""
    where = f"page {sheet.index + 1}"
    stated = (sheet.mm(sheet.page.width_units), sheet.mm(sheet.page.height_units))
    width, height = (side if 0 < side <= _LARGEST_PAGE else 0.0 for side in stated)
    content = PageContent(primitives, systems)
    if primitives:
        extent = content.extent()
        dx, dy = (_MARGIN - side if side < -_BEYOND else 0.0 for side in (extent.left, extent.top))
        right, bottom = (
            side + _MARGIN if side > size + _BEYOND else size
            for side, size in ((extent.right, width), (extent.bottom, height))
        )
        if width > 0 < height and (dx or dy or (right, bottom) != (width, height)):
            issues.append(Issue(where, "page", "enlarged: something is beyond its edge"))
        if dx or dy:
            content = content.scaled(Scaling(1.0, dx, dy))
        width, height = right + dx, bottom + dy
    if sheet.has_been_limited:
        issues.append(Issue(where, "page", "positions that are too far away were limited"))
    width, height = (min(max(side, _MARGIN), _LARGEST_PAGE) for side in (width, height))
    return EngravedPage(sheet.index, width, height, content.systems, tuple(content.primitives))
