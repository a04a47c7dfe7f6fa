"""Scores from Mashcima annotations, and the source format `.mashcima`."""

from smashcima.loading.mashcima.format import MASHCIMA, read_mashcima
from smashcima.loading.mashcima.scores import score_of_annotation

__all__ = ["MASHCIMA", "read_mashcima", "score_of_annotation"]
