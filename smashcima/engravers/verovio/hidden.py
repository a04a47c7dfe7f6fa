"""Removal of hidden music (`visible="false"`) from the MEI used for layout; the score is not modified.

Verovio 6.4.1 lays out and draws hidden notes, chords, rests and groups as if they were visible, and only marks them in
its SVG. Their stems, heads and widths would displace what is visible. So they are replaced by spaces, which it ignores:

- Hidden events become spaces, merged where no mark is anchored to them. A voice of spaces only is left out, unless its
  staff has no other.
- Hidden members of chords, accidentals, articulations and verses are removed.
- Groups with too little left (beams of one note, tuplets of spaces) are dissolved, or drawn without signs.
- Ties, slurs and signs of single notes (ornaments, arpeggios, fingerings) of hidden notes are removed. Marks such as
  dynamics stay, anchored to the space, as files use hidden notes to place them.

Verovio hides clefs, keys, times and staves itself.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from fractions import Fraction

from smashcima.engravers.verovio.mei_edits import mei_text, parse_mei_text
from smashcima.engravers.verovio.spaces import length_of_space, ratio_of, spaces_of_length
from smashcima.errors import Issue

_MEI = "{http://www.music-encoding.org/ns/mei}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_TIMED = frozenset(
    f"{_MEI}{name}" for name in ("note", "chord", "rest", "tabGrp", "beatRpt", "halfmRpt", "space")
)
_WHOLE = frozenset(f"{_MEI}{name}" for name in ("mRest", "mRpt", "mRpt2", "multiRest", "multiRpt", "mSpace"))
_GROUPS = frozenset(f"{_MEI}{name}" for name in ("beam", "tuplet", "graceGrp", "bTrem", "fTrem"))
_SIGNATURES = frozenset(f"{_MEI}{name}" for name in ("clef", "keySig", "meterSig", "meterSigGrp"))
_OF_THEIR_NOTES = frozenset(
    f"{_MEI}{name}"
    for name in (
        "arpeg",
        "bend",
        "fing",
        "gliss",
        "lv",
        "mordent",
        "ornam",
        "slur",
        "phrase",
        "tie",
        "trill",
        "turn",
    )
)
"""Marks that are hidden with a note at their start or end."""

_LEAST_NOTES = {f"{_MEI}beam": 2, f"{_MEI}fTrem": 2}
"""Fewest notes with which a group is drawn, where it is more than one."""

_SPACE = f"{_MEI}space"


def without_hidden(mei: str) -> tuple[str, list[Issue]]:
    """The text without what is hidden, with spaces in place of hidden events, and issues for marks lost with them."""
    if ' visible="false"' not in mei:
        return mei, []
    root = parse_mei_text(mei)
    is_changed = False
    gone: set[str] = set()
    issues: list[Issue] = []
    for measure in root.iter(f"{_MEI}measure"):
        is_changed = _Measure(measure, gone).hide() or is_changed
    if gone:
        for measure in root.iter(f"{_MEI}measure"):
            issues += _remove_marks(measure, gone)
    return (mei_text(root), issues) if is_changed else (mei, [])


class _Measure:
    """A measure from which hidden content is removed."""

    def __init__(self, measure: ET.Element, gone: set[str]) -> None:
        self._measure = measure
        self._gone = gone
        """Ids of hidden notes, chords and rests of all measures; those of this one are added."""
        self._anchors = {
            reference.lstrip("#")
            for mark in measure
            if mark.tag not in _OF_THEIR_NOTES and not _is_hidden(mark)
            for name in ("startid", "endid")
            for reference in mark.get(name, "").split()
        }
        self._changes = 0

    def hide(self) -> bool:
        """Removes hidden content; returns whether there was any."""
        for child in list(self._measure):
            if child.tag == f"{_MEI}staff":
                self._hide_in_staff(child)
            elif _is_hidden(child):
                self._measure.remove(child)
                self._changes += 1
        return self._changes > 0

    def _hide_in_staff(self, staff: ET.Element) -> None:
        layers = staff.findall(f"{_MEI}layer")
        for layer in layers:
            before = self._changes
            self._hide_in(layer, _is_hidden(staff) or _is_hidden(layer))
            if self._changes > before:
                self._tidy(layer)
                is_empty = all(child.tag in (_SPACE, f"{_MEI}mSpace") for child in layer)
                if is_empty and not any(child.get(_XML_ID) in self._anchors for child in layer):
                    if len(staff.findall(f"{_MEI}layer")) > 1:
                        staff.remove(layer)
                    else:
                        layer[:] = [ET.Element(f"{_MEI}mSpace")]

    def _hide_in(self, container: ET.Element, hidden: bool) -> None:
        """Replaces the hidden events of a container by spaces."""
        for child in list(container):
            is_hidden = hidden or _is_hidden(child)
            if child.tag in _TIMED or child.tag in _WHOLE:
                if child.tag == f"{_MEI}chord" and not is_hidden:
                    is_hidden = self._hide_members(child)
                if is_hidden:
                    self._hide_event(container, child)
                else:
                    self._hide_parts(child)
            elif is_hidden and not len(child) and child.tag not in _SIGNATURES:
                container.remove(child)
                self._changes += 1
            elif child.tag not in _SIGNATURES:
                before = self._changes
                self._hide_in(child, is_hidden)
                if child.tag in _GROUPS and self._changes > before:
                    self._dissolve(container, child)

    def _hide_members(self, chord: ET.Element) -> bool:
        """Removes the hidden notes of a chord; whether there are no others (then it keeps them)."""
        notes = chord.findall(f"{_MEI}note")
        hidden = [note for note in notes if _is_hidden(note)]
        if notes and len(hidden) == len(notes):
            return True
        for note in hidden:
            self._gone.add(note.get(_XML_ID, ""))
            chord.remove(note)
            self._changes += 1
        for note in chord.findall(f"{_MEI}note"):
            self._hide_parts(note)
        return False

    def _hide_parts(self, event: ET.Element) -> None:
        for part in list(event):
            if _is_hidden(part) and part.tag != f"{_MEI}note":
                event.remove(part)
                self._changes += 1

    def _hide_event(self, container: ET.Element, event: ET.Element) -> None:
        if event.tag in (_SPACE, f"{_MEI}mSpace"):
            return
        self._changes += 1
        self._gone.update(found.get(_XML_ID, "") for found in event.iter())
        place = list(container).index(event)
        container.remove(event)
        if event.get("grace") is not None or container.tag == f"{_MEI}graceGrp":
            return
        names = ("dur", "dots", "num", "numbase", "staff", _XML_ID)
        if event.tag in _WHOLE:
            space = ET.Element(f"{_MEI}mSpace", {_XML_ID: event.get(_XML_ID, "")})
        else:
            space = ET.Element(_SPACE, {name: event.attrib[name] for name in names if name in event.attrib})
            if event.get("dur") is None:
                own = event.find(f"{_MEI}note[@dur]")
                space.set("dur", own.get("dur", "4") if own is not None else "4")
        container.insert(place, space)

    def _dissolve(self, container: ET.Element, group: ET.Element) -> None:
        """Replaces a group by its content if too little of it is visible; hides the signs of a tuplet of spaces."""
        events = list(_events(group))
        notes = sum(event.tag in (f"{_MEI}note", f"{_MEI}chord") for event in events)
        if group.tag == f"{_MEI}tuplet":
            is_kept = any(event.tag != _SPACE for event in events)
        else:
            is_kept = notes >= _LEAST_NOTES.get(group.tag, 1)
        if is_kept:
            return
        content = list(group)
        if group.tag in (f"{_MEI}tuplet", f"{_MEI}fTrem"):
            spaces = self._as_spaces(group)
            if spaces is None:
                group.set("num.visible", "false")
                group.set("bracket.visible", "false")
                return
            content = spaces
        place = list(container).index(group)
        container[place : place + 1] = content

    def _as_spaces(self, group: ET.Element) -> list[ET.Element] | None:
        """Spaces that last as long as a group of spaces; `None` if a mark is anchored in it, or there are none."""
        if any(space.get(_XML_ID) in self._anchors or space.tag != _SPACE for space in group):
            return None
        factor = Fraction(1, 2)  # a tremolo between notes: each is written with the duration of both
        if group.tag == f"{_MEI}tuplet":
            factor = ratio_of(group)
        return spaces_of_length(sum(map(length_of_space, group), Fraction(0)) * factor)

    def _tidy(self, layer: ET.Element) -> None:
        """Merges consecutive spaces without anchored marks."""
        kept: list[ET.Element] = []
        run: list[ET.Element] = []
        for child in [*layer, None]:
            if child is not None and child.tag == _SPACE and child.get(_XML_ID) not in self._anchors:
                run.append(child)
                continue
            if run:
                merged = spaces_of_length(sum((length_of_space(space) for space in run), Fraction(0)))
                kept += run if merged is None or len(merged) > len(run) else merged
                run = []
            if child is not None:
                kept.append(child)
        layer[:] = kept


def _events(group: ET.Element) -> Iterator[ET.Element]:
    """The events of a group and its inner groups, without the notes of chords."""
    for child in group:
        if child.tag in _TIMED:
            yield child
        else:
            yield from _events(child)


def _is_hidden(element: ET.Element) -> bool:
    return element.get("visible") == "false"


def _remove_marks(measure: ET.Element, gone: set[str]) -> Iterator[Issue]:
    """Removes marks that are hidden with their notes, and references to hidden notes in others.

    Yields an issue for each curve and line that also belongs to a visible note.
    """
    for mark in list(measure):
        events = [reference.lstrip("#") for reference in mark.get("plist", "").split()]
        left = [event for event in events if event not in gone]
        ends = [mark.get(name, "").lstrip("#") for name in ("startid", "endid") if name in mark.attrib]
        if mark.tag in _OF_THEIR_NOTES and (gone.intersection(ends) or (events and not left)):
            measure.remove(mark)
            name = mark.tag.removeprefix(_MEI)
            if name != "tie" and not gone.issuperset(ends):
                what = f"not drawn: one of its notes is hidden (id {mark.get(_XML_ID, '')})"
                yield Issue(f"measure {measure.get('n', '?')}", name, what)
        elif len(left) < len(events):
            if len(left) < 2:
                measure.remove(mark)
                continue
            mark.set("plist", " ".join(f"#{event}" for event in left))
            for name, event in (("startid", left[0]), ("endid", left[-1])):
                if name in mark.attrib:
                    mark.set(name, f"#{event}")
