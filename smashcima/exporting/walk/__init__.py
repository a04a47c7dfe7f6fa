"""The ordered way through the scene that all formats share: page, systems, staves, measures, drawn things.

An object has the same id in every file made of its page, and in every run: ids are made of places in the walk,
never of memory addresses or counters of the process.
"""

from smashcima.exporting.walk.naming import describe
from smashcima.exporting.walk.page_walk import Step, parts_of, walk_page, walk_view
from smashcima.exporting.walk.view import INK_LAYER, PAPER_LAYER, STAFFLINES_LAYER, Piece, View, view_of

__all__ = [
    "INK_LAYER",
    "PAPER_LAYER",
    "STAFFLINES_LAYER",
    "Piece",
    "Step",
    "View",
    "describe",
    "parts_of",
    "view_of",
    "walk_page",
    "walk_view",
]
