"""Detection of relations between primitives on engraved pages, based on their positions."""

from smashcima.engraving.belonging.finding import PARTS_OF_EVENTS, find_belonging, with_belonging
from smashcima.engraving.belonging.page_turns import SystemsOfMarks, systems_up_to

__all__ = ["PARTS_OF_EVENTS", "SystemsOfMarks", "find_belonging", "systems_up_to", "with_belonging"]
