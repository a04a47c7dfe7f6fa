"""Tokens of the two encodings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from smashcima.errors import Issue
from smashcima.exporting.primus.beams import beam_places
from smashcima.exporting.symbolic.one_voice import Item, issue, rest_count
from smashcima.notations.primus import (
    ACCIDENTALS,
    CLEFS,
    DURATIONS,
    FERMATA,
    HIGHEST,
    KEYS,
    LOWEST,
    REST_COUNT,
    dot_position,
    position_name,
)
from smashcima.scene.semantic import (
    Accidental,
    BarlineForm,
    Clef,
    ClefShape,
    Duration,
    DurationType,
    Event,
    Fermata,
    KeyAccidental,
    KeySignature,
    Measure,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    SemanticObject,
    Slur,
    Space,
    Tie,
    TimeSignature,
    TimeSignatureGroup,
    TimeSymbol,
    key_positions,
)

_MIDDLE = 0


@dataclass
class Encoder:
    """Base class of the two encodings."""

    issues: list[Issue] = field(default_factory=list)

    def tell(self, element: SemanticObject, what: str) -> None:
        """Reports a drawn element that the encoding does not express."""
        self.issues.append(issue(element, what))

    def tokens(self, item: Item) -> Iterator[str]:
        """Returns the tokens of an item."""
        element = item.element
        if isinstance(element, Measure):
            yield from self._barline(element)
        elif isinstance(element, Clef):
            yield from self._clef(element)
        elif isinstance(element, KeySignature):
            yield from self._key(element)
        elif isinstance(element, (TimeSignature, TimeSignatureGroup)):
            yield from self._time(element)
        elif isinstance(element, MultiMeasureRest):
            yield from self._multirest(rest_count(element))
        elif isinstance(element, (Rest, MeasureRest)):
            yield from self._rest(element)
        elif isinstance(element, Accidental):
            yield from self._lone_accidental(element)
        elif item.note is not None:
            assert isinstance(element, Event)
            yield from self._note(element, item.note)
        elif not isinstance(element, Space):
            self.tell(element, "left out: PrIMuS has no sign for it")

    def _barline(self, measure: Measure) -> Iterator[str]:
        if measure.right is BarlineForm.INVISIBLE:
            return
        if measure.right not in (None, BarlineForm.SINGLE, BarlineForm.END):
            self.tell(measure, "its barline is written as a plain one")
        if measure.left not in (None, BarlineForm.SINGLE):
            self.tell(measure, "its left barline is not written")
        yield "barline"

    def _clef(self, clef: Clef) -> Iterator[str]:
        if _clef_key(clef) not in CLEFS or clef.staff_position is not None:
            self.tell(clef, "left out: PrIMuS has no such clef")
            return
        if clef.octave_shift:
            self.tell(clef, "its 8 or 15 is not written")
        shape, line = _clef_key(clef)
        yield f"clef-{shape.value}{line}"

    def _key(self, key: KeySignature) -> Iterator[str]:
        raise NotImplementedError

    def _time(self, time: TimeSignature | TimeSignatureGroup) -> Iterator[str]:
        signatures = time.signatures if isinstance(time, TimeSignatureGroup) else [time]
        if len(signatures) > 1:
            self.tell(time, "written as its first time signature alone")
        for signature in signatures[:1]:
            yield from self._signature(signature)

    def _signature(self, time: TimeSignature) -> Iterator[str]:
        raise NotImplementedError

    def _lone_accidental(self, accidental: Accidental) -> Iterator[str]:
        raise NotImplementedError

    def _multirest(self, count: int) -> Iterator[str]:
        raise NotImplementedError

    def _rest(self, rest: Event) -> Iterator[str]:
        raise NotImplementedError

    def _note(self, event: Event, note: Note) -> Iterator[str]:
        raise NotImplementedError

    def _duration(self, event: Event, note: Note | None = None) -> tuple[str, int]:
        """Name of a note value, and the number of dots; measure rests are drawn as whole rests."""
        written = note.written_duration if note is not None else event.duration
        duration = Duration(DurationType.WHOLE) if written is None else written
        if event.tuplet is not None:
            self.tell(event, "its tuplet is not written")
        name = DURATIONS.get(duration.type)
        if name is None:
            self.tell(event, f"PrIMuS has no {duration.type.value}")
            name = duration.type.value
        return name, duration.dots


class SemanticEncoder(Encoder):
    """Semantic encoding: pitches, durations, keys."""

    _has_key = False

    def _key(self, key: KeySignature) -> Iterator[str]:
        is_change, self._has_key = self._has_key or key.ancestor(Measure) is not None, True
        name = KEYS.get(key.fifths) if key.fifths is not None and not key.is_free else None
        if name is None:
            self.tell(key, "left out: PrIMuS has no such key signature")
        elif key.fifths or is_change:
            yield f"keySignature-{name}"

    def _signature(self, time: TimeSignature) -> Iterator[str]:
        symbol = {TimeSymbol.COMMON: "C", TimeSymbol.CUT: "C/"}.get(time.symbol) if time.symbol else None
        if symbol is not None:
            yield f"timeSignature-{symbol}"
        elif time.count is not None and time.unit is not None:
            yield f"timeSignature-{time.count}/{time.unit}"
        elif time.count is not None:
            self.tell(time, "left out: PrIMuS has no time signature of a single number")

    def _lone_accidental(self, accidental: Accidental) -> Iterator[str]:
        self.tell(accidental, "left out: PrIMuS has no accidental without a note")
        yield from ()

    def _multirest(self, count: int) -> Iterator[str]:
        yield f"multirest-{count}"

    def _rest(self, rest: Event) -> Iterator[str]:
        name, dots = self._duration(rest)
        yield f"rest-{name}{'.' * dots}{_fermata(rest, None)}"

    def _note(self, event: Event, note: Note) -> Iterator[str]:
        if note.pitch is None:
            self.tell(event, "left out: it has no pitch")
            return
        name, dots = self._duration(event, note)
        is_grace = event.is_grace or note.is_grace
        word = "gracenote" if is_grace else "note"
        yield f"{word}-{note.pitch}_{name}{'.' * dots}{'' if is_grace else _fermata(event, note)}"
        if any(isinstance(m, Tie) for t in (note, event) for m in Tie.many_of_start(t)):
            yield "tie"


class AgnosticEncoder(Encoder):
    """Agnostic encoding: shapes and positions on the staff."""

    def __init__(self) -> None:
        super().__init__()
        self._clef_key: tuple[ClefShape, int] = (ClefShape.G, 2)
        self._beam: SemanticObject | None = None
        self._places: dict[Event, str] = {}
        """Positions of the notes of `_beam`."""

    def tokens(self, item: Item) -> Iterator[str]:
        for token in super().tokens(item):
            yield "barline-L1" if token == "barline" else token

    def _clef(self, clef: Clef) -> Iterator[str]:
        self._clef_key = _clef_key(clef)
        for token in super()._clef(clef):
            yield f"clef.{token[5:-1]}-L{token[-1]}"

    def _key(self, key: KeySignature) -> Iterator[str]:
        if key.is_free:
            yield from self._signs(key)
            return
        if key.fifths is None or abs(key.fifths) > 7 or self._clef_key not in CLEFS:
            self.tell(key, "left out: PrIMuS has no such key signature")
            return
        sign = "sharp" if key.fifths > 0 else "flat"
        for position in key_positions(key.fifths, Clef(*self._clef_key)):
            yield f"accidental.{sign}-{position_name(position)}"

    def _signs(self, key: KeySignature) -> Iterator[str]:
        """Accidentals of a free key signature that have positions."""
        for accidental in key.accidentals:
            yield from self._sign(accidental, accidental.kind)

    def _lone_accidental(self, accidental: Accidental) -> Iterator[str]:
        yield from self._sign(accidental, accidental.kind or "")

    def _sign(self, accidental: KeyAccidental | Accidental, kind: str) -> Iterator[str]:
        position, sign = accidental.staff_position, ACCIDENTALS.get(kind)
        if sign is None:
            self.tell(accidental, f"left out: PrIMuS has no accidental {kind!r}")
        elif position is None or not LOWEST <= position <= HIGHEST:
            self.tell(accidental, "left out: it is outside the staff positions of PrIMuS")
        else:
            yield f"accidental.{sign}-{position_name(position)}"

    def _signature(self, time: TimeSignature) -> Iterator[str]:
        symbol = {TimeSymbol.COMMON: "C", TimeSymbol.CUT: "C/"}.get(time.symbol) if time.symbol else None
        if symbol is not None:
            yield f"metersign.{symbol}-L3"
        elif time.count is not None and time.unit is not None:
            yield f"digit.{time.count}-L4"
            yield f"digit.{time.unit}-L2"
        elif time.count is not None:
            yield f"digit.{time.count}-L3"

    def _multirest(self, count: int) -> Iterator[str]:
        for digit in str(count):
            yield f"digit.{digit}-{position_name(REST_COUNT)}"
        yield "multirest-L3"

    def _rest(self, rest: Event) -> Iterator[str]:
        name, dots = self._duration(rest)
        if _fermata(rest, None):
            yield f"fermata.above-{position_name(FERMATA)}"
        yield f"rest.{name}-{'L4' if name == 'whole' else 'L3'}"
        for _ in range(dots):
            yield f"dot-{position_name(dot_position(_MIDDLE))}"

    def _note(self, event: Event, note: Note) -> Iterator[str]:
        position = note.position
        if position is None or not LOWEST <= position <= HIGHEST:
            self.tell(note, "left out: it is outside the staff positions of PrIMuS")
            return
        place = position_name(position)
        name, dots = self._duration(event, note)
        yield from (f"slur.end-{place}" for _ in _curves(event, note, "end"))
        if _fermata(event, note):
            yield f"fermata.above-{position_name(FERMATA)}"
        accidental = note.accidental
        if accidental is not None:
            sign = ACCIDENTALS.get(accidental.kind or "")
            if sign is None:
                self.tell(accidental, f"left out: PrIMuS has no accidental {accidental.kind!r}")
            else:
                yield f"accidental.{sign}-{place}"
        word = "gracenote" if event.is_grace or note.is_grace else "note"
        place_in_beam = self._place_in_beam(event)
        if place_in_beam is not None:
            written = note.written_duration
            name = f"beamed{place_in_beam}{written.type.flags if written is not None else 0}"
        yield f"{word}.{name}-{place}"
        for _ in range(dots):
            yield f"dot-{position_name(dot_position(position))}"
        yield from (f"slur.start-{place}" for _ in _curves(event, note, "start"))

    def _place_in_beam(self, event: Event) -> str | None:
        beam = event.beam
        if beam is None:
            return None
        if beam is not self._beam:
            self._beam, self._places = beam, beam_places(beam)
        return self._places.get(event)


def _clef_key(clef: Clef) -> tuple[ClefShape, int]:
    shape = clef.shape or ClefShape.G
    return shape, clef.line or {ClefShape.F: 4, ClefShape.C: 3}.get(shape, 2)


def _fermata(event: Event, note: Note | None) -> str:
    targets = [event] if note is None or note is event else [event, note]
    return "_fermata" if any(Fermata.many_of_start(target) for target in targets) else ""


def _curves(event: Event, note: Note, edge: str) -> list[SemanticObject]:
    """Slurs and ties that begin or end at a note, which look the same."""
    targets: list[Event] = [note] if note is event else [note, event]
    kinds: tuple[type[Slur | Tie], ...] = (Slur, Tie)
    found: list[SemanticObject] = []
    for kind in kinds:
        for target in targets:
            found.extend(kind.many_of(target, edge))
    return found
