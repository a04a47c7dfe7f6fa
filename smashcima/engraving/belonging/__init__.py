"""Finds what belongs to what on engraved pages, from where the engraver put things."""

from smashcima.engraving.belonging.finding import PARTS_OF_EVENTS, find_belonging, with_belonging

__all__ = ["PARTS_OF_EVENTS", "find_belonging", "with_belonging"]
