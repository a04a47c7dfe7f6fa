"""What the SVG does not tell about the music it shows, looked up in the MEI by id.

(Verovio can copy attributes of MEI into its SVG, but that makes it a third slower.)
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from smashcima.errors import EngravingError

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_STAVES = ("staff", "oStaff")


@dataclass(slots=True)
class MeiIndex:
    """Places and references of the elements of an MEI document."""

    root: ET.Element
    ids: set[str] = field(default_factory=set)
    """All ids."""
    staff_of: dict[str, int] = field(default_factory=dict)
    """Numbers of staves, and of the staves that elements say they belong to (MEI `@staff`, the first)."""
    start_of: dict[str, str] = field(default_factory=dict)
    """Id of the element where something starts (MEI `@startid`, or the first of `@plist`)."""
    connector_of: dict[str, str] = field(default_factory=dict)
    """How a syllable is joined to the next (MEI `@con`)."""


def index_mei(mei: str) -> MeiIndex:
    """Read MEI once; raise `EngravingError` if it is not well-formed."""
    try:
        root = ET.fromstring(mei)
    except ET.ParseError as error:
        raise EngravingError(f"The MEI of the score is not well-formed: {error}.") from error
    index = MeiIndex(root)
    ids, staff_of, start_of = index.ids, index.staff_of, index.start_of
    for element in root.iter():
        attributes = element.attrib
        own_id = attributes.get(_XML_ID)
        if own_id is None:
            continue
        ids.add(own_id)
        if "staff" in attributes:
            number = attributes["staff"].partition(" ")[0]
            if number.isdecimal():
                staff_of[own_id] = int(number)
        elif "n" in attributes and element.tag.rpartition("}")[2] in _STAVES and attributes["n"].isdecimal():
            staff_of[own_id] = int(attributes["n"])
        if "startid" in attributes:
            start_of[own_id] = attributes["startid"].removeprefix("#")
        elif "plist" in attributes:
            start_of[own_id] = attributes["plist"].partition(" ")[0].removeprefix("#")
        elif "con" in attributes:
            index.connector_of[own_id] = attributes["con"]
    return index
