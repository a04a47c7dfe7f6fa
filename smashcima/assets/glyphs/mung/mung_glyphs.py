"""Extraction of the glyphs of one writer from annotated pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.mung.class_names import CONTAINERS, MASKLESS, modern_name
from smashcima.assets.glyphs.mung.mung_reader import MungObject, read_mung
from smashcima.assets.glyphs.mung.origins import settle_origins
from smashcima.assets.glyphs.mung.page_glyphs import PageGlyphs
from smashcima.assets.glyphs.mung.page_graph import PageGraph
from smashcima.assets.glyphs.mung.unusual import mark_unusual

_MUSCIMA_WRITER = re.compile(r"W-(\d+)_N-\d+")


@dataclass(frozen=True, slots=True)
class MungPage:
    """An annotation file that has not been read yet."""

    document: str
    xml: bytes
    ink: NDArray[np.uint8] | None = None
    """Ink of the page, (height, width), 1 = ink; supplies masks of objects without a mask."""


def writer_of_document(document: str) -> str:
    """The writer of a document: `W-01` for `CVC-MUSCIMA_W-01_N-10_D-ideal`; for other documents, the document name."""
    found = _MUSCIMA_WRITER.search(document)
    return f"W-{int(found[1]):02d}" if found is not None else document


def glyphs_of_writer(
    writer: str, pages: Iterable[MungPage], staff_space_px: float | None = None
) -> tuple[list[DrawnGlyph], Counter[str]]:
    """All glyphs of one writer, in page order, and the numbers of omitted objects by class.

    Habits of the writer, such as the origins of rests, are estimated from all pages together.
    """
    placed = []
    left_out: Counter[str] = Counter()
    for page in pages:
        objects = read_mung(page.xml, page.document, lambda name: modern_name(name) not in MASKLESS)
        if page.ink is not None:
            _take_ink(objects, page.ink)
        maker = PageGlyphs(PageGraph(objects, staff_space_px), page.document, writer)
        placed += maker.placed()
        left_out += maker.left_out
    settle_origins(placed)
    glyphs = [one.glyph for one in placed]
    mark_unusual(glyphs)
    return glyphs, left_out


def _take_ink(objects: list[MungObject], ink: NDArray[np.uint8]) -> None:
    """Sets the masks of objects without a mask to the ink in their bounding box, clipped to the page."""
    for thing in objects:
        if thing.mask is None and modern_name(thing.class_name) not in CONTAINERS:
            mask = np.zeros((thing.height, thing.width), np.uint8)
            left, top = max(thing.left, 0), max(thing.top, 0)
            seen = ink[top : max(thing.top + thing.height, 0), left : max(thing.left + thing.width, 0)]
            y, x = top - thing.top, left - thing.left
            mask[y : y + seen.shape[0], x : x + seen.shape[1]] = seen
            thing.mask = mask
