"""Layers of bars, made into the content of voices: written durations, beams and tuplets."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from smashcima.loading.abc.drafts import ZERO, BarDraft, Entry, LayerDraft, TupletDraft
from smashcima.loading.nesting import Make, cross, nested
from smashcima.scene.semantic import (
    Beam,
    Chord,
    ControlEvent,
    Duration,
    Event,
    MeasureRest,
    Note,
    Rest,
    SemanticObject,
    Slur,
    Tie,
    Tuplet,
    TupletSpan,
)

_FINEST = 256
"""Lengths that no notes add up to are rounded to this fraction of a quarter."""

_LONGEST = Fraction(32)
"""The longest note, in quarters: a maxima."""

_MOST_PIECES = 16


@dataclass(slots=True)
class LayerContent:
    """Content of a voice."""

    children: list[SemanticObject]

    marks: list[ControlEvent] = field(default_factory=list)
    """Ties between the parts of long notes, and tuplets that cut a beam."""

    flaws: list[tuple[str, str]] = field(default_factory=list)
    """Elements and descriptions of issues."""


def content_of_layer(layer: LayerDraft, bar: BarDraft) -> LayerContent:
    """Sets the durations of the events of a layer, and groups them."""
    content = LayerContent([])
    only = layer.entries[0] if len(layer.entries) == 1 else None
    if only is not None and isinstance(only.item, Rest) and _fills(only, bar):
        content.children.append(MeasureRest())
        return content
    entries: list[Entry] = []
    for entry in layer.entries:
        entries += _with_durations(entry, content) if entry.length else [entry]
    beams = _beams(entries)
    ranges: list[tuple[int, int, int, Make]] = [(first, last, 1, _make_beam) for first, last in beams]
    for depth in range(max((len(entry.tuplets) for entry in entries), default=0)):
        for tuplet, first, last in _tuplets(entries, depth):
            if any(cross((first, last), beam) for beam in beams):
                content.marks.append(_span(tuplet, entries[first : last + 1]))
            else:
                ranges.append((first, last, -1 if depth == 0 else 0, _tuplet_maker(tuplet)))
    content.children += nested([entry.item for entry in entries], ranges)
    return content


def _fills(entry: Entry, bar: BarDraft) -> bool:
    """Whether a rest fills its bar, and may be drawn as a measure rest."""
    length = bar.meter_in_force.length
    return length is not None and entry.length == 4 * length and not entry.tuplets and not entry.is_marked


# -- durations ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def written_durations(length: Fraction) -> tuple[tuple[Duration, ...], bool]:
    """The durations whose sum is a length in quarters, longest first, and whether the sum is exact."""
    single = Duration.of_quarter_length(length) if length <= 2 * _LONGEST else None
    if single is not None:
        return (single,), True
    rounded = max(Fraction(round(length * _FINEST), _FINEST), Fraction(1, _FINEST))
    pieces: list[Duration] = []
    left = rounded
    while left and len(pieces) < _MOST_PIECES:
        piece = _longest_within(left)
        pieces.append(piece)
        left -= piece.quarter_length
    return tuple(pieces), rounded == length and not left


def _longest_within(length: Fraction) -> Duration:
    base = _LONGEST
    while base > length:
        base /= 2
    for factor in (Fraction(3, 2), Fraction(1)):
        found = Duration.of_quarter_length(base * factor) if base * factor <= length else None
        if found is not None:
            return found
    raise AssertionError(length)  # lengths are multiples of a note value


def _with_durations(entry: Entry, content: LayerContent) -> list[Entry]:
    """An event with its duration, or the tied events that it is written as."""
    event = entry.item
    assert isinstance(event, Event)
    durations, is_exact = written_durations(entry.length)
    event.duration = durations[0]
    if len(durations) == 1 and is_exact:
        return [entry]
    what = f"no note lasts {entry.length} quarters"
    if not is_exact:
        total = sum((duration.quarter_length for duration in durations), ZERO)
        what += f"; written as {total}"
    if len(durations) > 1:
        what += "; written as tied notes" if isinstance(event, Note | Chord) else "; written as several rests"
    content.flaws.append(("length", what))
    pieces = [Entry(event, durations[0].quarter_length, tuplets=entry.tuplets)]
    for duration in durations[1:]:
        piece = _continued(event, duration, content)
        pieces.append(Entry(piece, duration.quarter_length, tuplets=entry.tuplets))
        event = piece
    for slur in Slur.many_of_end(entry.item):
        slur.end = event
    return pieces


def _continued(event: Event, duration: Duration, content: LayerContent) -> Event:
    """The next part of an event; moves the ties from its notes to it."""
    if isinstance(event, Chord):
        copies = [_copy(note) for note in event.notes]
        _tie(event.notes, copies, content)
        return Chord(duration=duration, children=list(copies), stem_direction=event.stem_direction)
    if isinstance(event, Note):
        copy = _copy(event)
        copy.duration, copy.stem_direction = duration, event.stem_direction
        _tie([event], [copy], content)
        return copy
    return type(event)(duration=duration)


def _copy(note: Note) -> Note:
    return Note(note.pitch, staff_position=note.staff_position)


def _tie(notes: list[Note], copies: list[Note], content: LayerContent) -> None:
    for note, copy in zip(notes, copies, strict=True):
        for tie in Tie.many_of_start(note):
            tie.start = copy
        content.marks.append(Tie(note, copy))


# -- groups ------------------------------------------------------------------------------------------------


def _beams(entries: list[Entry]) -> list[tuple[int, int]]:
    """Ranges of entries under a beam: notes shorter than a quarter without a space between them."""
    found: list[tuple[int, int]] = []
    first = last = -1
    is_joined = False
    for index, entry in enumerate(entries):
        if not entry.length:
            continue
        if _takes_beam(entry):
            if is_joined and first >= 0:
                last = index
            else:
                found += [(first, last)] if last > first >= 0 else []
                first = last = index
            is_joined = entry.is_joined
        else:
            found += [(first, last)] if last > first >= 0 else []
            first = last = -1
            is_joined = False
    found += [(first, last)] if last > first >= 0 else []
    return found


def _takes_beam(entry: Entry) -> bool:
    event = entry.item
    return (
        isinstance(event, Note | Chord)
        and event.duration is not None
        and Duration(event.duration.type).quarter_length < 1
    )


def _tuplets(entries: list[Entry], depth: int) -> list[tuple[TupletDraft, int, int]]:
    """The tuplets at a depth of nesting, with the indices of their first and last entry."""
    found: list[tuple[TupletDraft, int, int]] = []
    for index, entry in enumerate(entries):
        if len(entry.tuplets) <= depth:
            continue
        tuplet = entry.tuplets[depth]
        if found and found[-1][0] is tuplet:
            found[-1] = (tuplet, found[-1][1], index)
        else:
            found.append((tuplet, index, index))
    return found


def _make_beam(children: list[SemanticObject]) -> SemanticObject:
    return Beam(children=list(children))


def _tuplet_maker(tuplet: TupletDraft) -> Make:
    return lambda children: Tuplet(tuplet.count, tuplet.base, children=list(children))


def _span(tuplet: TupletDraft, entries: list[Entry]) -> TupletSpan:
    events = [entry.item for entry in entries if isinstance(entry.item, Event)]
    return TupletSpan(events[0], events[-1], count=tuplet.count, base=tuplet.base, events=events)
