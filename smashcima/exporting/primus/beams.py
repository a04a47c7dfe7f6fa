"""Places of notes in beams."""

from __future__ import annotations

from smashcima.scene.semantic import Beam, BeamSpan, Chord, Event, Note


def beam_places(beam: Beam | BeamSpan) -> dict[Event, str]:
    """Positions in a beam: `Right` for its first note, `Both` inside, `Left` for its last. A single note has none.

    Grace notes between the notes of a beam count as its notes, as in PrIMuS, where most are `beamedBoth`.
    """
    notes = [found for found in beam.events if isinstance(found, (Note, Chord))]
    events = list(dict.fromkeys(map(_holder, notes)))
    if len(events) < 2:
        return {}
    return {**dict.fromkeys(events, "Both"), events[0]: "Right", events[-1]: "Left"}


def _holder(event: Event) -> Event:
    return (event.chord or event) if isinstance(event, Note) else event
