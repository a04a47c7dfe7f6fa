"""The clefs of each staff of a MusicXML score, and which of them each note is under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from lxml import etree

from smashcima.loading.musicxml.timeline import Timed, duration_of, timeline
from smashcima.loading.musicxml.tree import PartStaves, contents_of, integer

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


class MeasureContent:
    """The elements of a measure of a part, with times that are worked out when they are first asked for."""

    def __init__(self, measure: etree._Element) -> None:
        self._measure = measure

    @cached_property
    def timed(self) -> list[Timed]:
        """The elements with their times, in the order of the file."""
        return list(timeline(self._measure))

    @cached_property
    def length(self) -> Fraction:
        """The end of the last note in divisions."""
        ends = (at + duration_of(child) for at, child in self.timed if child.tag == "note")
        return max(ends, default=Fraction(0))

    @property
    def has_clefs(self) -> bool:
        """Whether it has a clef."""
        return any(found.find("clef") is not None for found in self._measure.iterchildren("attributes"))


@dataclass
class StaffMeasure:
    """The clefs and notes of one staff in one measure."""

    initial: ClefKind | None
    """The clef in force at its start."""

    content: MeasureContent
    """What all staves of the part have in the measure."""

    staff: int
    """Number of the staff in its part."""

    clefs: list[StaffClef] = field(default_factory=list)
    """Its changes of clef in the order of their times, with those at the start of the next measure as its last."""

    @cached_property
    def notes(self) -> list[PlacedNote]:
        """Its notes that are printed, in the order of the file, with one for each chord."""
        found = []
        for order, (at, child) in enumerate(self.content.timed):
            if child.tag != "note" or child.get("print-object") == "no":
                continue
            content = contents_of(child)
            if "rest" in content or "chord" in content or integer(content.get("staff"), 1) != self.staff:
                continue
            found.append(PlacedNote(at, order, content.get("voice", "1").strip(), "grace" in content))
        return found

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
        content = MeasureContent(measure)
        at_start, inside = _clefs(staves, content) if content.has_clefs else ([], [])
        for number, clef in at_start:
            if waiting is not None and number in waiting:
                waiting[number].clefs.append(clef)
            in_force[number] = clef.kind
        if waiting is not None:
            yield waiting
        waiting = {
            number: StaffMeasure(in_force[number], content, number - staves.first + 1)
            for number in staves.all
        }
        for number, clef in inside:
            if number in waiting:
                waiting[number].clefs.append(clef)
                in_force[number] = clef.kind
    if waiting is not None:
        yield waiting


def _clefs(
    staves: PartStaves, content: MeasureContent
) -> tuple[list[tuple[int, StaffClef]], list[tuple[int, StaffClef]]]:
    """The clefs at the start of a measure, as they are written at the end of the previous one, and those inside it."""
    at_start: list[tuple[int, StaffClef]] = []
    inside: list[tuple[int, StaffClef]] = []
    for order, (at, child) in sorted(enumerate(content.timed), key=lambda entry: entry[1].at):
        for clef in child.iterfind("clef") if child.tag == "attributes" else ():
            kind = kind_of(clef)
            if kind is None:
                continue
            number = staves.first + integer(clef.get("number"), 1) - 1
            is_visible = clef.get("print-object") != "no"
            if not at:
                at_start.append((number, StaffClef(END, order, kind, is_visible, True)))
            else:
                inside.append(
                    (number, StaffClef(END if at >= content.length else at, order, kind, is_visible))
                )
    return at_start, inside


def kind_of(clef: etree._Element) -> ClefKind | None:
    """What a `<clef>` is; `None` for signs that MEI lacks."""
    sign = clef.findtext("sign", "").strip()
    shape = _SHAPES.get(sign)
    if shape is None:
        return None
    line = 0 if sign == "percussion" else integer(clef.findtext("line"), _DEFAULT_LINES.get(sign, 0))
    return ClefKind(shape, line, integer(clef.findtext("clef-octave-change"), 0))
