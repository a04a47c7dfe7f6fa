"""Exporters of scores to MIDI and to time maps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from smashcima.errors import Issue
from smashcima.exporting.former_names import DistractorsMethod
from smashcima.exporting.midi.playing import PlayingToolkit
from smashcima.exporting.midi.time_map import TimedNote, timed_notes
from smashcima.exporting.symbolic import ScoreSource, cut_issues, prepared
from smashcima.exporting.writing import write_bytes, write_text
from smashcima.scene.semantic import Note


@dataclass(frozen=True, slots=True)
class MidiExporter(DistractorsMethod):
    """Exports a score, or a slice of one, as a standard MIDI file, performed by Verovio."""

    repeats: bool = False
    """Whether to play repeats; otherwise, the notation is followed once from left to right."""

    def export(self, score: ScoreSource) -> bytes:
        """Returns the content of the file."""
        return PlayingToolkit(prepared(score), self.repeats).midi()

    def write(self, score: ScoreSource, path: str | Path) -> None:
        """Writes the file; raises an `ExportError` if that fails."""
        write_bytes(self.export(score), path)

    def omissions(self, score: ScoreSource) -> list[Issue]:
        """Lists drawn notes that do not sound."""
        ready = prepared(score)
        silent = [note for note in ready.notes() if note.pitch is None]
        return [*cut_issues(ready), *(_silent(note) for note in silent)]


@dataclass(frozen=True, slots=True)
class TimeMapExporter(DistractorsMethod):
    """Exports the times of the notes of a score by id, to align images with recordings."""

    def export(self, score: ScoreSource) -> tuple[TimedNote, ...]:
        """Returns all notes in the order of the score."""
        ready = prepared(score)
        return tuple(timed_notes(ready, PlayingToolkit(ready, repeats=False).time_map()))

    def export_string(self, score: ScoreSource) -> str:
        """Returns a JSON list of notes. Times in quarters are exact, as texts such as `"5/3"`."""
        return (
            json.dumps([_as_json(note) for note in self.export(score)], indent=1, ensure_ascii=False) + "\n"
        )

    def write(self, score: ScoreSource, path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails."""
        write_text(self.export_string(score), path)

    def omissions(self, score: ScoreSource) -> list[Issue]:
        """Lists what is cut off at the borders of a slice. The map contains every notehead."""
        return cut_issues(prepared(score))


def _silent(note: Note) -> Issue:
    measure = note.measure
    return Issue(
        f"measure {measure.n}" if measure is not None else "score", "note", "silent: it has no pitch"
    )


def _as_json(note: TimedNote) -> dict[str, Any]:
    values = {name: getattr(note, name) for name in TimedNote.__dataclass_fields__}
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in values.items()}
