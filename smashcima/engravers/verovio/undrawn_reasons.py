"""Reasons why an element of a score is not drawn, derived from its MEI."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import NamedTuple

from smashcima.engraving.engraving import EngravedPage

_MEI = "{http://www.music-encoding.org/ns/mei}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_SPANNING = frozenset({"bracketSpan", "gliss", "hairpin", "lv", "octave", "phrase", "slur", "tie"})


class _Home(NamedTuple):
    """Location of an element: id of its measure, and number of its staff (empty for marks outside a staff)."""

    measure: str
    staff: str
    name: str
    """Name of the element."""


class Reasons:
    """Explains elements missing from the pages of one score."""

    def __init__(self, score: ET.Element, pages: Sequence[EngravedPage]) -> None:
        self._staves = {
            measure.element: {str(staff.number) for staff in system.staves}
            for page in pages
            for system in page.systems
            for measure in system.measures
        }
        self._homes: dict[str, _Home] = {}
        for measure in score.iter(f"{_MEI}measure"):
            for child in measure:
                is_staff = child.tag in (f"{_MEI}staff", f"{_MEI}oStaff")
                place = measure.get(_XML_ID, ""), child.get("n", "") if is_staff else ""
                for inner in child.iter():
                    if isinstance(inner.tag, str):
                        self._homes[inner.get(_XML_ID, "")] = _Home(*place, inner.tag.rpartition("}")[2])

    def of(self, element: ET.Element) -> str:
        """The reason why an element is not drawn; an empty string if unknown."""
        name = element.tag.rpartition("}")[2]
        home = self._homes.get(element.get(_XML_ID, ""))
        if home is None or home.measure not in self._staves:
            return "its measure is not drawn"
        if not home.staff:
            return self._of_mark(element, name, home.measure)
        if home.staff not in self._staves[home.measure]:
            return "its staff is hidden in this system"
        if name == "artic":
            sign = element.get("artic")
            return f"the engraver has no sign for {sign!r}" if sign else "its sign is not specified"
        return ""

    def _of_mark(self, mark: ET.Element, name: str, measure: str) -> str:
        starts = (mark.get("plist") or mark.get("startid") or "").split()
        homes = [self._homes.get(start.removeprefix("#")) for start in starts]
        if starts and None in homes:
            return "its start is not in the score"
        if not starts and "tstamp" not in mark.attrib:
            return "its position is not specified"
        staves = set(mark.get("staff", "").split()) or {home.staff for home in homes if home is not None}
        if staves and staves.isdisjoint(self._staves[measure]):
            return "its staff is hidden in this system"
        if homes and all(home is not None and home.measure != measure for home in homes):
            return "it starts in a measure other than the one that contains it"
        if name in _SPANNING:
            return self._of_span(mark)
        return _of_sign(mark, name, len(starts), bool(staves))

    def _of_span(self, mark: ET.Element) -> str:
        end, end_point = mark.get("endid"), mark.get("tstamp2")
        if end is None and end_point is None:
            return "it has no end"
        if end is not None and end.removeprefix("#") not in self._homes:
            return "its end is not in the score"
        if end is not None and end == mark.get("startid"):
            return "it starts and ends at the same note"
        if end is None and "tstamp" in mark.attrib and end_point is not None:
            return _of_beats(mark.attrib["tstamp"], end_point)
        if mark.tag == f"{_MEI}gliss":
            ends = [self._homes.get(mark.get(side, "").removeprefix("#")) for side in ("startid", "endid")]
            if any(home is not None and home.name not in ("note", "chord") for home in ends):
                return "its start or end is not a note"
        return ""


def _of_sign(mark: ET.Element, name: str, starts: int, has_staff: bool) -> str:
    if name == "pedal" and "dir" not in mark.attrib:
        return "its direction (down or up) is not specified"
    if name == "arpeg" and starts == 1:
        return "it has only one note"
    return "" if has_staff else "its staff is not specified"


def _of_beats(start: str, end: str) -> str:
    measures, plus, beat = end.rpartition("m+")
    try:
        length = float(beat) - float(start)
    except ValueError:
        return ""
    if (plus and measures.strip() != "0") or length > 0:
        return ""
    return "it has no length" if length == 0 else "it ends before it starts"
