"""Placement for sampled symbols, whose masks already include some of the quantities of placement."""

from __future__ import annotations

from dataclasses import replace

from smashcima.placement.quantity import Quantity
from smashcima.placement.style import PlacementStyle

HELD_BY_INK = ("flag_y", "clef_y_g", "clef_y_f", "clef_y_c")
"""Quantities of placement already included in samples: the origin of a flag is the end of its stem, and that of a clef
is its staff line, as drawn by the writer."""


def placement_for_samples(style: PlacementStyle) -> PlacementStyle:
    """The style without sizes, and without the quantities that samples include."""
    held: dict[str, Quantity | None] = {name: None for name in HELD_BY_INK if name in style.quantities}
    # The left ends of all sampled flags meet their stem, so their means are the same; the variation is the writer's.
    flag_x = style.quantities["flag_x"]
    if flag_x is not None:
        held["flag_x"] = replace(flag_x, mean=0.0)
    return style.without_sizes().changed(**held)
