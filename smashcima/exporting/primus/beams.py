"""Places of notes in beams."""

from __future__ import annotations

from smashcima.scene.semantic import Beam, BeamSpan, Chord, Event, Note


def beam_place(event: Event) -> str | None:
    """Position in a beam: `Right` at the first note, `Both` inside, `Left` at the last; `None` without a
    beam.

    Grace notes between the notes of a beam count as its notes, as in PrIMuS, where most are `beamedBoth`.
    """
    beam = event.beam
    if not isinstance(beam, (Beam, BeamSpan)):
        return None
    notes = [found for found in beam.events if isinstance(found, (Note, Chord))]
    events = list(dict.fromkeys(map(_holder, notes)))
    if len(events) < 2 or event not in events:
        return None
    if event is events[0]:
        return "Right"
    return "Left" if event is events[-1] else "Both"


def _holder(event: Event) -> Event:
    return (event.chord or event) if isinstance(event, Note) else event
