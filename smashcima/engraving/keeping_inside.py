"""Moving and scaling of primitives that extend beyond the page edges."""

from __future__ import annotations

from smashcima.engraving.layout_options import LayoutOptions
from smashcima.engraving.page_content import PageContent, PageExtent, Scaling
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.text import Text
from smashcima.errors import Issue
from smashcima.geometry import Rectangle

_EDGE = 2.0
"""Distance from the page edge kept by moved primitives, in mm."""

_SLIGHT = 1e-6

_FREE = frozenset(
    {
        PrimitiveKind.BREATH,
        PrimitiveKind.CAESURA,
        PrimitiveKind.DIRECTION,
        PrimitiveKind.DYNAMIC,
        PrimitiveKind.ENCLOSURE,
        PrimitiveKind.FERMATA,
        PrimitiveKind.FIGURED_BASS,
        PrimitiveKind.FINGERING,
        PrimitiveKind.HARMONY,
        PrimitiveKind.LYRIC,
        PrimitiveKind.MEASURE_NUMBER,
        PrimitiveKind.ORNAMENT,
        PrimitiveKind.PAGE_FOOT,
        PrimitiveKind.PEDAL,
        PrimitiveKind.REHEARSAL_MARK,
        PrimitiveKind.REPEAT_MARK,
        PrimitiveKind.STAFF_LABEL,
        PrimitiveKind.TEMPO,
        PrimitiveKind.TEXT,
        PrimitiveKind.TITLE,
    }
)
"""Kinds that may be moved slightly without changing the meaning of the music."""


def keep_inside(
    page: PageContent, extent: PageExtent, options: LayoutOptions, number: int
) -> tuple[PageContent, list[Issue]]:
    """The page with texts and signs moved inside its edges; if that is not enough, the whole page is scaled."""
    size, margins = options.page_size, options.page_margins
    sheet = Rectangle(0.0, 0.0, size.width, size.height)
    if _fits(extent, sheet):
        return page, []
    safe = Rectangle.from_sides(
        min(margins.left, _EDGE),
        min(margins.top, _EDGE),
        size.width - min(margins.right, _EDGE),
        size.height - min(margins.bottom, _EDGE),
    )
    page, issues = _moved_in(page, sheet, safe, number)
    extent = page.extent()
    if not _fits(extent, sheet):
        scaling = Scaling.into(extent, safe)
        page = page.scaled(scaling)
        what = f"scaled to {max(1, int(100 * scaling.factor))} %" if scaling.factor < 1 else "moved"
        issues.append(Issue(f"page {number}", "page", f"{what} to fit the page"))
    return page, issues


def _fits(extent: PageExtent, sheet: Rectangle) -> bool:
    return (
        extent.left >= sheet.left - _SLIGHT
        and extent.top >= sheet.top - _SLIGHT
        and extent.right <= sheet.right + _SLIGHT
        and extent.bottom <= sheet.bottom + _SLIGHT
    )


def _moved_in(
    page: PageContent, sheet: Rectangle, safe: Rectangle, number: int
) -> tuple[PageContent, list[Issue]]:
    """Moves texts and signs beyond the edge inside, each with all other primitives of the same element."""
    primitives = list(page.primitives)
    groups: dict[object, list[int]] = {}
    outside: list[object] = []
    for position, primitive in enumerate(primitives):
        if primitive.kind not in _FREE:
            continue
        # Symbols of one dynamic are moved together, but texts of a page head or of a note are not.
        key: object = (
            position
            if isinstance(primitive, Text)
            else (primitive.element, primitive.kind, primitive.place.measure)
        )
        groups.setdefault(key, []).append(position)
        if not sheet.contains(primitive.bounds(), _SLIGHT) and key not in outside:
            outside.append(key)
    issues = []
    for key in outside:
        members = groups[key]
        box = Rectangle.hull(primitives[position].bounds() for position in members)
        first = primitives[members[0]]
        name = f"'{first.content.strip()[:40]}'" if isinstance(first, Text) else (first.element or "a sign")
        factor = min(
            1.0, 0.999 * safe.width / max(box.width, 1e-9), 0.999 * safe.height / max(box.height, 1e-9)
        )
        if factor < 1.0:
            issues.append(
                Issue(f"page {number}", first.kind.value, f"{name} is larger than the page; scaled down")
            )
        left, top = box.left, box.top  # the corner that stays fixed when it is scaled down
        width, height = box.width * factor, box.height * factor
        dx = max(safe.left - left, 0.0) + min(safe.right - (left + width), 0.0)
        dy = max(safe.top - top, 0.0) + min(safe.bottom - (top + height), 0.0)
        if dx or dy:
            distance = abs(dx) + abs(dy)
            issues.append(
                Issue(
                    f"page {number}",
                    first.kind.value,
                    f"{name} moved by {distance:.1f} mm to stay on the page",
                )
            )
        scaling = Scaling(factor, left - factor * left + dx, top - factor * top + dy)
        for position in members:
            primitives[position] = scaling.of(primitives[position])
    return PageContent(primitives, page.systems), issues
