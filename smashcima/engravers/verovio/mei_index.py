"""Index of the MEI by id, for information that Verovio's SVG lacks.

(Verovio can copy MEI attributes into its SVG, but is then a third slower.)
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from smashcima.errors import EngravingError

_MEI = "{http://www.music-encoding.org/ns/mei}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_STAVES = (f"{_MEI}staff", f"{_MEI}oStaff")

_SIGNATURES = {
    f"{_MEI}clef": "clef",
    f"{_MEI}keySig": "keySig",
    f"{_MEI}meterSig": "meterSig",
    f"{_MEI}meterSigGrp": "meterSigGrp",
}
_DEFINING_ATTRIBUTES = {
    "clef.shape": "clef",
    "keysig": "keySig",
    "meter.count": "meterSig",
    "meter.sym": "meterSig",
}

_MOST_IN_LAYER = 5000


@dataclass(frozen=True, slots=True)
class Portion:
    """The pages of an MEI document that are read, and their place in the whole score."""

    start: str | None
    """Id of the measure with which the first page starts; `None` for the start of the document."""
    page: int = 0
    """Index of the first page in the score."""
    system: int = 0
    """Index of the first system in the score."""
    measure: int = 0
    """Index of the first measure in the score."""


Signatures = dict[tuple[int | None, str], str]
"""Ids of the signatures in force, by staff (`None` for all) and by `clef`, `keySig`, `meterSig` or `meterSigGrp`."""


@dataclass(slots=True)
class MeiIndex:
    """Places and references of the elements of an MEI document."""

    root: ET.Element
    ids: set[str] = field(default_factory=set)
    """All ids of the document."""
    staff_of: dict[str, int] = field(default_factory=dict)
    """Staff numbers by id, for staves and for elements with an MEI `@staff` (its first value)."""
    start_of: dict[str, str] = field(default_factory=dict)
    """Id of the element where an element starts (MEI `@startid`, or the first of `@plist`), by id."""
    connector_of: dict[str, str] = field(default_factory=dict)
    """How a syllable is connected to the next one (MEI `@con`), by id."""
    signatures: dict[str, Signatures] = field(default_factory=dict)
    """Signatures in force at the start of a measure, by its id; the engraver repeats them at starts of systems."""
    next_measure: dict[str, str] = field(default_factory=dict)
    """Id of the next measure, by measure id."""
    is_mensural: bool = False
    """Whether a staff is in mensural notation."""
    portion: Portion | None = None
    """The pages that are read; `None` for all."""

    def signature(self, measure: str, staff: int | None, name: str) -> str | None:
        """Id of the clef, key or time signature in force at the start of a measure; `None` if there is none."""
        in_force = self.signatures.get(measure, {})
        return in_force.get((staff, name)) or in_force.get((None, name))

    def staves_before(self, measure: str) -> dict[str, int]:
        """Staff numbers of everything in the staves of the measures before one (an id), by id."""
        found: dict[str, int] = {}
        for each in self.root.iter(f"{_MEI}measure"):
            if each.get(_XML_ID) == measure:
                break
            for staff in (inner for inner in each.iter() if inner.tag in _STAVES):
                self._enter(staff, None, found)
        return found

    def _enter(self, element: ET.Element, outer: int | None, found: dict[str, int]) -> None:
        own_id = element.get(_XML_ID, "")
        number = self.staff_of.get(own_id, outer)
        if number is not None:
            found[own_id] = number
        for child in element:
            self._enter(child, number, found)


def index_mei(mei: str) -> MeiIndex:
    """Reads MEI in one pass; raises `EngravingError` if it is not well-formed."""
    try:
        root = ET.fromstring(mei)
    except ET.ParseError as error:
        raise EngravingError(f"The MEI of the score is not well-formed: {error}.") from error
    _refuse_endless_measures(root)
    index = MeiIndex(root)
    ids, staff_of, start_of = index.ids, index.staff_of, index.start_of
    state = _State(index)
    for element in root.iter():
        attributes = element.attrib
        own_id = attributes.get(_XML_ID)
        if attributes.get("notationtype", "").startswith("mensural"):
            index.is_mensural = True
        if element.tag in _WATCHED:
            state.see(element, own_id)
        if own_id is None:
            continue
        ids.add(own_id)
        if "staff" in attributes:
            number = attributes["staff"].partition(" ")[0]
            if number.isdecimal():
                staff_of[own_id] = int(number)
        elif element.tag in _STAVES and attributes.get("n", "").isdecimal():
            staff_of[own_id] = int(attributes["n"])
        if "startid" in attributes:
            start_of[own_id] = attributes["startid"].removeprefix("#")
        elif "plist" in attributes:
            start_of[own_id] = attributes["plist"].partition(" ")[0].removeprefix("#")
        elif "con" in attributes:
            index.connector_of[own_id] = attributes["con"]
    return index


def _refuse_endless_measures(root: ET.Element) -> None:
    # Verovio's run time is quadratic in the notes of a measure: 2000 take a second, 20,000 take minutes.
    for measure in root.iter(f"{_MEI}measure"):
        for layer in measure.iter(f"{_MEI}layer"):
            count = sum(1 for _ in layer.iter()) if len(layer) > 100 else 0
            if count > _MOST_IN_LAYER:
                raise EngravingError(
                    f"Measure {measure.get('n', '?')} has {count} elements in one voice; at most {_MOST_IN_LAYER} can "
                    "be laid out in reasonable time. Divide the measure."
                )


_WATCHED = frozenset(_SIGNATURES) | {
    f"{_MEI}{name}" for name in ("scoreDef", "staffDef", "staff", "oStaff", "measure")
}


class _State:
    """Signatures in force at the current point of the document; elements are visited in document order."""

    def __init__(self, index: MeiIndex) -> None:
        self._index = index
        self._staff: int | None = None
        self._in_force: Signatures = {}
        self._is_shared = False
        self._measure: str | None = None

    def see(self, element: ET.Element, own_id: str | None) -> None:
        """Records a measure, a staff, a definition, or a signature."""
        name = _SIGNATURES.get(element.tag)
        if name is not None:
            if own_id is not None:
                self._set(name, own_id)
            return
        name = element.tag.removeprefix(_MEI)
        if name == "measure":
            if own_id is not None:
                self._index.signatures[own_id] = self._in_force
                self._is_shared = True
                if self._measure is not None:
                    self._index.next_measure[self._measure] = own_id
            self._measure = own_id
            return
        number = element.get("n", "")
        self._staff = int(number) if name != "scoreDef" and number.isdecimal() else None
        if own_id is not None and name in ("scoreDef", "staffDef"):
            for attribute, signature in _DEFINING_ATTRIBUTES.items():
                if attribute in element.attrib:
                    self._set(signature, own_id)

    def _set(self, name: str, own_id: str) -> None:
        if self._is_shared:  # measures already started keep their signatures
            self._in_force = dict(self._in_force)
            self._is_shared = False
        if self._staff is None:
            for key in [key for key in self._in_force if key[1] == name]:
                del self._in_force[key]
        self._in_force[self._staff, name] = own_id
