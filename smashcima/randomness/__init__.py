"""Random numbers that are addressed, not shared: each consumer has a named stream of its own."""

from smashcima.randomness.streams import Seed, Stream, stream

__all__ = ["Seed", "Stream", "stream"]
