"""Horizontal positions of the items of a staff."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from smashcima.engravers.staff.reading import Item
from smashcima.engravers.staff.staff_spacing import StaffSpacing
from smashcima.engraving.layout_options import DEFAULT_SPACING_RATIO, LayoutOptions
from smashcima.scene.semantic import (
    Accidental,
    Clef,
    Event,
    MeasureRest,
    MeasureSpace,
    MultiMeasureRest,
    Note,
)

_BEGINNING_SS = 0.6
"""Distance from the beginning of the staff lines to the first item, in staff spaces."""

_END_SS = 1.5
"""Distance from the last item to the end of the staff lines, unless it is a barline."""

_AFTER_SIGNATURE_SS = 1.0
_BEFORE_NOTES_SS = 1.5
"""Distance from a signature or barline to the first note or rest after it, in staff spaces."""

_BESIDE_BARLINE_SS = 1.0

_LEAST_GAP_SS = 0.7
"""Minimum distance between the ink of adjacent notes, in staff spaces."""

_LOOSE_ACCIDENTAL_GAP_SS = 0.35

_SIXTEENTH_SS = 2.4
"""Distance between the noteheads of sixteenth notes in staff spaces."""

_DOUBLING_SS = 0.95
"""Additional distance for each doubling of the duration, in staff spaces."""

_GRACE_SS = 1.6
_WHOLE_MEASURE_SS = 6.0

Extents = Callable[[Item], tuple[float, float]]


def place_items(
    items: Sequence[Item],
    extents: Extents,
    left: float,
    unit: float,
    options: LayoutOptions,
    spacing: StaffSpacing,
    rng: np.random.Generator,
) -> float:
    """Sets the x of all items, and returns the right end of the staff lines.

    Args:
        items: the items, from left to right.
        extents: distances from the origin of an item to its left and right end, in mm.
        left: left end of the staff lines.
        unit: staff space in mm.
        options: options with the distances between notes.
        spacing: options of the staff.
        rng: source of random spaces.
    """
    ink = left
    next_note = -math.inf
    previous: Item | None = None
    for item in items:
        before, after = extents(item)
        if spacing.padding_ss is not None:
            # The padding after the previous item, and that before this one.
            paddings = 1 if previous is None else 2
            gap = sum(rng.uniform(*spacing.padding_ss) for _ in range(paddings)) * unit
        else:
            gap = _gap_ss(previous, item) * unit
        item.x = ink + gap + before
        if spacing.padding_ss is None and (isinstance(item.element, Event) or item.barline is not None):
            # A barline may be a little closer to the last note than the next note would be.
            tighter = 0.8 * unit if item.barline is not None else 0.0
            item.x = max(item.x, next_note - tighter)
        ink = item.x + after
        if spacing.random_space_probability and rng.random() < spacing.random_space_probability:
            ink += rng.uniform(*spacing.random_space_ss) * unit
        if isinstance(item.element, Event):
            next_note = item.x + _room_ss(item.element, options) * unit
        elif item.barline is not None:
            next_note = -math.inf
        previous = item
    if spacing.padding_ss is not None:
        ink += rng.uniform(*spacing.padding_ss) * unit
    elif previous is None or previous.barline is None:
        ink = max(ink + _END_SS * unit, next_note)
    return max(ink, left + spacing.min_width_ss * unit)


def _gap_ss(previous: Item | None, item: Item) -> float:
    """Minimum distance between the ink of two adjacent items, in staff spaces."""
    if previous is None:
        return 0.0 if item.barline is not None else _BEGINNING_SS
    if isinstance(previous.element, Accidental):
        return _LOOSE_ACCIDENTAL_GAP_SS
    if item.barline is not None:
        return _BESIDE_BARLINE_SS if previous.barline is None else 2 * _BESIDE_BARLINE_SS
    if previous.barline is not None:
        return _BEFORE_NOTES_SS if isinstance(item.element, Event) else _BESIDE_BARLINE_SS
    if isinstance(previous.element, Event):
        return _AFTER_SIGNATURE_SS if isinstance(item.element, Clef) else _LEAST_GAP_SS
    return _BEFORE_NOTES_SS if isinstance(item.element, Event) else _AFTER_SIGNATURE_SS


def _room_ss(event: Event, options: LayoutOptions) -> float:
    """Distance from an event to the next in staff spaces, with the options of spacing."""
    room = _duration_ss(event) * options.note_spacing
    if options.note_spacing_ratio != DEFAULT_SPACING_RATIO and event.quarter_length:
        room *= (options.note_spacing_ratio / DEFAULT_SPACING_RATIO) ** math.log2(event.quarter_length)
    return room


def _duration_ss(event: Event) -> float:
    """Distance from an event to the next in staff spaces: grows with the logarithm of its written duration."""
    if isinstance(event, (MeasureRest, MeasureSpace, MultiMeasureRest)):
        return _WHOLE_MEASURE_SS
    if isinstance(event, Note) and event.is_grace:
        return _GRACE_SS
    length = float(event.quarter_length or 1.0)
    return max(_SIXTEENTH_SS + _DOUBLING_SS * math.log2(4 * length), 1.7)
