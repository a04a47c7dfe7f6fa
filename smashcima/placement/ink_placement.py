"""Placement for sampled symbols, whose masks already include some of the quantities of placement."""

from __future__ import annotations

from smashcima.placement.style import PlacementStyle

HELD_BY_INK = ("flag_x", "flag_y", "clef_y_g", "clef_y_f", "clef_y_c")
"""Quantities of placement already included in samples: the origin of a flag is the end of its stem, and that of a clef
is its staff line, as drawn by the writer."""


def placement_for_samples(style: PlacementStyle) -> PlacementStyle:
    """The style without sizes, and without the quantities that samples include."""
    held = {name: None for name in HELD_BY_INK if name in style.quantities}
    return style.without_sizes().changed(**held)
