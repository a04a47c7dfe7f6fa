"""Positions of unpitched notes in MusicXML, which Verovio always interprets relative to a treble clef."""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.timeline import timeline
from smashcima.loading.musicxml.tree import integer
from smashcima.scene.semantic import Pitch, Step

_TREBLE_BOTTOM = 30
"""Diatonic number of E4, the lowest line with a treble clef."""

_SIGNS = {"G": (32, 2), "F": (24, 4), "C": (28, 3)}
"""Diatonic number of the reference pitch of a clef, and its default line. With other clefs, positions are relative to a
treble clef (MusicXML 4.0, `display-step`)."""


class PlaceUnpitched(Repair):
    """Converts the positions of unpitched notes to those that Verovio expects.

    In MusicXML they are relative to the clef in force, and a note without a position is on the middle line.
    """

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            if part.find("measure/note/unpitched") is not None and _place_in_part(part):
                source.change()


def _place_in_part(part: etree._Element) -> bool:
    bottoms: dict[str, int] = {}
    lines = {
        details.get("number", "1"): integer(details.findtext("staff-lines"), 5)
        for details in part.iter("staff-details")
    }
    changed = False
    for measure in part.iterfind("measure"):
        timed = sorted(timeline(measure), key=lambda found: (found.at, found.element.tag != "attributes"))
        for _, element in timed:
            if element.tag == "attributes":
                for clef in element.iterfind("clef"):
                    bottoms[clef.get("number", "1")] = _bottom(clef)
                continue
            unpitched = element.find("unpitched") if element.tag == "note" else None
            if unpitched is not None:
                staff = element.findtext("staff", "1").strip()
                bottom = bottoms.get(staff, _TREBLE_BOTTOM)
                changed = _place(unpitched, bottom, lines.get(staff, 5)) or changed
    return changed


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
