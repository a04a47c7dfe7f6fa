"""MEI ⇄ Score, without loss."""

from smashcima.engraving.mei.reading import read_mei
from smashcima.engraving.mei.writing import write_mei

__all__ = ["read_mei", "write_mei"]
