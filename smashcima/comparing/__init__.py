"""Comparison of scores: the symbol error rate of a recogniser's output, by kind, and a list of differences."""

from smashcima.comparing.comparison import Comparison, Difference, KindCounts, compare_scores
from smashcima.comparing.omr_ned import OmrNed, omr_ned
from smashcima.comparing.symbols import KINDS

__all__ = ["KINDS", "Comparison", "Difference", "KindCounts", "OmrNed", "compare_scores", "omr_ned"]
