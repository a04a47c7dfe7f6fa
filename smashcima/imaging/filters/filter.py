"""What every filter has: a probability, a strength, and a stream of random numbers of its own."""

from __future__ import annotations

import math
from abc import ABC
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from smashcima.errors import SettingsError
from smashcima.imaging import ImageLayer, LayerSet, Postprocessor
from smashcima.imaging.filters.parameters import Distribution, Parameter, sample
from smashcima.imaging.regions.regions import Regions
from smashcima.randomness import Stream

MAX_STRENGTH = 3.0
"""Beyond it nothing natural is left."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The record of a filter that was applied to a page."""

    name: str
    """Path of the filter below the postprocessor: `f_camera/perspective`."""

    strength: float
    """Its own, multiplied by those of all stacks around it."""

    parameters: Mapping[str, float | str]
    """What was drawn for this page, by name, before the strength is applied."""


class Draws:
    """The random numbers of one filter for one page, and the record of them."""

    def __init__(self, rng: np.random.Generator, strength: float) -> None:
        self.rng = rng
        """The stream of the filter: no other filter's draws change it."""
        self.strength = strength
        """How strong the filter is to be: above 0, 1 = natural, `MAX_STRENGTH` at most."""
        self.parameters: dict[str, float | str] = {}

    def value(self, name: str, parameter: Parameter) -> float:
        """The constant, or a number from the distribution; goes on record under the name."""
        value = sample(parameter, self.rng)
        self.parameters[name] = value
        return value

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """One of several words, all as likely; goes on record."""
        chosen = options[int(self.rng.integers(len(options)))]
        self.parameters[name] = chosen
        return chosen

    def sign(self) -> int:
        """1 or -1."""
        return 1 if self.rng.random() < 0.5 else -1


@dataclass(kw_only=True, eq=False)
class Filter(Postprocessor, ABC):
    """One kind of damage, as a value with options; a `Postprocessor` by itself, or part of a `FilterStack`.

    A filter of one's own is a dataclass that extends one of the classes that say when it is applied, and what to:
    `LayersFilter`, `GeometricFilter`, `LightFilter`, `ImageFilter`.

    - Must override: the one method of that class, which takes what it needs from the `Draws` that it is given.
    - May override: nothing else. Fields of type `Parameter` are drawn by `draws.value("name", self.name)`.
    - Don't override: `process_layers`, `process_image`, `plan`. Don't draw from any other generator, and keep
      nothing from one page to the next.
    """

    p: float = 1.0
    """Probability of being applied to a page, 0 to 1."""

    strength: float = 1.0
    """0 = no change at all, 1 = natural, 2 to 3 = strong."""

    force_do: bool = False
    """Applied to every page, whatever `p` and the stack's `share_untouched` say."""

    force_dont: bool = False
    """Applied to no page."""

    name: str = ""
    """Names the stream of random numbers, and stands in the record; made of the class's name if empty."""

    last_applied: tuple[Applied, ...] = field(default=(), init=False, repr=False)
    """The record of the page that was processed last."""

    _begun: tuple[Regions, list[Step]] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.name = self.name or _snake_case(type(self).__name__)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuses values that make no sense when they are set, rather than on the first page."""
        if name == "p":
            self._check(name, value, 0, 1)
        elif name == "strength":
            self._check(name, value, 0, MAX_STRENGTH)
        elif name == "force_do" and value and getattr(self, "force_dont", False):
            raise SettingsError(
                f"{self._title} is told by force_dont to be left out; it can't be forced as well."
            )
        elif name == "force_dont" and value and getattr(self, "force_do", False):
            raise SettingsError(
                f"{self._title} is told by force_do to be applied; it can't be left out as well."
            )
        elif isinstance(value, int | float) and not math.isfinite(value):
            raise SettingsError(f"{name}={value} of {self._title} is not finite.")
        elif isinstance(getattr(self, name, None), Distribution) and not isinstance(
            value, int | float | Distribution
        ):
            raise SettingsError(f"{name} of {self._title} is a number or a distribution, not {value!r}.")
        object.__setattr__(self, name, value)

    @property
    def _title(self) -> str:
        return f"The filter {getattr(self, 'name', '') or type(self).__name__!r}"

    def _check(self, name: str, value: object, low: float, high: float) -> None:
        if not isinstance(value, int | float) or not low <= value <= high:
            raise SettingsError(
                f"{name}={value!r} of {self._title} was asked for; it lies between {low} and {high}."
            )

    def is_chosen(self, rng: np.random.Generator) -> bool:
        """Whether the filter is applied to a page; takes one number from the generator in any case."""
        drawn = rng.random()
        return not self.force_dont and (self.force_do or drawn < self.p)

    def plan(self, key: int, path: tuple[str, ...], dial: float, forced_only: bool) -> list[Step]:
        """What there is to do for the page with a key: for a filter, itself or nothing."""
        rng = Stream(key).child(*path, "choice").generator()
        strength = min(self.strength * dial, MAX_STRENGTH)
        if not self.is_chosen(rng) or strength == 0 or (forced_only and not self.force_do):
            return []
        return [Step(self, path, key, strength)]

    def process_layers(self, layers: LayerSet, rng: np.random.Generator) -> LayerSet:
        """Applies what is to be applied to layers, in order."""
        from smashcima.imaging.filters.filter_application import apply_to_layers

        steps = self._plan_page(rng)
        layers = apply_to_layers(layers, steps)
        self.last_applied = tuple(step.record for step in steps if step.is_done)
        # The picture that is made of these layers is recognised by its regions.
        self._begun = (layers.regions, steps)
        return layers

    def process_image(self, image: ImageLayer, rng: np.random.Generator) -> ImageLayer:
        """Applies the rest to the merged picture, in order."""
        from smashcima.imaging.filters.filter_application import apply_to_image

        begun, self._begun = self._begun, None
        if begun is not None and begun[0] is image.regions:
            steps = begun[1]
        else:
            steps = self._plan_page(rng)
        image = apply_to_image(image, steps)
        self.last_applied = tuple(step.record for step in steps if step.is_done)
        return image

    def _plan_page(self, rng: np.random.Generator) -> list[Step]:
        """One draw from the page's generator is the key to the streams of all filters."""
        key = int(rng.integers(0, 2**63))
        return self.plan(key, (self.name,), 1.0, forced_only=False)


@dataclass(slots=True, eq=False)
class Step:
    """A filter that was chosen for a page."""

    filter: Filter
    path: tuple[str, ...]
    key: int
    strength: float
    record: Applied = field(init=False)
    is_done: bool = False

    def begin(self) -> Draws:
        """The stream of the filter, always from its start."""
        draws = Draws(Stream(self.key).child(*self.path).generator(), self.strength)
        self.record = Applied("/".join(self.path[1:]) or self.path[0], self.strength, draws.parameters)
        self.is_done = True
        return draws


def _snake_case(name: str) -> str:
    letters = (f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return "".join(letters).lstrip("_")
