"""Smashcima: synthetic sheet music with complete ground truth."""
