"""Interface of sources of scores."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from smashcima.datasets.generation.fields import Where
from smashcima.loading import Loaded


@dataclass(frozen=True)
class ScoreItem:
    """A score for one sample."""

    id: str
    """Name of the score, unique in its source; the split of a sample depends on it."""

    loaded: Loaded

    licence: str = "unknown"
    """SPDX identifier of the music, or `unknown`."""

    metadata: Mapping[str, Any] = field(default_factory=dict)
    """Further facts: title, composer, key, page of the source."""


class ScoreSource(ABC):
    """A source of scores.

    - **Must override** `from_data`, `prepare`, `item`.
    - **May override** `permits_commercial_use`.

    A source is built in each worker process from its data in the plan; `prepare` runs once per process.
    """

    KEY: ClassVar[str]
    """Name of the field that holds the main argument in a plan."""

    FIELDS: ClassVar[tuple[str, ...]] = ()
    """Names of further fields, besides `weight` and `filter`."""

    @classmethod
    @abstractmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        """Builds the source from its mapping in a plan; `folder` is that of the plan. Raises `PlanError`."""

    @abstractmethod
    def prepare(self) -> int | None:
        """Finds the scores, and returns their number; `None` for a source without end. Raises `PlanError`."""

    @abstractmethod
    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        """The score with an index below the number of scores; for a source without end, any index.

        Raises a `SmashcimaError` if it cannot be loaded.
        """

    @abstractmethod
    def name(self, index: int) -> str:
        """The `id` of a score, without loading it."""

    @property
    def permits_commercial_use(self) -> bool:
        """Whether images of this music may be used commercially; unknown music may not."""
        return False
