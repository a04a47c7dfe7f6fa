"""Restoration of alterations and accidentals that Verovio reads wrongly or not at all.

Verovio 6.4.1 takes a quarter-sharp for the performed alteration of three quarter tones and the other way round, a triple
sharp for a double one, and an `<accidental-mark>` over a note for its accidental. It drops alterations other than whole and
half semitones up to two, and accidentals such as `sharp-1`, `arrow-up` or `other`; it confuses `slash-sharp` and
`slash-quarter-sharp`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.accidental_names import CLEAR_ACCIDENTALS, SIGNS, Sign, number_of, sign_of
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.mei.lexical import with_exact_alter, written_alter
from smashcima.scene.semantic.note_parts import ACCIDENTAL_ALTERS

_MEI = "{http://www.music-encoding.org/ns/mei}"

_READ_WELL = {
    name: alter
    for name, alter in CLEAR_ACCIDENTALS.items()
    if not name.startswith(("quarter", "three-quarters", "natural-up", "natural-down", "triple"))
}
"""Accidentals that Verovio imports without loss, with the alteration that it takes them for."""

_ALTERS_READ_WELL = frozenset(Fraction(half, 2) for half in (-4, -3, -2, -1, 0, 1, 2, 3, 4))
"""Alterations that Verovio imports if no accidental is drawn."""


_USUAL_TEXTS = frozenset({"-2", "-1", "0", "1", "2"})


@dataclass(frozen=True)
class _Note:
    """What the source says of a note that Verovio reads wrongly."""

    alter: Fraction
    sign: Sign | None
    """Its accidental; `None` if it has none."""


class RestoreAlterations(Repair):
    """Sets the exact alteration and the sign of each note; reports signs that contradict the alteration."""

    def __init__(self) -> None:
        self._notes: dict[str, _Note] = {}

    def prepare(self, source: MusicXmlSource) -> None:
        for element, pitch in _suspects(source.root):
            if _is_read_well(element, pitch):
                continue
            alter = number_of(pitch.findtext("alter")) or Fraction(0)
            found = element.find("accidental")
            sign = None
            if found is not None and _is_drawn(found):
                sign = sign_of(found.text, found.get("smufl"), alter)
                _report(source, found, sign, alter)
                if found.text not in CLEAR_ACCIDENTALS:
                    found.text = "natural"  # read without a complaint, and replaced afterwards
            self._notes[source.id_of(element)] = _Note(alter, sign)

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        for identity, note in self._notes.items():
            made = result.by_id.get(identity)
            if made is None or made.tag != f"{_MEI}note":
                continue
            result.change()
            for accidental in made.iterfind(f"{_MEI}accid"):
                if note.sign is not None and accidental.get("onstaff") != "false":
                    note.sign.write(accidental)
            _set_alter(made, note.alter)


def _suspects(root: etree._Element) -> list[tuple[etree._Element, etree._Element]]:
    """The notes with an accidental or an unusual alteration, and their pitches."""
    found: dict[etree._Element, etree._Element] = {}
    for element in root.iter("alter", "accidental", "accidental-mark"):
        if element.tag == "alter" and element.text in _USUAL_TEXTS:
            continue
        note = next(element.iterancestors("note"), None)
        pitch = note.find("pitch") if note is not None else None
        if note is not None and pitch is not None:
            found[note] = pitch
    return list(found.items())


def _is_read_well(note: etree._Element, pitch: etree._Element) -> bool:
    if any(notations.find("accidental-mark") is not None for notations in note.iterchildren("notations")):
        return False
    text = pitch.findtext("alter")
    alter = number_of(text) if text else Fraction(0)
    accidental = note.find("accidental")
    if accidental is not None and _is_drawn(accidental):
        name = (accidental.text or "").strip()
        return name in _READ_WELL and _READ_WELL[name] == alter
    return alter in _ALTERS_READ_WELL


def _is_drawn(accidental: etree._Element) -> bool:
    return bool((accidental.text or "").strip() or accidental.get("smufl"))


def _report(source: MusicXmlSource, accidental: etree._Element, sign: Sign | None, alter: Fraction) -> None:
    name = (accidental.text or "").strip()
    meaning = CLEAR_ACCIDENTALS.get(name)
    if meaning is not None and meaning != alter:
        source.report(accidental, f"{name} is drawn, but the alteration of its note is {_number(alter)}")
    elif sign is not None and sign.glyph is None and name not in SIGNS:
        source.report(
            accidental, f"{name!r} is drawn as the sign nearest to its alteration, {_number(alter)}"
        )


def _set_alter(note: etree._Element, alter: Fraction) -> None:
    """Writes the alteration of a note, unless its accidental says the same."""
    accidentals = [each for each in note.iterfind(f"{_MEI}accid") if each.get("accid")]
    for each in (note, *accidentals):
        if "accid.ges" in each.attrib:
            del each.attrib["accid.ges"]
    drawn = ACCIDENTAL_ALTERS.get(accidentals[0].get("accid", "")) if accidentals else 0
    performed = written_alter(alter)
    if performed is not None and drawn != alter:
        (accidentals[0] if accidentals else note).set("accid.ges", performed)
    kinds = with_exact_alter(note.get("type", ""), alter)
    if kinds:
        note.set("type", kinds)


def _number(alter: Fraction) -> str:
    return f"{float(alter):g}"
