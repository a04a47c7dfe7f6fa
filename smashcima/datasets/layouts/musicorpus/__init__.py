"""MusiCorpus 1.0, and a validator for data sets in it."""

from smashcima.datasets.layouts.musicorpus.layout import MusiCorpusLayout
from smashcima.datasets.layouts.musicorpus.validation import validate_musicorpus

__all__ = ["MusiCorpusLayout", "validate_musicorpus"]
