"""Scores of ABC tunes in words, for comparison with values written by hand."""

from __future__ import annotations

from fractions import Fraction

from smashcima.loading import load_scores
from smashcima.scene.semantic import Chord, Event, Note, Score

HEAD = "X:1\nT:A\nM:4/4\nL:1/4\nK:C\n"


def scores_of(text: str) -> tuple[Score, ...]:
    """All tunes of a book."""
    return load_scores(data=text, format="abc").scores


def score_of(text: str) -> Score:
    """A tune. A text without a header gets `HEAD`."""
    (score,) = scores_of(text if "X:" in text else HEAD + text)
    return score


def issues_of(text: str) -> list[str]:
    """The issues of a tune, as text without its name."""
    loaded = load_scores(data=text if "X:" in text else HEAD + text, format="abc")
    return [
        str(issue).removeprefix("the given data").removeprefix(", ").removeprefix(": ")
        for issue in loaded.issues
    ]


def pitches(score: Score) -> str:
    """The pitches of all notes, with barlines between measures: `C4 D4 | E4`."""
    return " | ".join(
        " ".join(str(note.pitch) for note in measure.descendants(Note)) for measure in score.measures
    )


def signs(score: Score) -> str:
    """The notes with a drawn accidental, as above, `-` for the others."""
    return " | ".join(
        " ".join(
            note.accidental.kind or "?" if note.accidental else "-" for note in measure.descendants(Note)
        )
        for measure in score.measures
    )


def lengths(score: Score) -> str:
    """The lengths of all events in quarters, by measure; `z` before rests and `x` before spaces."""
    return " | ".join(
        " ".join(_length(event) for voice in measure.voices for event in voice.events)
        for measure in score.measures
    )


def _length(event: Event) -> str:
    letter = {"rest": "z", "mRest": "z", "multiRest": "z", "space": "x", "mSpace": "x"}.get(event.tag, "")
    return letter + str(Fraction(event.quarter_length))


def voice(score: Score, staff: int, index: int = 0) -> str:
    """The pitches of one voice on a staff, chords in brackets, rests as `z`."""
    measures = []
    for measure in score.measures:
        holder = measure.staff(staff)
        voices = holder.voices if holder is not None else []
        events = voices[index].events if index < len(voices) else []
        measures.append(" ".join(map(_name, events)))
    return " | ".join(measures)


def _name(event: Event) -> str:
    if isinstance(event, Chord):
        return f"[{' '.join(str(note.pitch) for note in event.notes)}]"
    return str(event.pitch) if isinstance(event, Note) else {"space": "x", "mSpace": "x"}.get(event.tag, "z")
