"""Looks of pages: hand, paper and degradation that go together, by name or in a file."""

from smashcima.orchestration.looks.look import Look
from smashcima.orchestration.looks.named_looks import LOOKS, NO_LOOK, find_look

__all__ = ["LOOKS", "NO_LOOK", "Look", "find_look"]
