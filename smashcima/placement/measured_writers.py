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

    leans: FloatArray
    """Skew of the scores, (quantities, 2): the standard deviation of the logarithm of a log-normal distribution, negative
    for a long tail towards small values; 0 for normal scores."""

    writers: Mapping[str, FloatArray]
    """Scores of the measured writers, by name in MUSCIMA++: (quantities, 2), shrunk towards 0 where data are few."""

    about: Mapping[str, Any]
    """Metadata: the measured data, its writers, and the method of the fit."""

    def drawn(
        self, rng: np.random.Generator, given: Mapping[str, float] | None = None
    ) -> dict[str, Quantity]:
        """The quantities of a writer drawn from the population, or from those writers who have the `given` means.

        Raises:
            SettingsError: a given quantity does not exist, or its mean is the same for all writers.
        """
        count, _, factors = self.loadings.shape
        common = self.loadings @ rng.standard_normal(factors)
        own = np.sqrt(np.maximum(1.0 - (self.loadings**2).sum(axis=2), 0.0))
        scores = common + own * rng.standard_normal((count, 2))
        return self._quantities(self._leaning(self._moved(scores, given) if given else scores))

    def _leaning(self, scores: FloatArray) -> FloatArray:
        """Normal scores with the skew of those of the measured writers: a few leave long gaps, and most none."""
        lean = np.abs(self.leans)
        with np.errstate(divide="ignore", invalid="ignore"):
            grown = (np.exp(lean * np.sign(self.leans) * scores) - np.exp(lean**2 / 2)) / np.sqrt(
                np.expm1(lean**2) * np.exp(lean**2)
            )
        return np.where(lean > 0, np.sign(self.leans) * grown, scores)

    def _moved(self, scores: FloatArray, given: Mapping[str, float]) -> FloatArray:
        """Scores drawn regardless of the given means, moved so that they are a draw from the writers who have them."""
        names = list(self.priors)
        for name in given:
            if name not in self.priors or self.priors[name].between <= 0:
                raise SettingsError(
                    f"The mean of {name!r} cannot be given: no quantity of this name has a mean that differs between writers."
                )
        rows = [names.index(name) for name in given]
        priors = [self.priors[name] for name in given]
        means = np.array(
            [(value - p.mean) / p.between for value, p in zip(given.values(), priors, strict=True)]
        )
        towards = self.loadings @ self.loadings[rows, 0].T
        towards[rows, 0, np.arange(len(rows))] = 1.0
        missing = np.clip(means, -FARTHEST, FARTHEST) - scores[rows, 0]
        result: FloatArray = scores + towards @ np.linalg.solve(towards[rows, 0], missing)
        return result

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
        loadings, leans = np.zeros((len(QUANTITIES), 2, factors)), np.zeros((len(QUANTITIES), 2))
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
                leans[row] = values.get("lean", 0.0)
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
            MappingProxyType(priors),
            loadings,
            leans,
            MappingProxyType(writers),
            MappingProxyType(found["about"]),
        )


@lru_cache(maxsize=1)
def population() -> Population:
    """The population included in the library, loaded on first use."""
    return Population.from_json(files(__package__).joinpath(FITTED_FILE).read_text(encoding="utf-8"))
