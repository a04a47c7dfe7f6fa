"""Reading of MusicXML trees: places, numbers, and parts in their order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree


def place_of(element: etree._Element) -> str:
    """Place of an element in readable form, such as `P1, measure 12`."""
    part = measure = None
    for ancestor in element.iterancestors("measure", "part"):
        if ancestor.tag == "measure" and measure is None:
            measure = ancestor.get("number") or "?"
        elif ancestor.tag == "part":
            part = ancestor.get("id") or "?"
    return ", ".join(filter(None, (part, f"measure {measure}" if measure is not None else None)))


def integer(text: str | None, default: int) -> int:
    """Integer value of a MusicXML text; `default` if it is missing or invalid."""
    try:
        return int((text or "").strip())
    except ValueError:
        return default


def parts_of(root: etree._Element) -> Iterator[etree._Element]:
    """The parts of a part-wise score, in the order of its part list."""
    by_id = {part.get("id"): part for part in root.iterfind("part")}
    for entry in root.iterfind("part-list/score-part"):
        if entry.get("id") in by_id:
            yield by_id[entry.get("id")]
