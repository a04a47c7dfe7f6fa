"""Exporter of scores to Mashcima annotations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from smashcima.errors import Issue, SettingsError
from smashcima.exporting.mashcima.attachments import is_attached_mark
from smashcima.exporting.mashcima.writer import AnnotationWriter
from smashcima.exporting.symbolic import ScoreSource, cut_issues, prepared
from smashcima.exporting.symbolic.one_voice import OneVoice, issue, read_staff
from smashcima.exporting.writing import write_text
from smashcima.notations.mashcima import (
    KeySignatureTokenGroup,
    TokenGroup,
    needs_mark,
    repair_annotation,
    stringify_token_groups_to_annotation,
    without_extensions,
)
from smashcima.scene.semantic import BeamSpan, Score, SemanticObject, Slur, Syllable, Tie, TupletSpan
from smashcima.short_repr import ShortRepr

_POLYPHONY = ("error", "highest")


@dataclass(frozen=True, slots=True)
class MashcimaExporter(ShortRepr):
    """Exports one staff with one voice as a Mashcima annotation.

    The annotation is always valid. Raises a `SettingsError` for an unknown `polyphony`.
    """

    extensions: bool = False
    """Whether grace notes, dynamics and so on are written as extensions, which begin with `~`, and clefs at any
    position. By default, only the vocabulary of Mashcima 1.0 is used."""

    polyphony: str = "error"
    """Handling of simultaneous notes: `error`, or `highest`, which keeps only the highest."""

    def __post_init__(self) -> None:
        if self.polyphony not in _POLYPHONY:
            raise SettingsError(
                f"There is no polyphony {self.polyphony!r}; available: {', '.join(_POLYPHONY)}."
            )

    def export(self, score: ScoreSource) -> str:
        """Returns the annotation. Raises an `ExportError` for several staves or, with `error`, for simultaneous
        notes.
        """
        return self._export(score)[0]

    def export_string(self, score: ScoreSource) -> str:
        """Returns the annotation."""
        return self.export(score)

    def write(self, score: ScoreSource, path: str | Path) -> None:
        """Writes a UTF-8 file of one line; raises an `ExportError` if that fails."""
        write_text(self.export(score) + "\n", path)

    def omissions(self, score: ScoreSource) -> list[Issue]:
        """Lists drawn elements that the annotation does not express."""
        return self._export(score)[1]

    def _export(self, score: ScoreSource) -> tuple[str, list[Issue]]:
        ready = prepared(score)
        issues = cut_issues(ready)

        def tell(element: SemanticObject, what: str) -> None:
            issues.append(issue(element, what))

        writer = AnnotationWriter(ready, tell)
        form = OneVoice("Mashcima", "MashcimaExporter", self.polyphony == "highest", tell)
        for item in read_staff(ready, form):
            writer.write(item)
        _mark_keys(writer.groups)
        text, warnings = repair_annotation(stringify_token_groups_to_annotation(writer.groups))
        issues += (Issue("annotation", "tokens", warning) for warning in warnings)
        if not self.extensions:
            text, changes = without_extensions(text)
            issues += changes
        return text, [*issues, *_unwritten(ready)]


def _mark_keys(groups: list[TokenGroup]) -> None:
    """Marks the ends of key signatures that would be read otherwise."""
    for group, following in pairwise([*groups, TokenGroup("")]):
        if isinstance(group, KeySignatureTokenGroup) and needs_mark(group, following):
            group.after_attachments.append("~key")


def _unwritten(score: Score) -> list[Issue]:
    """Counts the marks and texts for which the language has nothing."""
    others = Counter(
        mark.tag
        for mark in score.marks()
        if not is_attached_mark(mark) and not isinstance(mark, (Slur, Tie, BeamSpan, TupletSpan))
    )
    others["syl"] += sum(1 for _ in score.descendants(Syllable))
    return [Issue("score", tag, f"{count} drawn, not written") for tag, count in others.items() if count]
