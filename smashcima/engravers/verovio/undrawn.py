"""Issues for printed elements of a score that the engraver did not draw."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Sequence

from smashcima.engravers.verovio.undrawn_reasons import Reasons
from smashcima.engraving import PrimitiveKind
from smashcima.engraving.engraving import EngravedPage
from smashcima.errors import Issue

_PRINTED = frozenset(
    "accid anchoredText arpeg attacca artic beamSpan beatRpt bracketSpan breath bTrem caesura clef cpMark dir dynam fermata fing fTrem gliss hairpin "
    "halfmRpt harm keySig lv meterSig mordent mRest mRpt mRpt2 multiRest multiRpt note octave ornam pedal phrase reh "
    "repeatMark rest slur stageDir syl tempo tie trill turn".split()
)
"""MEI elements with visible content of their own; groups (chords, beams, verses) are checked by their content."""

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
_ALTERNATIVES = frozenset({"app", "choice", "subst"})


def find_undrawn(
    music: ET.Element, pages: Sequence[EngravedPage], measures: Collection[str] | None = None
) -> list[Issue]:
    """An issue for each printed element of an MEI document, or of some of its measures (ids), that no primitive draws."""
    drawn = {
        primitive.element
        for page in pages
        for primitive in page.primitives
        if primitive.kind is not PrimitiveKind.STAFF_LINE
    }
    # Verovio draws the first movement. (The header may also contain scores, as incipits of the work.)
    score = music.find(f".//{{{_MEI}}}mdiv/{{{_MEI}}}score")
    if score is None:
        return []
    missing = {
        element.attrib[_XML_ID]
        for contents in _contents(score, measures)
        for element in contents.iter()
        if _XML_ID in element.attrib
        and element.attrib[_XML_ID] not in drawn
        and element.tag.rpartition("}")[2] in _PRINTED
    }
    return list(_Search(score, missing, drawn, pages).run()) if missing else []


def _contents(score: ET.Element, measures: Collection[str] | None) -> Iterator[ET.Element]:
    """What is searched: all after the definition of a score, or some measures."""
    if measures is None:
        yield from (contents for contents in score if contents.tag != f"{{{_MEI}}}scoreDef")
    else:
        yield from (each for each in score.iter(f"{{{_MEI}}}measure") if each.get(_XML_ID) in measures)


class _Search:
    """Traverses MEI and explains missing elements, except intentionally hidden ones."""

    def __init__(
        self,
        root: ET.Element,
        missing: Collection[str],
        drawn: Collection[str | None],
        pages: Sequence[EngravedPage],
    ) -> None:
        self._root = root
        self._missing = missing
        self._drawn = drawn
        self._reasons = Reasons(root, pages)
        self._invisible = {
            element.get("n", "")
            for element in root.iter()
            if _name(element) == "staffDef" and element.get("visible") == "false"
        }
        self._pedal_lines: set[str | None] = set()
        """Staves with an open pedal line that was drawn."""

    def run(self) -> Iterator[Issue]:
        yield from self._in(self._root, "score")

    def _in(self, parent: ET.Element, where: str) -> Iterator[Issue]:
        for position, child in enumerate(parent):
            name = _name(child)
            if (
                name in _DEFINITIONS
                or child.get("visible") == "false"
                or (name == "staff" and child.get("n", "") in self._invisible)
                or (_name(parent) in _ALTERNATIVES and position > 0)
            ):
                continue
            own_id = child.get(_XML_ID, "")
            if name in _PRINTED and own_id in self._missing and self._shows(child, name):
                reason = self._reasons.of(child)
                yield Issue(where, name, f"not drawn{': ' if reason else ''}{reason} (id {own_id})")
            if name == "pedal":
                self._follow_pedal_line(child, own_id)
            yield from self._in(child, f"measure {child.get('n', '?')}" if name == "measure" else where)

    def _follow_pedal_line(self, pedal: ET.Element, own_id: str) -> None:
        staff = pedal.get("staff")
        if pedal.get("dir") == "up":
            self._pedal_lines.discard(staff)
        elif own_id in self._drawn and "line" in pedal.get("form", ""):
            self._pedal_lines.add(staff)

    def _shows(self, element: ET.Element, name: str) -> bool:
        """Whether an element has visible content that neither its children nor another element shows."""
        staves = element.get("staff", "").split()
        if staves and self._invisible.issuperset(staves):
            return False
        if "sameas" in element.attrib or any(inner.get(_XML_ID) in self._drawn for inner in element.iter()):
            return False
        if name in _WITH_WORDS:
            return bool("".join(element.itertext()).strip()) or any(
                _name(inner) in ("symbol", "fb") for inner in element.iter()
            )
        if name == "keySig":
            return element.get("sig", "0") != "0" or any(_name(inner) == "keyAccid" for inner in element)
        if name == "accid":
            return element.get("accid") is not None
        if name == "note":
            return element.get("head.visible") != "false"
        if name == "pedal":  # the ends and notches of a line are drawn with its start
            return element.get("staff") not in self._pedal_lines
        return not (name == "mRest" and element.get("cutout") == "cutout")


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
