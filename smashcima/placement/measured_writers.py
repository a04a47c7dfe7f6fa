"""The people whose placement was measured, and the population that they are a sample of: what styles are made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError
from smashcima.placement.quantities import QUANTITIES
from smashcima.placement.quantity import Prior, Quantity
from smashcima.placement.set_by_eye import LIMITS, SET_BY_EYE, SIZES

FloatArray = NDArray[np.float64]

FITTED_FILE = "muscima_writers.json"
"""The fitted numbers, beside this module. `benchmarks/placement/fit_writers.py` makes it."""

FARTHEST = 2.5
"""Writers are at most so many standard deviations away from the middle, in anything."""


@dataclass(frozen=True)
class Population:
    """How writers differ in all quantities of placement, and what goes together in them.

    A writer is two numbers for each quantity, of mean 0 and variance 1 over all writers: where the mean of the
    quantity lies among those of others, and where the logarithm of its spread does. Numbers of one writer are
    correlated by a few common factors: who is careless in one thing is so in others.
    """

    priors: Mapping[str, Prior]
    """By the names of the quantities, all of them, in their order."""

    loadings: FloatArray
    """(quantities, 2, factors): how much of each number is due to each factor."""

    writers: Mapping[str, FloatArray]
    """By the names of the writers in MUSCIMA++: (quantities, 2), shrunk towards 0 where little is known of them."""

    about: Mapping[str, Any]
    """What was measured, by whom it was written, and how this was made."""

    def drawn(self, rng: np.random.Generator) -> dict[str, Quantity]:
        """The quantities of a writer as likely as any."""
        count, _, factors = self.loadings.shape
        common = self.loadings @ rng.standard_normal(factors)
        own = np.sqrt(np.maximum(1.0 - (self.loadings**2).sum(axis=2), 0.0))
        return self._quantities(common + own * rng.standard_normal((count, 2)))

    def of_writer(self, name: str) -> dict[str, Quantity]:
        """The quantities of a writer who was measured.

        Raises:
            SettingsError: nobody of that name was.
        """
        if name not in self.writers:
            raise SettingsError(
                f"There is no placement of a writer {name!r}; fitted were {', '.join(self.writers)}. "
                "`PlacementStyle.from_seed` draws a writer like them."
            )
        return self._quantities(self.writers[name])

    def average(self) -> dict[str, Quantity]:
        """The quantities of a writer who is in the middle of all others in everything."""
        return {name: prior.quantity(0.0, 0.0) for name, prior in self.priors.items()}

    def _quantities(self, numbers: FloatArray) -> dict[str, Quantity]:
        numbers = np.clip(numbers, -FARTHEST, FARTHEST)
        return {
            name: prior.quantity(float(mean), float(spread))
            for (name, prior), (mean, spread) in zip(self.priors.items(), numbers, strict=True)
        }

    @staticmethod
    def from_json(text: str) -> Population:
        """What a fit wrote. Quantities that it does not have are as a person set them."""
        found = json.loads(text)
        fitted, factors = found["quantities"], int(found["factors"])
        priors: dict[str, Prior] = {}
        loadings = np.zeros((len(QUANTITIES), 2, factors))
        rows = {name: row for row, name in enumerate(QUANTITIES)}
        for name, row in rows.items():
            low, high = LIMITS.get(name, (-np.inf, np.inf))
            if name in fitted:
                values = fitted[name]
                priors[name] = Prior(
                    mean=values["mean"],
                    between=values["between"],
                    spread=values["spread"],
                    spread_between=values["spread_between"],
                    run=values.get("run", 0.0),
                    share=values.get("share", 1.0),
                    skew=values.get("skew", 0.0),
                    low=low,
                    high=high,
                    size=name in SIZES,
                )
                loadings[row] = values["loadings"]
            else:
                priors[name] = SET_BY_EYE[name]
        measured = [rows[name] for name in fitted]
        # Of what was not measured only this is known: who is careless in other things will be so here.
        others = [row for name, row in rows.items() if name not in fitted]
        loadings[others, 1] = loadings[measured, 1].mean(axis=0)
        writers = {}
        for writer, numbers in found["writers"].items():
            whole = np.zeros((len(QUANTITIES), 2))
            whole[measured] = np.array(numbers, dtype=np.float64).reshape(2, -1).T
            whole[others, 1] = whole[measured, 1].mean()
            writers[writer] = whole
        return Population(
            MappingProxyType(priors), loadings, MappingProxyType(writers), MappingProxyType(found["about"])
        )


@lru_cache(maxsize=1)
def population() -> Population:
    """The population that ships with the library: read once, on first use."""
    return Population.from_json(files(__package__).joinpath(FITTED_FILE).read_text(encoding="utf-8"))
