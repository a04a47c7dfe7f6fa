"""Placement style: the quantities of one writer."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from smashcima.errors import SettingsError
from smashcima.placement.measured_writers import population
from smashcima.placement.quantities import QUANTITIES
from smashcima.placement.quantity import Quantity
from smashcima.placement.set_by_eye import SIZES
from smashcima.randomness import Stream
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True)
class PlacementStyle(ShortRepr):
    """How one writer places primitives relative to the engraver's layout.

    `PlacementStyle.from_seed(7)` draws a random writer. `style.changed(stem_angle_up=4.0)` sets a quantity to a
    constant, `style.changed(spacing=Quantity(0.0, 0.1))` to a distribution, and `style.changed(head_y=None)` to the
    engraver's values. `smashcima.placement.quantities` describes all quantities.
    """

    name: str = "average"
    """Name of the writer in the record of a scene."""

    amplitude: float = 1.0
    """Factor of all deviations from the engraving: 0 for none, 1 for those of the writer, 2 for exaggerated ones."""

    quantities: Mapping[str, Quantity | None] = field(default_factory=dict)
    """Quantities by name; `None` for the engraver's values. Omitted quantities are those of the average writer."""

    def __post_init__(self) -> None:
        if not (isinstance(self.amplitude, int | float) and 0 <= self.amplitude <= 3):
            raise SettingsError(f"amplitude must be between 0 and 3, not {self.amplitude!r}.")
        unknown = [name for name in self.quantities if name not in QUANTITIES]
        if unknown:
            raise SettingsError(
                f"Unknown quantities of placement: {', '.join(map(repr, unknown))}. Valid names: {', '.join(QUANTITIES)}."
            )
        chosen: dict[str, Quantity | None] = {}
        if len(self.quantities) < len(QUANTITIES):
            chosen.update(population().average())
        chosen = {name: self.quantities.get(name, chosen.get(name)) for name in QUANTITIES}
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
    def from_seed(
        seed: int, *, amplitude: float = 1.0, sizes: bool = True, given: Mapping[str, float] | None = None
    ) -> PlacementStyle:
        """A random writer, drawn from the measured population.

        Args:
            seed: equal seeds give equal writers.
            amplitude: see the attribute.
            sizes: whether noteheads and beams get the writer's size; set to False for ink with its own size.
            given: means of some quantities, such as the sizes of ink that is drawn already. All others are those of writers
                who have these means: large heads go with long stems, for example.
        """
        known = tuple(sorted(given.items())) if given else ()
        style = PlacementStyle(f"seed {seed}", amplitude, _drawn(Stream(seed).child("placement"), known))
        return style if sizes else style.without_sizes()

    @staticmethod
    def of_writer(name: str, *, amplitude: float = 1.0, sizes: bool = True) -> PlacementStyle:
        """A writer of MUSCIMA++, estimated from two or three pages and the correlations between quantities.

        Args:
            name: name in the data set, `"01"` to `"50"`; `PlacementStyle.writers()` lists the fitted writers.
            amplitude: see the attribute.
            sizes: whether noteheads and beams get the writer's size; set to False for ink with its own size.

        Raises:
            SettingsError: this writer was not fitted.
        """
        style = PlacementStyle(f"MUSCIMA++ {name}", amplitude, population().of_writer(name))
        return style if sizes else style.without_sizes()

    @staticmethod
    def average(*, amplitude: float = 1.0, sizes: bool = True) -> PlacementStyle:
        """The average writer of the population."""
        style = PlacementStyle("average", amplitude)
        return style if sizes else style.without_sizes()

    @staticmethod
    def writers() -> tuple[str, ...]:
        """Names of the writers available to `of_writer`."""
        return tuple(population().writers)

    def changed(self, **quantities: Quantity | float | None) -> PlacementStyle:
        """A copy with other quantities (numbers are constants, `None` is the engraver's value) or another `amplitude`."""
        values: dict[str, Quantity | None] = dict(self.quantities)
        amplitude = self.amplitude
        for name, value in quantities.items():
            if name == "amplitude":
                if not isinstance(value, int | float):
                    raise SettingsError(f"amplitude must be a number, not {value!r}.")
                amplitude = float(value)
            elif value is None or isinstance(value, Quantity):
                values[name] = value
            else:
                values[name] = Quantity(float(value))
        return PlacementStyle(self.name, amplitude, values)

    def without_sizes(self) -> PlacementStyle:
        """A copy without the quantities that change the sizes of noteheads and beams."""
        return self.changed(**dict.fromkeys(SIZES))

    def with_steady_sizes(self) -> PlacementStyle:
        """A copy whose noteheads and beams have the writer's sizes without variation, for ink that varies by itself."""
        values = {name: self.quantities[name] for name in SIZES}
        return self.changed(
            **{name: q if q is None else replace(q, spread=0.0) for name, q in values.items()}
        )

    def with_spreads(self, factor: float) -> PlacementStyle:
        """A copy whose items differ `factor` times as much from the writer's means, which are kept."""
        return self.changed(
            **{
                name: quantity.with_spread(quantity.spread * factor)
                for name, quantity in self.quantities.items()
                if quantity is not None
            }
        )

    def interpolated(self, other: PlacementStyle, t: float) -> PlacementStyle:
        """Interpolation between this style (`t` = 0) and another (`t` = 1)."""
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
                    share=a.share + t * (b.share - a.share),
                    skew=a.skew + t * (b.skew - a.skew),
                )
        amplitude = self.amplitude + t * (other.amplitude - self.amplitude)
        return PlacementStyle(self.name if t < 0.5 else other.name, amplitude, values)

    # -- keeping -------------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """The style as JSON, with all quantities."""
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
        """Reads a style written by `to_json`; raises `SettingsError` for invalid JSON."""
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
            raise SettingsError(f"Invalid JSON of a placement style: {error}") from error


@lru_cache(maxsize=4)  # a model asks for the style of a sample several times, one after the other
def _drawn(stream: Stream, given: tuple[tuple[str, float], ...]) -> Mapping[str, Quantity]:
    """The quantities of the writer of a stream, who has the given means."""
    return MappingProxyType(population().drawn(stream.generator(), dict(given)))
