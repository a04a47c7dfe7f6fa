"""Exporter of scores to Humdrum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import Issue, SettingsError
from smashcima.exporting.former_names import DistractorsMethod
from smashcima.exporting.humdrum.kern import KernWriter
from smashcima.exporting.humdrum.omissions import kern_omissions
from smashcima.exporting.humdrum.tokens import to_bekern_tokens, to_ekern
from smashcima.exporting.symbolic import ScoreSource, cut_issues, prepared
from smashcima.exporting.writing import write_text
from smashcima.short_repr import ShortRepr

ENCODINGS = ("kern", "ekern", "bekern")


@dataclass(frozen=True, slots=True)
class HumdrumExporter(DistractorsMethod, ShortRepr):
    """Exports a score, or a slice of one, as Humdrum `**kern`.

    Raises a `SettingsError` for an unknown encoding.
    """

    encoding: str = "kern"
    """`kern`: notes, lyrics, dynamics. `ekern`: notes only, with their parts separated. `bekern`: the same as
    tokens separated by spaces, on one line."""

    def __post_init__(self) -> None:
        if self.encoding not in ENCODINGS:
            raise SettingsError(f"encoding must be one of {', '.join(ENCODINGS)}, not {self.encoding!r}.")

    def export(self, score: ScoreSource) -> str:
        """Returns the text of the encoding."""
        kern = KernWriter(prepared(score)).write()
        if self.encoding == "kern":
            return kern
        return to_ekern(kern) if self.encoding == "ekern" else " ".join(to_bekern_tokens(kern))

    def export_string(self, score: ScoreSource) -> str:
        """Returns the text of the encoding."""
        return self.export(score)

    def tokens(self, score: ScoreSource) -> tuple[str, ...]:
        """Returns the bekern tokens, independently of `encoding`."""
        return to_bekern_tokens(KernWriter(prepared(score)).write())

    def write(self, score: ScoreSource, path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails."""
        write_text(self.export_string(score), path)

    def omissions(self, score: ScoreSource) -> list[Issue]:
        """Lists drawn elements that the text does not express."""
        ready = prepared(score)
        return [*cut_issues(ready), *kern_omissions(ready, self.encoding == "kern")]
