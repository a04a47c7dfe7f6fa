"""Slurs and ties as arcs at their places."""

from __future__ import annotations

import math

from smashcima.engraving import PrimitiveKind
from smashcima.engraving.drafting import draw_arc
from smashcima.loading.mro.layout.sheet import StaveSheet
from smashcima.notations.mro import MroSlur, MroSystem
from smashcima.scene.semantic import Slur, Tie

_USUAL_RADIUS = 1.0
"""Radius of a curve without one, relative to the distance between its ends."""


def draw_slur(stave: StaveSheet, system: MroSystem, slur: MroSlur, curve: Slur | Tie) -> None:
    """Draws an arc of a system; `stave` is that of its notes."""
    sheet = stave.sheet
    (x0, y0), (x1, y1) = (
        (sheet.mm(system.left_units + end.column), sheet.mm(system.top_units + end.row))
        for end in (slur.left_units, slur.right_units)
    )
    kind = PrimitiveKind.TIE if isinstance(curve, Tie) else PrimitiveKind.SLUR
    radius = slur.radius_units * sheet.unit or -_USUAL_RADIUS * math.hypot(x1 - x0, y1 - y0)
    if (x1, y1) != (x0, y0):
        draw_arc(stave.draft, kind, (x0, y0), (x1, y1), radius, curve.id)
