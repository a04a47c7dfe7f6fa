"""What real symbols bring along of the place where they stood, so that placement must not add it again."""

from __future__ import annotations

from smashcima.placement.style import PlacementStyle

HELD_BY_INK = ("flag_x", "flag_y", "clef_y_g", "clef_y_f", "clef_y_c")
"""Quantities of placement that are part of samples: their origin is the very end of the stem that a flag was drawn at,
the very line that a clef was drawn on."""


def placement_for_samples(style: PlacementStyle) -> PlacementStyle:
    """The style without sizes, and without what samples hold by themselves."""
    held = {name: None for name in HELD_BY_INK if name in style.quantities}
    return style.without_sizes().changed(**held)
