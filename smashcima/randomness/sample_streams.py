"""The random generators of a model's services, each on its own named stream, which restarts for each page."""

from __future__ import annotations

import random

import numpy as np

from smashcima.randomness.streams import Seed, Stream, generators
from smashcima.short_repr import ShortRepr


class SampleStreams(ShortRepr):
    """Provides a random generator for each name, and repositions all of them for each sample and page.

    While choices for a whole sample are made, the generator of a name uses the stream `(seed, index, name)`; while
    a page is drawn, `(seed, index, "page", page, name)`. So the draws of one service do not affect those of another,
    and no page depends on the pages before it.
    """

    def __init__(self, seed: Seed) -> None:
        """Starts at the sample with index 0."""
        self.seed = seed
        """May be changed; takes effect at the start of the next sample."""
        self._sample = self._address = Stream.of_sample(seed, 0)
        self._generators: dict[str, np.random.Generator] = {}
        self._randoms: dict[str, random.Random] = {}

    def generator(self, name: str) -> np.random.Generator:
        """Returns the generator of a name: always the same object, which `start_sample` and `start_page` reposition."""
        generator = self._generators.get(name)
        if generator is None:
            generator = self._generators[name] = self._address.child(name).generator()
        return generator

    def random(self, name: str) -> random.Random:
        """Like `generator`, but returns a `random.Random`, whose numbers differ from those of `generator`."""
        generator = self._randoms.get(name)
        if generator is None:
            generator = self._randoms[name] = random.Random(self._integer(name))
        return generator

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all requested generators, in the order of the first request."""
        return tuple(dict.fromkeys((*self._generators, *self._randoms)))

    @property
    def sample(self) -> Stream:
        """The stream of the current sample."""
        return self._sample

    def start_sample(self, index: int) -> None:
        """Moves all generators to their streams for the choices of one sample."""
        self._sample = Stream.of_sample(self.seed, index)
        self._move_to(self._sample)

    def start_page(self, page: int) -> None:
        """Repositions all generators to their streams for one page of the sample; the index is from 0."""
        self._move_to(self._sample.child("page", page))

    def _move_to(self, address: Stream) -> None:
        self._address = address
        there = generators([address.child(name) for name in self._generators])
        for generator, moved in zip(self._generators.values(), there, strict=True):
            generator.bit_generator.state = moved.bit_generator.state
        for name, other in self._randoms.items():
            other.seed(self._integer(name))

    def _integer(self, name: str) -> int:
        return self._address.child(name, "random.Random").integer()


NO_STREAMS = SampleStreams(0)
"""Streams for synthesizers that are used without a model."""
