"""Distributions of conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from smashcima.composing.draws import Draws
from smashcima.errors import SettingsError

T = TypeVar("T")


@dataclass(frozen=True)
class OneOf(Generic[T]):
    """One of several values: `OneOf(("3/4", "6/8"), (2, 1))` is 3/4 in two of three pieces."""

    values: tuple[T, ...]
    weights: tuple[float, ...] = ()
    """Weights of the values; equal ones by default."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(self.values))
        object.__setattr__(self, "weights", tuple(self.weights))
        if not self.values:
            raise SettingsError("OneOf requires at least one value.")
        if self.weights and (
            len(self.weights) != len(self.values) or min(self.weights) < 0 or not sum(self.weights)
        ):
            raise SettingsError(
                f"OneOf requires one weight for each of its {len(self.values)} values, none negative and one above 0, "
                f"not {self.weights!r}."
            )

    def draw(self, draws: Draws) -> T:
        """One of the values."""
        if not self.weights:
            return draws.pick(self.values)
        left = draws.uniform() * sum(self.weights)
        for value, weight in zip(self.values, self.weights, strict=True):
            left -= weight
            if left < 0:
                return value
        return self.values[self.weights.index(max(self.weights))]


@dataclass(frozen=True)
class Between:
    """A number from `low` to `high`, all equally likely; an integer if both are."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise SettingsError(f"Between requires low <= high, not {self.low!r} and {self.high!r}.")

    def draw(self, draws: Draws) -> float:
        """A number."""
        if isinstance(self.low, int) and isinstance(self.high, int):
            return draws.integer(self.low, self.high)
        return self.low + draws.uniform() * (self.high - self.low)


def value_of_data(data: Any) -> Any:
    """A constant or a distribution from plain data, written as in plans of data sets.

    `{choose: [a, b], weights: [2, 1]}` is a `OneOf`; `{integers: [low, high]}` and `{uniform: [low, high]}` are `Between`.
    Lists are tuples. Raises a `SettingsError`.
    """
    if isinstance(data, Mapping):
        names = set(data)
        if "choose" in names and names <= {"choose", "weights"} and isinstance(data["choose"], list | tuple):
            return OneOf(tuple(map(value_of_data, data["choose"])), tuple(data.get("weights") or ()))
        if len(names) == 1 and names <= {"integers", "uniform"}:
            (kind, limits), *_ = data.items()
            if isinstance(limits, list | tuple) and len(limits) == 2 and all(map(_is_number, limits)):
                low, high = limits if kind == "integers" else map(float, limits)
                return Between(low, high)
        raise SettingsError(
            f"{dict(data)!r} is not a distribution; write {{choose: [...]}}, {{choose: [...], weights: [...]}}, "
            "{integers: [low, high]} or {uniform: [low, high]}."
        )
    return tuple(data) if isinstance(data, list) else data


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def drawn(value: Any, draws: Draws) -> Any:
    """A value for a constant (itself) or a distribution."""
    return value.draw(draws) if isinstance(value, OneOf | Between) else value


def possible(value: Any) -> tuple[Any, ...]:
    """Values that a constant or a distribution may have: for `Between`, its limits."""
    if isinstance(value, OneOf):
        return value.values
    return (value.low, value.high) if isinstance(value, Between) else (value,)
