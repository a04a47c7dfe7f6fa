"""Beams through the ends of their stems."""

from __future__ import annotations

from collections.abc import Iterable

from smashcima.engraving.drafting import BeamStem, draw_beam
from smashcima.engraving.drafting.beams import BEAM_SS
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
    stems = []
    for drawn in members:
        node = drawn.chord.beam
        assert node is not None
        parts = (min(max(count, 0), _MOST_PARTS) for count in (node.parts_left, node.parts_right))
        stems.append(BeamStem(drawn.tip[0], *parts))
    scale = GRACE_SCALE if first.chord.is_grace else 1.0
    start, end = (_outer_edge(drawn, up, scale) for drawn in (first, last))
    draw_beam(draft, stems, start, end, up, element, scale)


def _outer_edge(drawn: DrawnChord, up: bool, scale: float) -> float:
    """Y of the outer edge of a beam at a stem; a stem in the other direction ends near the inner edge."""
    distance = _INTO_BEAM_SS if drawn.is_up == up else BEAM_SS * scale - _INTO_BEAM_SS
    return drawn.tip[1] + (-1 if up else 1) * distance * drawn.stave.draft.staff_space
