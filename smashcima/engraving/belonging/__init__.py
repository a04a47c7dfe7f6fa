"""Detection of relations between primitives on engraved pages, based on their positions."""

from smashcima.engraving.belonging.finding import PARTS_OF_EVENTS, find_belonging, with_belonging

__all__ = ["PARTS_OF_EVENTS", "find_belonging", "with_belonging"]
