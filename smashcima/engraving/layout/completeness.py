"""Whether everything that a score prints was drawn: what was not becomes an issue."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Iterator

from smashcima.engraving.engraving import EngravedPage
from smashcima.engraving.primitives import PrimitiveKind
from smashcima.errors import Issue

_PRINTED = (
    "accid arpeg artic beamSpan beatRpt bracketSpan breath bTrem caesura clef dir dynam fermata fing fTrem gliss hairpin "
    "halfmRpt harm keySig lv meterSig mordent mRest mRpt mRpt2 multiRest multiRpt note octave ornam pedal phrase reh "
    "repeatMark rest slur syl tempo tie trill turn"
).split()
"""MEI elements that show by themselves; what only groups others (chords, beams, verses) is judged by those."""

_START_TAG = re.compile(rf"<({'|'.join(_PRINTED)})\b([^>]*)")
_ID = re.compile(r'\bxml:id="([^"]+)"')
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_WITH_WORDS = frozenset({"dir", "dynam", "fing", "harm", "ornam", "reh", "syl", "tempo"})
_DEFINITIONS = frozenset({"scoreDef", "staffDef", "staffGrp", "layerDef", "meiHead", "incip"})
_ALTERNATIVES = frozenset({"app", "choice", "subst"})


def find_undrawn(mei: str, pages: Iterable[EngravedPage]) -> list[Issue]:
    """An issue for each printed element of the MEI that no primitive draws."""
    drawn = {
        primitive.element
        for page in pages
        for primitive in page.primitives
        if primitive.kind is not PrimitiveKind.STAFF_LINE
    }
    missing = set()
    for match in _START_TAG.finditer(mei, max(mei.find("<section"), 0)):
        name, attributes = match.groups()
        found = _ID.search(attributes)
        if found is None or found[1] in drawn or 'visible="false"' in attributes:
            continue
        if name != "accid" or ' accid="' in attributes:
            missing.add(found[1])
    if not missing:
        return []
    return list(_explained(ET.fromstring(mei), missing))


def _explained(root: ET.Element, missing: Collection[str]) -> Iterator[Issue]:
    hidden_staves = {
        element.get("n", "")
        for element in root.iter()
        if _name(element) == "staffDef" and element.get("visible") == "false"
    }
    yield from _in(root, missing, hidden_staves, "score")


def _in(
    parent: ET.Element, missing: Collection[str], hidden_staves: Collection[str], where: str
) -> Iterator[Issue]:
    """Issues for what is missing below `parent`, without what is hidden on purpose."""
    for position, child in enumerate(parent):
        name = _name(child)
        if (
            name in _DEFINITIONS
            or child.get("visible") == "false"
            or (name == "staff" and child.get("n", "") in hidden_staves)
            or (_name(parent) in _ALTERNATIVES and position > 0)
        ):
            continue
        inner_where = f"measure {child.get('n', '?')}" if name == "measure" else where
        own_id = child.get(_XML_ID, "")
        if own_id in missing and _shows(child, name, hidden_staves):
            yield Issue(inner_where, name, f"not drawn (id {own_id})")
        yield from _in(child, missing, hidden_staves, inner_where)


def _shows(element: ET.Element, name: str, hidden_staves: Collection[str]) -> bool:
    """Whether an element has anything to show."""
    staves = element.get("staff", "").split()
    if staves and hidden_staves and all(staff in hidden_staves for staff in staves):
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


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
