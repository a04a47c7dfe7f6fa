"""Hidden things of MusicXML (`print-object="no"`) that Verovio shows, or loses.

Verovio 6.4.1 marks hidden notes, clefs, keys and times as hidden. It loses hidden lyrics and the notations in hidden
`<notations>`, and shows hidden accidentals, curves, articulations, ornaments, dots, words, dynamics and chord symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.tree import place_of

_MEI = "{http://www.music-encoding.org/ns/mei}"

_WITH_IDS = frozenset({"accidental", "slur", "tied", "wedge"})
"""Elements whose id the importer keeps."""

_IN_NOTE = {
    "fermata": "fermata", "trill-mark": "trill", "turn": "turn", "inverted-turn": "turn", "delayed-turn": "turn",
    "delayed-inverted-turn": "turn", "vertical-turn": "turn", "mordent": "mordent", "inverted-mordent": "mordent",
    "arpeggiate": "arpeg", "glissando": "gliss", "slide": "gliss", "fingering": "fing", "breath-mark": "breath",
    "caesura": "caesura",
}  # fmt: skip
"""Marks of MEI that start at a note, by the notation that they are in MusicXML."""

_IN_MEASURE = {
    "words": ("dir", "tempo", "dynam"), "dynamics": ("dynam",), "metronome": ("tempo",), "rehearsal": ("reh",),
    "harmony": ("harm",), "figured-bass": ("harm",), "segno": ("dir", "repeatMark"), "coda": ("dir", "repeatMark"),
    "pedal": ("pedal",), "octave-shift": ("octave",),
}  # fmt: skip
"""Marks of MEI by the element that they are in MusicXML."""

_ELSEWHERE = frozenset(
    {"note", "clef", "key", "time", "staff-details", "part-name", "part-abbreviation", "part-name-display",
     "part-abbreviation-display", "directive", "measure-numbering", "print", "part-group", "group-name", "tuplet"}
)  # fmt: skip
"""Elements whose `print-object` Verovio or nobody needs."""


class _Hidden(NamedTuple):
    """A hidden element of the source."""

    element: etree._Element
    note: str | None
    """Id of its note, if it is in one."""

    own: str | None
    """Its own id, if the importer keeps it."""

    order: int
    """Number of elements of its name before it in its measure, in all parts above and in its own."""

    total: int
    """Number of elements of its name in its measure, in all parts."""

    measure: int


class KeepHidden(Repair):
    """Imports such things as if they were printed, and marks them as hidden in what was imported."""

    def __init__(self) -> None:
        self._hidden: list[_Hidden] = []

    def prepare(self, source: MusicXmlSource) -> None:
        if not source.mentions('print-object="no"') and not source.mentions('print-dot="no"'):
            return
        for note in source.root.iter("note"):
            if note.get("print-dot") == "no" and note.get("print-object") != "no":
                _drop_dots(source, note)
        for part in source.root.iterfind("part"):
            for position, measure in enumerate(part.iterfind("measure")):
                for element in measure.iter("*"):
                    if element.get("print-object") == "no" and element.tag not in _ELSEWHERE:
                        self._take(source, element, position)

    def _take(self, source: MusicXmlSource, element: etree._Element, measure: int) -> None:
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
            order, count = _order(source, hidden, measure)
            self._hidden.append(
                _Hidden(
                    hidden,
                    None if note is None else source.id_of(note),
                    source.id_of(hidden) if hidden.tag in _WITH_IDS else None,
                    order,
                    count,
                    measure,
                )
            )

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if not self._hidden:
            return
        measures = list(result.root.iter(f"{_MEI}measure"))
        for hidden in self._hidden:
            measure = measures[hidden.measure] if hidden.measure < len(measures) else None
            found = [] if measure is None else list(_imported(hidden, measure, result))
            for element in found:
                element.set("visible", "false")
                result.change()
            if not found and hidden.element.get("type") not in ("stop", "continue"):
                what = "hidden in the source, but drawn: what became of it was not found"
                result.issues.append(Issue(place_of(hidden.element), str(hidden.element.tag), what))


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


def _order(source: MusicXmlSource, element: etree._Element, measure: int) -> tuple[int, int]:
    """Index of an element among those of its name in the same measure of all parts, and their number."""
    if element.tag not in _IN_MEASURE:
        return 0, 0
    same = [
        other
        for part in source.root.iterfind("part")
        for found in part.findall("measure")[measure : measure + 1]
        for other in found.iter(str(element.tag))
    ]
    return same.index(element), len(same)


def _imported(hidden: _Hidden, measure: etree._Element, result: ImportResult) -> Iterator[etree._Element]:
    """What the importer made of a hidden element."""
    if hidden.own is not None:
        found = result.by_id.get(hidden.own)
        if found is not None:
            yield found
        return
    tag = str(hidden.element.tag)
    if hidden.note is not None:
        yield from _at_note(hidden, tag, measure, result)
    elif tag in _IN_MEASURE:
        names = tuple(f"{_MEI}{name}" for name in _IN_MEASURE[tag])
        marks = [mark for mark in measure.iterchildren(*names) if _is_of_kind(mark, tag)]
        if tag in ("words", "dynamics", "rehearsal"):
            text = _plain(hidden.element)
            yield from [mark for mark in marks if text in _plain(mark) and not _is_hidden(mark)][:1]
        elif len(marks) == hidden.total:
            yield marks[hidden.order]


def _is_of_kind(mark: etree._Element, tag: str) -> bool:
    """Whether a mark can come from an element of a name, where one MEI element stands for several."""
    if tag in ("harmony", "figured-bass"):
        return (mark.find(f"{_MEI}fb") is not None) == (tag == "figured-bass")
    if tag == "metronome":
        return mark.get("mm") is not None or mark.find(f"{_MEI}rend[@glyph.auth]") is not None
    return True


def _is_hidden(mark: etree._Element) -> bool:
    return mark.get("visible") == "false"


def _at_note(
    hidden: _Hidden, tag: str, measure: etree._Element, result: ImportResult
) -> Iterator[etree._Element]:
    note = result.by_id.get(hidden.note or "")
    if note is None:
        return
    parent = note.getparent()
    holders = [note] if parent is None or parent.tag != f"{_MEI}chord" else [note, parent]
    if tag == "lyric":
        number = hidden.element.get("number", "1")
        for holder in holders:
            yield from (
                verse for verse in holder.iterchildren(f"{_MEI}verse") if verse.get("n", "1") == number
            )
    elif tag in _IN_NOTE:
        ids = {f"#{_id(holder)}" for holder in holders}
        yield from (mark for mark in measure.iterchildren(f"{_MEI}{_IN_NOTE[tag]}") if _starts(mark) & ids)
    else:
        signs = [sign for holder in holders for sign in holder.iterchildren(f"{_MEI}artic")]
        named = [sign for sign in signs if sign.get("artic") == _ARTICULATIONS.get(tag)]
        yield from named or (signs if len(signs) == 1 else [])


_ARTICULATIONS = {
    "staccato": "stacc", "tenuto": "ten", "accent": "acc", "strong-accent": "marc", "staccatissimo": "stacciss",
    "spiccato": "spicc", "detached-legato": "ten-stacc", "up-bow": "upbow", "down-bow": "dnbow", "harmonic": "harm",
    "open-string": "open", "stopped": "stop", "snap-pizzicato": "snap",
}  # fmt: skip


def _starts(mark: etree._Element) -> set[str]:
    return {*mark.get("startid", "").split(), *mark.get("plist", "").split()}


def _id(element: etree._Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}id", "")


def _plain(element: etree._Element) -> str:
    if element.tag == "dynamics":
        return "".join(child.text or child.tag for child in element if isinstance(child.tag, str))
    return " ".join("".join(str(text) for text in element.itertext()).split())
