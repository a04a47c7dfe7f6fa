"""Notes, chords and rests of the score, with what is attached to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from smashcima.loading.mro.findings import Findings, Located
from smashcima.loading.mro.items import Item
from smashcima.loading.mro.signatures import StaffSignatures
from smashcima.notations.mro import MroAccidental, MroNote, MroNoteShape
from smashcima.scene.semantic import (
    Accidental,
    Articulation,
    Chord,
    Clef,
    ControlEvent,
    Event,
    Fermata,
    GraceKind,
    MeasureRest,
    Mordent,
    MultiMeasureRest,
    Note,
    Pitch,
    Rest,
    Staff,
    StemDirection,
    StemmedEvent,
    Trill,
)

_ACCIDENTALS = {
    MroAccidental.SHARP: "s",
    MroAccidental.FLAT: "f",
    MroAccidental.NATURAL: "n",
    MroAccidental.DOUBLE_SHARP: "x",
    MroAccidental.DOUBLE_FLAT: "ff",
    MroAccidental.NATURAL_SHARP: "ns",
    MroAccidental.NATURAL_FLAT: "nf",
}

_OFFSETS = {
    "accent": "accent_offset_units",
    "staccato": "staccato_offset_units",
    "tenuto": "tenuto_offset_units",
    "pause": "pause_offset_units",
}
"""Fields of the heights of signs, by slot; other signs have none."""

_MIDDLE_LINE = 32
"""Row of the middle line of a stave of the usual size."""

ARTICULATIONS = {
    "accent": ("has_accent", "acc"),
    "staccato": ("has_staccato", "stacc"),
    "marcato": ("has_marcato", "marc"),
    "staccatissimo": ("has_staccatissimo", "stacciss"),
    "tenuto": ("has_tenuto", "ten"),
    "upbow": ("has_up_bow", "upbow"),
    "downbow": ("has_down_bow", "dnbow"),
}
"""By slot: the field of the chord, and the MEI name."""

_USUAL_REST_POSITIONS = {MroNoteShape.SEMIBREVE_REST: 2}
"""Positions, upwards, at which rests of a single voice stand if it is not the middle line."""

_MAX_MULTI_REST = 999


@dataclass(eq=False, slots=True)
class StaffsOfColumn:
    """The staves that the notes of a column may stand on."""

    staves: list[Staff]
    signatures: dict[int, StaffSignatures]
    unmarked: list[Note] = field(default_factory=list)
    """Notes without an accidental, whose alteration follows from what is in force."""


def make_event(
    item: Item, staff: int, fills_measure: bool, around: StaffsOfColumn, findings: Findings
) -> tuple[Event, list[ControlEvent]]:
    """The event of a chord or rest, and the marks that start at it.

    `fills_measure` says that a semibreve rest lasts as long as its measure.
    """
    if item.is_rest:
        made: Event = _rest(item, fills_measure, findings)
        findings.keep("note", item.notes[0].indices, made)
    else:
        made = _notes(item, staff, around, findings)
        _add_articulations(made, item, findings)
    item.event = made
    findings.keep("chord", item.indices, made)
    return made, list(_marks(made, item, findings))


def _rest(item: Item, fills_measure: bool, findings: Findings) -> Event:
    note = item.notes[0].value
    if item.is_multi_rest:
        count = item.chord.multi_rest_bars
        if not 1 <= count <= _MAX_MULTI_REST:
            findings.tell(item.indices, "nofmmrestbars", f"a rest of {count} bars: read as 1")
            count = 1
        return MultiMeasureRest(count)
    up = -note.position_down
    position = None if up == _USUAL_REST_POSITIONS.get(note.shape, 0) else up
    if fills_measure:
        return MeasureRest(staff_position=position)
    return Rest(duration=item.duration, staff_position=position)


def _notes(item: Item, staff: int, around: StaffsOfColumn, findings: Findings) -> StemmedEvent:
    shared = {note.value.staff_offset for note in item.notes}
    made = [_note(note, item, staff, around, findings) for note in item.notes]
    event: StemmedEvent = made[0] if len(made) == 1 else Chord(children=list(made))
    event.duration = item.duration
    if len(made) > 1 and len(shared) == 1:
        event.cross_staff = made[0].cross_staff
        for note in made:
            note.cross_staff = None
    if item.stem:
        event.stem_direction = StemDirection.UP if item.stem > 0 else StemDirection.DOWN
    if item.is_grace:
        event.grace = GraceKind.UNACCENTED if item.chord.has_stem_slash else GraceKind.ACCENTED
        if item.chord.has_stem_slash:
            event.mei["stem.mod"] = "1slash"
    return event


def _note(
    located: Located[MroNote], item: Item, staff: int, around: StaffsOfColumn, findings: Findings
) -> Note:
    note = located.value
    drawn_on = staff + note.staff_offset
    if not 0 <= drawn_on < len(around.staves):
        findings.tell(
            located.indices, "staveoffset", f"{note.staff_offset}: there is no such staff; read as 0"
        )
        drawn_on = staff
    signatures = around.signatures.get(drawn_on)
    clef = signatures.clef_at(item.x) if signatures is not None else None
    up = -note.position_down
    kind = _ACCIDENTALS.get(note.accidental)
    accidental = Accidental(kind) if kind is not None else None
    diatonic = (clef or Clef()).middle_diatonic() + up
    made = Note(staff_position=up)
    if 0 <= diatonic < 70:
        alter = accidental.alter if accidental is not None else None
        made.pitch = Pitch.of_diatonic(diatonic, alter or 0)
    else:
        findings.tell(located.indices, "note", "outside the octaves 0 to 9: read without a pitch")
    if drawn_on != staff:
        made.cross_staff = around.staves[drawn_on]
    if accidental is not None:
        made.children.append(accidental)
        findings.keep("accid", located.indices, accidental)
    elif made.pitch is not None:
        around.unmarked.append(made)
    findings.keep("note", located.indices, made)
    return made


def _add_articulations(made: StemmedEvent, item: Item, findings: Findings) -> None:
    for slot, (attribute, name) in ARTICULATIONS.items():
        if getattr(item.chord, attribute):
            sign = Articulation((name,), _place(slot, item))
            made.children.append(sign)
            findings.keep(slot, item.indices, sign)


def _marks(made: Event, item: Item, findings: Findings) -> list[ControlEvent]:
    chord = item.chord
    if item.is_rest:
        for slot, (attribute, _) in ARTICULATIONS.items():
            if getattr(chord, attribute):
                findings.tell(item.indices, slot, "at a rest: not read")
    found: list[tuple[str, ControlEvent]] = []
    if chord.has_pause:
        found.append(("pause", Fermata(made, place=_place("pause", item) or "above")))
    if chord.has_trill:
        found.append(("trill", Trill(made)))
    if chord.has_mordent:
        found.append(("mordent", Mordent(made, form="lower")))
    if chord.has_inverted_mordent:
        found.append(("invmordent", Mordent(made, form="upper")))
    for slot, mark in found:
        findings.keep(slot, item.indices, mark)
    return [mark for _, mark in found]


def _place(slot: str, item: Item) -> str | None:
    """Whether a sign stands above or below the noteheads; `None` if the file does not say its height."""
    offset = getattr(item.chord, _OFFSETS[slot]) if slot in _OFFSETS else 0
    if offset == 0:
        return None
    row = item.chord.flag_units.row + offset
    return "above" if row < _MIDDLE_LINE - 8 * item.height else "below"
