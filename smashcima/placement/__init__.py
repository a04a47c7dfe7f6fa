"""Placement: where a person puts things, next to where an engraver would."""

from smashcima.placement.ink_placement import placement_for_samples
from smashcima.placement.measured_writers import Population, population
from smashcima.placement.place_by_hand import place_by_hand
from smashcima.placement.quantities import QUANTITIES
from smashcima.placement.quantity import Prior, Quantity
from smashcima.placement.style import PlacementStyle
from smashcima.placement.symbol_boxes import SymbolBoxes, font_symbol_box

__all__ = [
    "placement_for_samples",
    "QUANTITIES",
    "PlacementStyle",
    "Population",
    "Prior",
    "Quantity",
    "SymbolBoxes",
    "font_symbol_box",
    "place_by_hand",
    "population",
]
