"""Interface of sources of scores."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.licences import UNKNOWN, permits_commercial_use
from smashcima.loading import Loaded


@dataclass(frozen=True)
class ScoreItem:
    """A score for one sample."""

    id: str
    """Name of the score, unique in its source; the split of a sample depends on it."""

    loaded: Loaded

    licence: str = UNKNOWN
    """Licence of the music: see `smashcima.datasets.generation.licences`."""

    metadata: Mapping[str, Any] = field(default_factory=dict)
    """Further facts: title, composer, key, page of the source."""


@dataclass(frozen=True, slots=True)
class RejectedScore:
    """A score that a source does not offer."""

    name: str
    reason: str


class ScoreSource(ABC):
    """A source of scores.

    - **Must override** `prepare`, `item`, `name`.
    - **May override** `from_data`, `check_data`, `fingerprint`, `licences`, `rejected`.

    A source is built in each worker process from its data in the plan; `prepare` runs once per process.
    """

    KEY: ClassVar[str] = ""
    """Name of the field that holds the main argument in a plan."""

    FIELDS: ClassVar[tuple[str, ...]] = ()
    """Names of further fields, besides `weight`, `licence` and `filter`."""

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        """Checks the fields of its mapping when a plan is read, without opening anything. Raises `PlanError`."""

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        """Builds the source from its mapping in a plan; `folder` is that of the plan. Raises `PlanError`.

        By default, calls the constructor with the main argument, and with the further fields by name.
        """
        return cls(data[cls.KEY], **{name: data[name] for name in cls.FIELDS if name in data})  # type: ignore[call-arg]

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

    def fingerprint(self, index: int) -> str | None:
        """SHA-256 of the content of a score, under which facts about it are kept; `None` if they are not worth it."""
        return None

    @property
    def licences(self) -> tuple[str, ...]:
        """All licences of its music."""
        return (UNKNOWN,)

    @property
    def permits_commercial_use(self) -> bool:
        """Whether images of this music may be used commercially; unknown music may not."""
        return all(map(permits_commercial_use, self.licences))

    @property
    def rejected(self) -> tuple[RejectedScore, ...]:
        """The scores that `prepare` has left out, with reasons."""
        return ()
