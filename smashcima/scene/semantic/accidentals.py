"""The alterations in force, by key, earlier accidentals of the measure, and ties."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.ids import name_all
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.measure import ZERO, Measure, Voice
from smashcima.scene.semantic.note import Note
from smashcima.scene.semantic.note_parts import ACCIDENTAL_ALTERS, Accidental
from smashcima.scene.semantic.pitch import Alter, Pitch
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.spanners import Tie
from smashcima.scene.semantic.staff_state import StaffState, StaffStates, sequence
from smashcima.scene.semantic.timing import update_all

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score


_AltersOfKey = tuple[KeySignature | None, Clef | None, int, dict[int, Alter]]
"""A key signature, the clef and the number of lines under which it is read, and the alterations of steps, 0 for C."""

_NO_KEY: _AltersOfKey = (None, None, 0, {})


class AccidentalsInForce:
    """Determines the alteration of notes without accidentals, in a pass over the notes of a score.

    An accidental applies to its step and octave, on its staff, until the end of the measure, in all voices; a tie
    extends it across the barline to the tied note only.
    """

    def __init__(self) -> None:
        self._in_measure: dict[tuple[str, int], Alter] = {}
        self._by_staff: dict[str, _AltersOfKey] = {}

    def start_measure(self) -> None:
        """Clears the accidentals of the previous measure."""
        self._in_measure = {}

    def alter(self, note: Note, n: str, state: StaffState) -> Alter:
        """The alteration of a note without an accidental."""
        assert note.pitch is not None
        diatonic = note.pitch.diatonic
        tie = next((each for each in note.sources("end") if isinstance(each, Tie)), None)
        origin = tie.start if tie is not None else None
        if isinstance(origin, Note) and origin.pitch is not None and origin.pitch.diatonic == diatonic:
            return origin.pitch.alter
        marked = self._in_measure.get((n, diatonic))
        if marked is not None:
            return marked
        if state.key is None:
            return 0
        key, clef, lines, alters = self._by_staff.get(n, _NO_KEY)
        if key is not state.key or clef is not state.clef or lines != state.lines:
            under = state.key.alters_under(state.clef, state.lines)
            alters = {step.index: alter for step, alter in under.items()}
            self._by_staff[n] = state.key, state.clef, state.lines, alters
        return alters.get(diatonic % 7, 0)

    def mark(self, note: Note, n: str, alter: Alter) -> None:
        """Records an accidental that is drawn at a note."""
        assert note.pitch is not None
        self._in_measure[n, note.pitch.diatonic] = alter


def fill_alters(score: Score, unmarked: list[Note]) -> None:
    """Sets the alteration in force on the notes without accidentals. Onsets must be up to date."""
    wanted = set(unmarked)
    in_force = AccidentalsInForce()
    for note, pitch, n, state in _notes_in_time(score, in_force):
        if note in wanted:
            alter = in_force.alter(note, n, state)
            if alter != pitch.alter:
                note.pitch = Pitch(pitch.step, pitch.octave, alter)
        accidental = note.accidental
        if accidental is not None and accidental.alter is not None:
            in_force.mark(note, n, accidental.alter)


def show_accidentals(score: Score) -> None:
    """See `Score.show_accidentals`."""
    _, below = update_all(score)
    in_force = AccidentalsInForce()
    marked: set[SemanticObject] = set()
    for note, pitch, n, state in _notes_in_time(score, in_force):
        accidental = note.accidental
        if accidental is not None:
            if accidental.alter != pitch.alter:
                accidental.kind = _SIGNS.get(pitch.alter)
        elif in_force.alter(note, n, state) != pitch.alter and pitch.alter in _SIGNS:
            accidental = Accidental(_SIGNS[pitch.alter])
            note.children.insert(0, accidental)
            marked.add(note)
        if accidental is not None:
            in_force.mark(note, n, pitch.alter)
    used = {each.id for each in (score, *below, *score.parts)}
    name_all((note.children[0] for note in below if note in marked), used)  # type: ignore[misc]


_SIGNS: dict[Alter, str] = {}
for _name, _alter in ACCIDENTAL_ALTERS.items():
    _SIGNS.setdefault(_alter, _name)
_SIGNS[2] = "x"


def _notes_in_time(
    score: Score, in_force: AccidentalsInForce
) -> Iterator[tuple[Note, Pitch, str, StaffState]]:
    """The notes with a pitch, by measure, staff and onset over all voices of a staff."""
    states = StaffStates()
    for found in sequence(score):
        if not isinstance(found, Measure):
            states.define(found)
            continue
        in_force.start_measure()
        for staff in found.staves:
            states[staff.n].clef = staff.clef
        placed, crosses = _placed(found)
        for n, _, _, part in placed:
            if isinstance(part, KeySignature):
                states[n].key = part
            elif isinstance(part, Note) and part.pitch is not None:
                drawn_on = part.staff if crosses else None
                n = drawn_on.n if drawn_on is not None else n
                yield part, part.pitch, n, states[n]


def _placed(measure: Measure) -> tuple[list[tuple[str, Fraction, int, SemanticObject]], bool]:
    """Notes and key signatures of a measure in time, with staff, onset and number; and whether any is on another staff.

    Key changes inside a voice are rare; they apply to the following notes in the order of that voice.
    """
    placed: list[tuple[str, Fraction, int, SemanticObject]] = []
    crosses, is_sorted = False, True
    for staff in measure.staves:
        onset = ZERO
        voices = 0
        for part in staff.all_below():
            if isinstance(part, Note):
                onset = part.onset_in_measure
                placed.append((staff.n, onset, len(placed), part))
            elif isinstance(part, KeySignature):
                placed.append((staff.n, onset, len(placed), part))
            elif isinstance(part, Voice):
                onset = ZERO
                voices += 1
            if isinstance(part, Event) and part.cross_staff is not None:
                crosses = True
        is_sorted = is_sorted and voices < 2
    if crosses or not is_sorted:
        placed.sort(key=lambda entry: entry[:3])
    return placed, crosses
