"""Numbers and brackets of tuplets, whose places the format does not store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smashcima.engraving import PrimitiveKind
from smashcima.engraving.drafting import digit_names
from smashcima.engraving.drafting.notes import STEM_SS
from smashcima.loading.mro.layout.chords import DrawnChord
from smashcima.scene.semantic import Tuplet, TupletSpan

_K = PrimitiveKind

_GAP_SS = 0.5
"""Distance of the number from stems and beams in staff spaces."""

_HOOK_SS = 0.6
"""Length of the ends of a bracket in staff spaces."""

_BESIDE_NUMBER_SS = 0.4
"""Distance between the number and the pieces of the bracket in staff spaces."""


def draw_tuplets(chords: Iterable[DrawnChord]) -> None:
    """Draws the numbers of the tuplets of one stave, and brackets over notes without a common beam."""
    groups: dict[str, list[DrawnChord]] = {}
    found: dict[str, Tuplet | TupletSpan] = {}
    for drawn in chords:
        base, count = drawn.chord.tuplet_transform
        tuplet = None if base == count else drawn.find("tuplet", None)
        if isinstance(tuplet, (Tuplet, TupletSpan)):
            groups.setdefault(tuplet.id, []).append(drawn)
            found[tuplet.id] = tuplet
    for element, members in groups.items():
        _draw_tuplet(found[element], sorted(members, key=lambda drawn: drawn.left))


def _draw_tuplet(tuplet: Tuplet | TupletSpan, members: Sequence[DrawnChord]) -> None:
    first, last = members[0], members[-1]
    draft = first.stave.draft
    draft.go_to_measure(first.measure)
    above = sum(drawn.is_up for drawn in members) * 2 >= len(members)
    names = digit_names(tuplet.count, "tuplet")
    _, top, _, bottom = draft.extent(names[0])
    gap, height = _GAP_SS * draft.staff_space, bottom - top
    if above:
        middle = min(*(drawn.top for drawn in members), draft.y(4)) - gap - height / 2
    else:
        middle = max(*(drawn.bottom for drawn in members), draft.y(-4)) + gap + height / 2
    center = (first.left + last.right) / 2
    draft.row_of_symbols(
        _K.TUPLET_NUMBER, names, center, middle - (top + bottom) / 2, tuplet.id
    )  # fmt: skip
    if not _have_common_beam(members):
        widths = [right - left for left, _, right, _ in map(draft.extent, names)]
        half = sum(widths) / 2 + _BESIDE_NUMBER_SS * draft.staff_space
        hook = middle + (1 if above else -1) * _HOOK_SS * draft.staff_space
        for outer, inner in ((first.left, center - half), (last.right, center + half)):
            corners = ((outer, hook), (outer, middle), (inner, middle))
            draft.polyline(_K.TUPLET_BRACKET, corners, STEM_SS, tuplet.id)
    for drawn in members:
        drawn.include(
            middle - height / 2 if above else drawn.top, drawn.bottom if above else middle + height / 2
        )


def _have_common_beam(members: Sequence[DrawnChord]) -> bool:
    beams = {None if (beam := drawn.find("beam", None)) is None else beam.id for drawn in members}
    return len(beams) == 1 and None not in beams
