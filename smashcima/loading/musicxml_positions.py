"""Positions of unpitched notes in MusicXML, which Verovio always interprets relative to a treble clef."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from lxml import etree

from smashcima.loading.musicxml import integer
from smashcima.scene.semantic import Pitch, Step

_TREBLE_BOTTOM = 30
"""Diatonic number of E4, the lowest line with a treble clef."""

_SIGNS = {"G": (32, 2), "F": (24, 4), "C": (28, 3)}
"""Diatonic number of the reference pitch of a clef, and its default line. With other clefs, positions are relative to a
treble clef (MusicXML 4.0, `display-step`)."""


class _Timed(NamedTuple):
    at: Fraction
    staff: str
    element: etree._Element


def place_unpitched(root: etree._Element) -> bool:
    """Converts the positions of unpitched notes to those that Verovio expects; returns whether any was changed.

    In MusicXML they are relative to the clef in force, and a note without a position is on the middle line.
    """
    changed = False
    for part in root.iterfind("part"):
        if part.find("measure/note/unpitched") is not None:
            changed = _place_in_part(part) or changed
    return changed


def _place_in_part(part: etree._Element) -> bool:
    bottoms: dict[str, int] = {}
    lines = {
        details.get("number", "1"): integer(details.findtext("staff-lines"), 5)
        for details in part.iter("staff-details")
    }
    changed = False
    for measure in part.iterfind("measure"):
        timed = sorted(_timed(measure), key=lambda found: (found.at, found.element.tag != "clef"))
        for _, staff, element in timed:
            if element.tag == "clef":
                bottoms[staff] = _bottom(element)
            else:
                changed = _place(element, bottoms.get(staff, _TREBLE_BOTTOM), lines.get(staff, 5)) or changed
    return changed


def _timed(measure: etree._Element) -> Iterator[_Timed]:
    """The clefs and unpitched notes of a measure with their onsets, in divisions."""
    at = onset = Fraction(0)
    for child in measure:
        length = _duration(child)
        if child.tag == "attributes":
            for clef in child.iterfind("clef"):
                yield _Timed(at, clef.get("number", "1"), clef)
        elif child.tag == "note":
            if child.find("chord") is None:
                onset = at
                at += length
            unpitched = child.find("unpitched")
            if unpitched is not None:
                yield _Timed(onset, child.findtext("staff", "1").strip(), unpitched)
        elif child.tag == "backup":
            at -= length
        elif child.tag == "forward":
            at += length


def _place(unpitched: etree._Element, bottom: int, lines: int) -> bool:
    step, octave = unpitched.find("display-step"), unpitched.find("display-octave")
    if step is None or octave is None:
        for child in list(unpitched):
            unpitched.remove(child)
        shown = Pitch.of_diatonic(_TREBLE_BOTTOM + lines - 1)
        etree.SubElement(unpitched, "display-step").text = shown.step.name
        etree.SubElement(unpitched, "display-octave").text = str(shown.octave)
        return True
    if bottom == _TREBLE_BOTTOM:
        return False
    try:
        written = Pitch(Step((step.text or "").strip().lower()), int(octave.text or ""))
    except ValueError:
        return False
    shown = Pitch.of_diatonic(written.diatonic - bottom + _TREBLE_BOTTOM)
    step.text, octave.text = shown.step.name, str(shown.octave)
    return True


def _bottom(clef: etree._Element) -> int:
    """Diatonic number of the lowest line with a clef."""
    sign = clef.findtext("sign", "").strip()
    if sign not in _SIGNS:
        return _TREBLE_BOTTOM
    named, usual = _SIGNS[sign]
    return (
        named
        - 2 * (integer(clef.findtext("line"), usual) - 1)
        + 7 * integer(clef.findtext("clef-octave-change"), 0)
    )


def _duration(element: etree._Element) -> Fraction:
    if element.find("grace") is not None:
        return Fraction(0)
    try:
        return Fraction(element.findtext("duration", "0").strip())
    except ValueError:
        return Fraction(0)
