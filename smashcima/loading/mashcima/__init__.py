"""Scores from Mashcima annotations."""

from smashcima.loading.mashcima.format import looks_like_mashcima, read_mashcima
from smashcima.loading.mashcima.scores import score_of_annotation

__all__ = ["looks_like_mashcima", "read_mashcima", "score_of_annotation"]
