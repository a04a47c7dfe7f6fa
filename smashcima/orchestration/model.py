"""The base of all models: a seeded, callable generator of samples with swappable services."""

from __future__ import annotations

import random
import secrets
from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from smashcima.assets.bundles import AssetRepository
from smashcima.errors import SettingsError
from smashcima.imaging import Compositor, DefaultCompositor, NullPostprocessor, Postprocessor
from smashcima.orchestration.container import Container
from smashcima.orchestration.music_scene import MusicScene
from smashcima.randomness import Stream
from smashcima.synthesis.style import Styler


class Model(ABC):
    """A function that makes a synthetic sample, built from services that subclasses can swap.

    - Must override: `call`, which makes the scene of one sample.
    - May override: `register_services` (which implementation stands behind which interface),
      `resolve_services` (what the model itself needs), `configure_services` (settings of services);
      each calls `super()` first.
    - Don't override: `__call__`.

    Every sample has an address `(seed, index)`. The same address gives the same sample in any process.
    """

    def __init__(self, *, seed: int | None = None) -> None:
        """Without a seed one is drawn from the operating system; `model.seed` tells it."""
        self.seed: int = secrets.randbits(32) if seed is None else seed
        self.next_index: int = 0
        """Index that the next call takes."""
        self.scene: MusicScene | None = None
        """The scene that the last call made."""
        Stream(self.seed)  # refuses seeds that make no sense
        self.container = Container()
        self.register_services()
        self.resolve_services()
        self.configure_services()

    def register_services(self) -> None:
        """Registers what any model has: random generators, assets, styler, compositor, postprocessor."""
        self.container.instance(
            np.random.Generator, Stream.of_sample(self.seed, 0).child("model").generator()
        )
        self.container.instance(random.Random, random.Random(0))  # reseeded for every sample
        self.container.factory(AssetRepository, AssetRepository.default)
        self.container.type(Styler)
        self.container.interface(Compositor, DefaultCompositor, register_impl=True)
        self.container.interface(Postprocessor, NullPostprocessor, register_impl=True)

    def resolve_services(self) -> None:
        """Builds the services that the model itself uses."""
        self.rng: np.random.Generator = self.container.resolve(np.random.Generator)
        self.styler: Styler = self.container.resolve(Styler)
        self.compositor: Compositor = self.container.resolve(Compositor)
        self.postprocessor: Postprocessor = self.container.resolve(Postprocessor)

    def configure_services(self) -> None:
        """Sets options of services; nothing to do for a plain model."""

    def __call__(self, *arguments: Any, index: int | None = None, **options: Any) -> MusicScene:
        """Makes the sample of the next index, or of the one that is given (which leaves the next one alone)."""
        if index is None:
            index, self.next_index = self.next_index, self.next_index + 1
        elif not isinstance(index, int) or index < 0:
            raise SettingsError(f"A sample index is an integer from 0 on, not {index!r}.")
        self._start_sample(index)
        self.scene = self.call(*arguments, index=index, **options)
        return self.scene

    def _start_sample(self, index: int) -> None:
        """Sets the shared generators to the streams of a sample, so that earlier samples do not matter."""
        sample = Stream.of_sample(self.seed, index)
        self.rng.bit_generator.state = sample.child("model").generator().bit_generator.state
        self.container.resolve(random.Random).seed(sample.child("random.Random").integer())
        self.styler.pick_style()

    @abstractmethod
    def call(self, *arguments: Any, index: int, **options: Any) -> MusicScene:
        """Makes the scene of one sample."""
