"""Notations attached to a note: ties, slurs, tuplets, ornaments, articulations, fermatas."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from smashcima.exporting.symbolic.partwise.curves import number_spans
from smashcima.exporting.symbolic.partwise.elements import Shared, add
from smashcima.exporting.symbolic.partwise.grouping import TupletEdge, Tuplets
from smashcima.exporting.symbolic.partwise.streams import Tremolo, is_empty_time, notes_of
from smashcima.exporting.symbolic.partwise.vocabulary import ACCIDENTALS, ARTICULATIONS, PLACES, TECHNICAL
from smashcima.scene.semantic import (
    Arpeggio,
    Articulation,
    BowedTremolo,
    Breath,
    Caesura,
    ControlEvent,
    Event,
    Fermata,
    FingeredTremolo,
    Fingering,
    Glissando,
    LaissezVibrer,
    Mordent,
    Note,
    OrnamentText,
    SemanticObject,
    Slur,
    Tie,
    Trill,
    Turn,
)

ATTACHED = (
    Arpeggio, Breath, Caesura, Fermata, Fingering, Glissando, LaissezVibrer, Mordent, OrnamentText, Slur, Tie, Trill,
    Turn,
)  # fmt: skip
"""Marks that MusicXML attaches to notes."""


class Notations:
    """Writes the `notations` of notes. Those of a chord are written at its first note."""

    def __init__(
        self, below: Iterable[SemanticObject], shared: Shared, tuplets: Tuplets, order: Iterable[Event]
    ) -> None:
        """Files the marks among the objects below a score; `order` are the events in the order of the document."""
        self._shared = shared
        self._tuplets = tuplets
        self._starts: dict[SemanticObject, list[ControlEvent]] = {}
        self._ends: dict[SemanticObject, list[ControlEvent]] = {}
        self._arpeggios: dict[SemanticObject, list[Arpeggio]] = {}
        places: dict[SemanticObject, int] = {}
        for index, event in enumerate(order):
            for found in (event, *notes_of(event)):
                places[found] = index
        marks = [mark for mark in below if isinstance(mark, ATTACHED)]
        for mark in marks:
            self._file(mark, places)
        self._has_ties = any(isinstance(mark, Tie) for mark in marks)
        spans = [m for m in marks if isinstance(m, (Slur, Glissando)) or (isinstance(m, Trill) and m.end)]
        self._numbers = {
            span: number
            for kind in (Slur, Glissando, Trill)
            for span, number in number_spans([s for s in spans if isinstance(s, kind)], places).items()
        }

    def _file(self, mark: ControlEvent, places: dict[SemanticObject, int]) -> None:
        if self._shared.leaves_out(mark):
            return
        if isinstance(mark, Arpeggio) and mark.events:
            for event in mark.events:
                self._arpeggios.setdefault(event, []).append(mark)
            return
        start = mark.start if mark.start in places else None
        if start is None and isinstance(mark, (Breath, Caesura)):
            start = _event_before(mark)
        end = mark.end if mark.end in places else None
        if start is None and end is None:
            if not (isinstance(mark, Fermata) and mark.start is None):
                self._shared.lose(mark, "not written: it starts or ends at no note of the score")
            return
        if start is not None:
            self._starts.setdefault(start, []).append(mark)
        if end is not None and isinstance(mark, (Slur, Tie, Glissando, Trill)):
            self._ends.setdefault(end, []).append(mark)

    def ties(self, note: Note) -> tuple[list[Tie], list[Tie]]:
        """The ties that end at a note, and those that start at it."""
        if not self._has_ties:
            return [], []
        chord = note.chord
        ends = [mark for mark in self._ends.get(note, ()) if isinstance(mark, Tie)]
        starts = [mark for mark in self._starts.get(note, ()) if isinstance(mark, Tie)]
        if chord is not None:
            ends += [m for m in self._ends.get(chord, ()) if isinstance(m, Tie)]
            starts += [m for m in self._starts.get(chord, ()) if isinstance(m, Tie)]
        return ends, starts

    def write(self, parent: ET.Element, event: Event, note: Note | None, tremolo: Tremolo | None) -> None:
        """Adds the `notations` of a note, rest, or chord (if `note` is its first note), if there are any."""
        is_first = note is None or notes_of(event)[:1] == [note]
        targets: list[SemanticObject] = [event] if note is None or note is event else [note]
        if is_first and note is not None and note is not event:
            targets.append(event)
        starts = [mark for target in targets for mark in self._starts.get(target, ())]
        ends = [mark for target in targets for mark in self._ends.get(target, ())]
        own = [a for target in targets for a in _articulations_of(target)]
        arpeggios = [
            arpeggio
            for target in (event, note)
            if target is not None and (target is event or note is not event)
            for arpeggio in self._arpeggios.get(target, ())
        ]
        edges = self._tuplets.edges(event) if is_first else []
        is_in_tablature = note is not None and note.tab_fret is not None
        if not (starts or ends or own or arpeggios or edges or tremolo or is_in_tablature or self._has_ties):
            return
        box = ET.Element("notations")
        if note is not None:
            self._tied(box, note, starts)
        self._slurs(box, starts, ends)
        for edge in edges:
            self._tuplet(box, event, edge)
        self._glissandos(box, starts, ends)
        self._ornaments(box, starts, ends, tremolo if is_first else None, event)
        self._technical(box, own, starts, note)
        self._articulations(box, own, starts)
        for mark in starts:
            if isinstance(mark, Fermata):
                self._fermata(box, mark)
        for arpeggio in arpeggios:
            self._arpeggio(box, arpeggio)
        if len(box):
            parent.append(box)

    def _tied(self, box: ET.Element, note: Note, starts: list[ControlEvent]) -> None:
        ending, beginning = self.ties(note)
        for tie in ending[:1]:
            if not tie.is_hidden:
                add(box, "tied", type="stop")
        for tie in beginning[:1]:
            if tie.is_hidden:
                continue  # it sounds (`tie`), but is not drawn
            self._shared.name(add(box, "tied", type="start"), tie)
        for mark in starts:
            if isinstance(mark, LaissezVibrer):
                self._shared.name(add(box, "tied", type="let-ring"), mark)

    def _slurs(self, box: ET.Element, starts: list[ControlEvent], ends: list[ControlEvent]) -> None:
        for number in sorted(self._numbers[mark] for mark in ends if isinstance(mark, Slur)):
            add(box, "slur", type="stop", number=str(number))
        begins = [(self._numbers[mark], mark) for mark in starts if isinstance(mark, Slur)]
        for number, mark in sorted(begins, key=lambda entry: entry[0]):
            place = mark.direction if mark.direction in PLACES else None
            self._shared.name(add(box, "slur", type="start", number=str(number), placement=place), mark)

    def _tuplet(self, box: ET.Element, event: Event, edge: TupletEdge) -> None:
        number = str(edge.number)
        if edge.kind == "stop":
            add(box, "tuplet", type="stop", number=number)
            return
        mei = edge.tuplet.mei
        bracket = {"true": "yes", "false": "no"}.get(mei.get("bracket.visible", ""))
        shown = {"false": "none"}.get(
            mei.get("num.visible", ""), "both" if mei.get("num.format") == "ratio" else None
        )
        place = mei.get("num.place") or mei.get("bracket.place")
        made = add(
            box,
            "tuplet",
            type="start",
            number=number,
            bracket=bracket,
            show_number=shown,
            placement=place if place in PLACES else None,
        )
        self._shared.name(made, edge.tuplet)
        if self._tuplets.is_nested(event):
            add(add(made, "tuplet-actual"), "tuplet-number", edge.tuplet.count)
            add(add(made, "tuplet-normal"), "tuplet-number", edge.tuplet.base)

    def _glissandos(self, box: ET.Element, starts: list[ControlEvent], ends: list[ControlEvent]) -> None:
        for kind, marks in (("stop", ends), ("start", starts)):
            for mark in marks:
                if isinstance(mark, Glissando):
                    tag = "slide" if mark.mei.get("type") == "slide" else "glissando"
                    form = {"wavy": "wavy", "dashed": "dashed", "dotted": "dotted"}.get(
                        mark.mei.get("lform", ""), "solid"
                    )
                    made = add(box, tag, type=kind, number=str(self._numbers[mark]), line_type=form)
                    if kind == "start":
                        self._shared.name(made, mark)

    def _ornaments(
        self,
        box: ET.Element,
        starts: list[ControlEvent],
        ends: list[ControlEvent],
        tremolo: Tremolo | None,
        event: Event,
    ) -> None:
        ornaments = ET.Element("ornaments")
        for mark in ends:
            if isinstance(mark, Trill):
                add(ornaments, "wavy-line", type="stop", number=str(self._numbers[mark]))
        for mark in starts:
            if isinstance(mark, Trill):
                add(ornaments, "trill-mark", placement=_place(mark))
                if mark in self._numbers:
                    add(ornaments, "wavy-line", type="start", number=str(self._numbers[mark]))
            elif isinstance(mark, Turn):
                tag = "inverted-turn" if mark.form == "lower" else "turn"
                add(
                    ornaments,
                    f"delayed-{tag}" if mark.mei.get("delayed") == "true" else tag,
                    placement=_place(mark),
                )
            elif isinstance(mark, Mordent):
                is_long = "yes" if mark.mei.get("long") == "true" else None
                add(
                    ornaments,
                    "inverted-mordent" if mark.form == "upper" else "mordent",
                    placement=_place(mark),
                    long=is_long,
                )
            elif isinstance(mark, OrnamentText):
                add(ornaments, "other-ornament", mark.text, placement=_place(mark))
            else:
                continue
            for name in ("accidupper", "accidlower"):
                sign = ACCIDENTALS.get(mark.mei.get(name, ""))
                if sign is not None:
                    add(
                        ornaments,
                        "accidental-mark",
                        sign,
                        placement="above" if name == "accidupper" else "below",
                    )
        self._tremolo(ornaments, tremolo, event)
        if len(ornaments):
            box.append(ornaments)

    def _tremolo(self, ornaments: ET.Element, tremolo: Tremolo | None, event: Event) -> None:
        if isinstance(tremolo, BowedTremolo):
            add(ornaments, "tremolo", _strokes(tremolo), type="single")
        elif isinstance(tremolo, FingeredTremolo):
            kind = "start" if tremolo.events[:1] == [event] else "stop"
            add(ornaments, "tremolo", tremolo.beams or 3, type=kind)

    def _technical(
        self, box: ET.Element, own: list[Articulation], starts: list[ControlEvent], note: Note | None
    ) -> None:
        technical = ET.Element("technical")
        kinds = [(kind, articulation) for articulation in own for kind in articulation.kinds]
        for kind, articulation in kinds:
            if kind in TECHNICAL:
                add(
                    technical,
                    TECHNICAL[kind],
                    placement=articulation.place if articulation.place in PLACES else None,
                )
        for mark in starts:
            if isinstance(mark, Fingering):
                add(technical, "fingering", mark.text.strip(), placement=_place(mark))
        if note is not None and note.tab_fret is not None and note.tab_course is not None:
            add(technical, "string", note.tab_course)
            add(technical, "fret", note.tab_fret)
        if len(technical):
            box.append(technical)

    def _articulations(self, box: ET.Element, own: list[Articulation], starts: list[ControlEvent]) -> None:
        articulations = ET.Element("articulations")
        given = [(kind, articulation) for articulation in own for kind in articulation.kinds]
        for wanted, tag in ARTICULATIONS.items():
            for kind, articulation in given:
                if kind == wanted:
                    place = articulation.place
                    add(articulations, tag, placement=place if place in PLACES else None)
        for kind, articulation in given:
            if kind not in ARTICULATIONS and kind not in TECHNICAL:
                self._shared.lose(articulation, f"MusicXML has no articulation {kind!r}")
        for mark in starts:
            if isinstance(mark, (Breath, Caesura)):
                add(
                    articulations,
                    "breath-mark" if isinstance(mark, Breath) else "caesura",
                    "",
                    placement=_place(mark),
                )
        if len(articulations):
            box.append(articulations)

    def _fermata(self, box: ET.Element, mark: Fermata) -> None:
        shape = {"square": "square", "angular": "angled"}.get(mark.shape or "")
        kind = "inverted" if mark.form == "inv" else "upright"
        self._shared.name(add(box, "fermata", shape, type=kind), mark)

    def _arpeggio(self, box: ET.Element, mark: Arpeggio) -> None:
        if mark.order == "nonarp":
            self._shared.lose(mark, "a bracket in place of an arpeggio sign is not written")
            return
        direction = mark.order if mark.order in ("up", "down") and mark.mei.get("arrow") == "true" else None
        number = self._arpeggio_number(mark)
        self._shared.name(add(box, "arpeggiate", number=number, direction=direction), mark)

    def _arpeggio_number(self, mark: Arpeggio) -> str | None:
        """Number that distinguishes arpeggios at the same time in a measure; `None` if there is only one."""
        measure = mark.measure
        others = (
            [m for m in measure.children_of(Arpeggio) if m.onset == mark.onset] if measure is not None else []
        )
        return str(1 + others.index(mark)) if len(others) > 1 else None


def _event_before(mark: ControlEvent) -> Event | None:
    """The note or rest before a breath mark that is only given by a beat."""
    measure = mark.measure
    if measure is None:
        return None
    found: Event | None = None
    for voice in measure.voices:
        if mark.staff is not None and voice.staff is not mark.staff:
            continue
        for event in voice.events:
            is_before = event.onset_in_measure < mark.onset_in_measure and not is_empty_time(event)
            if is_before and (found is None or event.onset_in_measure > found.onset_in_measure):
                found = event
    return found


def _articulations_of(target: SemanticObject) -> list[Articulation]:
    """The drawn articulations of a note or chord."""
    if not target.children:
        return []
    return [found for found in target.children_of(Articulation) if not found.is_hidden_itself]


def _place(mark: ControlEvent) -> str | None:
    return mark.place if mark.place in PLACES else None


def _strokes(tremolo: BowedTremolo) -> int:
    """Number of strokes of a tremolo on one note."""
    for found in (tremolo, *tremolo.events):
        slashes = found.mei.get("stem.mod", "").removesuffix("slash")
        if slashes.isdigit():
            return int(slashes)
    unit = tremolo.mei.get("unitdur", "")
    flags = {"8": 1, "16": 2, "32": 3, "64": 4, "128": 5}.get(unit)
    if flags is None:
        return 3
    duration = tremolo.events[0].duration if tremolo.events else None
    return max(1, flags - (duration.type.flags if duration is not None else 0))
