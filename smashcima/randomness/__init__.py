"""Addressed random streams: each consumer has its own named stream."""

from smashcima.randomness.content_index import index_of_content
from smashcima.randomness.sample_streams import NO_STREAMS, SampleStreams
from smashcima.randomness.streams import Seed, Stream, generators, stream

__all__ = ["NO_STREAMS", "SampleStreams", "Seed", "Stream", "generators", "index_of_content", "stream"]
