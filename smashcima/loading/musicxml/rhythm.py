"""Times and note values of a MusicXML part, as the source gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from lxml import etree

VALUES = {
    "maxima": Fraction(32), "long": Fraction(16), "breve": Fraction(8), "whole": Fraction(4), "half": Fraction(2),
    "quarter": Fraction(1), "eighth": Fraction(1, 2), "16th": Fraction(1, 4), "32nd": Fraction(1, 8),
    "64th": Fraction(1, 16), "128th": Fraction(1, 32), "256th": Fraction(1, 64), "512th": Fraction(1, 128),
    "1024th": Fraction(1, 256),
}  # fmt: skip
"""Quarter lengths of note values by their MusicXML name, from the longest to the shortest."""

_READ = (
    "duration",
    "type",
    "voice",
    "staff",
    "chord",
    "notations",
    "rest",
    "dot",
    "grace",
    "time-modification",
)
_NUMBERS = ("actual-notes", "normal-notes")


@dataclass(slots=True, eq=False)
class TimedNote:
    """A `<note>` with the times of its source. Times are in divisions, of which there are `divisions` per quarter."""

    element: etree._Element
    measure: int
    """Index of its measure in the part."""

    divisions: Fraction | int
    at: Fraction | int
    """Divisions from the start of the measure; for a member of a chord, the start of the chord."""

    lasting: Fraction | int | None = None
    """Its `<duration>`; `None` if it has none, or no number."""

    type: str | None = None
    dots: int = 0
    modification: tuple[int, int] | None = None
    """Actual and normal notes of its `<time-modification>`."""

    voice: str | None = None
    staff: str = "1"
    is_rest: bool = False
    is_grace: bool = False
    in_chord: bool = False
    """Whether it is a further note of a chord."""

    notations: list[etree._Element] = field(default_factory=list)

    @property
    def onset_ql(self) -> Fraction:
        """Quarter lengths from the start of the measure."""
        return Fraction(self.at) / self.divisions

    @property
    def lasting_ql(self) -> Fraction | None:
        """Its `<duration>` in quarter lengths."""
        return None if self.lasting is None else Fraction(self.lasting) / self.divisions

    @property
    def value_ql(self) -> Fraction | None:
        """Quarter length of its note value and dots; `None` without a known type."""
        value = VALUES.get(self.type or "")
        return None if value is None else value * (2 - Fraction(1, 2**self.dots))

    @property
    def written_ql(self) -> Fraction | None:
        """Quarter length of its note value, dots and time modification; `None` without a known type."""
        value = self.value_ql
        if value is None or self.modification is None:
            return value
        return value * self.modification[1] / self.modification[0]

    @property
    def tuplets(self) -> list[etree._Element]:
        """Its `<tuplet>` marks."""
        return [mark for notations in self.notations for mark in notations if mark.tag == "tuplet"]

    def place_before(self, new: etree._Element, *following: str) -> None:
        """Inserts a child before the first child with one of the names, or at the end."""
        for index, child in enumerate(self.element):
            if child.tag in following:
                self.element.insert(index, new)
                return
        self.element.append(new)


AFTER_TYPE = (
    "dot", "accidental", "time-modification", "stem", "notehead", "notehead-text", "staff", "beam", "notations",
    "lyric", "play", "listen",
)  # fmt: skip
"""Names of the elements that follow `<type>` in a note."""


@dataclass(slots=True)
class PartRhythm:
    """The rhythm of a part, as the source gives it."""

    measures: list[list[TimedNote]]
    """The notes of each measure, in the order of the file."""

    long_backups: list[tuple[etree._Element, Fraction]]
    """Each `<backup>` that leads before the start of its measure, and by how many quarters."""


def read_rhythm(part: etree._Element) -> PartRhythm:
    """The rhythm of a part."""
    divisions: Fraction | int = 1
    measures: list[list[TimedNote]] = []
    long_backups: list[tuple[etree._Element, Fraction]] = []
    for index, measure in enumerate(part.iterfind("measure")):
        notes: list[TimedNote] = []
        at: Fraction | int = 0
        onset: Fraction | int = 0
        for child in measure:
            tag = child.tag
            if tag == "note":
                note = _read_note(child, index, divisions)
                if not note.in_chord:
                    onset = at
                    if not note.is_grace and note.lasting is not None:
                        at += note.lasting
                note.at = onset
                notes.append(note)
            elif tag == "backup":
                at -= _number(child.findtext("duration")) or 0
                if at < 0:
                    long_backups.append((child, Fraction(-at) / divisions))
                    at = 0
            elif tag == "forward":
                at += _number(child.findtext("duration")) or 0
            elif tag == "attributes":
                new = _number(child.findtext("divisions"))
                if new:
                    at = Fraction(at) * new / divisions
                    divisions = new
        measures.append(notes)
    return PartRhythm(measures, long_backups)


def _read_note(element: etree._Element, measure: int, divisions: Fraction | int) -> TimedNote:
    note = TimedNote(element, measure, divisions, 0)
    for child in element.iterchildren(*_READ):
        tag = child.tag
        if tag == "duration":
            note.lasting = _number(child.text)
        elif tag == "type":
            note.type = (child.text or "").strip()
        elif tag == "voice":
            note.voice = (child.text or "").strip() or None
        elif tag == "staff":
            note.staff = (child.text or "").strip() or "1"
        elif tag == "chord":
            note.in_chord = True
        elif tag == "notations":
            note.notations.append(child)
        elif tag == "rest":
            note.is_rest = True
        elif tag == "dot":
            note.dots += 1
        elif tag == "grace":
            note.is_grace = True
        else:
            numbers = [_number(child.findtext(name)) for name in _NUMBERS]
            if all(isinstance(number, int) and number > 0 for number in numbers):
                note.modification = (int(numbers[0] or 1), int(numbers[1] or 1))
    return note


def _number(text: str | None) -> Fraction | int | None:
    text = (text or "").strip()
    if text.isdecimal():
        return int(text)
    try:
        return Fraction(text)
    except ValueError:
        return None


def quarters(length: Fraction | int) -> str:
    """A length in words: `1 quarter`, `3/2 quarters`."""
    return f"{length} quarter{'' if length == 1 else 's'}"


def agrees(note: TimedNote, written_ql: Fraction) -> bool:
    """Whether the `<duration>` of a note is that of a length, exactly or rounded to whole divisions."""
    if note.lasting is None:
        return False
    exact = written_ql * note.divisions
    return note.lasting == exact or (exact.denominator > 1 and abs(note.lasting - exact) < 1)


def value_of(length: Fraction, most_dots: int = 3) -> tuple[str, int] | None:
    """The note value and dots of a length in quarter lengths; `None` if there is none."""
    for dots in range(most_dots + 1):
        plain = length / (2 - Fraction(1, 2**dots))
        for name, value in VALUES.items():
            if value == plain:
                return name, dots
    return None


def in_voices(measures: list[list[TimedNote]]) -> Iterator[list[TimedNote]]:
    """The notes of each voice of a part through all measures, in order of time, without further notes of chords."""
    voices: dict[str | None, list[TimedNote]] = {}
    for notes in measures:
        ordered: dict[str | None, list[TimedNote]] = {}
        for note in notes:
            if not note.in_chord:
                ordered.setdefault(note.voice, []).append(note)
        for voice, found in ordered.items():
            voices.setdefault(voice, []).extend(sorted(found, key=lambda note: note.at))
    yield from voices.values()
