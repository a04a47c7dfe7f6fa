"""Comparison with musicdiff: the normalised edit distance OMR-NED."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from smashcima.errors import ExportError
from smashcima.extras import missing

if TYPE_CHECKING:
    from smashcima.scene.semantic import Score

_COLUMN = re.compile(r"(?:wrong )?(.*) OMR-ED\Z")
"""A heading in the tables of musicdiff, such as `wrong note head OMR-ED`."""


@dataclass(frozen=True, slots=True)
class OmrNed:
    """Result of musicdiff."""

    edit_distance: int
    """Number of symbols to be deleted and inserted (OMR-ED)."""

    symbols: int
    """Symbols of the truth."""

    result_symbols: int
    """Symbols of the result."""

    kinds: Mapping[str, int]
    """The part of each kind in the edit distance, by musicdiff's names of kinds."""

    text: str
    """The differences as text, with `-` before symbols of the truth and `+` before those of the result."""

    @property
    def normalized(self) -> float:
        """The edit distance divided by the symbols of both scores (OMR-NED), from 0 to 1."""
        return self.edit_distance / max(1, self.symbols + self.result_symbols)

    @classmethod
    def summed(cls, results: Iterable[OmrNed]) -> OmrNed:
        """Several results together, such as those of a test set, without their texts."""
        found = list(results)
        kinds: Counter[str] = Counter()
        for each in found:
            kinds.update(each.kinds)
        return cls(
            sum(each.edit_distance for each in found),
            sum(each.symbols for each in found),
            sum(each.result_symbols for each in found),
            dict(sorted(kinds.items())),
            "",
        )

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON-compatible data."""
        return {"omr_ned": self.normalized, **asdict(self)}


def omr_ned(truth: Score, result: Score) -> OmrNed:
    """Compares two scores with musicdiff (extra `compare`), which reads both as MusicXML written by Smashcima.

    Raises an `ExportError` if musicdiff is not installed, or fails.
    """
    try:
        from musicdiff.annotation import AnnScore
        from musicdiff.comparison import Comparison
        from musicdiff.detaillevel import DetailLevel
        from musicdiff.visualization import Visualization
    except ImportError as error:
        text = missing("musicdiff", "compare", "OMR-NED needs", error)
        raise ExportError(f"{text} The symbol error rate works without it.") from error
    try:
        streams = _stream(truth), _stream(result)
        annotated = [AnnScore(stream, DetailLevel.Default) for stream in streams]
        operations, distance = Comparison.annotated_scores_diff(*annotated)
        by_column = Visualization.get_edit_distances_dict(operations, 0, DetailLevel.Default)
        text = Visualization.get_text_output(*streams, operations, "truth", "result")
    except Exception as error:
        raise ExportError(f"musicdiff failed to compare the scores: {error!r}.") from error
    kinds = {_kind(column): int(count) for column, count in sorted(by_column.items()) if count}
    sizes = [int(each.notation_size()) for each in annotated]
    return OmrNed(int(distance), sizes[0], sizes[1], kinds, str(text))


def _stream(score: Score) -> Any:
    from music21 import converter

    from smashcima.exporting.musicxml import MusicXmlExporter

    return converter.parseData(MusicXmlExporter().export_string(score), format="musicxml")


def _kind(column: str) -> str:
    found = _COLUMN.match(column)
    return found[1] if found is not None else column
