"""The music of the pages of MUSCIMA++, transcribed from their annotations to MEI.

All writers of the data set copied some of the same twenty pieces. Pages that are generated from the same pieces differ
from the real ones only by the writing: notes, stems, beams, slurs and signs are those that were copied.

The transcription is for measurements, not for reading: pitches are steps of staves, voices are told apart by their
stems, and what placement does not measure (words, repeats, texts) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise

import muscima
import numpy as np
from lxml import etree
from notation_graph import GraphPage, Staff, Thing

HEADS = ("noteheadFull", "noteheadHalf", "noteheadWhole")
_SMALL = "noteheadFullSmall"
_RESTS = {"restWhole": 1, "restHalf": 2, "restQuarter": 4, "rest8th": 8, "rest16th": 16}
_ACCIDENTALS = {
    "accidentalSharp": "s", "accidentalFlat": "f", "accidentalNatural": "n", "accidentalDoubleSharp": "x",
}  # fmt: skip
_ARTICULATIONS = {
    "articulationStaccato": "stacc", "articulationAccent": "acc", "articulationTenuto": "ten",
}  # fmt: skip
_CLEFS = {"gClef": ("G", 2), "fClef": ("F", 4), "cClef": ("C", 3)}
"""Shape and usual line."""
_CLEF_HEIGHTS = {"G": 32, "F": 24, "C": 28}
"""Diatonic number of the line of a clef; C0 is 0."""
_BASES = {3: 2, 5: 4, 6: 4, 7: 4}
_SAME_CHORD_SS = 1.0
"""Largest distance of the middles of two events of one moment."""
_SIDES = ("above", "below")
_FRAME = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/>
</titleStmt><pubStmt/></fileDesc></meiHead><music><body><mdiv>{}</mdiv></body></music></mei>"""


def pages_of_pieces() -> dict[str, list[str]]:
    """Names of the annotated pages by piece."""
    found: dict[str, list[str]] = {}
    for name in muscima.page_names():
        found.setdefault(name.split("_N-")[1][:2], []).append(name)
    return dict(sorted(found.items()))


def transcribed(page: GraphPage) -> str:
    """The music of a page as MEI."""
    return _Transcript(page).text()


class _Event:
    """A chord, note or rest."""

    def __init__(self, things: list[Thing], number: int) -> None:
        self.things = sorted(things, key=lambda thing: -thing.y)
        self.is_rest = things[0].name in _RESTS
        self.is_grace = things[0].name == _SMALL
        self.x = float(np.mean([thing.x for thing in things]))
        self.y = float(np.mean([thing.y for thing in things]))
        self.id = f"e{number}"
        stems = things[0].of("stem")
        self.stem = None if not stems else "up" if stems[0].y < self.y else "down"
        self.beams = {beam for thing in things for beam in thing.of("beam")}
        self.tuple = next((t for thing in things for t in thing.of("tuple")), None)
        self.dots = max((len(thing.of("augmentationDot")) for thing in things), default=0)
        self.value = self._value()

    def _value(self) -> int:
        name = self.things[0].name
        if self.is_rest:
            return _RESTS[name]
        if name in ("noteheadHalf", "noteheadWhole"):
            return {"noteheadHalf": 2, "noteheadWhole": 1}[name]
        if self.is_grace:
            return 8
        flags = {
            thing.name[4:] for head in self.things for thing in head.related if thing.name.startswith("flag")
        }
        level = max(len(self.beams), 2 if any(f.startswith("16") for f in flags) else 1 if flags else 0)
        return 4 << min(level, 4)

    @property
    def length(self) -> float:
        """Duration in quarter notes."""
        if self.is_grace:
            return 0.0
        number = _number_of(self.tuple)
        return 4 / self.value * (2 - 0.5 ** min(self.dots, 3)) * _BASES.get(number, number) / number


def _tuplet_of(each: _Event | Thing) -> Thing | None:
    """The tuplet of an event, if its number is known."""
    return each.tuple if isinstance(each, _Event) and _number_of(each.tuple) > 1 else None


def _number_of(group: Thing | None) -> int:
    """The number of a tuplet; 1 without."""
    if group is None:
        return 1
    digits = [t.name[7:] for t in group.related if t.name.startswith("numeral")]
    number = int(digits[0]) if digits and digits[0].isdigit() else 3
    return number if number in _BASES else 1


class _Transcript:
    def __init__(self, page: GraphPage) -> None:
        self._page = page
        self._count = 0
        self._event_of: dict[Thing, _Event] = {}
        self._clef: dict[int, tuple[str, int]] = {}
        systems: dict[int, list[Staff]] = {}
        for staff in page.staves:
            systems.setdefault(staff.system, []).append(staff)
        most = max(map(len, systems.values()))
        self._systems = [staves for staves in systems.values() if len(staves) == most]
        self._bars = page.all("barline", "barlineHeavy")

    def text(self) -> str:
        section = etree.Element("section")
        definition = etree.Element("scoreDef")
        group = etree.SubElement(
            definition, "staffGrp", symbol="brace" if len(self._systems[0]) == 2 else "bracket"
        )
        for number, staff in enumerate(self._systems[0], 1):
            group.append(self._definition(staff, number))
        measures = 0
        for staves in self._systems:
            for left, right in self._measures(staves):
                measures += 1
                measure = etree.SubElement(section, "measure", n=str(measures))
                for number, staff in enumerate(staves, 1):
                    self._staff(staff, number, left, right, measure)
                self._controls(staves, left, right, measure)
        self._curves(section)
        score = etree.Element("score")
        score.extend([definition, section])
        content = etree.tostring(score, encoding="unicode").replace("XMLID", "xml:id")
        return _FRAME.format(content)

    # -- staves --------------------------------------------------------------------------------------------

    def _definition(self, staff: Staff, number: int) -> etree._Element:
        clef = min((t for t in staff.things if t.name in _CLEFS), key=lambda t: t.left, default=None)
        shape, line = self._clef_of(clef, staff) if clef is not None else ("G", 2)
        self._clef[number] = (shape, line)
        result = etree.Element("staffDef", n=str(number), lines="5")
        etree.SubElement(result, "clef", shape=shape, line=str(line))
        keys = [
            t for t in staff.things if t.name == "keySignature" and t.left - staff.left < 10 * staff.space
        ]
        if keys:
            flats, sharps = (len(keys[0].of(f"accidental{name}")) for name in ("Flat", "Sharp"))
            if 0 < flats + sharps <= 7:
                etree.SubElement(result, "keySig", sig=f"{flats}f" if flats else f"{sharps}s")
        times = [
            t for t in staff.things if t.name == "timeSignature" and t.left - staff.left < 16 * staff.space
        ]
        if times:
            digits = sorted((t for t in times[0].related if t.name.startswith("numeral")), key=lambda t: t.y)
            if len(digits) == 2:
                etree.SubElement(result, "meterSig", count=digits[0].name[7:], unit=digits[1].name[7:])
            elif times[0].of("timeSigCommon"):
                etree.SubElement(result, "meterSig", count="4", unit="4", sym="common")
        return result

    @staticmethod
    def _clef_of(clef: Thing, staff: Staff) -> tuple[str, int]:
        shape, line = _CLEFS[clef.name]
        if shape == "C":
            line = int(np.clip(3 - round(staff.ss(clef.y, clef.x)), 1, 5))
        return shape, line

    def _measures(self, staves: list[Staff]) -> list[tuple[float, float]]:
        """The horizontal ranges of the measures of a system."""
        space = staves[0].space
        xs = sorted(
            bar.upright.x_at(staves[0].middle(bar.x))
            for bar in self._bars
            if bar.height > 2.5 * space
            and any(
                bar.top < s.line(4, bar.x) - space and bar.bottom > s.line(0, bar.x) + space for s in staves
            )
        )
        cuts: list[float] = []
        for x in xs:
            if not cuts or x - cuts[-1] > 2 * space:
                cuts.append(x)
        edges = [min(s.left for s in staves) - 1, *cuts, max(s.right for s in staves) + space]
        ranges = list(pairwise(edges))
        return [
            r
            for r in ranges
            if any(r[0] < t.x < r[1] for s in staves for t in s.things if t.name in (*HEADS, *_RESTS))
        ]

    def _staff(self, staff: Staff, number: int, left: float, right: float, measure: etree._Element) -> None:
        inside = [t for t in staff.things if left < t.x <= right]
        events = self._events(inside)
        clefs = sorted(
            (t for t in inside if t.name in _CLEFS and t.left - staff.left > 4 * staff.space),
            key=lambda t: t.x,
        )
        node = etree.SubElement(measure, "staff", n=str(number))
        layers = _layers(events, staff.space)
        middle = self._clef[number]
        for layer_number, layer in enumerate(layers, 1):
            layer_node = etree.SubElement(node, "layer", n=str(layer_number))
            self._clef[number] = middle
            content: list[_Event | Thing] = sorted(
                [*layer, *(clefs if layer_number == 1 else [])], key=lambda e: e.x
            )
            self._fill(layer_node, content, staff, number, layers[0] if layer_number > 1 else [])

    def _events(self, things: list[Thing]) -> list[_Event]:
        groups: dict[object, list[Thing]] = {}
        for thing in things:
            if thing.name in (*HEADS, _SMALL):
                stems = thing.of("stem")
                groups.setdefault(stems[0] if stems else thing, []).append(thing)
            elif thing.name in _RESTS:
                groups[thing] = [thing]
        result = []
        for members in groups.values():
            names = {t.name for t in members}
            if len(names) > 1:
                members = [t for t in members if t.name == members[0].name]
            self._count += 1
            event = _Event(members, self._count)
            self._event_of.update(dict.fromkeys(members, event))
            result.append(event)
        return sorted(result, key=lambda event: event.x)

    def _fill(
        self,
        layer: etree._Element,
        content: list[_Event | Thing],
        staff: Staff,
        number: int,
        beside: list[_Event],
    ) -> None:
        now, starts = 0.0, _onsets(beside)
        beams = _beam_groups([e for e in content if isinstance(e, _Event)])
        for group, members in groupby(content, key=_tuplet_of):
            parent, chosen = layer, list(members)
            if group is not None:
                count = _number_of(group)
                parent = etree.SubElement(layer, "tuplet", num=str(count), numbase=str(_BASES[count]))
            for beam, run in groupby(
                chosen, key=lambda e: beams.get(e.id) if isinstance(e, _Event) else None
            ):
                listed = list(run)
                inner = parent
                if beam is not None and sum(isinstance(e, _Event) and not e.is_grace for e in listed) > 1:
                    inner = etree.SubElement(parent, "beam")
                for each in listed:
                    if isinstance(each, Thing):
                        self._clef[number] = self._clef_of(each, staff)
                        shape, line = self._clef[number]
                        etree.SubElement(inner, "clef", shape=shape, line=str(line))
                        continue
                    near = [t for x, t in starts if abs(x - each.x) < _SAME_CHORD_SS * staff.space]
                    if near and near[0] > now + 0.01 and inner is layer:
                        now = _pad(layer, now, near[0])
                    inner.append(self._event(each, staff, self._clef[number]))
                    now += each.length

    def _event(self, event: _Event, staff: Staff, clef: tuple[str, int]) -> etree._Element:
        if event.is_rest:
            rest = etree.Element("rest", XMLID=event.id, dur=str(event.value))
            if event.dots:
                rest.set("dots", str(event.dots))
            return rest
        shared = {"XMLID": event.id, "dur": str(event.value)}
        if event.dots:
            shared["dots"] = str(event.dots)
        if event.stem and event.value > 1:
            shared["stem.dir"] = event.stem
        if event.is_grace:
            shared["grace"] = "unacc"
        artics = {t for head in event.things for t in head.of(*_ARTICULATIONS)}
        notes = [self._note(head, k, event, staff, clef) for k, head in enumerate(event.things)]
        if len(notes) == 1:
            result = notes[0]
            result.attrib.update(shared)
        else:
            result = etree.Element("chord", shared)
            result.extend(notes)
        for mark in artics:
            place = "above" if mark.y < event.y else "below"
            etree.SubElement(result, "artic", artic=_ARTICULATIONS[mark.name], place=place)
        return result

    def _note(
        self, head: Thing, place: int, event: _Event, staff: Staff, clef: tuple[str, int]
    ) -> etree._Element:
        shape, line = clef
        step = _CLEF_HEIGHTS[shape] - 2 * (line - 3) + _step(head, staff)
        note = etree.Element(
            "note", XMLID=f"{event.id}n{place}", pname="cdefgab"[step % 7], oct=str(step // 7)
        )
        for name, accid in _ACCIDENTALS.items():
            if head.of(name):
                etree.SubElement(note, "accid", accid=accid)
                break
        return note

    # -- signs ---------------------------------------------------------------------------------------------

    def _controls(self, staves: list[Staff], left: float, right: float, measure: etree._Element) -> None:
        for number, staff in enumerate(staves, 1):
            events = sorted(
                {e for t in staff.things if (e := self._event_of.get(t)) and left < e.x <= right},
                key=lambda e: e.x,
            )
            if not events:
                continue
            for words in self._page.all("dynamicsText"):
                if self._home(words) is staff and left < words.x <= right:
                    letters = sorted(
                        (t for t in words.related if t.name.startswith("dynamicLetter")), key=lambda t: t.x
                    )
                    text = "".join(t.name[13:].lower() for t in letters)
                    if text:
                        node = etree.SubElement(
                            measure,
                            "dynam",
                            staff=str(number),
                            place=_side(words, staff),
                            startid=f"#{_nearest(events, words.left).id}",
                        )
                        node.text = text
            for hairpin in self._page.all("dynamicCrescendoHairpin", "dynamicDiminuendoHairpin"):
                if self._home(hairpin) is staff and left < hairpin.left <= right:
                    everything = sorted(
                        {e for t in staff.things if (e := self._event_of.get(t))}, key=lambda e: e.x
                    )
                    etree.SubElement(
                        measure, "hairpin", staff=str(number), place=_side(hairpin, staff),
                        form="cres" if "Cresc" in hairpin.name else "dim",
                        startid=f"#{_nearest(events, hairpin.left).id}", endid=f"#{_nearest(everything, hairpin.right).id}",
                    )  # fmt: skip
            for event in events:
                for thing in event.things:
                    for mark, tag in (("ornamentTrill", "trill"), ("fermataAbove", "fermata")):
                        if thing.of(mark) and thing is event.things[-1]:
                            etree.SubElement(
                                measure, tag, staff=str(number), startid=f"#{event.id}", place="above"
                            )

    def _home(self, words: Thing) -> Staff | None:
        """The staff that a dynamic belongs to: that of its notes, or the nearest."""
        for owner in words.inverse:
            if owner.staff is not None:
                return owner.staff
        return min(self._page.staves, key=lambda s: abs(words.y - s.middle(words.x)), default=None)

    def _curves(self, section: etree._Element) -> None:
        parent = {node.get("XMLID"): node for node in section.iter("note", "chord", "rest")}
        for kind in ("slur", "tie"):
            for curve in self._page.all(kind):
                heads = sorted((h for h in curve.owners(*HEADS) if h in self._event_of), key=lambda h: h.x)
                if len(heads) < 2 or self._event_of[heads[0]] is self._event_of[heads[-1]]:
                    continue
                first, last = self._event_of[heads[0]], self._event_of[heads[-1]]
                ends = [first.id, last.id]
                if kind == "tie":
                    ends = [self._note_id(heads[0]), self._note_id(heads[-1])]
                chord = (curve.end_height("left") + curve.end_height("right")) / 2
                above = chord - curve.top > curve.bottom - chord
                start = parent.get(ends[0])
                measure = next(start.iterancestors("measure"), None) if start is not None else None
                if measure is not None and ends[1] in parent:
                    etree.SubElement(
                        measure,
                        kind,
                        startid=f"#{ends[0]}",
                        endid=f"#{ends[1]}",
                        curvedir="above" if above else "below",
                    )

    def _note_id(self, head: Thing) -> str:
        event = self._event_of[head]
        return event.id if len(event.things) == 1 else f"{event.id}n{event.things.index(head)}"


def _step(head: Thing, staff: Staff) -> int:
    """Steps above the middle line."""
    ledgers = head.of("legerLine")
    if head.step is not None:
        return head.step
    off = -staff.ss(head.y, head.x)
    if not ledgers:
        return round(2 * off)
    outer = max(ledgers, key=lambda t: abs(t.y - staff.middle(t.x)))
    beyond = (abs(head.y - staff.middle(head.x)) - abs(outer.y - staff.middle(outer.x))) / staff.space
    count = 4 + 2 * len(ledgers) + (1 if beyond > 0.25 else 0)
    return int(np.sign(off)) * count


def _layers(events: list[_Event], space: float) -> list[list[_Event]]:
    """The voices of a measure: two if stems point in both directions at one moment, else one."""
    notes = [e for e in events if not e.is_rest and not e.is_grace]
    polyphonic = any(
        abs(a.x - b.x) < _SAME_CHORD_SS * space and a.stem != b.stem
        for k, a in enumerate(notes)
        for b in notes[:k]
    )
    if not polyphonic:
        return [events]
    middle = float(np.mean([e.y for e in notes]))
    upper = [e for e in events if (e.y < middle if e.stem is None else e.stem == "up")]
    return [upper, [e for e in events if e not in upper]]


def _onsets(events: Iterable[_Event]) -> list[tuple[float, float]]:
    now, result = 0.0, []
    for event in events:
        result.append((event.x, now))
        now += event.length
    return result


def _pad(layer: etree._Element, now: float, until: float) -> float:
    """Fills a layer with spaces."""
    for value, length in ((1, 4.0), (2, 2.0), (4, 1.0), (8, 0.5), (16, 0.25)):
        while until - now > length - 0.01:
            etree.SubElement(layer, "space", dur=str(value))
            now += length
    return now


def _beam_groups(events: list[_Event]) -> dict[str, int]:
    """The number of the beam of each event, by its name; events under one beam are consecutive."""
    result: dict[str, int] = {}
    count = 0
    open_beams: set[Thing] = set()
    last = -1
    for k, event in enumerate(events):
        if not event.beams:
            continue
        if open_beams & event.beams:
            for between in events[last : k + 1]:
                result[between.id] = count
            open_beams |= event.beams
        else:
            count += 1
            open_beams = set(event.beams)
            result[event.id] = count
        last = k
    return result


def _nearest(events: list[_Event], x: float) -> _Event:
    return min(events, key=lambda e: abs(e.x - x))


def _side(thing: Thing, staff: Staff) -> str:
    return _SIDES[int(thing.y > staff.middle(thing.x))]
