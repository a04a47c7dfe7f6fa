"""Stems as in many manuscripts before 1800: those that point down begin at the right side of their heads, too."""

from __future__ import annotations

from dataclasses import replace

from smashcima.engraving import EngravedPage, Engraving, Line, PrimitiveKind, Symbol, SymbolBoxes
from smashcima.engraving.page_belonging import PageBelonging
from smashcima.engraving.symbol_boxes import font_symbol_box
from smashcima.geometry import Point


def with_stems_down_on_the_right(
    engraving: Engraving, symbol_boxes: SymbolBoxes = font_symbol_box
) -> Engraving:
    """The engraving with stems down at the right side of their heads.

    Only stems of single heads without flag or beam are moved: others are shared, or carry something. Needs the
    belonging of pages; pages without it are unchanged.
    """
    return replace(engraving, pages=tuple(_changed(page, symbol_boxes) for page in engraving.pages))


def _changed(page: EngravedPage, symbol_boxes: SymbolBoxes) -> EngravedPage:
    belonging = page.belonging
    if belonging is None:
        return page
    primitives = list(page.primitives)
    bound = _bound_stems(belonging)
    for index, stem in enumerate(page.primitives):
        heads = belonging.noteheads.get(index, ())
        if stem.kind is not PrimitiveKind.STEM or len(heads) != 1 or index in bound:
            continue
        head = page.primitives[heads[0]]
        if isinstance(stem, Line) and isinstance(head, Symbol):
            primitives[index] = _moved(stem, head, symbol_boxes)
    return replace(page, primitives=tuple(primitives))


def _bound_stems(belonging: PageBelonging) -> set[int]:
    """Stems with beams, flags, slashes or tremolos."""
    beamed = {stem for piece in belonging.beams.values() for stem in piece.stems}
    return beamed | set(belonging.stems.values())


def _moved(stem: Line, head: Symbol, symbol_boxes: SymbolBoxes) -> Line:
    """The stem mirrored to the other side of its head if it points down from its left side."""
    near, far = sorted((stem.start, stem.end), key=lambda end: abs(end.y - head.origin.y))
    left, _, right, _ = head.reach(symbol_boxes)
    middle = head.origin.x + (left + right) / 2
    if far.y <= near.y or near.x >= middle:
        return stem
    shift = 2 * (middle - near.x)
    # The right side of a slanted head is higher than the left one.
    first, last = Point(near.x + shift, min(near.y, head.origin.y)), Point(far.x + shift, far.y)
    start, end = (first, last) if near == stem.start else (last, first)
    return stem.with_coordinates((start.x, start.y, end.x, end.y))
