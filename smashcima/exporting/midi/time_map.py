"""Times of notes in seconds and in quarters."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from smashcima.scene.semantic import Chord, Note, Score, Tie


@dataclass(frozen=True, slots=True)
class TimedNote:
    """Times of a notehead, in the order of the notation, without unfolding repeats."""

    id: str
    """Id of the note in the score."""

    onset_ql: Fraction
    """Onset in quarter lengths from the start of the score or slice."""

    offset_ql: Fraction
    """Written end in quarter lengths; grace notes end at their onset."""

    onset_s: float
    """Onset in seconds from the start."""

    offset_s: float
    midi_pitch: float | None
    """Sounding MIDI key, 60 is middle C; fractional for microtones, `None` without a pitch."""

    is_tied_from: bool
    """Whether the note is at the end of a tie and not struck again."""

    staff: str
    """Number of the staff that it is drawn on."""

    measure: str
    """Id of its measure."""


class Clock:
    """Converts quarters to seconds using the moments of the engraver's time map."""

    def __init__(self, moments: Sequence[dict[str, Any]]) -> None:
        points = {float(m["qstamp"]): float(m["tstamp"]) / 1000 for m in moments}
        self._quarters = sorted(points)
        self._seconds = [points[q] for q in self._quarters]
        tempos = [float(m["tempo"]) for m in moments if "tempo" in m]
        self._last_tempo = tempos[-1] if tempos else 120.0

    def seconds(self, quarters: Fraction | float) -> float:
        """Returns the time in seconds. Interpolates between known moments, and extrapolates the last tempo
        after them.
        """
        at = float(quarters)
        place = bisect.bisect_left(self._quarters, at - 1e-9)
        if place < len(self._quarters) and abs(self._quarters[place] - at) < 1e-6:
            return self._seconds[place]
        if place == 0 or place == len(self._quarters):
            known = (
                (self._quarters[place - 1], self._seconds[place - 1])
                if self._quarters and place
                else (0.0, 0.0)
            )
            return known[1] + (at - known[0]) * 60 / self._last_tempo
        (q0, q1), (s0, s1) = self._quarters[place - 1 : place + 1], self._seconds[place - 1 : place + 1]
        return s0 + (s1 - s0) * (at - q0) / (q1 - q0)


def timed_notes(score: Score, moments: Sequence[dict[str, Any]]) -> Iterator[TimedNote]:
    """Returns all notes of an updated score, with grace notes as played by the engraver."""
    clock = Clock(moments)
    played: dict[str, list[float]] = {}
    for moment in moments:
        for name, index in (("on", 0), ("off", 1)):
            for id in moment.get(name, ()):
                played.setdefault(id, [0.0, 0.0])[index] = float(moment["tstamp"]) / 1000
    for measure in score.measures:
        for note in measure.descendants(Note):
            own = played.get(note.id) if note.is_grace else None
            onset, offset = own if own is not None else (clock.seconds(note.onset), clock.seconds(note.end))
            staff, pitch = note.staff, note.sounding_pitch
            yield TimedNote(
                note.id,
                note.onset,
                note.end,
                round(onset, 6),
                round(offset, 6),
                float(pitch.midi) if pitch is not None else None,
                _is_tied_from(note),
                staff.n if staff is not None else "",
                measure.id,
            )


def _is_tied_from(note: Note) -> bool:
    chord: Chord | None = note.chord
    return bool(Tie.many_of_end(note)) or (chord is not None and bool(Tie.many_of_end(chord)))
