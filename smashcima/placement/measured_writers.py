"""Writers whose placement was measured, and the population model fitted to them, from which styles are drawn."""

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
"""File with the fitted parameters, next to this module; written by `benchmarks/placement/fit_writers.py`."""

FARTHEST = 2.5
"""Maximum deviation of a drawn writer from the population mean, in standard deviations, for each quantity."""


@dataclass(frozen=True)
class Population:
    """Distribution of all quantities of placement over writers, with their correlations.

    A writer is represented by two standardised scores (mean 0 and variance 1 over all writers) for each quantity: one
    for its mean, one for the logarithm of its spread. The scores of a writer are correlated through a few common
    factors: a writer who is careless in one quantity tends to be so in others.
    """

    priors: Mapping[str, Prior]
    """Priors of all quantities, by name, in the order of `QUANTITIES`."""

    loadings: FloatArray
    """Factor loadings of the scores, (quantities, 2, factors)."""

    writers: Mapping[str, FloatArray]
    """Scores of the measured writers, by name in MUSCIMA++: (quantities, 2), shrunk towards 0 where data are few."""

    about: Mapping[str, Any]
    """Metadata: the measured data, its writers, and the method of the fit."""

    def drawn(self, rng: np.random.Generator) -> dict[str, Quantity]:
        """The quantities of a writer drawn from the population."""
        count, _, factors = self.loadings.shape
        common = self.loadings @ rng.standard_normal(factors)
        own = np.sqrt(np.maximum(1.0 - (self.loadings**2).sum(axis=2), 0.0))
        return self._quantities(common + own * rng.standard_normal((count, 2)))

    def of_writer(self, name: str) -> dict[str, Quantity]:
        """The quantities of a measured writer.

        Raises:
            SettingsError: no writer of that name was measured.
        """
        if name not in self.writers:
            raise SettingsError(
                f"No placement was fitted for the writer {name!r}. Fitted writers: {', '.join(self.writers)}. "
                "Use `PlacementStyle.from_seed` to draw a similar writer."
            )
        return self._quantities(self.writers[name])

    def average(self) -> dict[str, Quantity]:
        """The quantities of an average writer, with all scores 0."""
        return {name: prior.quantity(0.0, 0.0) for name, prior in self.priors.items()}

    def _quantities(self, numbers: FloatArray) -> dict[str, Quantity]:
        numbers = np.clip(numbers, -FARTHEST, FARTHEST)
        return {
            name: prior.quantity(float(mean), float(spread))
            for (name, prior), (mean, spread) in zip(self.priors.items(), numbers, strict=True)
        }

    @staticmethod
    def from_json(text: str) -> Population:
        """Reads a fitted population; quantities missing in it use `SET_BY_EYE`."""
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
        # Quantities that were not measured are only assumed to share the general factor of carelessness.
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
    """The population included in the library, loaded on first use."""
    return Population.from_json(files(__package__).joinpath(FITTED_FILE).read_text(encoding="utf-8"))
