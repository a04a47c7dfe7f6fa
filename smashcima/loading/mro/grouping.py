"""Beams, tuplets and gaps inside a voice."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from smashcima.loading.mro.findings import Findings
from smashcima.loading.mro.items import ZERO, Item
from smashcima.scene.semantic import (
    Beam,
    BeamSpan,
    ControlEvent,
    Duration,
    DurationType,
    Event,
    SemanticObject,
    Space,
    Tuplet,
    TupletSpan,
)

_TYPES = [kind for kind in DurationType if kind.quarter_length >= Fraction(1, 256)]


@dataclass(eq=False, slots=True)
class Element:
    """Element of a voice: an event with its chord, or a space, clef or barline."""

    made: SemanticObject
    item: Item | None = None


@dataclass(eq=False, slots=True)
class _Range:
    """Elements `first` to `last` (included) that a group holds."""

    group: Beam | Tuplet
    first: int
    last: int
    members: list[Item]


def grouped(elements: list[Element], findings: Findings) -> tuple[list[SemanticObject], list[ControlEvent]]:
    """The content of a voice with its beams and tuplets.

    Groups that overlap without one holding the other become beam spans and tuplet spans, which are marks.
    """
    ranges = [*_tuplets(elements, findings), *_beams(elements, findings)]
    ranges.sort(key=lambda each: (each.first, -each.last, isinstance(each.group, Beam)))
    kept: list[_Range] = []
    spans: list[ControlEvent] = []
    open_ranges: list[_Range] = []
    for each in ranges:
        while open_ranges and open_ranges[-1].last < each.first:
            open_ranges.pop()
        if open_ranges and open_ranges[-1].last < each.last:
            spans.append(_span(each, findings))
            continue
        open_ranges.append(each)
        kept.append(each)
    return _nested(elements, kept), spans


def spaces_of(length: Fraction) -> list[SemanticObject]:
    """Spaces that last a number of quarter lengths; those of tuplets are in a tuplet."""
    odd = length.denominator
    while odd % 2 == 0:
        odd //= 2
    if odd > 1:
        base = 1 << (odd.bit_length() - 1)
        return [Tuplet(odd, base, children=list(spaces_of(length * odd / base)))]
    made: list[SemanticObject] = []
    for kind in _TYPES:
        while kind.quarter_length <= length:
            made.append(Space(duration=Duration(kind)))
            length -= kind.quarter_length
    return made


def _nested(elements: list[Element], ranges: list[_Range]) -> list[SemanticObject]:
    content: list[SemanticObject] = []
    stack: list[tuple[_Range | None, list[SemanticObject]]] = [(None, content)]
    following = iter(ranges)
    coming = next(following, None)
    for index, element in enumerate(elements):
        while coming is not None and coming.first == index:
            stack.append((coming, []))
            coming = next(following, None)
        stack[-1][1].append(element.made)
        while (top := stack[-1][0]) is not None and top.last == index:
            _, children = stack.pop()
            top.group.children = list(children)
            stack[-1][1].append(top.group)
    return content


def _span(each: _Range, findings: Findings) -> ControlEvent:
    events = [item.event for item in each.members if isinstance(item.event, Event)]
    made: BeamSpan | TupletSpan
    if isinstance(each.group, Beam):
        made = BeamSpan(events[0], events[-1], events=events)
    else:
        made = TupletSpan(events[0], events[-1], events=events, count=each.group.count, base=each.group.base)
    _keep(made, each.members, findings)
    return made


def _keep(group: SemanticObject, members: list[Item], findings: Findings) -> None:
    slot = "beam" if isinstance(group, (Beam, BeamSpan)) else "tuplet"
    for item in members:
        findings.keep(slot, item.indices, group)


# ---------------------------------------------------------------- beams


def _beams(elements: list[Element], findings: Findings) -> list[_Range]:
    places: dict[tuple[int, ...], list[int]] = {}
    for index, element in enumerate(elements):
        if element.item is not None and element.item.beam is not None:
            places.setdefault(element.item.beam, []).append(index)
    ranges = []
    for found in places.values():
        members = [item for index in found if (item := elements[index].item) is not None]
        stated = members[0].chord.beam
        assert stated is not None
        if stated.node_count not in (0, len(members)) or len(members) < 2:
            what = f"{len(members)} of {stated.node_count} chords of beam {stated.id} were found in the voice"
            findings.tell(members[0].indices, "beam", what)
        if len(members) < 2:
            continue
        beam = Beam()
        _keep(beam, members, findings)
        _divide(members)
        ranges.append(_Range(beam, found[0], found[-1], members))
    return ranges


def _divide(members: list[Item]) -> None:
    """Marks where fewer beam parts go on than both neighbours have."""
    for one, other in pairwise(members):
        assert one.chord.beam is not None
        parts = one.chord.beam.parts_right
        if 1 <= parts < min(one.duration.type.flags, other.duration.type.flags) and one.event is not None:
            one.event.mei["breaksec"] = str(parts)


# ---------------------------------------------------------------- tuplets


def _tuplets(elements: list[Element], findings: Findings) -> list[_Range]:
    """Tuplets of neighbouring notes with the same id; without ids, of notes that fill a simple length together."""
    ranges: list[_Range] = []
    key: tuple[object, ...] | None = None
    written = ZERO
    for index, element in enumerate(elements):
        item = element.item
        if item is None or item.is_grace:
            if isinstance(element.made, Space):
                key = None
            continue
        if item.tuplet is None:
            key = None
            continue
        own = (item.tuplet, item.chord.tuplet_id, item.indices[:-1])
        if own != key:
            count, base = item.tuplet
            ranges.append(_Range(Tuplet(count, base), index, index, []))
            key, written = own, ZERO
        ranges[-1].members.append(item)
        ranges[-1].last = index
        written += item.duration.quarter_length
        if item.chord.tuplet_id < 0 and _is_complete(ranges[-1].members, written, item.tuplet):
            key = None
    for each in ranges:
        _keep(each.group, each.members, findings)
    return ranges


def _is_complete(members: list[Item], written: Fraction, tuplet: tuple[int, int]) -> bool:
    """Whether notes make up a whole tuplet: a length without an odd denominator, of at least as many units."""
    count, base = tuplet
    played = written * base / count
    shortest = min(item.duration.quarter_length for item in members)
    return played.denominator & (played.denominator - 1) == 0 and written >= count * shortest
