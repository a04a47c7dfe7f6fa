"""Whether everything that a score prints was drawn: what was not becomes an issue."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Sequence

from smashcima.engraving.engraving import EngravedPage
from smashcima.engraving.primitives import PrimitiveKind
from smashcima.errors import Issue

_PRINTED = frozenset(
    "accid anchoredText arpeg attacca artic beamSpan beatRpt bracketSpan breath bTrem caesura clef cpMark dir dynam fermata fing fTrem gliss hairpin "
    "halfmRpt harm keySig lv meterSig mordent mRest mRpt mRpt2 multiRest multiRpt note octave ornam pedal phrase reh "
    "repeatMark rest slur stageDir syl tempo tie trill turn".split()
)
"""MEI elements that show by themselves; what only groups others (chords, beams, verses) is judged by those."""

_MEI = "http://www.music-encoding.org/ns/mei"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_WITH_WORDS = frozenset(
    {
        "anchoredText",
        "attacca",
        "cpMark",
        "stageDir",
        "dir",
        "dynam",
        "fing",
        "harm",
        "ornam",
        "reh",
        "syl",
        "tempo",
    }
)
_DEFINITIONS = frozenset({"scoreDef", "staffDef", "staffGrp", "layerDef", "meiHead", "incip"})
_SPANNING = frozenset({"gliss", "hairpin", "octave", "phrase", "slur", "tie"})
_ALTERNATIVES = frozenset({"app", "choice", "subst"})


def find_undrawn(music: ET.Element, pages: Sequence[EngravedPage]) -> list[Issue]:
    """An issue for each printed element of an MEI document that no primitive draws."""
    drawn = {
        primitive.element
        for page in pages
        for primitive in page.primitives
        if primitive.kind is not PrimitiveKind.STAFF_LINE
    }
    score = next(music.iter(f"{{{_MEI}}}score"), None)  # Verovio draws the first movement
    if score is None:
        return []
    missing = {
        element.attrib[_XML_ID]
        for contents in score
        if contents.tag != f"{{{_MEI}}}scoreDef"
        for element in contents.iter()
        if _XML_ID in element.attrib
        and element.attrib[_XML_ID] not in drawn
        and element.tag.rpartition("}")[2] in _PRINTED
    }
    return list(_Search(missing, drawn, pages).run(score)) if missing else []


class _Search:
    """Walks through MEI and explains what is missing, apart from what is hidden on purpose."""

    def __init__(
        self, missing: Collection[str], drawn: Collection[str | None], pages: Sequence[EngravedPage]
    ) -> None:
        self._missing = missing
        self._drawn = drawn
        self._staves = {
            measure.element: {str(staff.number) for staff in system.staves}
            for page in pages
            for system in page.systems
            for measure in system.measures
        }
        self._invisible: set[str] = set()

    def run(self, root: ET.Element) -> Iterator[Issue]:
        self._invisible = {
            element.get("n", "")
            for element in root.iter()
            if _name(element) == "staffDef" and element.get("visible") == "false"
        }
        yield from self._in(root, "score", "", "")

    def _in(self, parent: ET.Element, where: str, measure: str, staff: str) -> Iterator[Issue]:
        for position, child in enumerate(parent):
            name = _name(child)
            if (
                name in _DEFINITIONS
                or child.get("visible") == "false"
                or (name == "staff" and child.get("n", "") in self._invisible)
                or (_name(parent) in _ALTERNATIVES and position > 0)
            ):
                continue
            inner = (where, measure, staff)
            if name == "measure":
                inner = (f"measure {child.get('n', '?')}", child.get(_XML_ID, ""), "")
            elif name == "staff":
                inner = (where, measure, child.get("n", ""))
            own_id = child.get(_XML_ID, "")
            if name in _PRINTED and own_id in self._missing and self._shows(child, name):
                yield Issue(
                    where, name, f"not drawn{self._reason(child, name, measure, staff)} (id {own_id})"
                )
            yield from self._in(child, *inner)

    def _shows(self, element: ET.Element, name: str) -> bool:
        """Whether an element has anything to show, and does so neither in its parts nor in another element."""
        staves = element.get("staff", "").split()
        if staves and self._invisible.issuperset(staves):
            return False
        if "sameas" in element.attrib:
            return False
        if any(inner.get(_XML_ID) in self._drawn for inner in element.iter()):
            return False
        if name in _WITH_WORDS:
            return bool("".join(element.itertext()).strip()) or any(
                _name(inner) in ("symbol", "fb") for inner in element.iter()
            )
        if name == "keySig":
            return element.get("sig", "0") != "0" or any(_name(inner) == "keyAccid" for inner in element)
        if name == "accid":
            return element.get("accid") is not None
        return not (name == "mRest" and element.get("cutout") == "cutout")

    def _reason(self, element: ET.Element, name: str, measure: str, staff: str) -> str:
        if measure not in self._staves:
            return ": its measure is not"
        if staff and staff not in self._staves[measure]:
            return ": its staff is hidden in this system"
        if name in _SPANNING and "endid" not in element.attrib and "tstamp2" not in element.attrib:
            return ": it has no end"
        return ""


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
