"""The classifier of pages: music or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from smashcima.datasets.curation.features import NAMES, Numbers
from smashcima.errors import SmashcimaError

_NUMBERS = "page_classifier.json"


@dataclass(frozen=True)
class PageClassifier:
    """A small neural network over the features of a page.

    `benchmarks/page_classifier/train.py` makes its numbers.
    """

    mean: Numbers
    """Mean of each feature over the training pages."""

    deviation: Numbers
    """Standard deviation of each feature."""

    layers: tuple[tuple[Numbers, Numbers], ...]
    """Weights (inputs, outputs) and biases of each layer; ReLU between layers, the logistic function after the last."""

    @staticmethod
    @cache
    def default() -> PageClassifier:
        """The classifier that Smashcima ships."""
        text = files("smashcima.datasets.curation").joinpath(_NUMBERS).read_text(encoding="utf-8")
        return PageClassifier.from_data(json.loads(text))

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> PageClassifier:
        """Reads the data of `to_data`; raises a `SmashcimaError` if they are of other features."""
        if tuple(data["features"]) != NAMES:
            raise SmashcimaError(
                "The numbers of the page classifier belong to another version of Smashcima; train it again with "
                "benchmarks/page_classifier/train.py."
            )
        layers = tuple((np.array(layer["weights"]), np.array(layer["biases"])) for layer in data["layers"])
        return PageClassifier(np.array(data["mean"]), np.array(data["deviation"]), layers)

    def to_data(self) -> dict[str, Any]:
        """The classifier as JSON-compatible data, with five significant digits."""
        return {
            "features": list(NAMES),
            "mean": _rounded(self.mean),
            "deviation": _rounded(self.deviation),
            "layers": [
                {"weights": _rounded(weights), "biases": _rounded(biases)} for weights, biases in self.layers
            ],
        }

    def probability(self, features: Numbers) -> float:
        """The probability that a page with these features shows music."""
        # Features far outside of the training pages say no more than those at their border.
        values = np.clip((features - self.mean) / self.deviation, -6, 6)
        for index, (weights, biases) in enumerate(self.layers):
            values = values @ weights + biases
            if index < len(self.layers) - 1:
                values = np.maximum(values, 0)
        return float(1 / (1 + np.exp(-values[0])))


def _rounded(values: Numbers) -> list[Any]:
    if values.ndim > 1:
        return [_rounded(row) for row in values]
    return [float(f"{value:.5g}") for value in values]
