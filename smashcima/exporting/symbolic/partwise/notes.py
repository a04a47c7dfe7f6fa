"""The `note` elements."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from fractions import Fraction

from smashcima.exporting.symbolic.partwise.elements import Shared, add, units
from smashcima.exporting.symbolic.partwise.grouping import BeamStates, Tuplets
from smashcima.exporting.symbolic.partwise.lyrics import write_lyrics
from smashcima.exporting.symbolic.partwise.notations import Notations
from smashcima.exporting.symbolic.partwise.streams import Tremolo, notes_of
from smashcima.exporting.symbolic.partwise.vocabulary import GLYPH_NOTEHEADS, NOTEHEADS, accidental_name
from smashcima.scene.semantic import (
    Chord,
    Duration,
    Event,
    MeasureRest,
    Note,
    Rest,
    Staff,
    StemmedEvent,
    TabChord,
    WholeMeasureEvent,
)
from smashcima.scene.semantic.clef_in_force import pitch_at_position


class NoteWriter:
    """Writes events as notes."""

    def __init__(
        self, shared: Shared, notations: Notations, tuplets: Tuplets, beams: BeamStates, divisions: int
    ) -> None:
        self._shared = shared
        self._notations = notations
        self._tuplets = tuplets
        self._beams = beams
        self._divisions = divisions

    def write(
        self,
        parent: ET.Element,
        event: Event,
        voice: int,
        staves: Mapping[Staff, int],
        tremolo: Tremolo | None,
        longest: Fraction,
    ) -> None:
        """Adds the notes of an event: one for a note or rest, several for a chord; limits durations to `longest`."""
        length = (
            min(event.quarter_length, longest)
            if isinstance(event, WholeMeasureEvent)
            else event.quarter_length
        )
        notes: list[Note | None] = [
            note for note in notes_of(event) if self._shared.hidden or not self._shared.is_hidden(note)
        ] or [None]
        own_staff = event.staff if len(staves) > 1 else None
        for index, note in enumerate(notes):
            element = self._shared.name(ET.SubElement(parent, "note"), note or event)
            self._pitch(element, event, note, index > 0, length)
            add(element, "voice", voice)
            self._type(element, event, note)
            self._stem_and_head(element, event, note)
            if len(staves) > 1:
                # The notes of a chord that have no staff of their own are on that of the chord.
                staff = own_staff if note is None or note.cross_staff is None else note.cross_staff
                add(element, "staff", staves.get(staff, 1) if staff is not None else 1)
            if index == 0:
                for level, state in enumerate(self._beams.get(event, ()), 1):
                    add(element, "beam", state, number=str(level))
            self._notations.write(element, event, note, tremolo)
            if index == 0 and event.children and isinstance(event, StemmedEvent):
                write_lyrics(element, event, self._shared)

    def _pitch(
        self, element: ET.Element, event: Event, note: Note | None, is_in_chord: bool, length: Fraction
    ) -> None:
        if self._shared.is_hidden(note or event):
            element.set("print-object", "no")
        is_grace = event.is_grace
        if is_grace:
            slash = event.mei.get("stem.mod") == "1slash"
            add(element, "grace", slash="yes" if slash else None)
        is_cue = event.mei.get("cue") == "true" or (note is not None and note.mei.get("cue") == "true")
        if is_cue:
            add(element, "cue")
        if is_in_chord:
            add(element, "chord")
        if note is None:
            self._rest(element, event)
        elif note.pitch is not None:
            write_pitch(element, note)
            if note.staff_position not in (None, note.pitch_position):
                self._shared.lose(
                    note, f"written at the position of its pitch, not at staff position {note.staff_position}"
                )
        else:
            unpitched = add(element, "unpitched")
            _write_display(unpitched, note, note.staff_position)
        if not is_grace:
            add(element, "duration", units(length, self._divisions))
        if note is not None and not is_cue:
            ends, starts = self._notations.ties(note)
            for kind in ["stop"] * bool(ends) + ["start"] * bool(starts):
                add(element, "tie", type=kind)

    def _rest(self, element: ET.Element, event: Event) -> None:
        rest = add(element, "rest", measure="yes" if isinstance(event, WholeMeasureEvent) else None)
        if isinstance(event, (Rest, MeasureRest)):
            _write_display(rest, event, event.staff_position)

    def _type(self, element: ET.Element, event: Event, note: Note | None) -> None:
        duration = _duration(event, note)
        if duration is not None:
            if duration.type.value == "2048th":
                self._shared.lose(event, "written without a type: MusicXML has none shorter than a 1024th")
            else:
                size = "cue" if (note or event).mei.get("cue") == "true" else None
                add(element, "type", duration.type.value, size=size)
            for _ in range(duration.dots):
                add(element, "dot")
        if note is not None and note.accidental is not None:
            self._accidental(element, note)
        ratio = self._tuplets.ratio(event)
        if ratio is not None:
            modification = add(element, "time-modification")
            add(modification, "actual-notes", ratio[0])
            add(modification, "normal-notes", ratio[1])

    def _accidental(self, element: ET.Element, note: Note) -> None:
        sign = note.accidental
        assert sign is not None
        name, smufl = accidental_name(sign.kind or "", sign.glyph)
        if name is None:
            self._shared.lose(sign, f"MusicXML has no accidental {sign.kind!r}")
            return
        add(
            element,
            "accidental",
            name,
            smufl=smufl,
            cautionary="yes" if sign.function == "caution" else None,
            editorial="yes" if sign.function == "edit" else None,
            parentheses="yes" if sign.enclosure == "paren" else None,
            bracket="yes" if sign.enclosure == "brack" else None,
        )

    def _stem_and_head(self, element: ET.Element, event: Event, note: Note | None) -> None:
        if isinstance(event, (StemmedEvent, TabChord)):
            stem = event.mei.get("stem.visible") == "false" or (
                note is not None and note.mei.get("stem.visible") == "false"
            )
            own = note.stem_direction if note is not None else None
            direction = own or (event.stem_direction if isinstance(event, StemmedEvent) else None)
            if stem:
                add(element, "stem", "none")
            elif direction is not None:
                add(element, "stem", direction.value)
        if note is None:
            return
        filled = {"void": "no", "solid": "yes"}.get(note.mei.get("head.fill", ""))
        is_headless = note.mei.get("head.visible") == "false"
        glyph = note.notehead_glyph
        if glyph is not None:
            name: str | None = GLYPH_NOTEHEADS.get(glyph, "other")
        else:
            name = NOTEHEADS.get(note.notehead) if note.notehead is not None else None
            if note.notehead is not None and name is None:
                self._shared.lose(note, f"MusicXML has no notehead {note.notehead!r}")
        if is_headless or name is not None or filled is not None:
            value = "none" if is_headless else name or "normal"
            add(element, "notehead", value, filled=filled, smufl=None if is_headless else glyph)


def _write_display(element: ET.Element, event: Event, position: int | None) -> None:
    """Adds the staff position, which MusicXML expresses as a pitch under the current clef."""
    if position is not None:
        shown = pitch_at_position(event, position)
        add(element, "display-step", shown.step.name)
        add(element, "display-octave", shown.octave)


def write_pitch(element: ET.Element, note: Note) -> None:
    """Adds the `pitch`: as written, except under octave lines, where MusicXML has the sounding octave."""
    pitch = note.pitch
    assert pitch is not None
    made = add(element, "pitch")
    add(made, "step", pitch.step.name)
    if pitch.alter:
        add(made, "alter", f"{float(pitch.alter):g}")
    add(made, "octave", pitch.octave + _octaves_up(note))


def _octaves_up(note: Note) -> int:
    """Octaves from the written to the sounding pitch, without the transposition of instruments."""
    assert note.pitch is not None
    sounding = note.sounding_pitch
    if sounding is None or sounding is note.pitch:
        return 0
    diatonic = sounding.diatonic - note.pitch.diatonic
    if diatonic == 0 or (staff := note.staff) is None:
        return 0
    return round(Fraction(diatonic - staff.transposition_diatonic, 7))


def _duration(event: Event, note: Note | None) -> Duration | None:
    if event.duration is None and note is not None:
        return note.duration
    if event.duration is None and isinstance(event, (Chord, TabChord)):
        return next((n.duration for n in event.notes if n.duration is not None), None)
    return event.duration
