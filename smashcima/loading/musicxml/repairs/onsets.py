"""Comparison of the onsets that the importer made of repaired measures with those of the source.

This repairs nothing: where the importer still errs in a measure whose rhythm is unusual, it says so.
"""

from __future__ import annotations

from fractions import Fraction

from smashcima.errors import Issue
from smashcima.loading.musicxml.repairs.mei_times import onsets_in
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import TimedNote
from smashcima.loading.musicxml.tree import place_of

_MEI = "{http://www.music-encoding.org/ns/mei}"

_ROUNDING = 4
"""Largest difference that rounded durations explain, in divisions."""


class CheckOnsets(Repair):
    """Reports the notes of repaired measures that begin at another time than in the source."""

    def __init__(self) -> None:
        self._notes: dict[str, TimedNote] = {}

    def prepare(self, source: MusicXmlSource) -> None:
        if not source.mended:
            return
        for part in source.root.iterfind("part"):
            for measure, notes in zip(part.iterfind("measure"), source.rhythm_of(part), strict=True):
                if measure in source.mended:
                    for note in notes:
                        if not note.is_grace and not note.is_rest:
                            self._notes[source.id_of(note.element)] = note

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if not self._notes:
            return
        onsets = {
            identity: onset
            for layer in result.root.iter(f"{_MEI}layer")
            for identity, onset in onsets_in(layer)
            if identity in self._notes
        }
        wrong: dict[str, list[TimedNote]] = {}
        for identity, note in self._notes.items():
            onset = onsets.get(identity)
            if onset is not None and abs(onset - note.onset_ql) > _tolerance(note):
                wrong.setdefault(place_of(note.element), []).append(note)
        for place, notes in wrong.items():
            first = notes[0]
            what = (
                f"{len(notes)} begin at another time than in the source: "
                f"the first after {_of(onsets, first)} quarters, not {first.onset_ql}"
            )
            result.issues.append(Issue(place, "note", what))


def _of(onsets: dict[str, Fraction], note: TimedNote) -> Fraction:
    return onsets[note.element.get("id", "")]


def _tolerance(note: TimedNote) -> Fraction:
    return min(Fraction(_ROUNDING) / note.divisions, Fraction(1, 16))
