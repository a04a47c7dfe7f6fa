"""Origins of symbols in their masks, as defined by SMuFL.

The initial origin is derived from the bounding box in a font: that of a notehead is at its left edge and half its
height, that of a dynamic letter on its baseline. Annotations improve it: the origin of a clef is on its staff line, and
that of a flag at the end of its stem. The origins of accidentals and rests have the writer's median distance from their
centre (flats: from their foot) to the note or the middle line. Individual deviations from it are placement, not part of
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
"""Minimum number of symbols to estimate a habit."""

_FAR_SS = 1.5
"""Distance in staff spaces beyond which a symbol is placed for another reason, such as a rest of a second voice."""

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
"""Reference of the origin as a fraction of the height, and the default offset from it in staff spaces."""

_EXACT = frozenset({"smufl::gClef", "smufl::fClef"})
"""Symbols on a given staff line: each uses its own position, or the habit if that is unknown or implausible."""

_CLEF_LINES = {"smufl::gClef": 3, "smufl::fClef": 1}
_DESCENDERS = frozenset(Label.own(f"letterSmall{letter}") for letter in "GJPQY")
_DESCENT = 0.7
"""Fraction of the height of a letter with a descender that is above its baseline."""

_AT_MIDDLE = frozenset({"smashcima::noteheadBlackSmall", "smashcima::noteheadHalfSmall"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A glyph, and the y in its mask at which its origin should be, if the page determines it."""

    glyph: DrawnGlyph
    meant_y: float | None


def first_origin(label: str, width: int, height: int) -> tuple[float, float]:
    """Initial origin, derived from the bounding box only."""
    font_box = _font_box(label)
    if font_box is not None:
        return font_box[0] * width, font_box[1] * height
    if label in _AT_MIDDLE:
        return 0.0, height / 2
    return 0.0, height * (_DESCENT if label in _DESCENDERS else 1.0)


def meant_y(label: str, thing: Thing, page: PageGraph) -> float | None:
    """Y on the page at which the origin of a symbol belongs, or `None` if unknown."""
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
    """Moves the origins of one writer's glyphs to the intended y, using the writer's habits."""
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
    """Distance of the intended origin below a fraction of the glyph's height, in staff spaces; NaN if unknown."""
    if one.meant_y is None:
        return float("nan")
    return float(one.meant_y - fraction * one.glyph.mask.shape[0]) / one.glyph.staff_space_px


@lru_cache(maxsize=4096)  # more than the symbols of SMuFL
def _font_box(label: str) -> tuple[float, float] | None:
    """Origin of the printed symbol, as fractions of its box."""
    known = Label.of(label)
    box = SmuflFont.load("Bravura").bounds_of(known.name) if known.is_smufl else None
    if box is None or box.width <= 0 or box.height <= 0:
        return None
    return -box.left / box.width, -box.top / box.height
