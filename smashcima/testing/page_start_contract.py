"""Contract of all synthesizers: ink depends only on the generator, not on what was drawn before."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Generic, TypeVar
from unittest import SkipTest

from smashcima.randomness import SampleStreams
from smashcima.synthesis.interfaces import StartsPages

Synthesizer = TypeVar("Synthesizer", bound=StartsPages)

_PAGE = 3


class StartsPagesContract(ABC, Generic[Synthesizer]):
    """Requirements of every synthesizer for its randomness."""

    @cached_property
    def streams(self) -> SampleStreams:
        """Streams for `make_synthesizer`: a synthesizer that uses randomness must take `streams.generator(name)`.

        With another generator, the independence of pages is not tested.
        """
        return SampleStreams(0)

    @abstractmethod
    def make_synthesizer(self) -> Synthesizer:
        """A new synthesizer; synthesizers from two calls must draw the same ink."""

    @abstractmethod
    def draw_samples(self, synthesizer: Synthesizer) -> list[bytes]:
        """Several drawings, as bytes."""

    def test_equal_generators_give_equal_ink(self) -> None:
        drawings = []
        for _ in range(2):
            self.streams.start_page(0)
            drawings.append(self.draw_samples(self.make_synthesizer()))
        self._check_equal(drawings, "two synthesizers with equal generators draw different ink")

    def test_a_page_does_not_depend_on_the_page_before(self) -> None:
        synthesizer = self.make_synthesizer()
        drawings = []
        for page_before in (0, 1, None):
            if page_before is not None:
                self.streams.start_page(page_before)
                synthesizer.begin_page(page_before)
                for _ in range(page_before + 1):
                    self.draw_samples(synthesizer)
            self.streams.start_page(_PAGE)
            synthesizer.begin_page(_PAGE)
            drawings.append(self.draw_samples(synthesizer))
        self._check_equal(drawings, "ink depends on what was drawn before begin_page")

    def _check_equal(self, drawings: list[list[bytes]], otherwise: str) -> None:
        if all(drawing == drawings[0] for drawing in drawings):
            return
        if not self.streams.names:
            raise SkipTest(
                "The synthesizer uses another generator. Use self.streams.generator(...) to run this test."
            )
        raise AssertionError(otherwise)
