"""Placement: where a person puts things, next to where an engraver would."""

from smashcima.synthesis.placement.measured_writers import Population, population
from smashcima.synthesis.placement.place_by_hand import place_by_hand
from smashcima.synthesis.placement.quantities import QUANTITIES
from smashcima.synthesis.placement.quantity import Prior, Quantity
from smashcima.synthesis.placement.style import PlacementStyle
from smashcima.synthesis.placement.symbol_boxes import SymbolBoxes, font_symbol_box

__all__ = [
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
