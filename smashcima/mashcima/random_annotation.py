"""Random annotations."""

from __future__ import annotations

from smashcima.composing.annotations import generate_random_annotation as generate
from smashcima.mashcima.seeds import fresh_seed
from smashcima.randomness import Stream


def generate_random_annotation(seed: int | None = None) -> str:
    """Generates a valid annotation of random symbols, which is not music: time signatures such as 9/0 occur.

    Annotations of the same seed are equal; by default they are random. `smashcima.composing.annotations` also generates
    music.
    """
    stream = Stream(fresh_seed() if seed is None else seed)
    return generate(stream.child("random annotation").generator())
