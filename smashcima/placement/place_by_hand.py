"""Placement of an engraving as in handwriting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smashcima.engraving import EngravedPage, Engraving, SymbolBoxes, with_belonging
from smashcima.engraving.symbol_boxes import font_symbol_box
from smashcima.placement.apart import keep_off_uprights, keep_words_apart
from smashcima.placement.barlines_and_signatures import moved_systems, place_barlines, place_signatures
from smashcima.placement.beams import place_beams
from smashcima.placement.beside_notes import BesideNotes
from smashcima.placement.cells import Cells
from smashcima.placement.curves import place_curves
from smashcima.placement.lyrics import TextWidths
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import PageArrays
from smashcima.placement.random_quantities import ForeseenDraws, QuantityDraws
from smashcima.placement.rows import place_rows
from smashcima.placement.stems import Stems, place_flags
from smashcima.placement.style import PlacementStyle
from smashcima.placement.time_warp import TimeWarp
from smashcima.placement.words import place_words
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score

_EDGE = 1.0
"""Minimum distance of primitives from the page edge, in mm."""


def place_by_hand(
    engraving: Engraving,
    score: Score,
    style: PlacementStyle,
    stream: Stream,
    symbol_boxes: SymbolBoxes = font_symbol_box,
    text_widths: TextWidths | None = None,
) -> Engraving:
    """The engraving with all primitives moved as a writer would place them.

    Primitives keep their number, order, kind and element; staves are unchanged. With amplitude 0 the engraving itself
    is returned.

    Args:
        engraving: the engraving; it is not modified.
        score: the engraved score, used to find relations between primitives if the engraving has none yet.
        style: the placement style of the writer.
        stream: the address of the sample; each page draws from the stream `("page", index, "placement")` below it, so
            that its result does not depend on the other pages.
        symbol_boxes: extents of the ink of symbols, so that stems meet their noteheads.
        text_widths: widths of syllables as the writer writes them, so that they are neither cramped nor wide; without it,
            they have those of print.
    """
    if style.amplitude == 0:
        return engraving
    pages = []
    for page in with_belonging(engraving, score).pages:
        draws = QuantityDraws(style, stream.child("page", page.index, "placement").generator())
        pages.append(_place_page(page, draws, symbol_boxes, text_widths))
    return replace(engraving, pages=tuple(pages))


def _place_page(
    page: EngravedPage, draws: QuantityDraws, symbol_boxes: SymbolBoxes, text_widths: TextWidths | None
) -> EngravedPage:
    arrays = PageArrays(page, symbol_boxes)
    cells = Cells.of_page(arrays)
    foreseen = arrays.facts.once(ForeseenDraws, ForeseenDraws)
    draws.foresee(foreseen, "spacing")
    warp = TimeWarp(arrays, cells, draws)
    draws.foresee(foreseen, "placement")
    notes = Notes(arrays, cells, warp, draws)
    stems = Stems(arrays, notes, draws)
    place_beams(arrays, notes, stems, draws)
    stems.write()
    place_flags(arrays, notes, stems, draws)
    BesideNotes(arrays, notes, stems, (warp.room_left, warp.room_right), draws).place()
    place_barlines(arrays, warp, draws)
    place_signatures(arrays, warp, draws)
    place_words(arrays, notes, warp, draws, text_widths)
    place_curves(arrays, notes, stems, warp, draws)
    place_rows(arrays, draws)
    draws.finish()
    keep_words_apart(arrays)
    keep_off_uprights(arrays)
    _keep_on_sheet(arrays)
    return replace(page, systems=moved_systems(arrays, warp), primitives=arrays.moved_primitives())


def _keep_on_sheet(arrays: PageArrays) -> None:
    """Moves primitives too close to or beyond the page edge back, at most to their engraved position."""
    has = arrays.count > 0
    if not has.any():
        return
    low, high = arrays.boxes()
    sheet = np.array([arrays.page.width, arrays.page.height])
    least = np.minimum(_EDGE, np.stack([arrays.left, arrays.top], axis=1))
    most = np.maximum(sheet - _EDGE, np.stack([arrays.right, arrays.bottom], axis=1))
    shift = np.maximum(least - low, 0.0) + np.minimum(most - high, 0.0)
    shift[~has] = 0.0
    if shift.any():
        arrays.xy += shift.take(arrays.owner, axis=0)
