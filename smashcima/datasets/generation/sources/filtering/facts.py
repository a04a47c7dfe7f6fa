"""Facts about scores, by which they are chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from smashcima.datasets.generation.sources.filtering.elements import element_counts
from smashcima.scene.semantic import KeySignature, Score, TimeSignature, TimeSignatureGroup

FREE = "free"
"""Stands for a key or metre that no number describes."""


@dataclass(frozen=True)
class ScoreFacts:
    """Facts about a score, as JSON-compatible values."""

    title: str
    composer: str
    parts: int
    staves: int
    measures: int
    voices: int
    """The most voices that any staff has in a measure."""

    keys: tuple[int | str, ...]
    """Numbers of sharps (negative: flats) of all key signatures, each once; `free` for others."""

    metres: tuple[str, ...]
    """All time signatures, each once: `3/4`, `3+2/8`, `free`; `C` is `4/4`."""

    elements: Mapping[str, int] = field(default_factory=dict)
    """Numbers of elements: see `element_counts`."""

    @property
    def notes_per_measure(self) -> float:
        """Average number of notes in a measure on one staff."""
        fields = self.measures * self.staves
        return self.elements.get("notes", 0) / fields if fields else 0.0

    @staticmethod
    def of(score: Score) -> ScoreFacts:
        """The facts about a score."""
        measures = score.measures
        return ScoreFacts(
            title=score.title,
            composer=score.composer,
            parts=len(score.parts),
            staves=len(score.staves),
            measures=len(measures),
            voices=max((len(staff.voices) for each in measures for staff in each.staves), default=0),
            keys=tuple(dict.fromkeys(map(_key, score.descendants(KeySignature)))),
            metres=tuple(dict.fromkeys(_metres(score))),
            elements=element_counts(score),
        )

    def to_data(self) -> dict[str, Any]:
        """The facts as JSON-compatible data."""
        return {**asdict(self), "elements": dict(self.elements)}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> ScoreFacts:
        """The facts from the result of `to_data`; raises a `TypeError` or `KeyError` for other data."""
        return ScoreFacts(**{**data, "keys": tuple(data["keys"]), "metres": tuple(data["metres"])})


def _key(key: KeySignature) -> int | str:
    return FREE if key.is_free or key.fifths is None else key.fifths


def _metres(score: Score) -> Iterator[str]:
    for found in score.descendants():
        if isinstance(found, TimeSignatureGroup):
            yield "+".join(map(_metre, found.signatures))
        elif isinstance(found, TimeSignature) and not isinstance(found.parent, TimeSignatureGroup):
            yield _metre(found)


def _metre(time: TimeSignature) -> str:
    count, unit = time.numbers
    return FREE if count is None else f"{count}/{unit}" if unit is not None else count
