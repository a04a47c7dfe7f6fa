"""Values that a plan randomises: constants, weighted choices and distributions.

```yaml
writer: neat                                 # a constant
dpi: {choose: [150, 200, 300]}               # equally probable
paper: {choose: [solid, aged], weights: [3, 1]}
staff_height_mm: {uniform: [5, 9]}
strength: {normal: [0.5, 0.2], within: [0, 1]}
scale: {log_uniform: [0.1, 10]}
seed: {integers: [0, 1000]}
```

They may be anywhere inside the options of a recipe.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from smashcima.datasets.generation.fields import Where

Sampler = Callable[[np.random.Generator], Any]

_MOST_TRIES = 1000


def is_random(data: Any) -> bool:
    """Whether plain data is one random value, such as `{uniform: [0, 1]}`."""
    return isinstance(data, Mapping) and any(key in data for key in _KINDS)


def has_random(data: Any) -> bool:
    """Whether plain data is or contains a random value."""
    if is_random(data):
        return True
    if isinstance(data, Mapping):
        return any(has_random(value) for value in data.values())
    return isinstance(data, list | tuple) and any(has_random(item) for item in data)


def check_random(data: Any, where: Where) -> None:
    """Checks all random values in plain data; raises `PlanError`."""
    if is_random(data):
        _sampler(data, where)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            check_random(value, where.at(str(key)))
    elif isinstance(data, list | tuple):
        for index, item in enumerate(data):
            check_random(item, where.at(index))


def sample(data: Any, rng: np.random.Generator, where: Where | None = None) -> Any:
    """Plain data with a value for each random value in it, drawn in the order in which they are written."""
    place = where or Where()
    if is_random(data):
        return _sampler(data, place)(rng)
    if isinstance(data, Mapping):
        return {key: sample(value, rng, place.at(str(key))) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [sample(item, rng, place.at(index)) for index, item in enumerate(data)]
    return data


def possible_values(data: Any) -> list[Any]:
    """The values that plain data may have: itself, or the items of a choice; of a distribution, none."""
    if not is_random(data):
        return [data]
    return [value for item in data.get("choose", ()) for value in possible_values(item)]


def _sampler(data: Mapping[str, Any], where: Where) -> Sampler:
    kind = next(key for key in _KINDS if key in data)
    where.mapping(data, (kind, *_OPTIONS[kind]))
    return _KINDS[kind](data, where)


def _choose(data: Mapping[str, Any], where: Where) -> Sampler:
    items = where.at("choose").list(data["choose"])
    if not items:
        raise where.at("choose").error("expected at least one item")
    for index, item in enumerate(items):
        check_random(item, where.at("choose").at(index))
    weights = _weights(data.get("weights"), len(items), where.at("weights"))

    def draw(rng: np.random.Generator) -> Any:
        index = int(rng.choice(len(items), p=weights))
        return sample(items[index], rng, where.at("choose").at(index))

    return draw


def _weights(data: Any, count: int, where: Where) -> np.ndarray[Any, np.dtype[np.float64]]:
    if data is None:
        return np.full(count, 1.0 / count)
    given = [where.at(index).number(weight, 0) for index, weight in enumerate(where.list(data))]
    if len(given) != count:
        raise where.error(f"expected {count} weights, one for each item, got {len(given)}")
    if sum(given) <= 0:
        raise where.error("expected at least one weight above 0")
    return np.array(given) / sum(given)


def _range(data: Mapping[str, Any], kind: str, where: Where, least: float = -math.inf) -> tuple[float, float]:
    place = where.at(kind)
    pair = place.list(data[kind])
    if len(pair) != 2:
        raise place.error(f"expected [low, high], got {len(pair)} values")
    low, high = (place.at(index).number(value, least) for index, value in enumerate(pair))
    if low > high:
        raise place.error(f"low ({low:g}) exceeds high ({high:g})")
    return low, high


def _uniform(data: Mapping[str, Any], where: Where) -> Sampler:
    low, high = _range(data, "uniform", where)
    return lambda rng: float(rng.uniform(low, high))


def _log_uniform(data: Mapping[str, Any], where: Where) -> Sampler:
    low, high = _range(data, "log_uniform", where)
    if low <= 0:
        raise where.at("log_uniform").error("expected positive numbers")
    return lambda rng: float(math.exp(rng.uniform(math.log(low), math.log(high))))


def _integers(data: Mapping[str, Any], where: Where) -> Sampler:
    pair = where.at("integers").list(data["integers"])
    if len(pair) != 2:
        raise where.at("integers").error(f"expected [low, high], got {len(pair)} values")
    low, high = (where.at("integers").at(i).integer(v, -(2**62), 2**62) for i, v in enumerate(pair))
    if low > high:
        raise where.at("integers").error(f"low ({low}) exceeds high ({high})")
    return lambda rng: int(rng.integers(low, high, endpoint=True))


def _normal(data: Mapping[str, Any], where: Where) -> Sampler:
    place = where.at("normal")
    pair: Sequence[Any] = place.list(data["normal"])
    if len(pair) != 2:
        raise place.error(f"expected [mean, standard deviation], got {len(pair)} values")
    mean, deviation = place.at(0).number(pair[0], -math.inf), place.at(1).number(pair[1], 0)
    low, high = _range(data, "within", where) if "within" in data else (-math.inf, math.inf)

    def draw(rng: np.random.Generator) -> float:
        for _ in range(_MOST_TRIES):
            value = float(rng.normal(mean, deviation))
            if low <= value <= high:
                return value
        return min(max(mean, low), high)

    return draw


_KINDS: dict[str, Callable[[Mapping[str, Any], Where], Sampler]] = {
    "choose": _choose,
    "uniform": _uniform,
    "log_uniform": _log_uniform,
    "integers": _integers,
    "normal": _normal,
}

_OPTIONS: dict[str, tuple[str, ...]] = {
    "choose": ("weights",),
    "uniform": (),
    "log_uniform": (),
    "integers": (),
    "normal": ("within",),
}
