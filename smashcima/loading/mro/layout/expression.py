"""Articulations, ornaments and fermatas, at the heights of the document or beyond the ink of their chord."""

from __future__ import annotations

from smashcima.engraving import PrimitiveKind
from smashcima.engraving.drafting import articulation_name
from smashcima.loading.mro.layout.chords import DrawnChord

_K = PrimitiveKind

_GAP_SS = 0.5
"""Distance between a sign and the ink next to it in staff spaces."""

_AT_HEADS = {"staccato": "stacc", "tenuto": "ten", "staccatissimo": "stacciss", "accent": "acc"}
"""MEI names of the signs that stand at the noteheads, from the notehead outwards, by slot."""

_FIELDS = {
    "accent": "has_accent",
    "downbow": "has_down_bow",
    "invmordent": "has_inverted_mordent",
    "marcato": "has_marcato",
    "mordent": "has_mordent",
    "pause": "has_pause",
    "staccatissimo": "has_staccatissimo",
    "staccato": "has_staccato",
    "tenuto": "has_tenuto",
    "trill": "has_trill",
    "upbow": "has_up_bow",
}
"""Fields of chords by slot."""

_INSIDE = frozenset({"staccato", "tenuto", "staccatissimo"})
"""Signs that may stand inside the staff."""

_ABOVE = {"marcato": "marc", "upbow": "upbow", "downbow": "dnbow"}

_ORNAMENTS = {
    "trill": "ornamentTrill",
    "mordent": "ornamentMordent",
    "invmordent": "ornamentShortTrill",
}


def draw_expression(drawn: DrawnChord) -> None:
    """Draws the signs of a chord."""
    signs = {
        slot: sign
        for slot, attribute in _FIELDS.items()
        if getattr(drawn.chord, attribute) and (sign := drawn.find(slot, None)) is not None
    }
    if not signs:
        return
    drawn.stave.draft.go_to_measure(drawn.measure)
    offsets = _offsets(drawn)
    for slot, kind in (*_AT_HEADS.items(), *_ABOVE.items()):
        if slot not in signs:
            continue
        above = slot in _ABOVE or not drawn.is_up
        if slot in offsets:
            above = offsets[slot] < _middle(drawn)
        name = articulation_name(kind, above)
        if name is not None:
            _draw(drawn, _K.ARTICULATION, name, signs[slot].id, above, offsets.get(slot), slot in _INSIDE)
    for slot, name in _ORNAMENTS.items():
        if slot in signs:
            _draw(drawn, _K.ORNAMENT, name, signs[slot].id, True, None, False)
    if "pause" in signs:
        center = offsets.get("pause")
        above = center is None or center < _middle(drawn)
        name = "fermataAbove" if above else "fermataBelow"
        _draw(drawn, _K.FERMATA, name, signs["pause"].id, above, center, False)


def _offsets(drawn: DrawnChord) -> dict[str, float]:
    """Y of the centres of signs whose heights the document gives."""
    chord, unit = drawn.chord, drawn.stave.sheet.unit
    given = {
        "staccato": chord.staccato_offset_units,
        "tenuto": chord.tenuto_offset_units,
        "accent": chord.accent_offset_units,
        "pause": chord.pause_offset_units,
    }
    return {slot: drawn.tip[1] + units * unit for slot, units in given.items() if units}


def _middle(drawn: DrawnChord) -> float:
    return (drawn.top + drawn.bottom) / 2


def _draw(
    drawn: DrawnChord,
    kind: PrimitiveKind,
    name: str,
    element: str,
    above: bool,
    center_y: float | None,
    inside: bool,
) -> None:
    """Draws a sign over or under a chord: at `center_y`, or beyond its ink and, unless `inside`, beyond the staff."""
    draft = drawn.stave.draft
    _, top, _, bottom = draft.extent(name)
    if center_y is None:
        gap = _GAP_SS * draft.staff_space
        edge = drawn.top - gap if above else drawn.bottom + gap
        if not inside:
            edge = min(edge, draft.y(4) - gap) if above else max(edge, draft.y(-4) + gap)
        y = edge - bottom if above else edge - top
    else:
        y = center_y - (top + bottom) / 2
    drawn.stave.symbol_at(kind, name, drawn.center_x, y, element)
    drawn.include(y + top, y + bottom)
