"""Notes with their pitches and accidentals."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smashcima.loading.abc.accidentals import KINDS, AccidentalsOfBar, parse_accidental
from smashcima.loading.abc.voice_state import Settings, VoiceState
from smashcima.scene.semantic import Accidental, Alter, Note, Pitch

_MIDDLE_OF_PERCUSSION = 34
"""Diatonic number of the note on the middle line of a staff without pitches: B4."""

_LETTERS = "CDEFGAB"


class NoteMaker:
    """Makes the notes of a voice; knows the accidentals of the current bar."""

    def __init__(self, settings: Settings, report: Callable[[str, str], None]) -> None:
        self._settings = settings
        self._report = report
        self._accidentals = AccidentalsOfBar()

    def start_bar(self) -> None:
        """Forgets the accidentals of the previous bar."""
        self._accidentals.start_bar()

    def made(self, sign: str, diatonic: int, state: VoiceState, ties: Mapping[int, Alter] | None) -> Note:
        """The note that a letter (`diatonic` is its number) and an accidental stand for.

        `ties` has the alterations of tied notes by their diatonic numbers, which apply without an accidental.
        """
        letter = _LETTERS[diatonic % 7]
        written = diatonic + 7 * state.written_octaves
        children: list[Accidental] = []
        if sign:
            alter, is_exact = parse_accidental(sign)
            if not is_exact:
                self._report("accidental", f"{sign} is drawn as the nearest quarter tone, {KINDS[alter]}")
            self._accidentals.mark(letter, written, alter, self._settings.propagation)
            children.append(Accidental(KINDS[alter]))
        elif ties is not None and written in ties:
            alter = ties[written]
        else:
            alter = self._accidentals.alter(letter, written, state.key)
        if state.clef.shape == "perc":
            return Note(staff_position=written - _MIDDLE_OF_PERCUSSION, children=list(children))
        return Note(Pitch.of_diatonic(written, alter), children=list(children))
