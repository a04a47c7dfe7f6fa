"""Validator of MusiCorpus data sets."""

from smashcima.datasets.layouts.musicorpus.validation.validate import validate_musicorpus

__all__ = ["validate_musicorpus"]
