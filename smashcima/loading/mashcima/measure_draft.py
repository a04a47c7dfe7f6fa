"""A measure of an annotation while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from smashcima.loading.mashcima.tuplets import TupletRange, find_tuplets
from smashcima.loading.nesting import Make, cross, nested
from smashcima.notations.mashcima import Kind, Token
from smashcima.notations.mashcima.meanings import TUPLET_NUMBER_TYPE, number_place, tuplet_base
from smashcima.scene.semantic import (
    BarlineForm,
    Beam,
    Clef,
    ControlEvent,
    Event,
    KeySignature,
    MeiAttributes,
    SemanticObject,
    TimeSignature,
    Tuplet,
    TupletSpan,
)


@dataclass(slots=True)
class Entry:
    """An item of a voice."""

    item: SemanticObject

    token: Token | None = None
    """The token of a note; `None` for other items."""

    length: int = 0
    """Length in 1024ths of a whole note; 0 for items that take no time, -1 for an unknown length."""


@dataclass(slots=True)
class MeasureDraft:
    """Content of a measure, from which the objects of the scene are made."""

    n: int

    left: BarlineForm | None = None
    right: BarlineForm | None = None

    prefix: list[SemanticObject] = field(default_factory=list)
    """Clef, key and time at its start, in this order."""

    entries: list[Entry] = field(default_factory=list)
    marks: list[ControlEvent] = field(default_factory=list)

    numbers: dict[int, int] = field(default_factory=dict)
    """Written numbers of tuplets, by index of the entry."""

    time: TimeSignature | None = None
    """The time signature in force at its end."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been read."""
        return not (self.entries or self.prefix or self.left)

    def begins_with(self, item: SemanticObject) -> bool:
        """Adds a clef, key or time to the prefix, if it can still be a part of it."""
        if self.entries or (self.left is not None and self.n == 1):
            return False
        order = _PREFIX_ORDER[type(item)]
        if self.prefix and _PREFIX_ORDER[type(self.prefix[-1])] >= order:
            return False
        self.prefix.append(item)
        return True

    def content(self) -> tuple[list[SemanticObject], list[TupletRange]]:
        """The children of its voice, and its incomplete tuplets. Adds marks for tuplets that cut a beam."""
        entries = self.entries
        items = [entry.item for entry in entries]
        beams = _beams(entries)
        if not beams and not self.numbers:
            return items, []
        ranges: list[tuple[int, int, int, Make]] = [(first, last, 0, _make_beam) for first, last in beams]
        incomplete: list[TupletRange] = []
        if self.numbers:
            incomplete = self._add_tuplets(beams, ranges)
        return nested(items, ranges), incomplete

    def _add_tuplets(
        self, beams: list[tuple[int, int]], ranges: list[tuple[int, int, int, Make]]
    ) -> list[TupletRange]:
        entries = self.entries
        timed = [index for index, entry in enumerate(entries) if entry.length]
        beam_of = [-1] * len(entries)
        for number, (first, last) in enumerate(beams):
            if entries[first].length:
                beam_of[first : last + 1] = [number] * (last + 1 - first)
        place_of = {index: place for place, index in enumerate(timed)}
        found = find_tuplets(
            [entries[index].length for index in timed],
            [beam_of[index] for index in timed],
            {place_of[index]: number for index, number in self.numbers.items()},
        )
        for tuplet in found:
            first, last = timed[tuplet.first], timed[tuplet.last]
            if any(cross((first, last), beam) for beam in beams):
                self.marks.append(self._span(tuplet, timed))
            else:
                ranges.append((first, last, 1, _tuplet_maker(tuplet)))
        return [tuplet for tuplet in found if not tuplet.is_complete]

    def _span(self, tuplet: TupletRange, timed: list[int]) -> TupletSpan:
        events = [
            item
            for index in timed[tuplet.first : tuplet.last + 1]
            if isinstance(item := self.entries[index].item, Event)
        ]
        return TupletSpan(
            events[0],
            events[-1],
            count=tuplet.number,
            base=tuplet_base(tuplet.number) if tuplet.is_complete else tuplet.number,
            events=events,
            mei=_attributes(tuplet),
        )


_PREFIX_ORDER: dict[type, int] = {Clef: 0, KeySignature: 1, TimeSignature: 2}


def _beams(entries: list[Entry]) -> list[tuple[int, int]]:
    """Ranges of entries under a beam; those of grace notes may lie inside others."""
    found: list[tuple[int, int]] = []
    starts: dict[Kind, int] = {}
    for index, entry in enumerate(entries):
        token = entry.token
        if token is None:
            continue
        pattern = token.pattern
        if pattern.is_beamed_right and not pattern.is_beamed_left:
            starts[token.kind] = index
        elif pattern.is_beamed_left and not pattern.is_beamed_right:
            found.append((starts[token.kind], index))
    return found


def _make_beam(children: list[SemanticObject]) -> SemanticObject:
    return Beam(children=list(children))


def _tuplet_maker(tuplet: TupletRange) -> Make:
    base = tuplet_base(tuplet.number) if tuplet.is_complete else tuplet.number
    return lambda children: Tuplet(tuplet.number, base, children=list(children), mei=_attributes(tuplet))


def _attributes(tuplet: TupletRange) -> MeiAttributes:
    attributes = MeiAttributes({"bracket.visible": "false"})
    if tuplet.place != number_place(tuplet.last - tuplet.first + 1):
        attributes["type"] = f"{TUPLET_NUMBER_TYPE}{tuplet.place}"
    return attributes
