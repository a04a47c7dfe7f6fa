"""Notes, chords and rests as tokens of `**kern`."""

from __future__ import annotations

from fractions import Fraction

from smashcima.exporting.humdrum import signs
from smashcima.exporting.symbolic.partwise.grouping import BeamStates
from smashcima.exporting.symbolic.partwise.streams import Tremolo, is_empty_time, notes_of
from smashcima.scene.semantic import (
    Arpeggio,
    Articulation,
    BowedTremolo,
    Breath,
    ControlEvent,
    Event,
    Fermata,
    FingeredTremolo,
    MeasureStaff,
    Mordent,
    Note,
    SemanticObject,
    Slur,
    StemDirection,
    Step,
    Tie,
    Trill,
    Turn,
)
from smashcima.scene.semantic.clef_in_force import pitch_at_position
from smashcima.scene.semantic.pitch import Alter

_BEAMS = {"begin": "L", "end": "J", "forward hook": "K", "backward hook": "k", "continue": ""}


class AccidentalRule:
    """Rule of notation for displayed accidentals, as readers of kern assume it."""

    def __init__(self) -> None:
        self._in_measure: dict[tuple[str, int], Alter] = {}

    def start_measure(self) -> None:
        """Resets the accidentals at the start of a measure."""
        self._in_measure.clear()

    def suffix(self, note: Note, holder: MeasureStaff | None) -> str:
        """Suffix for the accidental of a note: `X` if it is drawn against the rule, `y` if it is hidden
        against it.
        """
        pitch = note.pitch
        if pitch is None:
            return ""
        place = (holder.n if holder is not None else "", pitch.diatonic)
        steps: dict[Step, Alter] = {}
        if holder is not None and holder.key_signature is not None:
            steps = holder.key_signature.alters_under(holder.clef, holder.lines)
        in_force = self._in_measure.get(place, steps.get(pitch.step, 0))
        is_tied = bool(Tie.many_of_end(note))
        by_rule = in_force != pitch.alter and not is_tied
        is_drawn = note.accidental is not None
        if is_drawn or by_rule:
            self._in_measure[place] = pitch.alter
        natural = "n" if not pitch.alter and (is_drawn or by_rule) else ""
        if is_drawn and not by_rule:
            return natural + "X"
        return natural + ("y" if by_rule and not is_drawn else "")


class NoteTokens:
    """Converts events to tokens."""

    def __init__(self, beams: BeamStates, arpeggios: set[SemanticObject]) -> None:
        self._beams = beams
        self._arpeggios = arpeggios
        self.accidentals = AccidentalRule()

    def token(self, event: Event, tremolo: Tremolo | None, length: Fraction) -> str:
        """Returns the token. `length` is the maximum duration, used by rests that fill a measure."""
        notes = notes_of(event)
        if not notes:
            return self._rest(event, length)
        holder = event.ancestor(MeasureStaff)
        return " ".join(
            self._note(event, note, index == 0, holder, tremolo) for index, note in enumerate(notes)
        )

    def _rest(self, event: Event, length: Fraction) -> str:
        hidden = "yy" if is_empty_time(event) or event.is_hidden else ""
        lasting = min(event.quarter_length, length)
        if event.is_grace or not lasting:
            return "."
        duration = event.duration
        fermata = ";" if Fermata.many_of_start(event) else ""
        return f"{signs.recip(duration, lasting)}r{hidden}{fermata}"

    def _note(
        self, event: Event, note: Note, is_first: bool, holder: MeasureStaff | None, tremolo: Tremolo | None
    ) -> str:
        targets: list[SemanticObject] = [note] if note is event or not is_first else [note, event]
        duration = note.written_duration or event.duration
        length = event.quarter_length
        parts = [
            _opening(targets),
            _tie(note, event)[0],
            signs.recip(duration, Fraction(0) if event.is_grace else length),
        ]
        if note.pitch is None:
            position = (
                -4 if note.staff_position is None else note.staff_position
            )  # the lowest line, at which it is drawn
            parts.append(signs.pitch_name(pitch_at_position(note, position), 0))
        else:
            parts += [signs.pitch_name(note.pitch, _octaves(note)), signs.alter_name(note.pitch)]
            parts.append(self.accidentals.suffix(note, holder))
        if note.is_hidden:
            parts.append("yy")
        if event.is_grace:
            parts.append("q" if event.mei.get("stem.mod") == "1slash" else "qq")
        parts += [_signs_of(targets), ":" if {note, event} & self._arpeggios else ""]
        if isinstance(tremolo, (BowedTremolo, FingeredTremolo)) and is_first:
            parts.append(_tremolo(tremolo, event))
        stem = note.stem_direction or getattr(event, "stem_direction", None)
        parts.append(
            {StemDirection.UP: "/", StemDirection.DOWN: "\\"}.get(stem, "") if stem is not None else ""
        )
        if is_first:
            parts += [_BEAMS[state] for state in self._beams.get(event, ())]
        parts += [_tie(note, event)[1], _closing(targets)]
        return "".join(parts)


def _octaves(note: Note) -> int:
    """Octaves from the written to the sounding pitch without transposition: kern contains the sounding octave
    under octave lines.
    """
    sounding, staff = note.sounding_pitch, note.staff
    if sounding is None or staff is None or note.pitch is None:
        return 0
    return round(Fraction(sounding.diatonic - note.pitch.diatonic - staff.transposition_diatonic, 7))


def _is_of_one_staff(mark: ControlEvent) -> bool:
    ends = [found.ancestor(MeasureStaff) for found in (mark.start, mark.end) if found is not None]
    return len({holder.n for holder in ends if holder is not None}) < 2


def _is_written(slur: Slur) -> bool:
    return _is_of_one_staff(slur) and not slur.is_hidden


def _opening(targets: list[SemanticObject]) -> str:
    return "(" * sum(_is_written(mark) for target in targets for mark in Slur.many_of(target, "start"))


def _closing(targets: list[SemanticObject]) -> str:
    return ")" * sum(_is_written(mark) for target in targets for mark in Slur.many_of(target, "end"))


def _tie(note: Note, event: Event) -> tuple[str, str]:
    targets = {note, event}
    starts = any(Tie.many_of(target, "start") for target in targets)
    ends = any(Tie.many_of(target, "end") for target in targets)
    if starts and ends:
        return "", "_"
    return ("[", "") if starts else ("", "]" if ends else "")


def _signs_of(targets: list[SemanticObject]) -> str:
    made: list[str] = []
    for target in targets:
        for articulation in target.children_of(Articulation):
            made += [signs.ARTICULATIONS.get(kind, "") for kind in articulation.kinds]
        if Fermata.many_of(target, "start"):
            made.append(";")
        if Trill.many_of(target, "start"):
            made.append("T")
        made += ["W" if m.form == "upper" else "M" for m in Mordent.many_of(target, "start")]
        made += ["$" if m.form == "lower" else "S" for m in Turn.many_of(target, "start")]
        if Breath.many_of(target, "start"):
            made.append(",")
    return "".join(made)


def _tremolo(tremolo: Tremolo, event: Event) -> str:
    strokes = tremolo.beams if isinstance(tremolo, FingeredTremolo) else None
    if strokes is None:
        slashes = next(
            (f.mei["stem.mod"] for f in (tremolo, *tremolo.events) if "stem.mod" in f.mei), "3slash"
        )
        number = slashes.removesuffix("slash")
        strokes = int(number) if number.isdigit() else 3
    flags = event.duration.type.flags if event.duration is not None else 0
    mark = "@" if isinstance(tremolo, BowedTremolo) else "@@"
    return f"{mark}{2 ** (2 + strokes + flags)}{mark}"


def arpeggiated(marks: list[Arpeggio]) -> set[SemanticObject]:
    """Returns the events with arpeggio signs."""
    found: set[SemanticObject] = set()
    for mark in marks:
        if mark.order != "nonarp":
            found.update(mark.events)
            if mark.start is not None:
                found.add(mark.start)
    return found
