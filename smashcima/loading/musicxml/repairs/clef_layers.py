"""The clefs in the layers of one staff in one measure of MEI: comparison with those of MusicXML, and their replacement."""

from __future__ import annotations

from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.layer_times import TimedElement, spaces, times_in_layer
from smashcima.loading.musicxml.repairs.repair import XML_ID, ImportResult
from smashcima.loading.musicxml.staff_clefs import END, ClefKind, StaffClef, StaffMeasure
from smashcima.loading.musicxml.tree import integer

_MEI = "{http://www.music-encoding.org/ns/mei}"
CLEF = f"{_MEI}clef"
_PITCHED = (f"{_MEI}note", f"{_MEI}chord")
_INDIVISIBLE = frozenset(f"{_MEI}{name}" for name in ("graceGrp", "bTrem", "fTrem"))


class ClefLayers:
    """The layers of one staff in one measure, and what the source says of its clefs."""

    def __init__(
        self,
        staff: etree._Element,
        wanted: StaffMeasure,
        scale: Fraction,
        divisions: int,
        result: ImportResult,
    ) -> None:
        self._number = staff.get("n", "")
        self._scale, self._divisions = scale, divisions
        self._wanted = wanted
        self._result = result
        self._layers = staff.findall(f"{_MEI}layer")
        self._times: list[list[TimedElement]] = []
        for layer in self._layers:
            times = times_in_layer(layer)
            if times is not None:
                self._times.append(
                    [each._replace(at=each.at / scale, length=each.length / scale) for each in times]
                )

    @property
    def are_understood(self) -> bool:
        """Whether all lengths are known, and the notes start where those of the source do."""
        if not self._layers or len(self._times) != len(self._layers):
            return False
        known = {note.at for note in self._wanted.notes}
        return all(
            each.at in known
            for times in self._times
            for each in times
            if each.element.tag in _PITCHED and self._is_here(each.element)
        )

    def agree(self) -> bool:
        """Whether each clef stands at its time, once, and each note is under its clef."""
        drawn = sorted(
            ((self._time_of(times, index), order, each.element) for order, times in enumerate(self._times)
             for index, each in enumerate(times) if each.element.tag == CLEF and "sameas" not in each.element.attrib),
            key=lambda entry: entry[:2],
        )  # fmt: skip
        found = [(at, _kind_of(clef), clef.get("visible") != "false") for at, _, clef in drawn]
        if found != [(self._reachable(clef), clef.kind, clef.is_visible) for clef in self._wanted.clefs]:
            return False
        # Verovio begins the next measure with the last clef of the last layer.
        last = [each.element for times in self._times for each in times if each.element.tag == CLEF]
        if last and self._kind_in_force(last[-1]) != self._wanted.clefs[-1].kind:
            return False
        return all(
            self._is_layer_right(layer, times) for layer, times in zip(self._layers, self._times, strict=True)
        )

    def write(self, name: str) -> None:
        """Replaces all clefs by those of the source; `name` begins the ids of new ones."""
        old = [each.element for times in self._times for each in times if each.element.tag == CLEF]
        spare = [clef for clef in old if "sameas" not in clef.attrib]
        for gone in old:
            _remove(gone)
        for position, clef in enumerate(self._wanted.clefs, 1):
            owner = self._owner_of(clef)
            made = next((each for each in spare if _kind_of(each) == clef.kind), None)
            if made is None:
                made = etree.Element(CLEF, {XML_ID: f"{name}-{position}"} | clef.kind.attributes)
            else:
                spare.remove(made)
            if not clef.is_visible:
                made.set("visible", "false")
            self._insert(owner, clef, made)
            for index in range(len(self._layers)):
                if index != owner:
                    self._insert(index, clef, etree.Element(CLEF, sameas=f"#{made.get(XML_ID)}"))

    def _is_layer_right(self, layer: etree._Element, times: list[TimedElement]) -> bool:
        kind = self._wanted.initial
        graces: dict[Fraction, int] = {}
        for each in times:
            if each.element.tag == CLEF:
                kind = self._kind_in_force(each.element)
            if each.element.tag not in _PITCHED or not self._is_here(each.element):
                continue
            wanted = self._wanted.clef_at(each.at)
            if each.is_grace:
                position = graces[each.at] = graces.get(each.at, -1) + 1
                notes = self._wanted.graces(each.at, layer.get("n", ""))
                if position >= len(notes):
                    continue
                wanted = self._wanted.clef_of_grace(notes[position])
            if wanted is not None and kind != wanted:
                return False
        return True

    def _reachable(self, clef: StaffClef) -> Fraction:
        """The time at which a clef can stand: that of the next event, as there is no other place in a voice."""
        return min(
            (
                each.at
                for times in self._times
                for each in times
                if each.at >= clef.at and each.element.tag != CLEF
            ),
            default=END,
        )

    def _time_of(self, times: list[TimedElement], index: int) -> Fraction:
        """Time of a clef, the last of which in a voice stand at the end of the measure."""
        behind = any(each.element.tag != CLEF for each in times[index + 1 :])
        return times[index].at if behind else END

    def _owner_of(self, clef: StaffClef) -> int:
        """Index of the layer in which a clef is drawn; it is only repeated in the others."""
        if clef.at == END:
            ends = [sum((each.length for each in times), Fraction(0)) for times in self._times]
            return ends.index(max(ends))
        order = [self._next_event(index, clef) for index in range(len(self._layers))]
        reached = [
            (each.at, each.element.tag == f"{_MEI}space", index) for index, each in enumerate(order) if each
        ]
        return min(reached)[2] if reached else 0

    def _next_event(self, index: int, clef: StaffClef) -> TimedElement | None:
        """The event of a layer before which a clef stands; `None` at the end of the layer."""
        notes = self._wanted.graces(clef.at, self._layers[index].get("n", ""))
        here = [each for each in self._times[index] if each.is_grace and each.at == clef.at]
        skipped = sum(note.order < clef.order for note in notes) if len(notes) == len(here) else 0
        for each in self._times[index]:
            if each.element.tag == CLEF or each.at < clef.at:
                continue
            if each.is_grace and each.at == clef.at and skipped:
                skipped -= 1
                continue
            return each
        return None

    def _insert(self, index: int, clef: StaffClef, made: etree._Element) -> None:
        following = self._next_event(index, clef)
        if following is None:
            self._make_room(self._layers[index])
            self._layers[index].append(made)
            return
        place = following.element
        while (parent := place.getparent()) is not None and parent is not self._layers[index]:
            if parent.tag not in _INDIVISIBLE and parent.find("{*}*") is not place:
                break
            place = parent
        place.addprevious(made)

    def _make_room(self, layer: etree._Element) -> None:
        """Writes a silent measure as spaces, since Verovio takes a clef behind `<mSpace>` for one before it."""
        silence = layer.find(f"{_MEI}mSpace")
        if silence is not None and len(layer) == 1:
            for space in spaces(
                self._wanted.content.length / self._divisions, int(self._divisions * self._scale)
            ):
                layer.append(space)
            if len(layer) > 1:
                layer.remove(silence)

    def _kind_in_force(self, clef: etree._Element) -> ClefKind | None:
        repeated = clef.get("sameas")
        if repeated is not None:
            original = self._result.by_id.get(repeated.removeprefix("#"))
            return None if original is None else _kind_of(original)
        return _kind_of(clef)

    def _is_here(self, event: etree._Element) -> bool:
        return event.get("staff", self._number) == self._number


def _kind_of(clef: etree._Element) -> ClefKind:
    octaves = {"8": 1, "15": 2, "22": 3}.get(clef.get("dis", ""), 0)
    return ClefKind(
        clef.get("shape", ""),
        integer(clef.get("line"), 0),
        -octaves if clef.get("dis.place") == "below" else octaves,
    )


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
