"""Removal of multi-measure rests of MusicXML that Verovio imports with losses.

Verovio 6.4.1 drops everything in the measures of a `<multiple-rest>`: tempo and other directions in all parts, and even
the notes of parts that do not rest. Where the measures hold more than rests, the mark is removed and the measures are
printed one by one.
"""

from __future__ import annotations

from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.musicxml import place_of
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


def split_multiple_rests(root: etree._Element) -> list[Issue]:
    """Removes `<multiple-rest>` marks over measures that hold more than rests; returns an issue for each."""
    parts = [part.findall("measure") for part in root.iterfind("part")]
    marks: dict[int, list[tuple[int, etree._Element]]] = {}
    for measures in parts:
        for position, measure in enumerate(measures):
            for mark in measure.iterfind("attributes/measure-style/multiple-rest"):
                text = (mark.text or "").strip()
                marks.setdefault(position, []).append(
                    (int(text) if text.isdecimal() and len(text) < 6 else 0, mark)
                )
    issues = []
    for position, found in sorted(marks.items()):
        length = found[0][0]
        agreed = (
            length > 0 and len(found) == len(parts) and all(its_length == length for its_length, _ in found)
        )
        if agreed and all(_is_silent(measures[position : position + length], length) for measures in parts):
            continue
        issues.append(
            Issue(
                place_of(found[0][1]),
                "multiple-rest",
                "printed as single measures because they hold more than rests or not all parts rest",
            )
        )
        for _, mark in found:
            parent = mark.getparent()
            if parent is not None:
                parent.remove(mark)
    return issues


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
