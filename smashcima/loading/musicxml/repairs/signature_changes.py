"""Restoration of changes of key, time and transposition that are not those of the whole score.

Verovio 6.4.1 reads the changes of the first part only, and gives them to all staves: a clarinet is drawn with the new key
of the flute, a change in another part is lost, and so is the `number` of a staff. A change inside a measure or at its end
is moved to the start of that measure. A change of `<transpose>` is lost, and naturals are always put before a new key.

Where all staves change in the same way at the start of a measure, the import is right and left as it is.
"""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.mei_signatures import key_signature, time_signature, transposition
from smashcima.loading.musicxml.repairs.repair import XML_ID, ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.staff_signatures import StaffSignature, signatures
from smashcima.loading.musicxml.tree import numbered_parts

_MEI = "{http://www.music-encoding.org/ns/mei}"

_DRAWN = {"key": (f"{_MEI}keySig",), "time": (f"{_MEI}meterSig", f"{_MEI}meterSigGrp"), "transpose": ()}

_MAKE = {"key": key_signature, "time": time_signature}


class RestoreSignatureChanges(Repair):
    """Writes each change of a signature on the staves and at the time that the source says."""

    def __init__(self) -> None:
        self._changes: dict[int, list[StaffSignature]] = {}
        """The changes to write, by the index of their measure."""
        self._misread: set[tuple[int, str]] = set()
        """Indexes of measures before which Verovio may put a definition that is wrong, with the kind of signature."""
        self._measures: dict[int, str] = {}
        self._followers: dict[StaffSignature, list[str]] = {}

    def prepare(self, source: MusicXmlSource) -> None:
        parts = list(numbered_parts(source.root))
        groups: dict[tuple[int, str], list[StaffSignature]] = {}
        for found in signatures(source.root):
            if not found.is_at_start:
                groups.setdefault((found.measure, found.kind), []).append(found)
        staves = sum(part.count for part in parts)
        for (index, kind), changes in groups.items():
            if _is_read_well(changes, staves):
                continue
            self._misread.update((origin, kind) for change in changes for origin in (index, change.origin))
            last = {change.staff: change for change in changes if not change.is_inside}
            kept = [*last.values(), *(change for change in changes if change.is_inside)]
            self._changes.setdefault(index, []).extend(change for change in kept if not change.is_empty)
        if not any(self._changes.values()):
            return
        measures = parts[0].part.findall("measure")
        indexes = {index for index, _ in self._misread} | set(self._changes)
        self._measures = {
            index: source.id_of(measures[index]) for index in sorted(indexes) if index < len(measures)
        }
        for changes in self._changes.values():
            for change in changes:
                self._followers[change] = [source.id_of(note) for note in change.followers]

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if not self._measures:
            return
        result.change()
        definitions = _definitions_before_measures(result.root)
        for index, kind in self._misread:
            for definition in definitions.get(self._measures.get(index, ""), ()):
                _remove(definition, kind)
        for index, changes in self._changes.items():
            measure = result.by_id.get(self._measures.get(index, ""))
            if measure is None:
                for change in changes:
                    _report(source, change, "not drawn: its measure is not in the first part")
                continue
            _define(measure, [change for change in changes if not change.is_inside])
            for change in changes:
                if change.is_inside and not self._insert(measure, change, result):
                    _report(source, change, "not drawn: it stands where the engraver supports none")

    def _insert(self, measure: etree._Element, change: StaffSignature, result: ImportResult) -> bool:
        """Inserts a key or time before the note that follows it, or at the end of the measure."""
        if change.kind not in _MAKE:
            return False
        staff = next(
            (each for each in measure.iterfind(f"{_MEI}staff") if each.get("n") == str(change.staff)), None
        )
        if staff is None:
            return False
        made = _MAKE[change.kind](change.element)
        for identity in self._followers[change]:
            place = _outermost(result.by_id.get(identity), staff)
            if place is not None:
                place.addprevious(made)
                return True
        layer = staff.find(f"{_MEI}layer")
        if self._followers[change] or layer is None:
            return False
        layer.append(made)
        return True


def _is_read_well(changes: list[StaffSignature], staves: int) -> bool:
    """Whether Verovio reads the changes of one kind in one measure as they are."""
    if any(
        change.is_inside or change.origin != change.measure or change.kind == "transpose"
        for change in changes
    ):
        return False
    if any(change.element.find("cancel[@location='right']") is not None for change in changes):
        return False
    last = {change.staff: _meaning(change.element) for change in changes}
    return len(last) == staves and len(set(last.values())) == 1


def _meaning(element: etree._Element) -> bytes:
    """The content of an element without what does not distinguish the signatures of staves: its place and its looks."""
    plain = etree.Element(
        element.tag, {"print-object": element.get("print-object", "yes"), "symbol": element.get("symbol", "")}
    )
    for child in element.iter(etree.Element):
        if child is not element:
            made = etree.SubElement(plain, child.tag, {"location": child.get("location", "left")})
            made.text = (child.text or "").strip()
    return etree.tostring(plain)


def _definitions_before_measures(root: etree._Element) -> dict[str, list[etree._Element]]:
    """The changing `<scoreDef>` elements right before each measure, by its id."""
    found: dict[str, list[etree._Element]] = {}
    waiting: list[etree._Element] = []
    for section in root.iterfind(f".//{_MEI}score/{_MEI}section"):
        for element in section.iter(f"{_MEI}scoreDef", f"{_MEI}measure"):
            if element.tag == f"{_MEI}scoreDef":
                waiting.append(element)
            else:
                found[element.get(XML_ID, "")], waiting = waiting, []
    return found


def _remove(definition: etree._Element, kind: str) -> None:
    for name in _DRAWN[kind]:
        for child in definition.findall(name):
            definition.remove(child)
    parent = definition.getparent()
    if len(definition) == 0 and len(definition.attrib) <= 1 and parent is not None:
        parent.remove(definition)


def _define(measure: etree._Element, changes: list[StaffSignature]) -> None:
    if not changes:
        return
    definition = etree.Element(f"{_MEI}scoreDef")
    group = etree.SubElement(definition, f"{_MEI}staffGrp")
    for number in sorted({change.staff for change in changes}):
        staff = etree.SubElement(group, f"{_MEI}staffDef", n=str(number))
        for change in changes:
            if change.staff != number:
                continue
            if change.kind in _MAKE:
                staff.append(_MAKE[change.kind](change.element))
            else:
                for name, value in transposition(change.element).items():
                    staff.set(name, value)
    measure.addprevious(definition)


def _outermost(element: etree._Element | None, staff: etree._Element) -> etree._Element | None:
    """The child of a layer of a staff that begins with an element; `None` if the element lies inside one."""
    while element is not None:
        parent = element.getparent()
        if parent is None:
            return None
        if parent.tag == f"{_MEI}layer":
            return element if parent.getparent() is staff else None
        if parent.tag != f"{_MEI}chord" and parent.find("{*}*") is not element:
            return None
        element = parent
    return None


def _report(source: MusicXmlSource, change: StaffSignature, what: str) -> None:
    source.report(change.element, f"{what} (staff {change.staff})")
