"""Stacks of filters."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from smashcima.errors import SettingsError, WrongTypeError, described
from smashcima.imaging.compositing.postprocessor import Postprocessor
from smashcima.imaging.filters.filter import MAX_STRENGTH, Filter, PlannedFilter
from smashcima.imaging.filters.pixel_function import PixelFunction
from smashcima.randomness import Stream
from smashcima.short_repr import short_repr


@dataclass(kw_only=True, eq=False)
class _StackOptions(Filter):
    share_untouched: float = 0.0
    """Share of pages to which only filters with `force_do` are applied; 0 to 1."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "share_untouched":
            self._check(name, value, 0, 1)
        super().__setattr__(name, value)


class FilterStack(_StackOptions):
    """A sequence of filters; also a filter itself, so that stacks can contain stacks.

    Layer filters are applied first, regardless of their position; then all others in order, with consecutive geometric
    and light filters combined. `strength` multiplies the strength of every filter inside. `p`, `force_do` and
    `force_dont` apply to the whole stack.

    Each filter has its own random stream, identified by its name and those of the enclosing stacks. So the effect of
    one filter does not depend on whether others are applied. `stack["skew"]` returns a filter by name.
    """

    def __init__(
        self,
        filters: Sequence[Filter | Callable[..., Any]] = (),
        rng: object = None,
        *,
        strength: float = 1.0,
        share_untouched: float = 0.0,
        p: float = 1.0,
        force_do: bool = False,
        force_dont: bool = False,
        name: str = "",
    ) -> None:
        """Functions are wrapped in a `PixelFunction`. A generator in place of `rng`, as in smashcima 1, has no effect: each page
        has random streams of its own.

        Raises a `SettingsError` for invalid options or duplicate names.
        """
        super().__init__(
            p=p,
            strength=strength,
            force_do=force_do,
            force_dont=force_dont,
            name=name,
            share_untouched=share_untouched,
        )
        made = [_filter_of(item) for item in filters]
        counts = Counter(item.name for item in made)
        for filter_name, count in counts.items():
            if count > 1:
                raise SettingsError(
                    f"{count} filters of a stack have the name {filter_name!r}: give them different names by `name=`."
                )
        self.filters: list[Filter] = made
        """The filters in order; the list can be changed."""

    def __repr__(self) -> str:
        return short_repr("FilterStack", [("", item.name) for item in self.filters])

    def __len__(self) -> int:
        return len(self.filters)

    def __iter__(self) -> Iterator[Filter]:
        return iter(self.filters)

    def __getitem__(self, name: str) -> Filter:
        """Returns the filter with a name; one in an inner stack by its path, `inner/name`."""
        return self.part(name)

    def part(self, path: str) -> Filter:
        """Returns the filter with a path below this stack, or the stack itself for an empty path."""
        if not path:
            return self
        first, _, rest = path.partition("/")
        for item in self.filters:
            if item.name == first:
                return item.part(rest)
        known = ", ".join(item.name for item in self.filters) or "none"
        raise SettingsError(f"There is no filter {first!r} in this stack; it contains {known}.")

    def plan(self, key: int, path: tuple[str, ...], dial: float, forced_only: bool) -> list[PlannedFilter]:
        """Returns all filters chosen for a page."""
        strength = min(self.strength * dial, MAX_STRENGTH)
        if strength == 0:
            return []
        chosen = self.is_chosen(key, path)
        if self.force_dont or (not chosen and not self.has_forced):
            return []
        only = forced_only and not self.force_do
        only = only or not chosen or (not self.force_do and self._leaves_alone(key, path))
        return [
            planned for item in self.filters for planned in item.plan(key, (*path, item.name), strength, only)
        ]

    def _leaves_alone(self, key: int, path: tuple[str, ...]) -> bool:
        """Whether the page with the given key is left untouched."""
        if self.share_untouched == 0:
            return False
        # The first number of the stream is used for `p`.
        _, drawn = Stream(key).child(*path, "choice").generator().random(2)
        return bool(drawn < self.share_untouched)

    @property
    def lowers_resolution(self) -> bool:
        """Whether any filter inside can."""
        return any(item.lowers_resolution for item in self.filters)

    @property
    def keeps_size(self) -> bool:
        """Whether all filters inside do."""
        return all(item.keeps_size for item in self.filters)

    def snapshot(self) -> FilterStack:
        """Returns a copy with copies of all filters."""
        result = copy.copy(self)
        result.filters = [item.snapshot() for item in self.filters]
        return result

    @property
    def has_forced(self) -> bool:
        """Whether the stack, or any filter inside it, is applied to every page."""
        return self.force_do or any(item.has_forced for item in self.filters)


def _filter_of(item: object) -> Filter:
    """A filter, or a function as a filter; raises a `WrongTypeError` for other objects."""
    if isinstance(item, Filter):
        return item
    if callable(item) and not isinstance(item, type | Postprocessor):
        return PixelFunction(item)
    raise WrongTypeError(
        f"A FilterStack holds filters, and functions from pixels to pixels, not {described(item)}."
    )
