"""Pedal marks of MusicXML that Verovio imports without saying what they do: lines that break off and go on again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from smashcima.loading.musicxml import parts_of

if TYPE_CHECKING:
    from lxml import etree

_MEI = "{http://www.music-encoding.org/ns/mei}"
_UNUSUAL = ("discontinue", "resume")


def restore_pedals(musicxml: etree._Element, mei: etree._Element) -> bool:
    """Puts back what such marks do, from the marks of the same measure; whether anything in `mei` was changed.

    A line that breaks off is a pedal released, one that goes on a pedal pressed. What has neither line nor sign is not printed.
    """
    sources = _unusual_marks(musicxml)
    if not sources:
        return False
    changed = False
    for index, measure in enumerate(mei.iter(f"{_MEI}measure")):
        unclear = [pedal for pedal in measure.iterfind(f"{_MEI}pedal") if pedal.get("dir") is None]
        marks = sources.get(index, [])
        if len(unclear) == len(marks):
            for pedal, mark in zip(unclear, marks, strict=True):
                _restore(pedal, mark)
                changed = True
    return changed


def _unusual_marks(musicxml: etree._Element) -> dict[int, list[etree._Element]]:
    """Those of all parts, by the index of their measure."""
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
        pedal.set("visible", "false")  # Verovio knows this by the missing direction alone
        return
    pedal.set("dir", "up" if mark.get("type") == "discontinue" else "down")
    if has_line and mark.get("sign") == "yes":
        pedal.set("form", "pedline")
