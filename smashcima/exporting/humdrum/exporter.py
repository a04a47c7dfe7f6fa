"""The exporter: options, and the three words that all exporters speak."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import Issue, SettingsError
from smashcima.exporting.humdrum.conversion import convert_to_kern
from smashcima.exporting.humdrum.tokens import to_bekern_tokens, to_ekern
from smashcima.exporting.symbolic import write_text
from smashcima.exporting.symbolic.partwise import partwise
from smashcima.scene.semantic import Score

ENCODINGS = ("kern", "ekern", "bekern")


@dataclass(frozen=True, slots=True)
class HumdrumExporter:
    """Writes a score, or a slice of one, as Humdrum `**kern`, through music21 and converter21 (extra `humdrum`).

    Raises `SettingsError` for an encoding that there is not.
    """

    encoding: str = "kern"
    """`kern`: notes, lyrics, dynamics. `ekern`: notes alone, their parts marked. `bekern`: the same as tokens divided
    by spaces, on one line."""

    def __post_init__(self) -> None:
        if self.encoding not in ENCODINGS:
            raise SettingsError(
                f"encoding={self.encoding!r} was asked for; there are {', '.join(ENCODINGS)}."
            )

    def export(self, score: Score) -> str:
        """The text of the encoding."""
        kern = convert_to_kern(partwise(score, ids=False)[0])
        if self.encoding == "kern":
            return kern
        return to_ekern(kern) if self.encoding == "ekern" else " ".join(to_bekern_tokens(kern))

    def export_string(self, score: Score) -> str:
        """The text of the encoding."""
        return self.export(score)

    def tokens(self, score: Score) -> tuple[str, ...]:
        """The bekern tokens, whatever `encoding` says."""
        return to_bekern_tokens(convert_to_kern(partwise(score, ids=False)[0]))

    def write(self, score: Score, path: str | Path) -> None:
        """Writes a file in UTF-8; an `ExportError` if that is not possible."""
        write_text(self.export_string(score), path)

    def distractors(self, score: Score) -> list[Issue]:
        """What is drawn, but not said: what MusicXML does not say; for ekern and bekern also lyrics and all marks."""
        issues = partwise(score, ids=False)[1]
        if self.encoding != "kern":
            for tag, count in _unsaid(score).items():
                issues.append(
                    Issue("score", tag, f"{count} drawn; {self.encoding} has notes and rests alone")
                )
        return issues


def _unsaid(score: Score) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in score.descendants():
        if found.tag in ("syl", "dynam", "hairpin", "dir", "tempo", "harm", "pedal", "octave", "reh"):
            counts[found.tag] = counts.get(found.tag, 0) + 1
    return counts
