"""Records: the items of a data set, ready to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from smashcima.short_repr import ShortRepr


@dataclass(frozen=True)
class Record(ShortRepr):
    """One image of a data set with everything that belongs to it."""

    key: str
    """Name, unique in the data set; without dots, so that it can be the stem of files."""

    sample: int
    """Index of the sample from which it was made."""

    split: str
    """`train`, `validation`, `test` or another split of the plan."""

    files: Mapping[str, bytes]
    """Content by suffix without a leading dot: `jpg`, `coco.json`, `mung`, `musicxml`."""

    metadata: Mapping[str, Any] = field(default_factory=dict)
    """JSON-compatible facts: source, page, size in pixels, styles, licences, ..."""

    notes: Mapping[str, Any] = field(default_factory=dict)
    """Facts for the report of a run, which are not written: `classes`, numbers of objects by label, if a label of the
    plan needs them; `versions` of packages and asset bundles."""

    @property
    def image_suffix(self) -> str:
        """The suffix of its image."""
        return next(suffix for suffix in self.files if suffix in ("jpg", "png", "webp"))


@dataclass(frozen=True)
class SampleFailure:
    """A sample that could not be made."""

    sample: int
    source: str
    error: str
