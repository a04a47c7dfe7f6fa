"""Parts of MusicXML that do not agree with the part list, or with each other."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from smashcima.loading.musicxml.repairs import MusicXmlSource
from smashcima.loading.musicxml.tree import parts_of


def settle_parts(source: MusicXmlSource) -> None:
    """Makes the part list and the parts agree, and the measure numbers of all parts; reports what is assumed.

    A part without an id, with that of another part, or with one that is not listed, takes the place of a listed one
    that has no part, or else is added to the list. Parts without measures and listed parts without a part are left out.
    """
    _list_parts(source)
    _leave_out_empty(source)
    _align_measures(source)


def _list_parts(source: MusicXmlSource) -> None:
    root = source.root
    parts = root.findall("part")
    if not parts:
        return
    part_list = root.find("part-list")
    if part_list is None:
        part_list = etree.Element("part-list")
        root.insert(root.index(parts[0]), part_list)
    listed = [entry.get("id") for entry in part_list.iterfind("score-part")]
    if not listed:
        source.report(part_list, f"lists no part; the {len(parts)} parts are read in their order")
    seen: set[str | None] = set()
    astray: list[etree._Element] = []
    for part in parts:
        identity = part.get("id")
        if identity in listed and identity not in seen:
            seen.add(identity)
        else:
            astray.append(part)
    free = [identity for identity in listed if identity and identity not in seen]
    used = {*listed, *(part.get("id") for part in parts)}
    for part in astray:
        given = part.get("id")
        if free:
            new = free.pop(0)
        else:
            new = given if given and given not in seen else _new_id(used)
            entry = etree.SubElement(part_list, "score-part", id=new)
            etree.SubElement(entry, "part-name")
        used.add(new)
        seen.add(new)
        part.set("id", new)
        source.change()
        if listed:
            source.report_part(
                part,
                f"{_what(given, listed)}; {'added to it' if new == given else f'read as the part {new}'}",
                "part",
            )


def _what(given: str | None, listed: list[str | None]) -> str:
    if not given:
        return "a part without an id"
    if given in listed:
        return f"a second part with the id {given!r}"
    return f"a part with the id {given!r}, which is not in the part list"


def _new_id(used: set[str | None]) -> str:
    number = 1
    while f"P{number}" in used:
        number += 1
    return f"P{number}"


def _leave_out_empty(source: MusicXmlSource) -> None:
    parts = source.root.findall("part")
    filled = [part.get("id") for part in parts if part.find("measure") is not None]
    if not filled:
        return
    for part in parts:
        if part.find("measure") is None:
            source.report_part(part, "a part without measures, left out", "part")
            source.root.remove(part)
            source.change()
    part_list = source.root.find("part-list")
    assert part_list is not None, "parts have been listed"
    for entry in part_list.findall("score-part"):
        if entry.get("id") not in filled:
            if all(part.get("id") != entry.get("id") for part in parts):
                source.report_part(entry, "listed, but there is no such part; left out", "score-part")
            part_list.remove(entry)
            source.change()


def _align_measures(source: MusicXmlSource) -> None:
    """Gives measures the numbers of the same measures of the longest part, by which the importer matches them."""
    parts = [list(part.iterfind("measure")) for part in parts_of(source.root)]
    if len(parts) < 2:
        return
    longest = max(parts, key=len)
    numbers = [measure.get("number") for measure in longest]
    for part, measures in zip(parts_of(source.root), parts, strict=True):
        own = [measure.get("number") for measure in measures]
        if len(own) < len(numbers):
            missing = len(numbers) - len(own)
            what = f"{missing} of {len(numbers)} measures are missing in this part; read as empty"
            source.report_part(part, what, "measure")
        if own == numbers[: len(own)]:
            continue
        source.change()
        if _is_within(own, iter(numbers)):
            _insert_missing(measures, numbers)
            continue
        for measure, number in zip(measures, numbers, strict=False):
            measure.set("number", number or "")
        source.report_part(
            part,
            "its measure numbers are not those of the other parts; measures are matched by order",
            "measure",
        )


def _insert_missing(measures: list[etree._Element], numbers: list[str | None]) -> None:
    """Inserts empty measures where numbers of the other parts are missing."""
    left = iter(measures)
    following = next(left, None)
    for number in numbers:
        if following is None:
            return
        if following.get("number") == number:
            following = next(left, None)
        else:
            following.addprevious(etree.Element("measure", number=number or ""))


def _is_within(own: list[str | None], numbers: Iterator[str | None]) -> bool:
    """Whether numbers occur in others, in the same order, so that measures between them are missing."""
    return all(number in numbers for number in own)
