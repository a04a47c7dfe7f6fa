"""Counts of printed objects in an MEI document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from smashcima.errors import Issue
from smashcima.loading.completeness.tally import UNKNOWN, Tally
from smashcima.loading.xml import local_name, text_of

if TYPE_CHECKING:
    from lxml import etree

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_KINDS = {
    "note": "note",
    "rest": "rest",
    "mRest": "rest",
    "tuplet": "tuplet",
    "bTrem": "tremolo",
    "fTrem": "tremolo",
    "slur": "slur",
    "tie": "tie",
    "dynam": "dynamic",
    "hairpin": "hairpin",
    "gliss": "glissando",
    "octave": "octave line",
    "fermata": "fermata",
    "arpeg": "arpeggio",
    "trill": "ornament",
    "mordent": "ornament",
    "turn": "ornament",
    "breath": "pause mark",
    "caesura": "pause mark",
    "fing": "fingering",
    "reh": "rehearsal mark",
    "ending": "ending",
    "clef": "clef",
    "keySig": "key signature",
    "meterSigGrp": "time signature",
}
"""Elements that each print one object, regardless of their attributes."""

_NOTHING_BY_THEMSELVES = frozenset({"layer", "beam", "verse", "space", "stem", "graceGrp"})

_SIGNATURE_KINDS = ("clef", "key signature", "time signature")

_ATTRIBUTES_OF_SIGNATURES = {
    "clef": ("clef.shape",),
    "key signature": ("keysig", "key.sig"),
    "time signature": ("meter.count", "meter.sym"),
}

_VISIBILITY_OF_SIGNATURES = {
    "clef": (("clef.visible", "false"),),
    "key signature": (("keysig.visible", "false"), ("keysig.show", "false"), ("key.sig.show", "false")),
    "time signature": (
        ("meter.visible", "false"),
        ("meter.form", "invis"),
        ("meter.rend", "invis"),
        ("meter.showchange", "false"),
    ),
}
"""Attributes of definitions, in several versions of MEI, that hide a signature."""

_COUNTED_OTHERWISE = frozenset(
    {"", "accid", "artic", "meterSig", "multiRest", "syl", "tempo", "harm", "pedal", "body"}
)

_ATTRIBUTES_OF_NOTES: Mapping[str, tuple[str, Callable[[str], int]]] = {
    "artic": ("articulation", lambda value: len(value.split())),
    "accid": ("accidental", lambda value: 1),
    "tie": ("tie", lambda value: int(value[0] in "im")),
    "stem.mod": ("tremolo", lambda value: int("slash" in value)),
    "fermata": ("fermata", lambda value: 1),
}
"""Attributes of notes and chords that may replace child elements."""

_WITH_WORDS = frozenset(
    {"dir", "tempo", "dynam", "reh", "harm", "repeatMark", "pedal", "octave", "ornam", "line"}
)


def tally_mei(root: etree._Element, parts: list[int] | None = None) -> Tally:
    """Counts the printed objects of `root`, an `<mei>` element.

    `parts` is the number of staves of each part, in order; by default each staff is a part.
    """
    return _Counting(root, parts).tally


class _Counting:
    def __init__(self, root: etree._Element, parts: list[int] | None) -> None:
        self.tally = Tally()
        self._next_measure = 0
        self._staff_of_id: dict[str, int] = {}
        staves = sorted({_integer(staff.get("n"), 1) for staff in root.iter("{*}staffDef")})
        sizes = parts if parts is not None and sum(parts) == len(staves) else [1] * len(staves)
        self._part_of_staff: dict[int, int] = {}
        for part, size in enumerate(sizes):
            for _ in range(size):
                self._part_of_staff[staves[len(self._part_of_staff)]] = part
            self.tally.parts.append(f"part {part + 1}" if sizes is parts else f"staff {staves[part]}")
        self._signatures: dict[tuple[str, int], bool] = {}
        """Whether a signature set before the next measure is printed, by kind and staff."""
        for body in root.iter("{*}body"):
            self._walk(body)
            self._count_signatures()

    def _walk(self, element: etree._Element) -> None:
        for child in element:
            name = local_name(child)
            if name == "measure":
                self._measure(child)
            elif name in ("scoreDef", "staffDef"):
                self._definition(child)
            else:
                if name == "ending":
                    self.tally.add("ending", UNKNOWN, self._next_measure)
                self._walk(child)

    def _definition(self, element: etree._Element) -> None:
        """Records signatures set before the next measure; later definitions and those of single staves take precedence."""
        for definition in element.iter("{*}scoreDef", "{*}staffDef"):
            is_of_score = local_name(definition) == "scoreDef"
            staves = self._part_of_staff if is_of_score else (_integer(definition.get("n"), 1),)
            for kind, is_printed in _signatures(definition).items():
                for staff in staves:
                    self._signatures[kind, staff] = is_printed

    def _count_signatures(self) -> None:
        for (kind, staff), is_printed in self._signatures.items():
            self.tally.add(kind, self._part(staff), self._next_measure, int(is_printed))
        self._signatures.clear()

    def _measure(self, measure: etree._Element) -> None:
        self._count_signatures()
        position = self._next_measure
        length = 1
        for child in measure:
            name = local_name(child)
            if name == "staff":
                length = max(length, self._staff(child, position))
            elif name in _WITH_WORDS or name in _KINDS:
                self._event(child, name, position)
        for side in ("left", "right"):
            bar = measure.get(side, "")
            self.tally.add(
                "repeat", UNKNOWN, position, {"rptboth": 2, "rptstart": 1, "rptend": 1}.get(bar, 0)
            )
        self._next_measure += length
        number = measure.get("n", "?")
        self.tally.measures.extend([number] * length)

    def _staff(self, staff: etree._Element, position: int) -> int:
        part = self._part(_integer(staff.get("n"), 1))
        length = 1
        for element in staff.iter("*"):
            name = local_name(element)
            identity = element.get(_XML_ID)
            if identity is not None:
                self._staff_of_id[identity] = part
            if name in _NOTHING_BY_THEMSELVES:
                continue
            if name == "multiRest":
                length = max(1, _integer(element.get("num"), 1))
                for offset in range(length):
                    self.tally.add("rest", part, position + offset)
            elif name in ("syl", "label"):  # the number of a verse is its label
                self.tally.add("lyric syllable", part, position, int(bool(text_of(element))))
            else:
                self._element_in_staff(element, name, part, position)
        return length

    def _element_in_staff(self, element: etree._Element, name: str, part: int, position: int) -> None:
        add = self.tally.add
        if name == "artic":
            kind = "technical mark" if element.get("type") == "technical" else "articulation"
            add(kind, part, position, len((element.get("artic") or "").split()))
        elif name == "accid":
            add("accidental", part, position, int(bool(element.get("accid")) and _is_visible(element)))
        elif name == "clef" and "sameas" in element.attrib:  # only says that the clef of another voice holds
            return
        elif (its_kind := _kind(element)) is not None and _is_visible(element):
            add(its_kind, part, position)
        if name in ("note", "chord"):
            for attribute, (its_kind, count) in _ATTRIBUTES_OF_NOTES.items():
                value = element.get(attribute)
                if value:
                    add(its_kind, part, position, count(value))

    def _event(self, event: etree._Element, name: str, position: int) -> None:
        part = self._part_of_event(event)
        text = text_of(event)
        if name in _WITH_WORDS and text:
            self.tally.words.append((text, (part, position)))
        if name in ("dir", "dynam", "tempo") and event.get("extender") == "true":
            self.tally.add("dashes", part, position)
        if name == "tempo":
            is_mark = bool(event.get("mm") or event.get("mm.unit")) or "=" in text
            self.tally.add("metronome mark", part, position, int(is_mark))
        elif name == "harm":
            has_figures = next(event.iter("{*}fb"), None) is not None
            self.tally.add("figured bass" if has_figures else "harmony", part, position)
        elif name == "pedal":
            self.tally.add("pedal mark", part, position, int(event.get("dir") in ("down", "bounce", "half")))
        elif (kind := _kind(event)) is not None:
            self.tally.add(kind, part, position)

    def _part_of_event(self, event: etree._Element) -> int:
        staves = (event.get("staff") or "").split()
        if staves:
            return self._part(_integer(staves[0], 1))
        return self._staff_of_id.get((event.get("startid") or "").removeprefix("#"), UNKNOWN)

    def _part(self, staff: int) -> int:
        return self._part_of_staff.get(staff, UNKNOWN)


def _signatures(definition: etree._Element) -> dict[str, bool]:
    """Kinds of signatures that a definition sets itself, and whether they are printed."""
    found: dict[str, bool] = {}
    for child in definition:
        kind = _kind(child)
        if kind in _SIGNATURE_KINDS:
            found[kind] = found.get(kind, False) or _is_visible(child)
    for kind, attributes in _ATTRIBUTES_OF_SIGNATURES.items():
        if any(definition.get(attribute) for attribute in attributes):
            found[kind] = not any(
                definition.get(name) == value for name, value in _VISIBILITY_OF_SIGNATURES[kind]
            )
    return found


def _kind(element: etree._Element) -> str | None:
    name = local_name(element)
    if name == "meterSig":
        parent = element.getparent()
        return None if parent is not None and local_name(parent) == "meterSigGrp" else "time signature"
    return _KINDS.get(name)


def _is_visible(element: etree._Element) -> bool:
    hidden = (("visible", "false"), ("form", "invis"), ("head.visible", "false"))
    return not any(element.get(name) == value for name, value in hidden)


def _integer(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else default


def unknown_elements_lost(source: etree._Element, result: etree._Element) -> list[Issue]:
    """Issues for elements of an MEI source that the import dropped, of kinds that are not tallied."""
    kept = _element_counts(result)
    return [
        Issue("score", f"<{name}>", f"{number - kept[name]} of {number} lost at import")
        for name, number in sorted(_element_counts(source).items())
        if number > kept[name] and name not in _KINDS and name not in _COUNTED_OTHERWISE
    ]


def _element_counts(root: etree._Element) -> Counter[str]:
    return Counter(local_name(element) for body in root.iter("{*}body") for element in body.iter())
