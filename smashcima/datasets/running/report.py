"""What a run has done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from smashcima.datasets.generation import RejectedScore, SampleFailure
from smashcima.datasets.running.statistics import Statistics
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True)
class GenerationReport(ShortRepr):
    """The shards of a run: of the whole data set, or of one part of it."""

    root: Path
    samples: int
    """Samples in complete shards, with those that failed."""

    images: int
    failures: tuple[SampleFailure, ...]
    shards: int
    """Complete shards."""

    new_shards: int
    """Those that this run has made; earlier runs made the others."""

    new_images: int
    seconds: float
    """Time that this run took."""

    work_seconds: float
    """Time that worker processes took for all complete shards, including those of earlier runs."""

    retries: int
    """How often a shard was begun again, because a worker died or exceeded a limit."""

    is_complete: bool
    """Whether all shards of the data set are complete, including those of other parts."""

    statistics: Statistics = field(default_factory=Statistics)

    rejected: tuple[RejectedScore, ...] = ()
    """Scores that the sources leave out, because they cannot be loaded or do not meet a filter."""

    @property
    def images_per_second(self) -> float:
        """Speed of this run."""
        return self.new_images / self.seconds if self.seconds > 0 else 0.0

    @property
    def failures_by_source(self) -> dict[str, int]:
        """Number of samples that failed, by score; the most first."""
        return dict(Counter(failure.source for failure in self.failures).most_common())


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    done: int
    """Samples in complete shards of the part, and those that have been begun in others."""

    total: int
    """Samples of the part."""

    new: int
    """Samples of `done` that this run has made."""

    images: int
    """Images in complete shards."""

    failures: int
    """Samples in complete shards that failed."""

    retries: int
    seconds: float
    """Time since the start."""
