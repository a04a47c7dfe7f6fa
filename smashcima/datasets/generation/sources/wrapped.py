"""Sources that change another source."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smashcima.datasets.generation.sources.source import RejectedScore, ScoreItem, ScoreSource


class WrappedSource(ScoreSource):
    """A source that is like another one, unless a method is overridden."""

    def __init__(self, inner: ScoreSource) -> None:
        self.inner = inner

    def prepare(self) -> int | None:
        return self.inner.prepare()

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        return self.inner.item(index, rng)

    def name(self, index: int) -> str:
        return self.inner.name(index)

    def fingerprint(self, index: int) -> str | None:
        return self.inner.fingerprint(index)

    @property
    def licences(self) -> tuple[str, ...]:
        return self.inner.licences

    @property
    def rejected(self) -> tuple[RejectedScore, ...]:
        return self.inner.rejected


class LicensedSource(WrappedSource):
    """A source whose licence the plan states, whatever the source itself knows."""

    def __init__(self, inner: ScoreSource, licence: str) -> None:
        super().__init__(inner)
        self._licence = licence

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        return replace(self.inner.item(index, rng), licence=self._licence)

    @property
    def licences(self) -> tuple[str, ...]:
        return (self._licence,)
