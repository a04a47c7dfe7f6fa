"""The contract of everything that draws: its ink is decided by its generator, and by nothing drawn before."""

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
    """Promises of every synthesizer about its randomness."""

    @cached_property
    def streams(self) -> SampleStreams:
        """Where `make_synthesizer` takes the generator of a synthesizer that draws by chance: `streams.generator(name)`.

        Such a synthesizer with another generator is not tested for what it draws after another page.
        """
        return SampleStreams(0)

    @abstractmethod
    def make_synthesizer(self) -> Synthesizer:
        """A new synthesizer; two calls make synthesizers that draw alike."""

    @abstractmethod
    def draw_samples(self, synthesizer: Synthesizer) -> list[bytes]:
        """Several drawings, byte by byte."""

    def test_equal_generators_give_equal_ink(self) -> None:
        drawings = []
        for _ in range(2):
            self.streams.start_page(0)
            drawings.append(self.draw_samples(self.make_synthesizer()))
        self._check_equal(drawings, "two synthesizers with equal generators draw differently")

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
        self._check_equal(drawings, "what was drawn before begin_page decides about what is drawn after it")

    def _check_equal(self, drawings: list[list[bytes]], otherwise: str) -> None:
        if all(drawing == drawings[0] for drawing in drawings):
            return
        if not self.streams.names:
            raise SkipTest("It draws by chance: give it self.streams.generator(...) to have this tested.")
        raise AssertionError(otherwise)
