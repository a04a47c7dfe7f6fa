"""Staves of MusicXML that are hidden, or hidden for some measures (`<staff-details print-object="no">`).

Verovio 6.4.1 ignores this at the start of a part, and elsewhere hides one measure.
"""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.tree import integer, parts_of

_MEI = "{http://www.music-encoding.org/ns/mei}"


class HideStaves(Repair):
    """Marks the staves of such measures as hidden, or the whole staff if no measure shows it."""

    def __init__(self) -> None:
        self._is_needed = False

    def prepare(self, source: MusicXmlSource) -> None:
        self._is_needed = source.mentions("<staff-details") and source.mentions('print-object="no"')

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if not self._is_needed:
            return
        measures = list(result.root.iter(f"{_MEI}measure"))
        first = 1
        for part in parts_of(source.root):
            count = max([1, *(integer(staves.text, 1) for staves in part.iter("staves"))])
            for number in range(1, count + 1):
                hidden = _hidden_measures(part, number)
                if any(hidden):
                    _hide(result, measures, hidden, first + number - 1)
            first += count


def _hidden_measures(part: etree._Element, number: int) -> list[bool]:
    """Whether a staff is hidden in each measure of its part."""
    found: list[bool] = []
    is_hidden = False
    for measure in part.iterfind("measure"):
        for details in measure.iterfind("attributes/staff-details"):
            if details.get("print-object") is not None and integer(details.get("number"), number) == number:
                is_hidden = details.get("print-object") == "no"
        found.append(is_hidden)
    return found


def _hide(result: ImportResult, measures: list[etree._Element], hidden: list[bool], number: int) -> None:
    result.change()
    if all(hidden):
        for definition in result.root.iter(f"{_MEI}staffDef"):
            if definition.get("n") == str(number):
                definition.set("visible", "false")
    for measure, is_hidden in zip(measures, hidden, strict=False):
        if is_hidden:
            for staff in measure.iterchildren(f"{_MEI}staff"):
                if staff.get("n") == str(number):
                    staff.set("visible", "false")
