"""Transposition of scores by whole keys."""

from __future__ import annotations

from smashcima.composing.theory import Key
from smashcima.errors import Issue, SettingsError
from smashcima.scene.semantic import Accidental, Harmony, KeySignature, Score, place_in_score

_MOST = 7
"""Most sharps or flats of a signature."""


def transpose(score: Score, fifths: int, octaves: int = 0) -> list[Issue]:
    """Transposes a score in place so that each key signature has a number of sharps more, or fewer if negative.

    The interval is the nearest one, and `octaves`: two more sharps are a tone up, or with -1 a seventh down. Accidentals are written anew, except for cautionary and
    editorial ones. Returns issues about chord symbols, which are removed because their text names pitches.

    Raises:
        SettingsError: a signature is free, or would have more than seven accidentals.
    """
    signatures = list(score.descendants(KeySignature))
    for signature in signatures:
        if signature.is_free:
            raise SettingsError("A score with a free key signature cannot be transposed.")
        if abs((signature.fifths or 0) + fifths) > _MOST:
            raise SettingsError(
                f"The score cannot be transposed by {fifths} fifths: a signature of {signature.fifths} would have more than "
                f"{_MOST} accidentals."
            )
    issues = _without_chord_symbols(score)
    if not fifths and not octaves:
        return issues
    steps, semitones = interval_of(fifths)
    steps, semitones = steps + 7 * octaves, semitones + 12 * octaves
    for signature in signatures:
        signature.fifths = (signature.fifths or 0) + fifths
    for note in score.notes():
        if note.pitch is not None:
            note.pitch = note.pitch.transposed(steps, semitones)
            if note.staff_position is not None:
                note.staff_position += steps
        for accidental in note.children_of(Accidental):
            if accidental.function is None and accidental.enclosure is None:
                accidental.detach()
    score.show_accidentals()
    score.update()
    return issues


def interval_of(fifths: int) -> tuple[int, int]:
    """Steps and semitones of the nearest interval between keys that are a number of fifths apart."""
    origin, target = Key.of_fifths(0), Key.of_fifths(fifths)
    steps = (target.step - origin.step + 3) % 7 - 3
    semitones = (7 * fifths + 5) % 12 - 5
    # The nearest step and the nearest semitones may be an octave apart: a diminished fifth up is an augmented fourth down.
    diatonic = (0, 2, 4, 5, 7, 9, 11)[steps % 7] + 12 * (steps // 7) + target.alter
    return steps, diatonic if diatonic % 12 == semitones % 12 else semitones


def _without_chord_symbols(score: Score) -> list[Issue]:
    issues = []
    for mark in list(score.descendants(Harmony)):
        if mark.figured_bass is None:
            where = place_in_score(mark)
            issues.append(
                Issue(where, mark.text or "harm", "removed, since chord symbols are not transposed")
            )
            mark.detach()
    return issues
