"""Beams and tuplets of events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from smashcima.scene.semantic import (
    Beam,
    BeamSpan,
    Chord,
    Event,
    FingeredTremolo,
    Note,
    SemanticObject,
    StemmedEvent,
    Tuplet,
    TupletSpan,
)

BeamStates = dict[Event, tuple[str, ...]]
"""Beam states (`begin`, `continue`, `end`, `forward hook`, ...) of each event under a beam."""


def beam_states(below: Sequence[SemanticObject]) -> BeamStates:
    """Returns the beam states of all notes and chords among the objects below a score."""
    states: BeamStates = {}
    for beam in below:
        if isinstance(beam, Beam) and beam.ancestor(Beam) is None:
            for group in _by_grace(beam.events):
                _connect(group, states)
    for span in below:
        if not isinstance(span, BeamSpan):
            continue
        for group in _by_grace(span.events):
            if not any(event in states for event in group):
                _connect(group, states)
    return states


def _by_grace(events: Iterable[Event]) -> Iterator[list[StemmedEvent]]:
    """Splits events into normal and grace notes, which have separate beams."""
    normal: list[StemmedEvent] = []
    grace: list[StemmedEvent] = []
    for event in events:
        target = _stemmed(event)
        if target is None or target.ancestor(FingeredTremolo) is not None:
            continue
        if target.is_grace:
            grace.append(target)
        else:
            if grace:
                yield grace
                grace = []
            if target not in normal:
                normal.append(target)
    if grace:
        yield grace
    yield normal


def _stemmed(event: Event) -> StemmedEvent | None:
    if isinstance(event, Note):
        return event.chord or event
    return event if isinstance(event, Chord) else None


def flags_of(event: StemmedEvent) -> int:
    """Number of flags or beams of a note or chord, by its type."""
    duration = event.duration
    if duration is None:
        durations = [note.duration for note in event.children_of(Note) if note.duration is not None]
        duration = durations[0] if durations else None
    return duration.type.flags if duration is not None else 0


def _connect(group: list[StemmedEvent], states: BeamStates) -> None:
    group = [event for event in group if flags_of(event)]
    if len(group) < 2:
        return
    flags = [flags_of(event) for event in group]
    kept = [_kept_after(event) for event in group]
    for index, event in enumerate(group):
        found = []
        for level in range(1, flags[index] + 1):
            left = index > 0 and flags[index - 1] >= level and level <= kept[index - 1]
            right = index + 1 < len(group) and flags[index + 1] >= level and level <= kept[index]
            if left and right:
                found.append("continue")
            elif left:
                found.append("end")
            elif right:
                found.append("begin")
            else:
                found.append(_hook(index, len(group), event))
        states[event] = tuple(found)


def _kept_after(event: StemmedEvent) -> int:
    """Number of beams that continue after an event at which the source breaks the others."""
    value = event.mei.get("breaksec", "")
    return int(value) if value.isdigit() and int(value) else 16


def _hook(index: int, count: int, event: StemmedEvent) -> str:
    """Direction of a short beam: towards the note with which its own forms a beat."""
    if index == 0:
        return "forward hook"
    if index == count - 1 or not event.quarter_length:
        return "backward hook"
    return "forward hook" if event.onset_in_measure % (2 * event.quarter_length) == 0 else "backward hook"


@dataclass(frozen=True, slots=True)
class TupletEdge:
    """Start or end of a tuplet at an event."""

    kind: str
    """`start` or `stop`."""

    tuplet: Tuplet | TupletSpan
    number: int
    """Nesting level: 1 for the outermost tuplet, and so on."""


class Tuplets:
    """Tuplets of a score."""

    def __init__(self, below: Sequence[SemanticObject]) -> None:
        """Finds the tuplets among the objects below a score."""
        self._edges: dict[Event, list[TupletEdge]] = {}
        self._around: dict[Event, list[Tuplet | TupletSpan]] = {}
        for tuplet in below:
            if isinstance(tuplet, (Tuplet, TupletSpan)):
                self._add(tuplet)

    def _add(self, tuplet: Tuplet | TupletSpan) -> None:
        events = [event for event in tuplet.events if not event.is_grace]
        if not events:
            return
        depth = 1 + sum(isinstance(found, Tuplet) for found in tuplet.ancestors())
        for event in events:
            self._around.setdefault(event, []).append(tuplet)
        self._edges.setdefault(events[0], []).append(TupletEdge("start", tuplet, depth))
        self._edges.setdefault(events[-1], []).append(TupletEdge("stop", tuplet, depth))

    def edges(self, event: SemanticObject) -> list[TupletEdge]:
        """Returns the tuplet edges at an event: stops of inner tuplets first, starts of outer tuplets first."""
        found = self._edges.get(event)  # type: ignore[call-overload]
        if found is None:
            return []
        return [e for e in reversed(found) if e.kind == "stop"] + [e for e in found if e.kind == "start"]

    def is_nested(self, event: SemanticObject) -> bool:
        """Whether an event is in more than one tuplet."""
        return len(self._around.get(event, ())) > 1  # type: ignore[call-overload]

    def ratio(self, event: Event) -> tuple[int, int] | None:
        """Tuplet ratio (actual, normal), if the duration of an event differs from its written note value."""
        written = written_length(event)
        length = event.quarter_length
        if not written or not length or (length == written and "numbase" not in event.mei) or event.is_grace:
            return None
        factor = length / written / event.ratio
        if factor == 1:
            return None
        count = base = 1
        for tuplet in self._around.get(event, ()):
            count, base = count * tuplet.count, base * tuplet.base
        if event.ancestor(FingeredTremolo) is not None:
            count *= 2
        return (count, base) if Fraction(base, count) == factor else (factor.denominator, factor.numerator)


def written_length(event: Event) -> Fraction:
    """Length of the note value and dots of an event in quarters; 0 if it has none."""
    duration = event.duration
    if duration is None:
        lengths = [n.duration.quarter_length for n in event.children_of(Note) if n.duration is not None]
        return max(lengths, default=Fraction(0))
    return duration.quarter_length
