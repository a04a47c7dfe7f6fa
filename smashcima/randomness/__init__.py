"""Addressed random streams: each consumer has its own named stream."""

from smashcima.randomness.content_index import index_of_content
from smashcima.randomness.first_numbers import first_normals, first_uniforms
from smashcima.randomness.sample_streams import NO_STREAMS, SampleStreams
from smashcima.randomness.streams import Seed, Stream, generators, stream

__all__ = [
    "NO_STREAMS",
    "SampleStreams",
    "Seed",
    "Stream",
    "first_normals",
    "first_uniforms",
    "generators",
    "index_of_content",
    "stream",
]
