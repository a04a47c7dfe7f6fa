"""How a writer fills a page: spacing, breaks and distances, which are the writer's own as much as the shapes of notes.

Measured in MUSCIMA++, whose writers copied the same pieces onto ruled paper (104 pages, 38 writers): they broke lines
at different measures; the white space between notes of one line differed by 13 % (standard deviation of the logarithm)
from writer to writer; the last barline of a line was at 0.93 of the staff on average, and at its end in a third of the
lines; the staves were ruled to the margin all the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from smashcima.engraving import (
    Breaks,
    EngravedPage,
    EngravedSystem,
    Engraving,
    LayoutOptions,
    Line,
    PrimitiveKind,
)
from smashcima.engraving.layout_options import DEFAULT_SPACING_RATIO
from smashcima.geometry import Point
from smashcima.randomness import Stream
from smashcima.short_repr import ShortRepr

_SPACING = 0.79
"""Median of the note spacing of writers."""

_SPACING_SPREAD = 0.13
"""Standard deviation of the logarithm of the note spacing between writers."""

_NARROWEST, _WIDEST = 0.5, 1.1
_EXPONENT, _EXPONENT_SPREAD = 0.31, 0.08
"""Mean and standard deviation, between writers, of the power of durations to which the room of notes is proportional."""

_SMALLEST_EXPONENT, _LARGEST_EXPONENT = 0.28, 0.6
_JUSTIFYING_SHARE = 0.3
"""Share of writers whose lines end at the margin, as far as they plan ahead."""

_STAFF_DISTANCE_SS = (5.0, 8.0)
_SYSTEM_DISTANCE_SS = (1.5, 5.0)
_RESERVE = 0.05
"""Share of the width of a line that is left free when lines are not justified: the engraver estimates where a line is
full, and its estimates are up to 4 % too small."""

_RULED_SHARE = 0.6
"""Share of writers who use ruled paper."""

_PITCH_SS = (8.0, 12.0)
_CLOSE: dict[str, Any] = {"staff_distance_ss": 4.0, "system_distance_ss": 1.0, "justify_vertically": False}

_FULL = 0.999
"""Share of the width of a page from which on a staff reaches the margin."""


@dataclass(frozen=True, slots=True)
class OwnLayout(ShortRepr):
    """The layout habits of a writer; they replace options of the layout that have their default value."""

    note_spacing: float
    staff_distance_ss: float
    system_distance_ss: float
    justify: bool
    """Whether lines end at the margin. If not, they end where the next measure does not fit."""
    justify_vertically: bool
    breaks: Breaks = Breaks.AUTO
    """Lines are broken where they are full, not where the source has breaks."""
    staff_pitch_ss: float | None = None
    """On ruled paper, the smallest distance of the top lines of adjacent staves, in staff spaces; `None` for staves at the
    distances that the music needs."""
    note_spacing_ratio: float = DEFAULT_SPACING_RATIO

    @staticmethod
    def from_seed(seed: int) -> OwnLayout:
        """The habits of a random writer; equal seeds give equal writers."""
        rng = Stream(seed).child("own layout").generator()
        spacing = _SPACING * float(np.exp(rng.normal(0.0, _SPACING_SPREAD)))
        return OwnLayout(
            note_spacing=round(min(max(spacing, _NARROWEST), _WIDEST), 2),
            staff_distance_ss=round(float(rng.uniform(*_STAFF_DISTANCE_SS)) * 2) / 2,
            system_distance_ss=round(float(rng.uniform(*_SYSTEM_DISTANCE_SS)) * 2) / 2,
            justify=bool(rng.random() < _JUSTIFYING_SHARE),
            justify_vertically=bool(rng.random() < 0.5),
            staff_pitch_ss=_pitch(rng) if rng.random() < _RULED_SHARE else None,
            note_spacing_ratio=_ratio(rng),
        )

    def applied(self, options: LayoutOptions) -> LayoutOptions:
        """The options with these habits in place of default values."""
        usual = LayoutOptions()
        own = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name != "staff_pitch_ss" and getattr(options, field.name) == getattr(usual, field.name)
        }
        if self.staff_pitch_ss is not None:
            own |= _CLOSE  # as close as the music permits; then moved to the ruled staves
        if not own.get("justify", True):
            margins = options.page_margins
            reserve = _RESERVE * options.content_size[0]
            own["margins"] = replace(margins, right=margins.right + reserve)
        return replace(options, **own)


def _ratio(rng: np.random.Generator) -> float:
    exponent = float(rng.normal(_EXPONENT, _EXPONENT_SPREAD))
    return round(math.pow(2.0, min(max(exponent, _SMALLEST_EXPONENT), _LARGEST_EXPONENT)), 3)


def _pitch(rng: np.random.Generator) -> float:
    return round(float(rng.uniform(*_PITCH_SS)) * 4) / 4


def ruled_to_the_margin(engraving: Engraving, right: float) -> Engraving:
    """The engraving with staves that end at the right margin of a width in mm, as on ruled paper, wherever the music ends.

    If the longest staff of a page goes beyond the margin, all of them do.
    """
    return replace(
        engraving,
        pages=tuple(_ruled(page, page.width - right) for page in engraving.pages),
    )


def _ruled(page: EngravedPage, margin: float) -> EngravedPage:
    margin = max([margin, *(staff.right for system in page.systems for staff in system.staves)])
    systems = tuple(_longer(system, margin) for system in page.systems)
    if all(new is old for new, old in zip(systems, page.systems, strict=True)):
        return page
    is_short = {new.index for new, old in zip(systems, page.systems, strict=True) if new is not old}
    primitives = tuple(
        replace(each, end=Point(margin, each.end.y))
        if each.kind is PrimitiveKind.STAFF_LINE and isinstance(each, Line) and each.place.system in is_short
        else each
        for each in page.primitives
    )
    return replace(page, systems=systems, primitives=primitives)


def _longer(system: EngravedSystem, margin: float) -> EngravedSystem:
    right = max((staff.right for staff in system.staves), default=margin)
    if right >= _FULL * margin:
        return system
    return replace(system, staves=tuple(replace(staff, right=margin) for staff in system.staves))
