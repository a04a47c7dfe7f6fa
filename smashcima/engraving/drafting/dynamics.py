"""Dynamics and hairpins."""

from __future__ import annotations

from smashcima.engraving.drafting.notes import STEM_SS
from smashcima.engraving.drafting.staff_draft import StaffDraft
from smashcima.engraving.drafting.symbol_names import DYNAMICS
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Polyline, Symbol

HAIRPIN_SS = 0.75
"""Half the opening of a hairpin in staff spaces."""


def draw_dynamic(
    draft: StaffDraft, letters: str, center_x: float, y: float, element: str | None
) -> Symbol | None:
    """Draws a dynamic with its baseline at `y`; returns `None` if there is no symbol for its letters."""
    name = DYNAMICS.get(letters)
    if name is None:
        return None
    left, _, right, _ = draft.extent(name)
    return draft.symbol(PrimitiveKind.DYNAMIC, name, center_x - (left + right) / 2, y, element)


def draw_hairpin(
    draft: StaffDraft, is_closing: bool, left: float, right: float, y: float, element: str | None
) -> Polyline:
    """Draws a crescendo, or a diminuendo if it is closing, around `y`."""
    half = HAIRPIN_SS * draft.staff_space
    closed, opened = (right, left) if is_closing else (left, right)
    corners = ((opened, y - half), (closed, y), (opened, y + half))
    return draft.polyline(PrimitiveKind.HAIRPIN, corners, STEM_SS, element)
