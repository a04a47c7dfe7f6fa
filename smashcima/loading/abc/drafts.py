"""Bars of a voice while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.notations.abc import FREE_METER, ClefName, Key, Meter
from smashcima.scene.semantic import BarlineForm, ControlEvent, SemanticObject

ZERO = Fraction(0)


@dataclass(slots=True, eq=False)
class TupletDraft:
    """A tuplet."""

    count: int
    base: int
    left: int
    """Number of events that still belong to it."""

    @property
    def factor(self) -> Fraction:
        """Factor of the lengths of its events."""
        return Fraction(self.base, self.count)


@dataclass(slots=True, eq=False)
class Entry:
    """An item of a layer."""

    item: SemanticObject
    """An event, a group of grace notes, or a clef, key or time that changes inside the bar."""

    length: Fraction = ZERO
    """Written length in quarters, without tuplets; 0 for items that take no time."""

    is_joined: bool = False
    """Whether the next event follows without a space, so that both may be under one beam."""

    tuplets: tuple[TupletDraft, ...] = ()

    is_marked: bool = False
    """Whether a mark refers to it."""

    @property
    def time(self) -> Fraction:
        """Length in quarters, including tuplets."""
        length = self.length
        for tuplet in self.tuplets:
            length *= tuplet.factor
        return length


@dataclass(slots=True, eq=False)
class LayerDraft:
    """One voice of a bar: that of the tune, or an overlay."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def time(self) -> Fraction:
        """Length in quarters."""
        return sum((entry.time for entry in self.entries), ZERO)


@dataclass(slots=True, eq=False)
class TimedMark:
    """A mark at a position between events: at a spacer, an invisible rest or a barline."""

    mark: ControlEvent
    layer: LayerDraft
    position: int
    """Number of entries of the layer before it."""

    @property
    def time(self) -> Fraction:
        """Quarters since the start of the bar."""
        return sum((entry.time for entry in self.layer.entries[: self.position]), ZERO)


@dataclass(slots=True, eq=False)
class BarDraft:
    """A bar of a voice."""

    layers: list[LayerDraft] = field(default_factory=lambda: [LayerDraft()])

    left: BarlineForm | None = None
    right: BarlineForm | None = None
    """`None` for a single barline."""

    key: Key | None = None
    """A new key at its start."""

    meter: Meter | None = None
    """A new metre at its start."""

    clef: ClefName | None = None
    """A new clef at its start."""

    meter_in_force: Meter = FREE_METER

    ending: str | None = None
    """Numbers of the ending that starts here."""

    closes_ending: bool = False
    """Whether its barline closes an ending."""

    starts_line: bool = False
    """Whether a line of the source starts here."""

    rests: int = 0
    """Number of measures that a multi-measure rest stands for; 0 for other bars."""

    marks: list[ControlEvent] = field(default_factory=list)
    timed: list[TimedMark] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it has no events and no changes of key, metre or clef inside it."""
        return not any(layer.entries for layer in self.layers)

    @property
    def time(self) -> Fraction:
        """Length of its longest layer in quarters."""
        return max(layer.time for layer in self.layers)

    @property
    def measures(self) -> int:
        """Number of measures that it stands for."""
        return max(self.rests, 1)
