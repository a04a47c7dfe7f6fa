"""The real pictures: kinds, sources, and which of them presets were fitted to."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "photos"

KINDS = ("photo", "scan", "bitonal", "manuscript")

HELD_OUT: dict[str, tuple[str, ...]] = {
    "photo": ("Yaamani/omr-image-processing", "OmniOMR/musibot"),
    "scan": ("apacha/OMR-Datasets", "OmniOMR/mung"),
    "bitonal": ("music-encoding/sample-encodings", "OmniOMR/musibot"),
    "manuscript": ("apacha/Mensural-Detector", "OmniOMR/mung"),
}
"""Repositories whose pictures no filter or preset was fitted to, by kind; all others were used for fitting."""


@dataclass(frozen=True)
class RealPicture:
    """A picture of the data set."""

    path: Path
    kind: str
    source: str
    """Repository that it comes from: pictures of one source are alike, so they stay in one fold."""

    @property
    def is_held_out(self) -> bool:
        """Whether no preset was fitted to it."""
        return self.source in HELD_OUT[self.kind]


def real_pictures(kind: str) -> list[RealPicture]:
    """The pictures of a kind."""
    with (DATA / "MANIFEST.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [RealPicture(DATA / row["file"], kind, row["source_repo"]) for row in rows if row["kind"] == kind]
