"""Prepares a part for linearized-musicxml: removes elements without a token."""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from collections import Counter

from smashcima.errors import Issue

_ACCIDENTALS = {
    "sharp", "flat", "natural", "double-sharp", "sharp-sharp", "flat-flat", "natural-sharp", "natural-flat"
}  # fmt: skip
_UNSAID = {
    "direction": "a direction",
    "harmony": "a chord symbol",
    "figured-bass": "figured bass",
    "lyric": "lyrics",
    "sound": "a sound",
}
_MOST_STROKES = 4


def prepare_part(part: ET.Element) -> tuple[ET.Element, list[Issue]]:
    """Returns a copy of a `part` for the linearizer, and issues for the removed elements.

    Signs that are in force but not drawn (`print-object="no"`) are removed, since the linearizer would
    include them.
    """
    part = copy.deepcopy(part)
    issues: list[Issue] = []
    for measure in part:
        where = f"measure {measure.get('number')}"
        unsaid: Counter[str] = Counter()
        for attributes in measure.findall("attributes"):
            _attributes(attributes, where, issues)
            if not len(attributes):
                measure.remove(attributes)
        for note in measure.findall("note"):
            _note(note, where, issues)
            unsaid["lyric"] += len(note.findall("lyric"))
        for element in measure:
            if element.tag in _UNSAID:
                unsaid[element.tag] += 1
            elif element.tag == "barline" and _is_special(element):
                issues.append(Issue(where, "barline", "LMX has no tokens for barlines, repeats and endings"))
        issues.extend(
            Issue(where, tag, f"{count} drawn; LMX has no token for {_UNSAID[tag]}")
            for tag, count in unsaid.items()
            if count
        )
    return part, issues


def _is_special(barline: ET.Element) -> bool:
    return barline.find("repeat") is not None or barline.find("ending") is not None


def _attributes(attributes: ET.Element, where: str, issues: list[Issue]) -> None:
    for element in list(attributes):
        if element.get("print-object") == "no":
            attributes.remove(element)
        elif element.tag == "key" and (
            element.find("fifths") is None or element.get("number") not in (None, "1")
        ):
            _drop(attributes, element, where, "LMX has one traditional key signature for all staves", issues)
        elif element.tag == "time":
            _time(attributes, element, where, issues)
        elif element.tag == "clef":
            _clef(attributes, element, where, issues)
        elif element.tag == "transpose":
            _drop(attributes, element, where, "LMX has no transposing instruments", issues)


def _time(attributes: ET.Element, time: ET.Element, where: str, issues: list[Issue]) -> None:
    beats, unit = time.find("beats"), time.find("beat-type")
    if beats is None or unit is None or time.get("number") not in (None, "1"):
        _drop(attributes, time, where, "LMX has one time signature of beats and unit for all staves", issues)
        return
    if not (beats.text or "").isdigit():
        issues.append(Issue(where, "time", f"{beats.text} beats are written as their sum"))
        beats.text = str(sum(int(part) for part in (beats.text or "").split("+") if part.isdigit()))
    if not int(beats.text or 0) or not int(unit.text or 0):
        what = f"LMX has no time signature of {beats.text}/{unit.text}"
        _drop(attributes, time, where, what, issues)
        return
    if time.get("symbol") is not None:
        issues.append(Issue(where, "time", "its symbol is written as numbers"))


def _clef(attributes: ET.Element, clef: ET.Element, where: str, issues: list[Issue]) -> None:
    sign, change = clef.findtext("sign"), clef.find("clef-octave-change")
    if sign not in ("G", "F", "C") or clef.find("line") is None:
        _drop(attributes, clef, where, f"LMX has no {sign} clef", issues)
    elif change is not None:
        issues.append(
            Issue(where, "clef", "LMX has no clefs with 8 or 15; the clef is written without the number")
        )
        clef.remove(change)


def _note(note: ET.Element, where: str, issues: list[Issue]) -> None:
    unpitched = note.find("unpitched")
    if unpitched is not None:
        issues.append(
            Issue(
                where,
                "note",
                "without pitch; written as the pitch that its staff position has under the clef",
            )
        )
        unpitched.tag = "pitch"
        step, octave = unpitched.findtext("display-step") or "B", unpitched.findtext("display-octave") or "4"
        for child in list(unpitched):
            unpitched.remove(child)
        ET.SubElement(unpitched, "step").text = step
        ET.SubElement(unpitched, "octave").text = octave
    accidental = note.find("accidental")
    if accidental is not None:
        if accidental.text not in _ACCIDENTALS:
            _drop(note, accidental, where, f"LMX has no accidental {accidental.text}", issues)
        elif accidental.text == "sharp-sharp":
            accidental.text = "double-sharp"
    notations = note.find("notations")
    if notations is None:
        return
    for tied in notations.findall("tied"):
        if tied.get("type") not in ("start", "stop"):
            _drop(notations, tied, where, "LMX has no ties with only one end", issues)
    for ornaments in notations.findall("ornaments"):
        for tremolo in ornaments.findall("tremolo"):
            if not 1 <= int(tremolo.text or 0) <= _MOST_STROKES:
                _drop(ornaments, tremolo, where, f"LMX has no tremolo of {tremolo.text} strokes", issues)
    _tell_unsaid_notations(notations, where, issues)


_SAID = {
    "tied", "slur", "tuplet", "fermata", "arpeggiate", "articulations", "ornaments", "staccato", "accent",
    "strong-accent", "tenuto", "tremolo", "trill-mark",
}  # fmt: skip


def _tell_unsaid_notations(notations: ET.Element, where: str, issues: list[Issue]) -> None:
    for found in notations.iter():
        if found is notations or found.tag.startswith("tuplet-"):
            continue
        if found.tag not in _SAID and not len(found):
            issues.append(Issue(where, found.tag, "LMX has no token for it"))


def _drop(parent: ET.Element, element: ET.Element, where: str, what: str, issues: list[Issue]) -> None:
    issues.append(Issue(where, element.tag, f"left out: {what}"))
    parent.remove(element)
