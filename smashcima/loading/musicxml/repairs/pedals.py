"""Restoration of MusicXML pedal marks that Verovio imports without a direction: lines that discontinue and resume."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.tree import parts_of

if TYPE_CHECKING:
    from lxml import etree

_MEI = "{http://www.music-encoding.org/ns/mei}"
_UNUSUAL = ("discontinue", "resume")


class RestorePedals(Repair):
    """Restores the direction of such marks from the marks of the same measure.

    A line that discontinues releases the pedal, a line that resumes presses it. A mark with neither line nor sign is
    not printed.
    """

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        sources = _unusual_marks(source.root)
        if not sources:
            return
        for index, measure in enumerate(result.root.iter(f"{_MEI}measure")):
            unclear = [pedal for pedal in measure.iterfind(f"{_MEI}pedal") if pedal.get("dir") is None]
            marks = sources.get(index, [])
            if marks and len(unclear) == len(marks):
                for pedal, mark in zip(unclear, marks, strict=True):
                    _restore(pedal, mark)
                result.change()


def _unusual_marks(musicxml: etree._Element) -> dict[int, list[etree._Element]]:
    """The marks of all parts, by the index of their measure."""
    found: dict[int, list[etree._Element]] = {}
    for index, pedal in _pedals(musicxml):
        if pedal.get("type") in _UNUSUAL:
            found.setdefault(index, []).append(pedal)
    return found


def _pedals(musicxml: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    for part in parts_of(musicxml):
        for index, measure in enumerate(part.iterfind("measure")):
            for pedal in measure.iterfind("direction/direction-type/pedal"):
                yield index, pedal


def _restore(pedal: etree._Element, mark: etree._Element) -> None:
    has_line = mark.get("line") == "yes"
    if not has_line and mark.get("sign") == "no":
        pedal.set("visible", "false")  # Verovio recognises this only by the missing direction
        return
    pedal.set("dir", "up" if mark.get("type") == "discontinue" else "down")
    if has_line and mark.get("sign") == "yes":
        pedal.set("form", "pedline")
