"""Where the origin of a symbol is in its mask, as SMuFL places it.

What a font's box says is where to begin: a notehead begins at its left edge and half-way up, a dynamic letter at its
baseline. Better where the annotations tell: clefs have their origin on the staff line that they name, flags at the
end of their stem. Accidentals and rests have it as far from their middle (flats: from their foot) as this writer
usually puts it, seen from the note or the middle line: where a writer was careless, that is placement, and no part of
the shape.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from smashcima.assets.fonts import SmuflFont
from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.mung.page_graph import PageGraph, Thing
from smashcima.scene.visual.labels import Label

_ENOUGH = 5
"""A habit is known from as many symbols."""

_FAR_SS = 1.5
"""Farther from what it should be at, a symbol is there for another reason: a rest of a second voice."""

_HABITS = {
    "smufl::accidentalSharp": (0.5, 0.0),
    "smufl::accidentalNatural": (0.5, 0.0),
    "smufl::accidentalDoubleSharp": (0.5, 0.0),
    "smufl::accidentalFlat": (1.0, -0.65),
    "smufl::accidentalDoubleFlat": (1.0, -0.65),
    "smufl::restQuarter": (0.5, 0.0),
    "smufl::rest8th": (0.5, -0.15),
    "smufl::rest16th": (0.5, -0.3),
    "smufl::gClef": (0.6, 0.0),
    "smufl::fClef": (0.3, 0.0),
}
"""Where the origin is looked for: a fraction of the height, and what is added in staff spaces where no habit is known."""

_EXACT = frozenset({"smufl::gClef", "smufl::fClef"})
"""Symbols that stand where they belong: the place is that of each one, the habit serves where it is unknown or odd."""

_CLEF_LINES = {"smufl::gClef": 3, "smufl::fClef": 1}
_DESCENDERS = frozenset(Label.own(f"letterSmall{letter}") for letter in "GJPQY")
_DESCENT = 0.7
"""Of the height of a letter with a descender, what is above its baseline."""

_AT_MIDDLE = frozenset({"smashcima::noteheadBlackSmall", "smashcima::noteheadHalfSmall"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A glyph, and the height in its mask at which its origin should be, where the page tells."""

    glyph: DrawnGlyph
    meant_y: float | None


def first_origin(label: str, width: int, height: int) -> tuple[float, float]:
    """The origin by the box alone."""
    font_box = _font_box(label)
    if font_box is not None:
        return font_box[0] * width, font_box[1] * height
    if label in _AT_MIDDLE:
        return 0.0, height / 2
    return 0.0, height * (_DESCENT if label in _DESCENDERS else 1.0)


def meant_y(label: str, thing: Thing, page: PageGraph) -> float | None:
    """The height on the page at which the origin of a symbol belongs, if that can be known."""
    if label in _CLEF_LINES or label == "smufl::cClef":
        staff = page.staff_of(thing)
        if staff is None:
            return None
        if label in _CLEF_LINES:
            return staff.line_y(_CLEF_LINES[label], thing.x)
        return min((staff.line_y(index, thing.x) for index in range(5)), key=lambda y: abs(y - thing.y))
    if label.startswith("smufl::accidental"):
        return thing.heads[0].y if thing.heads else None
    if label in ("smufl::restQuarter", "smufl::rest8th", "smufl::rest16th"):
        staff = page.staff_of(thing)
        return None if staff is None else staff.line_y(2, thing.x)
    return None


def settle_origins(placed: Sequence[Placed]) -> None:
    """Moves the origins of one writer's glyphs to the heights that the writer means."""
    groups: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        if one.glyph.label in _HABITS:
            groups[one.glyph.label].append(one)
        elif one.meant_y is not None:
            one.glyph.origin = (one.glyph.origin[0], one.meant_y)
    for label, group in groups.items():
        fraction, usual = _HABITS[label]
        away = np.array([_away(one, fraction) for one in group])
        known = away[np.abs(away - usual) < _FAR_SS]
        habit = float(np.median(known)) if len(known) >= _ENOUGH else usual
        for one, found in zip(group, away.tolist(), strict=True):
            glyph = one.glyph
            exact = label in _EXACT and abs(found - habit) < _FAR_SS / 2
            y = glyph.mask.shape[0] * fraction + (found if exact else habit) * glyph.staff_space_px
            glyph.origin = (glyph.origin[0], y)


def _away(one: Placed, fraction: float) -> float:
    """How far below a fraction of its height a glyph should have its origin, in staff spaces; NaN if unknown."""
    if one.meant_y is None:
        return float("nan")
    return float(one.meant_y - fraction * one.glyph.mask.shape[0]) / one.glyph.staff_space_px


@lru_cache(maxsize=4096)  # more than SMuFL has symbols
def _font_box(label: str) -> tuple[float, float] | None:
    """The origin of a printed symbol, as fractions of its box."""
    known = Label.of(label)
    glyph = SmuflFont.load("Bravura").find(known.name) if known.is_smufl else None
    if glyph is None or glyph.bounds.width <= 0 or glyph.bounds.height <= 0:
        return None
    return -glyph.bounds.left / glyph.bounds.width, -glyph.bounds.top / glyph.bounds.height
