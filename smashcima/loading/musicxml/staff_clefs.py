"""The clefs of each staff of a MusicXML score, and which of them each note is under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.timeline import Timed, duration_of, timeline
from smashcima.loading.musicxml.tree import PartStaves, integer

END = Fraction(10**9)
"""Time of clefs at the end of a measure."""

_DEFAULT_LINES = {"G": 2, "F": 4, "C": 3}

_SHAPES = {"G": "G", "F": "F", "C": "C", "percussion": "perc", "TAB": "TAB"}


@dataclass(frozen=True)
class ClefKind:
    """What a clef is, in the terms of MEI."""

    shape: str
    line: int
    octaves: int = 0

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of a `<clef>`."""
        made = {"shape": self.shape}
        if self.line:
            made["line"] = str(self.line)
        if self.octaves:
            made["dis"] = {1: "8", 2: "15", 3: "22"}.get(abs(self.octaves), "8")
            made["dis.place"] = "below" if self.octaves < 0 else "above"
        return made


@dataclass(frozen=True)
class StaffClef:
    """A change of clef inside a measure, or at its end."""

    at: Fraction
    """Divisions from the start of the measure."""
    order: int
    """Position among the elements of the measure in the file."""
    kind: ClefKind
    is_visible: bool
    is_of_next: bool = False
    """Whether the source has it at the start of the next measure; such clefs are drawn before the barline."""


@dataclass(frozen=True)
class PlacedNote:
    """A note with its place in the measure."""

    at: Fraction
    order: int
    voice: str
    is_grace: bool


@dataclass
class StaffMeasure:
    """The clefs and notes of one staff in one measure."""

    initial: ClefKind | None
    """The clef in force at its start."""

    length: Fraction
    """Its length in divisions: the end of its last note in any staff of the part."""

    clefs: list[StaffClef] = field(default_factory=list)
    """Its changes of clef in the order of their times, with those at the start of the next measure as its last."""

    notes: list[PlacedNote] = field(default_factory=list)
    """Its notes that are printed, in the order of the file, with one for each chord."""

    def clef_at(self, at: Fraction) -> ClefKind | None:
        """The clef that a note with a duration is under."""
        return next((clef.kind for clef in reversed(self.clefs) if clef.at <= at), self.initial)

    def graces(self, at: Fraction, voice: str) -> list[PlacedNote]:
        """The grace notes of a voice before a time of the measure."""
        return [note for note in self.notes if note.is_grace and note.at == at and note.voice == voice]

    def clef_of_grace(self, note: PlacedNote) -> ClefKind | None:
        """The clef that a grace note is under: at the same time, that before it in the file."""
        behind = (note.at, note.order)
        return next(
            (clef.kind for clef in reversed(self.clefs) if (clef.at, clef.order) < behind), self.initial
        )


def staff_measures(staves: PartStaves) -> Iterator[dict[int, StaffMeasure]]:
    """The measures of a part, each with its staves by their number in the score."""
    in_force: dict[int, ClefKind | None] = dict.fromkeys(staves.all)
    waiting: dict[int, StaffMeasure] | None = None
    for measure in staves.part.iterfind("measure"):
        timed = list(timeline(measure))
        end = max(
            (at + duration_of(child) for at, child in timed if child.tag == "note"), default=Fraction(0)
        )
        at_start, inside = _clefs(staves, timed, end)
        for number, clef in at_start:
            if waiting is not None and number in waiting:
                waiting[number].clefs.append(clef)
            in_force[number] = clef.kind
        if waiting is not None:
            yield waiting
        waiting = {number: StaffMeasure(in_force[number], end) for number in staves.all}
        for number, clef in inside:
            if number in waiting:
                waiting[number].clefs.append(clef)
                in_force[number] = clef.kind
        for number, note in _notes(staves, timed):
            if number in waiting:
                waiting[number].notes.append(note)
    if waiting is not None:
        yield waiting


def _clefs(
    staves: PartStaves, timed: list[Timed], end: Fraction
) -> tuple[list[tuple[int, StaffClef]], list[tuple[int, StaffClef]]]:
    """The clefs at the start of a measure, as they are written at the end of the previous one, and those inside it."""
    at_start: list[tuple[int, StaffClef]] = []
    inside: list[tuple[int, StaffClef]] = []
    for order, (at, child) in sorted(enumerate(timed), key=lambda entry: entry[1].at):
        for clef in child.iterfind("clef") if child.tag == "attributes" else ():
            kind = kind_of(clef)
            if kind is None:
                continue
            number = staves.first + integer(clef.get("number"), 1) - 1
            is_visible = clef.get("print-object") != "no"
            if not at:
                at_start.append((number, StaffClef(END, order, kind, is_visible, True)))
            else:
                inside.append((number, StaffClef(END if at >= end else at, order, kind, is_visible)))
    return at_start, inside


def kind_of(clef: etree._Element) -> ClefKind | None:
    """What a `<clef>` is; `None` for signs that MEI lacks."""
    sign = clef.findtext("sign", "").strip()
    shape = _SHAPES.get(sign)
    if shape is None:
        return None
    line = 0 if sign == "percussion" else integer(clef.findtext("line"), _DEFAULT_LINES.get(sign, 0))
    return ClefKind(shape, line, integer(clef.findtext("clef-octave-change"), 0))


def _notes(staves: PartStaves, timed: list[Timed]) -> Iterator[tuple[int, PlacedNote]]:
    for order, (at, child) in enumerate(timed):
        if (
            child.tag != "note"
            or child.find("rest") is not None
            or child.get("print-object") == "no"
            or child.find("chord") is not None
        ):
            continue
        number = staves.first + integer(child.findtext("staff"), 1) - 1
        is_grace = child.find("grace") is not None
        voice = child.findtext("voice", "1").strip()
        yield number, PlacedNote(at, order, voice, is_grace)
