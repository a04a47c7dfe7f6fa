"""Interface of what makes shards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from smashcima.datasets.running.output_folder import ShardManifest

ENGINES = ("local", "ray")
"""Names of engines: processes on this machine, and tasks on a Ray cluster."""


class Engine(Protocol):
    """Makes shards and adds them to the folder of a data set."""

    retries: int
    """How often a shard was begun again."""

    @property
    def done(self) -> int:
        """Number of samples that are done in the shards that are being made, as far as it is known."""
        ...

    def run(self, shards: Iterable[int]) -> Iterator[ShardManifest | None]:
        """Yields the manifest of each shard when it is complete, and `None` when something else has happened."""
        ...
