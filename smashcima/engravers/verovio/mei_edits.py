"""Edits of MEI text before layout: breaks, hidden staves, measure numbers.

The text is MEI written by this library. Rare edits (hiding staves, new breaks) parse it; edits needed for every layout
only search it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from smashcima.errors import EngravingError, Issue

_MEI = "http://www.music-encoding.org/ns/mei"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_WORDS = frozenset({"anchoredText", "dir", "dynam", "harm", "ornam", "reh", "repeatMark", "tempo"})
_BREAK = re.compile(r"<(sb|pb)\b")
_SPACED = re.compile(r"<(?:scoreDef|staffDef)\b[^>]*\bspacing[^>]*>")
_SPACING = re.compile(r' spacing(?:\.\w+)?="([^"]*)"')
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_MOST_SPACING = 30.0
"""Largest accepted staff distance, in half staff spaces. 15 staff spaces suffice for anything between two staves;
larger values are mostly unit errors, as MusicXML counts in tenths of a staff space."""
_SCORE_DEF = re.compile(r"<scoreDef\b(?![^>]*\bmnum\.visible=)")


Additions = dict[str, dict[str, str | None]]
"""Attributes to set, or to remove (`None`), by element id."""


@dataclass(frozen=True, slots=True)
class SourceBreaks:
    """Numbers of system and page breaks between the measures of an MEI text."""

    lines: int
    pages: int


def source_breaks(mei: str) -> SourceBreaks:
    """Counts the breaks after the first measure and before the last; others have no effect."""
    first, last = mei.find("<measure"), mei.rfind("<measure")
    names = [match[1] for match in _BREAK.finditer(mei, max(first, 0), max(last, 0))]
    return SourceBreaks(names.count("sb"), names.count("pb"))


def without_measure_numbers(mei: str) -> str:
    """The text with measure numbers at the starts of systems disabled."""
    return _SCORE_DEF.sub('<scoreDef mnum.visible="false"', mei)


def without_absurd_spacing(mei: str) -> tuple[str, list[Issue]]:
    """The text without implausibly large distances of staves and systems, and an issue that lists them."""
    dropped: list[str] = []

    def kept(attribute: re.Match[str]) -> str:
        number = _NUMBER.match(attribute[1])
        if number is None or 0 <= float(number[0]) <= _MOST_SPACING:
            return attribute[0]
        dropped.append(attribute[1])
        return ""

    mei = _SPACED.sub(lambda tag: _SPACING.sub(kept, tag[0]), mei)
    if not dropped:
        return mei, []
    values = ", ".join(sorted({value.removesuffix("vu") for value in dropped}))
    what = f"distances of {values} half staff spaces between staves are implausibly large and were ignored"
    return mei, [Issue("score", "spacing", what)]


def with_breaks(mei: str, systems: Iterable[str], pages: Iterable[str]) -> str:
    """The text with only these breaks: system breaks before the measures `systems` (ids), page breaks before `pages`."""
    root = parse_mei_text(mei)
    parents = {child: parent for parent in root.iter() for child in parent}
    for name in ("sb", "pb"):
        for element in list(root.iter(f"{{{_MEI}}}{name}")):
            _remove(element, parents)
    wanted = dict.fromkeys(systems, "sb") | dict.fromkeys(pages, "pb")
    for measure in list(root.iter(f"{{{_MEI}}}measure")):
        new = wanted.get(measure.get(_XML_ID, ""))
        if new is not None:
            place = measure
            # A break before the first measure of an ending is placed before the ending.
            while (
                parents[place].tag == f"{{{_MEI}}}ending"
                and next(iter(parents[place].iter(f"{{{_MEI}}}measure"))) is measure
            ):
                place = parents[place]
            parent = parents[place]
            parent.insert(list(parent).index(place), ET.Element(f"{{{_MEI}}}{new}"))
    return mei_text(root)


def without_staves(mei: str, numbers: Collection[int]) -> str:
    """The text without some staves, their content, and references to them."""
    gone = {str(number) for number in numbers}
    root = parse_mei_text(mei)
    parents = {child: parent for parent in root.iter() for child in parent}
    lost: set[str] = set()
    for name in ("staffDef", "staff", "oStaff"):
        for element in list(root.iter(f"{{{_MEI}}}{name}")):
            if element.get("n") in gone:
                lost.update(inner.get(_XML_ID, "") for inner in element.iter())
                _remove(element, parents)
    for measure in root.iter(f"{{{_MEI}}}measure"):
        for element in list(measure):
            on = element.get("staff", "").split()
            starts = [
                reference[1:]
                for reference in (element.get("startid", "") + " " + element.get("plist", "")).split()
            ]
            if (on and gone.issuperset(on)) or any(start in lost for start in starts):
                measure.remove(element)
    for group in list(root.iter(f"{{{_MEI}}}staffGrp")):
        if not list(group.iter(f"{{{_MEI}}}staffDef")) and group in parents:
            _remove(group, parents)
    if next(root.iter(f"{{{_MEI}}}staffDef"), None) is None:
        raise EngravingError(
            f"All staves of the score are hidden ({', '.join(sorted(gone))}). Keep at least one visible."
        )
    return mei_text(root)


def without_words(mei: str) -> str:
    """The text without directions and similar elements, which take space."""
    root = parse_mei_text(mei)
    for measure in root.iter(f"{{{_MEI}}}measure"):
        for element in list(measure):
            if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in _WORDS:
                measure.remove(element)
    return mei_text(root)


def with_attributes(mei: str, additions: Additions) -> str:
    """The text with attributes of some elements set or removed."""

    def completed(tag: re.Match[str]) -> str:
        wanted = additions.get(tag["id"])
        if wanted is None:
            return tag[0]
        attributes = tag["attributes"]
        for name, value in wanted.items():
            attributes = re.sub(rf' {name}="[^"]*"', "", attributes)
            attributes += f' {name}="{value}"' if value is not None else ""
        return f"{tag['start']}{attributes}{tag['end']}"

    # The form in which this library writes elements.
    return re.sub(r'(?P<start><\w+ xml:id="(?P<id>[^"]*)")(?P<attributes>[^>]*?)(?P<end>/?>)', completed, mei)


def with_children(mei: str, children: Mapping[str, Iterable[tuple[str, dict[str, str]]]]) -> str:
    """The text with new children appended to some elements; `children` maps element ids to names and attributes."""
    root = parse_mei_text(mei)
    for element in root.iter():
        for name, attributes in children.get(element.get(_XML_ID, ""), ()):
            ET.SubElement(element, f"{{{_MEI}}}{name}", attributes)
    return mei_text(root)


def moved_into(mei: str, moves: Mapping[str, str]) -> str:
    """The text with some elements moved to the start of others; `moves` maps ids of elements to ids of new parents."""
    root = parse_mei_text(mei)
    parents = {child: parent for parent in root.iter() for child in parent}
    by_id = {element.get(_XML_ID, ""): element for element in root.iter()}
    for moved, target in moves.items():
        element = by_id[moved]
        _remove(element, parents)
        by_id[target].insert(0, element)
    return mei_text(root)


def _remove(element: ET.Element, parents: dict[ET.Element, ET.Element]) -> None:
    parent = parents[element]
    if element in list(parent):
        position = list(parent).index(element)
        if element.tail and element.tail.strip():
            if position:
                parent[position - 1].tail = (parent[position - 1].tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def parse_mei_text(mei: str) -> ET.Element:
    """Parses MEI written by this library; raises an `EngravingError` if it is not well-formed."""
    try:
        return ET.fromstring(mei)
    except ET.ParseError as error:
        raise EngravingError(f"The MEI of the score is not well-formed: {error}.") from error


def mei_text(root: ET.Element) -> str:
    """The text of an MEI tree."""
    ET.register_namespace("", _MEI)
    return ET.tostring(root, encoding="unicode")
