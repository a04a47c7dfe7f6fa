"""Exporters of what is heard: MIDI, and when each note sounds."""

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
from smashcima.exporting.symbolic import cut_issues, prepared
from smashcima.exporting.writing import write_bytes, write_text
from smashcima.scene.semantic import Note, Score


@dataclass(frozen=True, slots=True)
class MidiExporter(DistractorsMethod):
    """Writes a standard MIDI file of a score, or of a slice of one, as Verovio plays it."""

    repeats: bool = False
    """Whether repeats are played. Without, the file goes through the notation once, from left to right."""

    def export(self, score: Score) -> bytes:
        """The file."""
        return PlayingToolkit(prepared(score), self.repeats).midi()

    def write(self, score: Score, path: str | Path) -> None:
        """Writes the file; an `ExportError` if that is not possible."""
        write_bytes(self.export(score), path)

    def omissions(self, score: Score) -> list[Issue]:
        """Notes that are drawn and do not sound."""
        ready = prepared(score)
        silent = [note for note in ready.notes() if note.pitch is None]
        return [*cut_issues(ready), *(_silent(note) for note in silent)]


@dataclass(frozen=True, slots=True)
class TimeMapExporter(DistractorsMethod):
    """Tells when each note of a score sounds, by its id, so that pictures and recordings can be aligned."""

    def export(self, score: Score) -> tuple[TimedNote, ...]:
        """All notes, in the order of the score."""
        ready = prepared(score)
        return tuple(timed_notes(ready, PlayingToolkit(ready, repeats=False).time_map()))

    def export_string(self, score: Score) -> str:
        """JSON: a list of notes; times in quarters are texts such as `"5/3"`, which are exact."""
        return (
            json.dumps([_as_json(note) for note in self.export(score)], indent=1, ensure_ascii=False) + "\n"
        )

    def write(self, score: Score, path: str | Path) -> None:
        """Writes a file in UTF-8; an `ExportError` if that is not possible."""
        write_text(self.export_string(score), path)

    def omissions(self, score: Score) -> list[Issue]:
        """What the borders of a slice have left out: every notehead is in the map."""
        return cut_issues(prepared(score))


def _silent(note: Note) -> Issue:
    measure = note.measure
    return Issue(
        f"measure {measure.n}" if measure is not None else "score", "note", "has no pitch, and is not heard"
    )


def _as_json(note: TimedNote) -> dict[str, Any]:
    values = {name: getattr(note, name) for name in TimedNote.__dataclass_fields__}
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in values.items()}
