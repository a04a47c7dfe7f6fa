"""Generators of music."""
