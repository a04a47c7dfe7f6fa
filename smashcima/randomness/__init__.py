"""Random numbers that are addressed, not shared: each consumer has a named stream of its own."""

from smashcima.randomness.sample_streams import NO_STREAMS, SampleStreams
from smashcima.randomness.streams import Seed, Stream, stream

__all__ = ["NO_STREAMS", "SampleStreams", "Seed", "Stream", "stream"]
