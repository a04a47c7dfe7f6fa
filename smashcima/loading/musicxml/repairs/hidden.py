"""Hidden things of MusicXML (`print-object="no"`) that Verovio shows, or loses.

Verovio 6.4.1 marks hidden notes, clefs, keys and times as hidden. It loses hidden lyrics and the notations in hidden
`<notations>`, and shows hidden accidentals, curves, articulations, ornaments, dots, words, dynamics and chord symbols.
"""

from __future__ import annotations

from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.musicxml.repairs.hidden_marks import HiddenElement, ImportedMarks, SourceOrders
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.tree import place_of

_WITH_IDS = frozenset({"accidental", "slur", "tied", "wedge"})
"""Elements whose id the importer keeps."""

_ELSEWHERE = frozenset(
    {"note", "clef", "key", "time", "staff-details", "part-name", "part-abbreviation", "part-name-display",
     "part-abbreviation-display", "directive", "measure-numbering", "print", "part-group", "group-name", "tuplet"}
)  # fmt: skip
"""Elements whose `print-object` Verovio or nobody needs."""


class KeepHidden(Repair):
    """Imports such things as if they were printed, and marks them as hidden in what was imported."""

    def __init__(self) -> None:
        self._hidden: list[HiddenElement] = []

    def prepare(self, source: MusicXmlSource) -> None:
        if not source.mentions('print-object="no"') and not source.mentions('print-dot="no"'):
            return
        for note in source.root.iterfind('part/measure/note[@print-dot="no"]'):
            if note.get("print-object") != "no":
                _drop_dots(source, note)
        for note in source.root.iterfind('part/measure/note[@print-lyric="yes"]'):
            if note.get("print-object") == "no" and note.find("lyric") is not None:
                source.report(note, "hidden with its lyrics, which the source prints", "lyric")
        orders = SourceOrders(source.root)
        for measure, element in _hidden_elements(source.root):
            self._take(source, element, measure, orders)

    def _take(
        self, source: MusicXmlSource, element: etree._Element, measure: int, orders: SourceOrders
    ) -> None:
        if element.tag == "dot":
            parent = element.getparent()
            if parent is not None:
                _drop_dots(source, parent)
            return
        if element.tag == "notations":
            found = _opened(element)
        elif element.tag == "direction":
            found = list(element.iterfind("direction-type/*"))
        else:
            found = [element]
        if not found:
            return
        if element.tag != "notations":
            element.attrib.pop("print-object", "")
        source.change()
        for hidden in found:
            note = next(hidden.iterancestors("note"), None)
            order, total = orders.of(hidden, measure)
            self._hidden.append(
                HiddenElement(
                    hidden,
                    None if note is None else source.id_of(note),
                    source.id_of(hidden) if hidden.tag in _WITH_IDS else None,
                    order,
                    total,
                    measure,
                )
            )

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if not self._hidden:
            return
        marks = ImportedMarks(result)
        for hidden in self._hidden:
            found = list(marks.of(hidden))
            for element in found:
                element.set("visible", "false")
                result.change()
            if not found and hidden.element.get("type") not in ("stop", "continue"):
                what = "hidden in the source, but drawn: what became of it was not found"
                result.issues.append(Issue(place_of(hidden.element), str(hidden.element.tag), what))


def _hidden_elements(root: etree._Element) -> list[tuple[int, etree._Element]]:
    """The hidden elements that the importer does not hide, with the index of their measure in their part."""
    found: list[tuple[int, etree._Element]] = []
    positions: dict[etree._Element, int] = {}
    for element in root.iter("*"):
        if element.get("print-object") != "no" or element.tag in _ELSEWHERE:
            continue
        measure = next(element.iterancestors("measure"), None)
        if measure is None:
            continue
        if measure not in positions:
            parent = measure.getparent()
            assert parent is not None, "measures are in parts"
            positions.update((each, index) for index, each in enumerate(parent.iterfind("measure")))
        found.append((positions[measure], element))
    return found


def _opened(notations: etree._Element) -> list[etree._Element]:
    """Moves all but tuplets out of hidden `<notations>` into visible ones, and returns the moved signs.

    The importer hides tuplets in hidden `<notations>` itself, and reads one visible `<notations>` of a note.
    """
    moved = [child for child in notations if isinstance(child.tag, str) and child.tag != "tuplet"]
    note = notations.getparent()
    if not moved or note is None:
        return []
    visible = next((e for e in note.iterfind("notations") if e.get("print-object") != "no"), None)
    if visible is None and len(moved) == len(notations):
        visible = notations
        notations.attrib.pop("print-object", "")
    elif visible is None:
        visible = etree.Element("notations")
        notations.addnext(visible)
    if visible is not notations:
        visible.extend(moved)
    leaves: list[etree._Element] = []
    for child in moved:
        leaves += list(child) if child.tag in ("articulations", "ornaments", "technical") else [child]
    return leaves


def _drop_dots(source: MusicXmlSource, note: etree._Element) -> None:
    """Removes the dots of a note; `KeepDurations` then keeps its time."""
    for dot in note.findall("dot"):
        note.remove(dot)
        source.change()
