"""Exporter of scores to PrIMuS encodings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import Issue, SettingsError
from smashcima.exporting.former_names import DistractorsMethod
from smashcima.exporting.primus.encoding import AgnosticEncoder, Encoder, SemanticEncoder
from smashcima.exporting.symbolic import ScoreSource, cut_issues, prepared
from smashcima.exporting.symbolic.one_voice import OneVoice, read_staff
from smashcima.exporting.writing import write_text
from smashcima.scene.semantic import Fermata, Slur, Syllable, Tie

_ENCODERS: dict[str, type[Encoder]] = {"agnostic": AgnosticEncoder, "semantic": SemanticEncoder}
_POLYPHONY = ("error", "highest")


@dataclass(frozen=True, slots=True)
class PrimusExporter(DistractorsMethod):
    """Exports one staff with one voice in a PrIMuS encoding: one line of tokens separated by tabs.

    Raises a `SettingsError` for an unknown encoding.
    """

    encoding: str = "agnostic"
    """`agnostic`: shapes and positions on the staff. `semantic`: pitches and durations."""

    polyphony: str = "error"
    """Handling of simultaneous notes: `error`, or `highest`, which keeps only the highest."""

    def __post_init__(self) -> None:
        for name, value, known in (
            ("encoding", self.encoding, tuple(_ENCODERS)),
            ("polyphony", self.polyphony, _POLYPHONY),
        ):
            if value not in known:
                raise SettingsError(f"There is no {name} {value!r}; available: {', '.join(known)}.")

    def export(self, score: ScoreSource) -> tuple[str, ...]:
        """Returns the tokens. Raises an `ExportError` for several staves or, with `error`, for simultaneous
        notes.
        """
        return self._export(score)[0]

    def export_string(self, score: ScoreSource) -> str:
        """Returns the tokens, separated by tabs."""
        return "\t".join(self.export(score))

    def write(self, score: ScoreSource, path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails."""
        write_text(self.export_string(score), path)

    def omissions(self, score: ScoreSource) -> list[Issue]:
        """Lists drawn elements that the tokens do not express."""
        return self._export(score)[1]

    def _export(self, score: ScoreSource) -> tuple[tuple[str, ...], list[Issue]]:
        ready = prepared(score)
        encoder = _ENCODERS[self.encoding]()
        form = OneVoice("PrIMuS", "PrimusExporter", self.polyphony == "highest", encoder.tell)
        tokens = [token for item in read_staff(ready, form) for token in encoder.tokens(item)]
        said = (Tie, Fermata, Slur) if self.encoding == "agnostic" else (Tie, Fermata)
        others = Counter(mark.tag for mark in ready.marks() if not isinstance(mark, said))
        others["syl"] += sum(1 for _ in ready.descendants(Syllable))
        others["artic"] += sum(1 for found in ready.descendants() if found.tag == "artic")
        marks = [Issue("score", tag, f"{count} drawn, not written") for tag, count in others.items() if count]
        return tuple(tokens), [*cut_issues(ready), *encoder.issues, *marks]
