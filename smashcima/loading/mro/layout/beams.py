"""Beams through the ends of their stems."""

from __future__ import annotations

from collections.abc import Iterable

from smashcima.engraving.drafting import BeamStem, draw_beam
from smashcima.engraving.drafting.notes import GRACE_SCALE
from smashcima.loading.mro.layout.chords import DrawnChord

_INTO_BEAM_SS = 0.1
"""Distance from the end of a stem to the outer edge of its beam in staff spaces, as in new layouts."""

_MOST_PARTS = 8


def draw_beams(chords: Iterable[DrawnChord]) -> None:
    """Draws the beams of the chords of one stave."""
    groups: dict[str, list[DrawnChord]] = {}
    for drawn in chords:
        beam = None if drawn.chord.beam is None else drawn.find("beam", None)
        if beam is not None:
            groups.setdefault(beam.id, []).append(drawn)
    for element, members in groups.items():
        _draw_beam(element, sorted(members, key=lambda drawn: drawn.tip[0]))


def _draw_beam(element: str, members: list[DrawnChord]) -> None:
    """Draws a beam from the end of the first stem to that of the last one."""
    first, last = members[0], members[-1]
    draft = first.stave.draft
    draft.go_to_measure(first.measure)
    up = sum(drawn.is_up for drawn in members) * 2 >= len(members)
    outward = (-1 if up else 1) * _INTO_BEAM_SS * draft.staff_space
    stems = []
    for drawn in members:
        node = drawn.chord.beam
        assert node is not None
        parts = (min(max(count, 0), _MOST_PARTS) for count in (node.parts_left, node.parts_right))
        stems.append(BeamStem(drawn.tip[0], *parts))
    scale = GRACE_SCALE if first.chord.is_grace else 1.0
    draw_beam(draft, stems, first.tip[1] + outward, last.tip[1] + outward, up, element, scale)
