"""Removal of multi-measure rests of MusicXML that Verovio imports with losses.

Verovio 6.4.1 drops everything in the measures of a `<multiple-rest>`: tempo and other directions in all parts, and even
the notes of parts that do not rest. Where the measures hold more than rests, the mark is removed and the measures are
printed one by one.
"""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.xml import local_name

_SILENT = ("note", "backup", "forward", "print", "sound", "attributes", "barline")

_QUIET_ATTRIBUTES = (
    "divisions",
    "staves",
    "instruments",
    "staff-details",
    "part-symbol",
    "transpose",
    "measure-style",
)


class SplitMultipleRests(Repair):
    """Removes `<multiple-rest>` marks over measures that hold more than rests; reports each."""

    def prepare(self, source: MusicXmlSource) -> None:
        parts = [part.findall("measure") for part in source.root.iterfind("part")]
        for position, found in sorted(_marks(parts).items()):
            length = found[0][0]
            agreed = (
                length > 0
                and len(found) == len(parts)
                and all(its_length == length for its_length, _ in found)
            )
            if agreed and all(
                _is_silent(measures[position : position + length], length) for measures in parts
            ):
                continue
            source.report(
                found[0][1],
                "printed as single measures because they hold more than rests or not all parts rest",
            )
            source.change()
            for _, mark in found:
                parent = mark.getparent()
                if parent is not None:
                    parent.remove(mark)


def _marks(parts: list[list[etree._Element]]) -> dict[int, list[tuple[int, etree._Element]]]:
    """The marks by the index of their measure, with their numbers of measures; 0 for what is no number."""
    marks: dict[int, list[tuple[int, etree._Element]]] = {}
    for measures in parts:
        for position, measure in enumerate(measures):
            for mark in measure.iterfind("attributes/measure-style/multiple-rest"):
                text = (mark.text or "").strip()
                length = int(text) if text.isdecimal() and len(text) < 6 else 0
                marks.setdefault(position, []).append((length, mark))
    return marks


def _is_silent(measures: list[etree._Element], length: int) -> bool:
    if len(measures) < length:
        return False
    for index, measure in enumerate(measures):
        for child in measure:
            if not local_name(child):  # a comment
                continue
            if child.tag not in _SILENT or (child.tag == "note" and not _is_plain_rest(child)):
                return False
            if (
                index > 0
                and child.tag == "attributes"
                and any(item.tag not in _QUIET_ATTRIBUTES for item in child)
            ):
                return False
            if index < length - 1 and child.tag == "barline" and child.get("location", "right") == "right":
                return False
    return True


def _is_plain_rest(note: etree._Element) -> bool:
    return note.find("rest") is not None and note.find("lyric") is None and note.find("notations") is None
