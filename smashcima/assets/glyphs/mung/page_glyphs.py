"""Extraction of the glyphs of one annotated page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.end_points import ends_of, upright_ends
from smashcima.assets.glyphs.mung.class_names import CONTAINERS
from smashcima.assets.glyphs.mung.flags import FlagGlyph, flag_glyphs, is_flag
from smashcima.assets.glyphs.mung.labelling import label_of
from smashcima.assets.glyphs.mung.origins import Placed, first_origin, meant_y
from smashcima.assets.glyphs.mung.page_graph import PageGraph, Thing
from smashcima.assets.glyphs.mung.unusual import torn_masks

_NEAR_SS = 0.75
"""Maximum distance in staff spaces between a flag's box and the end of its stem; beyond it, the origin is a corner."""

_TRILL_LETTERS = (
    "characterSmallT",
    "characterSmallR",
    "characterCapitalT",
    "characterCapitalR",
    "characterDot",
)


class PageGlyphs:
    """Creates the glyphs of one page, and counts omitted objects."""

    def __init__(self, page: PageGraph, document: str, writer: str) -> None:
        self._page = page
        self._document = document
        self._writer = writer
        self._strokes: list[tuple[DrawnGlyph, NDArray[np.uint8]]] = []
        self.left_out: Counter[str] = Counter()
        """Numbers of drawn objects without a label or without ink, by class."""

    def placed(self) -> list[Placed]:
        """All glyphs in file order, followed by all flags."""
        found: list[Placed] = []
        for thing in self._page.things:
            if is_flag(thing.name):
                continue
            label = label_of(thing, self._page)
            if label is not None:
                self._add(found, label, _parts_of(thing), thing)
            elif thing.name not in CONTAINERS and not thing.owned_by("dynamicsText"):
                self.left_out[thing.source.class_name] += 1
        for flag in flag_glyphs(self._page):
            self._add(found, flag.label, flag.strokes, flag.strokes[0], flag)
        self._mark_torn()
        return found

    def _add(
        self,
        found: list[Placed],
        label: str,
        parts: Sequence[Thing],
        thing: Thing,
        flag: FlagGlyph | None = None,
    ) -> None:
        mask, left, top = united(parts)
        if not np.count_nonzero(mask):
            self.left_out[thing.source.class_name] += 1
            return
        staff = self._page.staff_of(thing)
        space = staff.space if staff is not None else self._page.staff_space
        if space is None:
            self.left_out[thing.source.class_name] += 1
            return
        height, width = mask.shape
        glyph = DrawnGlyph(
            label=label,
            mask=mask,
            origin=first_origin(label, width, height),
            staff_space_px=space,
            writer=self._writer,
            document=self._document,
            object_id=thing.source.object_id,
            position=(left, top),
        )
        ends = ends_of(label, mask)
        if ends is not None:
            if label == "smufl::stem" and thing.heads:
                head_y = sum(head.y for head in thing.heads) / len(thing.heads)
                if thing.y < head_y:
                    ends = ends[1], ends[0]
            glyph.start, glyph.end = ends
            glyph.origin = ends[0]
        if flag is not None:
            glyph.origin = _flag_origin(flag, mask, left, top, space)
        y = meant_y(label, thing, self._page)
        found.append(Placed(glyph, None if y is None else y - top))
        self._strokes += [(glyph, part.mask) for part in parts]

    def _mark_torn(self) -> None:
        """Marks glyphs with a torn part as not usable, for all glyphs of the page at once."""
        torn = torn_masks([glyph.label for glyph, _ in self._strokes], [mask for _, mask in self._strokes])
        for (glyph, _), is_torn in zip(self._strokes, torn, strict=True):
            if is_torn:
                glyph.usable = False
        self._strokes = []


def united(parts: Sequence[Thing]) -> tuple[NDArray[np.uint8], int, int]:
    """The union of the masks of several objects, and its left and top on the page."""
    if len(parts) == 1:
        return parts[0].mask, parts[0].source.left, parts[0].source.top
    sources = [part.source for part in parts]
    left, top = min(source.left for source in sources), min(source.top for source in sources)
    right = max(source.left + source.width for source in sources)
    bottom = max(source.top + source.height for source in sources)
    mask = np.zeros((bottom - top, right - left), np.uint8)
    for part, source in zip(parts, sources, strict=True):
        y, x = source.top - top, source.left - left
        mask[y : y + source.height, x : x + source.width] |= part.mask
    return mask, left, top


def _parts_of(thing: Thing) -> list[Thing]:
    """The parts of a glyph: the object itself, or the letters of a trill without its wavy line and accidental."""
    letters = thing.to(*_TRILL_LETTERS) if thing.name == "ornamentTrill" else []
    return letters or [thing]


def _flag_origin(
    flag: FlagGlyph, mask: NDArray[np.uint8], left: int, top: int, space: float
) -> tuple[float, float]:
    """Origin of a flag: the left side of the stem's end, or a corner of the flag if the stem's end is too far away.

    The origin of a stroke farther along the stem is where it leaves the stem.
    """
    height, width = mask.shape
    x, y = 0.0, 0.0 if flag.up else float(height)
    if flag.stem is None:
        return x, y
    source = flag.stem.source
    ends = upright_ends(flag.stem.mask)
    tip_x, tip_y = ends[0] if flag.up else ends[1]
    tip_x += source.left - left - np.count_nonzero(flag.stem.mask) / source.height / 2
    tip_y += source.top - top
    near = _NEAR_SS * space
    if -near <= tip_x <= width + near:
        x = tip_x
    if flag.has_first and -near <= tip_y <= height + near:
        y = tip_y
    return float(x), float(y)
