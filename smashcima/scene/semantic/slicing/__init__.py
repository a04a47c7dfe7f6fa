"""Slices: a part of a score as a score of its own."""
