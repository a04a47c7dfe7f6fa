"""Beams: pieces of each level, from the ends of the stems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smashcima.engraving.drafting.notes import STEM_SS
from smashcima.engraving.drafting.staff_draft import StaffDraft
from smashcima.engraving.primitive_kind import PrimitiveKind

BEAM_SS = 0.5
"""Thickness of beams in staff spaces."""

LEVEL_STEP_SS = 0.75
"""Distance between the centres of adjacent beams, in staff spaces."""

_HOOK_SS = 1.1
"""Length of hooks in staff spaces."""


@dataclass(frozen=True, slots=True)
class BeamStem:
    """One stem of a beam."""

    x: float
    """X of its centre line in mm."""

    left: int
    """Number of beams on its left side: pieces to the previous stem, and hooks."""

    right: int
    """Number of beams on its right side."""


def beam_level_count(flags: Sequence[int]) -> list[tuple[int, int]]:
    """Beams on the left and right side of each stem, from the numbers of flags that the notes would have.

    Levels that a note shares with neither neighbour become hooks: to the right at the first stem, else to the left
    unless the previous note has a lower level than the next.
    """
    sides = []
    last = len(flags) - 1
    for index, own in enumerate(flags):
        left = min(own, flags[index - 1]) if index > 0 else 0
        right = min(own, flags[index + 1]) if index < last else 0
        if max(left, right) < own and last > 0:
            if index == 0 or (index < last and flags[index - 1] < flags[index + 1]):
                right = own
            else:
                left = own
        sides.append((left, right))
    return sides


def draw_beam(
    draft: StaffDraft,
    stems: Sequence[BeamStem],
    start_y: float,
    end_y: float,
    up: bool,
    element: str | None,
    scale: float = 1.0,
) -> None:
    """Draws a beam whose outer edge runs from `start_y` at the first stem to `end_y` at the last.

    Further levels lie between it and the noteheads.
    """
    unit = draft.staff_space * scale
    slope = (end_y - start_y) / (stems[-1].x - stems[0].x) if stems[-1].x > stems[0].x else 0.0
    inward = 1.0 if up else -1.0
    thickness = inward * BEAM_SS * unit
    for level in range(1, max((max(stem.left, stem.right) for stem in stems), default=0) + 1):
        offset = inward * (level - 1) * LEVEL_STEP_SS * unit
        for left, right in _pieces(stems, level, unit, STEM_SS * draft.staff_space / 2):
            outer_left = start_y + slope * (left - stems[0].x) + offset
            outer_right = start_y + slope * (right - stems[0].x) + offset
            ys = sorted((outer_left, outer_left + thickness)), sorted((outer_right, outer_right + thickness))
            corners = ((left, ys[0][0]), (right, ys[1][0]), (right, ys[1][1]), (left, ys[0][1]))
            draft.polygon(PrimitiveKind.BEAM, corners, element)


def _pieces(
    stems: Sequence[BeamStem], level: int, unit: float, half_stem: float
) -> Iterator[tuple[float, float]]:
    """Left and right ends of the pieces of a level, from left to right."""
    start: float | None = None
    for index, stem in enumerate(stems):
        if start is None and stem.left >= level:
            yield stem.x - _hook_length(stems, index - 1, unit), stem.x + half_stem
        if stem.right < level:
            if start is not None:
                yield start, stem.x + half_stem
            start = None
            continue
        joins = index + 1 < len(stems) and stems[index + 1].left >= level
        if joins:
            start = stem.x - half_stem if start is None else start
        else:
            if start is not None:
                yield start, stem.x + half_stem
            start = None
            yield stem.x - half_stem, stem.x + _hook_length(stems, index, unit)


def _hook_length(stems: Sequence[BeamStem], gap: int, unit: float) -> float:
    """Length of a hook in the gap after the stem with index `gap`: at most half of the gap."""
    if 0 <= gap < len(stems) - 1:
        return min(_HOOK_SS * unit, (stems[gap + 1].x - stems[gap].x) / 2)
    return _HOOK_SS * unit
