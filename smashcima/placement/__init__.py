"""Placement of engraved primitives as in handwriting, relative to the engraver's layout."""

from smashcima.engraving import SymbolBoxes
from smashcima.engraving.symbol_boxes import font_symbol_box
from smashcima.placement.ink_placement import placement_for_samples
from smashcima.placement.lyrics import TextWidths
from smashcima.placement.measured_writers import Population, population
from smashcima.placement.old_stems import with_stems_down_on_the_right
from smashcima.placement.own_layout import OwnLayout, ruled_to_the_margin
from smashcima.placement.place_by_hand import place_by_hand
from smashcima.placement.quantities import QUANTITIES
from smashcima.placement.quantity import Prior, Quantity
from smashcima.placement.ruled_paper import on_ruled_paper
from smashcima.placement.style import PlacementStyle

__all__ = [
    "placement_for_samples",
    "QUANTITIES",
    "OwnLayout",
    "PlacementStyle",
    "Population",
    "Prior",
    "Quantity",
    "SymbolBoxes",
    "TextWidths",
    "font_symbol_box",
    "on_ruled_paper",
    "place_by_hand",
    "population",
    "ruled_to_the_margin",
    "with_stems_down_on_the_right",
]
