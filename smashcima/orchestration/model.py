"""The base of all models: a seeded, callable generator of samples with replaceable services."""

from __future__ import annotations

import random
import secrets
from abc import abstractmethod
from typing import Any, SupportsIndex

import numpy as np

from smashcima.assets.bundles import AssetRepository
from smashcima.errors import SettingsError, SmashcimaError, described
from smashcima.imaging import Compositor, DefaultCompositor, NullPostprocessor, Postprocessor
from smashcima.loading import formats_to_send, receive_formats
from smashcima.orchestration.container import Container
from smashcima.orchestration.music_scene import MusicScene
from smashcima.orchestration.recipes import Recipe
from smashcima.orchestration.recipes.buildable import Buildable
from smashcima.orchestration.recipes.building import parts_of
from smashcima.orchestration.recipes.model_state import register_chosen_services, state_of
from smashcima.orchestration.short_traceback import without_machinery
from smashcima.randomness import SampleStreams, Stream
from smashcima.scene.graph import garbage_collection_paused
from smashcima.synthesis.style import Styler

_SERVICES, _FORMATS = "services of the container", "formats of the user"
"""Keys in the pickled state that are not attributes of the model."""

_MODEL = "model"
"""Name of the stream of `model.rng`, and of generators that are resolved outside of any service."""


class Model(Buildable):
    """A callable that makes synthetic samples from services that subclasses can replace.

    - Must override: `call`, which makes the scene of one sample.
    - May override: `register_services` (which implementation stands behind which interface),
      `resolve_services` (what the model itself needs), `configure_services` (settings of services);
      each calls `super()` first; `recipe_options` (constructor arguments for the recipe).
    - Don't override: `__call__`.

    Every sample has an address `(seed, index)`. The same address gives the same sample in any process. Each service
    and each page of a sample has its own random stream.
    """

    def __init__(self, *, seed: int | None = None) -> None:
        """Sets up the model. Without a seed, one is drawn from the operating system and stored as `model.seed`."""
        wanted = self._made_with.seed if seed is None else seed
        self.seed: int = secrets.randbits(32) if wanted is None else _integer("seed", wanted)
        self.next_index: int = 0
        """Index of the sample that the next call makes."""
        self.scene: MusicScene | None = None
        """The scene of the last call; `None` before the first."""
        Stream(self.seed)  # checks the seed
        self.streams = SampleStreams(self.seed)
        """The random generators of the services."""
        self.container = Container()
        self.register_services()
        register_chosen_services(self.container, self._made_with.services)
        try:
            self.resolve_services()
        except SmashcimaError as error:
            # Dozens of frames of the container would hide the message and the line that is at fault.
            inner = error.__traceback__ and error.__traceback__.tb_next
            raise error.with_traceback(without_machinery(inner)) from error.__cause__
        self.configure_services()
        self._made_with.initial = state_of(self)

    # -- as a value ----------------------------------------------------------------------------------------

    @property
    def recipe(self) -> Recipe:
        """The model as a value: its class, the arguments of its constructor, and the options that were set since.

        The next calls of `model.recipe.build()` make the same samples.

        Raises:
            RecipeError: other processes cannot import the class, or a recipe cannot hold an option.
        """
        return Recipe(**parts_of(self))

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the last scene, with all services built so far; the class registers the others again."""
        state = {name: value for name, value in vars(self).items() if name not in ("container", "scene")}
        return {**state, _SERVICES: self.container.built(), _FORMATS: formats_to_send()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        state = dict(state)
        receive_formats(state.pop(_FORMATS))
        services = state.pop(_SERVICES)
        self.__dict__.update(state)
        self.scene = None
        self.container = Container()
        self.register_services()
        register_chosen_services(self.container, self._made_with.services)
        for key, service in services.items():
            self.container.instance(key, service)

    # -- services ------------------------------------------------------------------------------------------

    def register_services(self) -> None:
        """Registers the services of every model: random generators, assets, styler, compositor, postprocessor.

        Each service that depends on a `numpy.random.Generator` or a `random.Random` gets its own.
        """
        container, streams = self.container, self.streams
        container.instance(SampleStreams, streams)
        container.per_service(np.random.Generator, lambda name: streams.generator(name or _MODEL))
        container.per_service(random.Random, lambda name: streams.random(name or _MODEL))
        self.container.factory(AssetRepository, AssetRepository.default)
        self.container.type(Styler)
        self.container.interface(Compositor, DefaultCompositor, register_impl=True)
        self.container.interface(Postprocessor, NullPostprocessor, register_impl=True)

    def resolve_services(self) -> None:
        """Builds the services that the model itself uses."""
        self.rng: np.random.Generator | random.Random = self._own_generator()
        """For draws of the model itself; services have generators of their own."""
        self.styler: Styler = self.container.resolve(Styler)
        self.compositor: Compositor = self.container.resolve(Compositor)
        self.postprocessor: Postprocessor = self.container.resolve(Postprocessor)

    def _own_generator(self) -> np.random.Generator | random.Random:
        """The generator of the model: a `random.Random` that a subclass has registered, or one of the addressed streams.

        Without the option `seed`, a registered `random.Random` draws the seed.
        """
        registered = self.container.built().get(random.Random)
        if isinstance(registered, random.Random):
            if self._made_with.options.get("seed") is None and self._made_with.seed is None:
                self.seed = registered.getrandbits(32)
            return registered
        return self.container.resolve(np.random.Generator)

    def configure_services(self) -> None:
        """Sets options of services; does nothing by default."""

    def __call__(self, *arguments: Any, index: int | None = None, **options: Any) -> MusicScene:
        """Makes the sample with the next index, or with the given `index`, which does not advance the next one."""
        index = self._chosen_index(index)
        with garbage_collection_paused():
            self._start_sample(index)
            self.scene = self.call(*arguments, index=index, **options)
        return self.scene

    def _chosen_index(self, index: int | None) -> int:
        """The given index of a sample, or the next one."""
        if index is None:
            index, self.next_index = self.next_index, self.next_index + 1
        index = _integer("index", index)
        if index < 0:
            raise SettingsError(f"index must be a non-negative integer, not {index!r}.")
        return index

    def _start_sample(self, index: int) -> None:
        """Moves all generators to the streams of a sample, and chooses its styles."""
        self.streams.seed = self.seed
        self.streams.start_sample(index)
        self.styler.pick_style()

    @abstractmethod
    def call(self, *arguments: Any, index: int, **options: Any) -> MusicScene:
        """Makes the scene of one sample."""


def _integer(name: str, value: object) -> int:
    """A whole number of any type, such as those of NumPy, as an integer; raises a `SettingsError` for other values."""
    if not isinstance(value, SupportsIndex):
        raise SettingsError(f"The {name} must be a whole number, not {described(value)}.")
    return value.__index__()
