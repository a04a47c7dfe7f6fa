"""Base class of filters: probability, strength and random stream."""

from __future__ import annotations

import copy
import math
from abc import ABC
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from smashcima.errors import SettingsError
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.layer_set import LayerSet
from smashcima.imaging.compositing.page_plan import Applied, PagePlan, unfinished_plan, with_plan
from smashcima.imaging.compositing.postprocessor import Postprocessor
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.image_in_progress import ImageInProgress
from smashcima.imaging.filters.parameters import Distribution
from smashcima.randomness import Stream

MAX_STRENGTH = 3.0
"""Maximum strength."""


@dataclass(kw_only=True, eq=False)
class Filter(Postprocessor, ABC):
    """One kind of degradation with its options; a `Postprocessor` by itself, or part of a `FilterStack`.

    Custom filters are dataclasses that extend one of the classes that determine when a filter is applied, and to what:
    `LayersFilter`, `GeometricFilter`, `LightFilter`, `BackingFilter`, `ImageFilter`.

    - Must override: the abstract method of that class, which takes all random numbers from its `Draws` argument.
    - May override: `apply_to_layers` and `apply_to_image`, if none of these classes fits; both must call
      `planned.start()`. Draw fields of type `Parameter` with `draws.value("name", self.name)`.
    - Don't override: `process_layers`, `process_image`, `plan`. Don't use any other random generator, and keep no state
      between pages.
    """

    p: float = 1.0
    """Probability of applying the filter to a page, 0 to 1."""

    strength: float = 1.0
    """Strength: 0 = no change, 1 = natural, 2 to 3 = strong."""

    force_do: bool = False
    """Applies the filter to every page, regardless of `p` and of `share_untouched` of the stack."""

    force_dont: bool = False
    """Applies the filter to no page."""

    name: str = ""
    """Name of the random stream and of the record; by default derived from the class name."""

    _transient = frozenset({"_last"})

    _last: _LastPage = field(default_factory=lambda: _LastPage(), init=False, repr=False)

    def __post_init__(self) -> None:
        self.name = self.name or _snake_case(type(self).__name__)

    def __setattr__(self, name: str, value: object) -> None:
        """Validates values when they are set, not on the first page."""
        if name == "p":
            self._check(name, value, 0, 1)
        elif name == "strength":
            self._check(name, value, 0, MAX_STRENGTH)
        elif name == "force_do" and value and getattr(self, "force_dont", False):
            raise SettingsError(
                f"{self._title} has force_dont set; force_do and force_dont exclude each other."
            )
        elif name == "force_dont" and value and getattr(self, "force_do", False):
            raise SettingsError(
                f"{self._title} has force_do set; force_do and force_dont exclude each other."
            )
        elif isinstance(value, int | float) and not math.isfinite(value):
            raise SettingsError(f"{self._title}: {name} must be finite, not {value}.")
        elif isinstance(getattr(self, name, None), Distribution) and not isinstance(
            value, int | float | Distribution
        ):
            raise SettingsError(f"{self._title}: {name} must be a number or a distribution, not {value!r}.")
        object.__setattr__(self, name, value)

    @property
    def _title(self) -> str:
        return f"The filter {getattr(self, 'name', '') or type(self).__name__!r}"

    def _check(self, name: str, value: object, low: float, high: float) -> None:
        if not isinstance(value, int | float) or not low <= value <= high:
            raise SettingsError(f"{self._title}: {name} must be between {low} and {high}, not {value!r}.")

    def is_chosen(self, key: int, path: tuple[str, ...]) -> bool:
        """Whether the filter is applied to the page with the given key."""
        if self.force_do or self.force_dont:
            return self.force_do
        # A stream is made only if necessary, since a page has some forty filters.
        return self.p > 0 and (self.p >= 1 or _choice(key, path) < self.p)

    @property
    def has_forced(self) -> bool:
        """Whether this filter, or one inside it, is applied to every page."""
        return self.force_do

    @property
    def lowers_resolution(self) -> bool:
        """Whether this filter, or one inside it, can lower the resolution at which pages are drawn."""
        return False

    def working_dpi(self, planned: PlannedFilter) -> float:
        """Hook: the resolution at which the page is drawn for this filter; it limits nothing by default."""
        return math.inf

    def part(self, path: str) -> Filter:
        """Returns the filter with a path such as `inner/name` below this one, or this one for an empty path."""
        if path:
            raise SettingsError(f"{self._title} is not a stack; it has no filter {path!r}.")
        return self

    @property
    def last_applied(self) -> tuple[Applied, ...]:
        """Record of what this filter or a snapshot of it applied to the page processed last.

        `image.applied` is the record of a specific page.
        """
        return self._last.applied

    def plan(self, key: int, path: tuple[str, ...], dial: float, forced_only: bool) -> list[PlannedFilter]:
        """Returns the filters applied to the page with the given key: this one or none."""
        strength = min(self.strength * dial, MAX_STRENGTH)
        if strength == 0 or (forced_only and not self.force_do) or not self.is_chosen(key, path):
            return []
        return [PlannedFilter(self, path, key, strength)]

    def apply_to_layers(self, layers: LayerSet, planned: PlannedFilter) -> LayerSet:
        """Hook: changes layers before they are merged; does nothing by default."""
        return layers

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Hook: changes the merged image, or queues changes."""
        raise SettingsError(
            f"{type(self).__name__} does not define when it is applied: it must extend LayersFilter, "
            "GeometricFilter, LightFilter, BackingFilter or ImageFilter."
        )

    def drawing_dpi(self, dpi: float, rng: np.random.Generator) -> float:
        """The lowest resolution that a chosen filter needs."""
        if not self.lowers_resolution:
            return dpi
        plan = self._new_plan(copy.deepcopy(rng))
        return min([dpi, *(planned.filter.working_dpi(planned) for planned in self._chosen(plan))])

    def process_layers(self, layers: LayerSet, rng: np.random.Generator) -> LayerSet:
        """Applies the chosen filters on layers, in order; stores the plan for the merged image in
        `layers.plans`.
        """
        plan, before = self._new_plan(rng), layers.plans
        chosen = self._chosen(plan)
        for planned in chosen:
            layers = planned.filter.apply_to_layers(layers, planned)
        plan = replace(plan, applied=_records(chosen))
        self._last.applied = plan.applied
        return replace(layers, plans=with_plan(before, None, plan))

    def process_image(self, image: ImageLayer, rng: np.random.Generator) -> ImageLayer:
        """Applies the remaining chosen filters to the merged image, in order."""
        before, begun = image.plans, unfinished_plan(image.plans, self.name)
        plan = begun or self._new_plan(rng)
        chosen = self._chosen(plan)
        progress = ImageInProgress(image)
        del image  # after a warp, nothing needs it any more
        for planned in chosen:
            planned.filter.apply_to_image(progress, planned)
        image = progress.develop()
        plan = replace(plan, applied=(*plan.applied, *_records(chosen)), is_finished=True)
        self._last.applied = plan.applied
        return replace(image, plans=with_plan(before, begun, plan))

    def snapshot(self) -> Filter:
        """Returns a copy that is independent of later changes of options."""
        return copy.copy(self)

    def restore(self, options: dict[str, Any]) -> None:
        """Sets the options of a filter that was created without its constructor."""
        self._last = _LastPage()
        super().restore(options)

    def _new_plan(self, rng: np.random.Generator) -> PagePlan:
        """Draws the key of the streams of all filters from the generator of the page."""
        return PagePlan(self.name, int(rng.integers(0, 2**63)))

    def _chosen(self, plan: PagePlan) -> list[PlannedFilter]:
        return self.plan(plan.key, (self.name,), 1.0, forced_only=False)


@lru_cache(maxsize=256)
def _choice(key: int, path: tuple[str, ...]) -> float:
    """The number below `p` of chosen filters; it is asked for when a page is measured, drawn and merged."""
    return float(Stream(key).child(*path, "choice").generator().random())


@dataclass(slots=True, eq=False)
class PlannedFilter:
    """Filter chosen for a page."""

    filter: Filter
    path: tuple[str, ...]
    """Names of the enclosing stacks from the outside, and of the filter."""

    key: int
    """Key of the plan of the page."""

    strength: float
    """Strength of the filter multiplied by those of all enclosing stacks."""

    _draws: Draws | None = field(default=None, init=False)

    def start(self) -> Draws:
        """Starts the stream of the filter; the filter counts as applied from now on."""
        self._draws = self.peek()
        return self._draws

    def peek(self) -> Draws:
        """The stream from its start, without applying the filter."""
        return Draws(Stream(self.key).child(*self.path).generator(), self.strength)

    @property
    def record(self) -> Applied | None:
        """Record of the applied filter; `None` if it has not started."""
        if self._draws is None:
            return None
        return Applied("/".join(self.path[1:]) or self.path[0], self.strength, self._draws.parameters)


def _records(chosen: Sequence[PlannedFilter]) -> tuple[Applied, ...]:
    return tuple(record for planned in chosen if (record := planned.record) is not None)


@dataclass(slots=True, eq=False)
class _LastPage:
    """Record of the page processed last, shared by a filter and its snapshots."""

    applied: tuple[Applied, ...] = ()


def _snake_case(name: str) -> str:
    letters = (f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return "".join(letters).lstrip("_")
