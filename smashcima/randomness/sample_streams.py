"""The generators of a model's services: each at a named stream of its own, which starts anew with each page."""

from __future__ import annotations

import random

import numpy as np

from smashcima.randomness.streams import Seed, Stream


class SampleStreams:
    """Hands out a random generator for each name, and moves all of them from sample to sample and page to page.

    While choices for a whole sample are made, the generator of a name is at the stream `(seed, index, name)`; while
    a page is drawn, at `(seed, index, "page", page, name)`. So a draw by one service changes nothing that another one
    draws, and no page depends on the pages before it.
    """

    def __init__(self, seed: Seed) -> None:
        """Starts at the sample with index 0."""
        self.seed = seed
        """May be changed; takes effect at the start of the next sample."""
        self._sample = self._address = Stream.of_sample(seed, 0)
        self._generators: dict[str, np.random.Generator] = {}
        self._randoms: dict[str, random.Random] = {}

    def generator(self, name: str) -> np.random.Generator:
        """The generator of a name: the same object each time, which `start_sample` and `start_page` reposition."""
        generator = self._generators.get(name)
        if generator is None:
            generator = self._generators[name] = self._address.child(name).generator()
        return generator

    def random(self, name: str) -> random.Random:
        """The same as a `random.Random`; its numbers are not those of `generator`."""
        generator = self._randoms.get(name)
        if generator is None:
            generator = self._randoms[name] = random.Random(self._integer(name))
        return generator

    @property
    def names(self) -> tuple[str, ...]:
        """The names for which a generator was handed out, in that order."""
        return tuple(dict.fromkeys((*self._generators, *self._randoms)))

    def start_sample(self, index: int) -> None:
        """Moves all generators to their streams for the choices of one sample."""
        self._sample = Stream.of_sample(self.seed, index)
        self._move_to(self._sample)

    def start_page(self, page: int) -> None:
        """Moves all generators to their streams for one page of the sample, counted from 0."""
        self._move_to(self._sample.child("page", page))

    def _move_to(self, address: Stream) -> None:
        self._address = address
        for name, generator in self._generators.items():
            generator.bit_generator.state = address.child(name).generator().bit_generator.state
        for name, other in self._randoms.items():
            other.seed(self._integer(name))

    def _integer(self, name: str) -> int:
        return self._address.child(name, "random.Random").integer()


NO_STREAMS = SampleStreams(0)
"""Streams of nobody, for synthesizers that are used without a model."""
