"""Conversion of references between elements (`startid="#n1"`, `staff="2"`, `plist`) to edges."""

from __future__ import annotations

from collections.abc import Mapping

import smashcima.scene.semantic as s
from smashcima.errors import Issue
from smashcima.mei.codec import Reference

Pending = list[tuple[s.SemanticObject, Reference, str]]


def connect(
    pending: Pending,
    objects: Mapping[str, s.SemanticObject],
    staves: Mapping[str, s.Staff],
    issues: list[Issue],
) -> None:
    """Sets edges from references; a reference without a target is kept as an attribute and reported as an issue."""
    spans: list[s.BeamSpan | s.TupletSpan] = []
    for source, reference, value in pending:
        if reference.to_staves:
            _connect_staves(source, reference, value, staves, issues)
            continue
        names = [name.rsplit("#", 1)[-1] for name in value.split()]
        wanted: type[s.SemanticObject] = s.Clef if reference.field == "same_as" else s.Event
        found = [objects[name] for name in names if name in objects]
        targets = [target for target in found if isinstance(target, wanted)]
        if len(found) < len(names):
            missing = next(name for name in names if name not in objects)
            issues.append(
                Issue(
                    s.place_in_score(source),
                    source.tag,
                    f"{reference.name} refers to {missing!r}, which does not exist",
                )
            )
        if reference.is_many:
            setattr(source, reference.field, targets)
        elif targets:
            setattr(source, reference.field, targets[0])
        if isinstance(source, (s.BeamSpan, s.TupletSpan)):
            spans.append(source)
    for span in spans:
        if not span.events and span.start is not None:
            span.events = events_between(span.start, span.end)


def _connect_staves(
    source: s.SemanticObject,
    reference: Reference,
    value: str,
    staves: Mapping[str, s.Staff],
    issues: list[Issue],
) -> None:
    names = value.split()
    found = [staves[n] for n in names if n in staves]
    if len(found) < len(names):
        missing = next(n for n in names if n not in staves)
        issues.append(Issue(s.place_in_score(source), source.tag, f"there is no staff {missing!r}"))
    if reference.is_many:
        setattr(source, reference.field, found)
    elif found:
        holder = source.ancestor(s.MeasureStaff)
        if holder is None or holder.staff is not found[0]:
            setattr(source, reference.field, found[0])


def events_between(start: s.Event, end: s.Event | None) -> list[s.Event]:
    """The events of one voice from `start` to `end`, across measures; only these two if their voices differ."""
    start = _in_voice(start)
    end = _in_voice(end) if end is not None else None
    if end is None or end is start:
        return [start]
    voice = start.voice
    found: list[s.Event] = []
    for _ in range(64):
        if voice is None:
            break
        for event in voice.events:
            if found or event is start:
                found.append(event)
            if found and event is end:
                return found
        voice = _continuation(voice)
    return [start, end]


def _in_voice(event: s.Event) -> s.Event:
    """The chord of a note in a chord, otherwise the event itself."""
    chord = event.chord if isinstance(event, s.Note) else None
    return chord if chord is not None else event


def _continuation(voice: s.Voice) -> s.Voice | None:
    """The same voice in the next measure."""
    measure = voice.measure
    holder = voice.ancestor(s.MeasureStaff)
    section = measure.parent if measure is not None else None
    if measure is None or holder is None or section is None:
        return None
    measures = section.children_of(s.Measure)
    place = measures.index(measure) + 1
    if place >= len(measures):
        return None
    staff = measures[place].staff(holder.n)
    if staff is None:
        return None
    return next((other for other in staff.voices if other.n == voice.n), None)
