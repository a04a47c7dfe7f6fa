"""The samples that the lines and curves of the current writer are picked from."""

from __future__ import annotations

from collections.abc import Callable

from smashcima.caching import BoundedCache
from smashcima.synthesis.pen import PenWriter
from smashcima.synthesis.samples.picking import NearestPicks
from smashcima.synthesis.samples.writer_domain import SampledWriterDomain

_MOST_PICKS = 4096
"""Number of picks that are kept for later samples; each is small."""


class WriterPicks:
    """Picks of the current writer by label; those of earlier writers are kept for later samples."""

    def __init__(self, writers: SampledWriterDomain, make: Callable[[str], NearestPicks | None]) -> None:
        """Sets up the picks.

        Args:
            writers: the style domain of writers, with their samples.
            make: makes the picks of the current writer for a label; `None` if the writer has no samples for it.
        """
        self._writers = writers
        self._make = make
        self._writer: PenWriter | None = None
        self._of_sample: dict[str, NearestPicks | None] = {}
        self._kept: BoundedCache[tuple[str, str], NearestPicks | None] = BoundedCache(_MOST_PICKS)
        """The picks of all samples, by writer and label."""

    def follow_writer(self) -> bool:
        """Discards the picks for a previous writer; whether there was one."""
        if self._writers.writer is self._writer:
            return False
        self._writer = self._writers.writer
        self._of_sample.clear()
        return True

    def start_over(self) -> None:
        """Makes the picks of a page independent of those of the pages before it."""
        for picks in self._of_sample.values():
            if picks is not None:
                picks.start_over()

    def of(self, label: str) -> NearestPicks | None:
        """The picks for a label; `None` if the writer has no samples for it."""
        if label not in self._of_sample:
            key = (self._writers.sampled_writer, label)
            picks = self._of_sample[label] = self._kept.get(key, lambda: self._make(label))
            if picks is not None:
                picks.start_over()
        return self._of_sample[label]
