"""How a person places things: one writer's quantities."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from smashcima.errors import SettingsError
from smashcima.randomness import stream
from smashcima.synthesis.placement.priors import PRIORS
from smashcima.synthesis.placement.quantities import QUANTITIES
from smashcima.synthesis.placement.quantity import Prior, Quantity

CARELESSNESS_SHARE = 0.5
"""Correlation of a writer's spreads: who is careless in one thing is careless in others."""

MOST_CARELESS = 2.0
"""Writers differ in carelessness by at most so many standard deviations."""


@dataclass(frozen=True)
class PlacementStyle:
    """Where one writer puts things, next to where an engraver would.

    `PlacementStyle.from_seed(7)` is a writer as likely as any; `style.changed(stem_angle_up=4.0)` sets a quantity to a
    constant, `style.changed(spacing=Quantity(0.0, 0.1))` to a distribution, `style.changed(head_y=None)` to what the
    engraver did. `smashcima.synthesis.placement.quantities` says what each means.
    """

    name: str = "average"
    """What the writer is called in the record of a scene."""

    amplitude: float = 1.0
    """How much of all this is applied: 0 leaves an engraving untouched, 1 is the writer, 2 a caricature."""

    quantities: Mapping[str, Quantity | None] = field(default_factory=dict)
    """By name; `None` for what is done as the engraver did it. Those not given are those of the average writer."""

    def __post_init__(self) -> None:
        if not (isinstance(self.amplitude, int | float) and 0 <= self.amplitude <= 3):
            raise SettingsError(f"The amplitude must lie from 0 to 3, not {self.amplitude!r}.")
        unknown = [name for name in self.quantities if name not in QUANTITIES]
        if unknown:
            raise SettingsError(
                f"Placement has no quantity {', '.join(map(repr, unknown))}; there are {', '.join(QUANTITIES)}."
            )
        chosen = {name: self.quantities.get(name, PRIORS[name].quantity(0.0, 0.0)) for name in QUANTITIES}
        object.__setattr__(self, "quantities", MappingProxyType(chosen))

    def __hash__(self) -> int:
        return hash((self.name, self.amplitude, tuple(self.quantities.values())))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PlacementStyle):
            return NotImplemented
        return (self.name, self.amplitude, dict(self.quantities)) == (
            other.name,
            other.amplitude,
            dict(other.quantities),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (PlacementStyle, (self.name, self.amplitude, dict(self.quantities)))

    # -- making --------------------------------------------------------------------------------------------

    @staticmethod
    def from_seed(seed: int, *, amplitude: float = 1.0, sizes: bool = True) -> PlacementStyle:
        """The writer of a seed, drawn from the priors.

        Args:
            seed: equal seeds give equal writers.
            amplitude: see the field.
            sizes: whether noteheads and beams get the writer's size. Say no for ink that has sizes of its own.
        """
        rng = stream(seed, 0, "placement")
        careless = float(np.clip(rng.standard_normal(), -MOST_CARELESS, MOST_CARELESS))
        draws = np.clip(rng.standard_normal((len(PRIORS), 2)), -2.5, 2.5)
        rest = math.sqrt(1 - CARELESSNESS_SHARE**2)
        quantities = {
            name: prior.quantity(float(mean), CARELESSNESS_SHARE * careless + rest * float(spread))
            for (name, prior), (mean, spread) in zip(PRIORS.items(), draws, strict=True)
        }
        style = PlacementStyle(f"seed {seed}", amplitude, quantities)
        return style if sizes else style.without_sizes()

    def changed(self, **quantities: Quantity | float | None) -> PlacementStyle:
        """The style with other quantities (numbers are constants, `None` is the engraver's way), or another
        `amplitude`.
        """
        values: dict[str, Quantity | None] = dict(self.quantities)
        amplitude = self.amplitude
        for name, value in quantities.items():
            if name == "amplitude":
                if not isinstance(value, int | float):
                    raise SettingsError(f"The amplitude must be a number, not {value!r}.")
                amplitude = float(value)
            elif value is None or isinstance(value, Quantity):
                values[name] = value
            else:
                values[name] = Quantity(float(value))
        return PlacementStyle(self.name, amplitude, values)

    def without_sizes(self) -> PlacementStyle:
        """The style with noteheads and beams in the size that they have."""
        return self.changed(**{name: None for name, prior in PRIORS.items() if prior.size})

    def interpolated(self, other: PlacementStyle, t: float) -> PlacementStyle:
        """The style between this one (`t` = 0) and another (`t` = 1)."""
        values: dict[str, Quantity | None] = {}
        for name, a in self.quantities.items():
            b = other.quantities[name]
            if a is None or b is None:
                values[name] = a if t < 0.5 else b
            else:
                values[name] = replace(
                    a,
                    mean=a.mean + t * (b.mean - a.mean),
                    spread=a.spread + t * (b.spread - a.spread),
                    run=a.run + t * (b.run - a.run),
                    skew=a.skew + t * (b.skew - a.skew),
                )
        amplitude = self.amplitude + t * (other.amplitude - self.amplitude)
        return PlacementStyle(self.name if t < 0.5 else other.name, amplitude, values)

    # -- keeping -------------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """The style as JSON, all quantities written out."""
        quantities = {
            name: None
            if quantity is None
            else {key: value for key, value in asdict(quantity).items() if math.isfinite(value)}
            for name, quantity in self.quantities.items()
        }
        return json.dumps(
            {"name": self.name, "amplitude": self.amplitude, "quantities": quantities}, indent=1
        )

    @staticmethod
    def from_json(text: str) -> PlacementStyle:
        """The style that `to_json` wrote; a `SettingsError` if it is none."""
        try:
            found = json.loads(text)
            quantities = {
                str(name): None if values is None else Quantity(**values)
                for name, values in found.get("quantities", {}).items()
            }
            return PlacementStyle(
                str(found.get("name", "average")), float(found.get("amplitude", 1.0)), quantities
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise SettingsError(f"This is no placement style in JSON: {error}") from error


__all__ = ["CARELESSNESS_SHARE", "MOST_CARELESS", "PlacementStyle", "Prior"]
