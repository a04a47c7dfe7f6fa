"""Reading of MusicXML trees: places, numbers, and parts in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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


def contents_of(note: etree._Element) -> dict[str, str]:
    """The texts of the children of a note by their names, found in one pass, which is faster than looking for each."""
    return {str(child.tag): child.text or "" for child in note}


def parts_of(root: etree._Element) -> Iterator[etree._Element]:
    """The parts of a part-wise score, in the order of its part list."""
    by_id = {part.get("id"): part for part in root.iterfind("part")}
    for entry in root.iterfind("part-list/score-part"):
        if entry.get("id") in by_id:
            yield by_id[entry.get("id")]


@dataclass(frozen=True)
class PartStaves:
    """A part, and the staves of the score on which it is written."""

    part: etree._Element
    first: int
    """Number of its first staff in the score, from 1."""
    count: int

    @property
    def all(self) -> range:
        """The numbers of its staves in the score."""
        return range(self.first, self.first + self.count)

    def numbers(self, element: etree._Element) -> range:
        """Staves of the score that an element with an optional `number`, such as a key, is for."""
        own = integer(element.get("number"), 0)
        if own:
            return range(self.first + own - 1, self.first + own)
        return self.all


def numbered_parts(root: etree._Element) -> Iterator[PartStaves]:
    """The parts of a part-wise score in the order of its part list, with the numbers that their staves get."""
    first = 1
    for part in parts_of(root):
        count = max([1, *(integer(staves.text, 1) for staves in part.iter("staves"))])
        yield PartStaves(part, first, count)
        first += count
