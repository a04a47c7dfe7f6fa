"""Placement of rests."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.stems import Stems

_K = PrimitiveKind

_ON_LINES = ("restWhole", "restHalf", "restHalfLegerLine", "restWholeLegerLine")

_UNMOVED = 1e-6
"""Displacement in mm that is due to rounding."""

_BESIDE_RESTS_SS = 0.05
"""White space between a rest and the noteheads of another voice, up to which they are beside each other."""

_OFF_HEADS_SS = 0.05
"""White space between a rest and the noteheads of another voice above or below it."""

_MOST_REST_ASIDE_SS = 1.8
"""Maximum displacement of a rest away from the noteheads of another voice."""

_MOST_BESIDE_STEM_SS = 0.8
"""Maximum displacement of a rest to the side, where it would still lie on the stem of another voice."""


def place_rests(
    arrays: PageArrays,
    notes: Notes,
    stems: Stems,
    rooms: tuple[FloatArray, FloatArray],
    draws: QuantityDraws,
) -> FloatArray:
    """Places rests; returns the displacement of the rest of each cell, (n, 2).

    `rooms` is the white space to the left and right of each cell, in mm.
    """
    rests = arrays.of(_K.REST, _K.MEASURE_REST)
    rests = rests[notes.cells.of[rests] >= 0]
    cell, space = notes.cells.of[rests], arrays.space[rests]
    count = len(rests)
    hangs = arrays.named(*_ON_LINES, indices=rests)
    is_quarter = arrays.named("restQuarter", indices=rests)
    quarter, short, on_line = (draws.offsets(f"rest_y{name}", count) for name in ("", "_short", "_bar"))
    dy = np.where(hangs, on_line, np.where(is_quarter, quarter, short)) * space
    applied = [draws.strength(f"rest_y{name}") for name in ("", "_short", "_bar")]
    dy -= np.where(hangs, applied[2], np.where(is_quarter, applied[0], applied[1])) * arrays.lower_ink(rests)
    room = np.minimum(rooms[0][cell], rooms[1][cell]) + 0.1 * space
    dx = notes.cell_dx[cell] + np.clip(draws.offsets("rest_x", count) * space, -room, room)
    dy = _off_other_voices(arrays, notes, stems, rests, cell, dx, dy, hangs | (np.abs(dy) < _UNMOVED))
    dx = dx + _beside_stems(arrays, notes, stems, rests, dx, dy)
    arrays.move(rests, dx, dy)
    shift = np.zeros((len(notes.cells), 2))
    shift[:, 0] = notes.cell_dx
    shift[cell] = np.stack([dx, dy], axis=1)
    others = arrays.of(_K.MULTI_REST, _K.MULTI_REST_NUMBER, _K.MEASURE_REPEAT)
    others = others[notes.cells.of[others] >= 0]
    arrays.move(others, notes.cell_dx[notes.cells.of[others]])
    return shift


def _off_other_voices(
    arrays: PageArrays,
    notes: Notes,
    stems: Stems,
    rests: IntArray,
    cell: IntArray,
    dx: FloatArray,
    dy: FloatArray,
    fixed: BoolArray,
) -> FloatArray:
    """Displacements of rests, which are kept away from the noteheads and stems of other voices above or below them.

    Those in `fixed` are not changed: whole and half rests keep their lines, and others the height of the engraver.
    """
    if not len(notes.heads) or not len(rests):
        return dy
    space = arrays.space[rests]
    half = (arrays.bottom - arrays.top)[notes.heads] * arrays.scale[notes.heads, 1] / 2
    owner = np.concatenate([notes.heads, stems.stems])
    left, right, top, bottom = (
        np.concatenate(sides)
        for sides in (
            (notes.left, np.minimum(stems.base, stems.tip)[:, 0]),
            (notes.right, np.maximum(stems.base, stems.tip)[:, 0]),
            (notes.y - half, np.minimum(stems.base, stems.tip)[:, 1]),
            (notes.y + half, np.maximum(stems.base, stems.tip)[:, 1]),
        )
    )
    # A rest is below or above a whole chord with its stem, not between its noteheads.
    number = np.maximum(np.bincount(notes.cell, minlength=len(notes.cells)), 1)
    height = (np.bincount(notes.cell, notes.y, len(notes.cells)) / number)[notes.cells.of[owner]]
    reach = _BESIDE_RESTS_SS * space[:, None]
    beside = (
        (arrays.staff[rests][:, None] == arrays.staff[owner])
        & (arrays.system[rests][:, None] == arrays.system[owner])
        & (cell[:, None] != notes.cells.of[owner])
        & ((arrays.left[rests] + dx)[:, None] - reach < right)
        & ((arrays.right[rests] + dx)[:, None] + reach > left)
    )
    rest_top, rest_bottom = arrays.top[rests] + dy, arrays.bottom[rests] + dy
    below = height > ((rest_top + rest_bottom) / 2)[:, None]
    floor = np.where(beside & below, top, np.inf).min(axis=1) - _OFF_HEADS_SS * space
    ceiling = np.where(beside & ~below, bottom, -np.inf).max(axis=1) + _OFF_HEADS_SS * space
    up, down = np.maximum(rest_bottom - floor, 0.0), np.maximum(ceiling - rest_top, 0.0)
    most = _MOST_REST_ASIDE_SS * space
    # A rest between two notes stays in the middle between them.
    return np.where(fixed, dy, dy + np.clip(down - up, -most, most))


def _beside_stems(
    arrays: PageArrays, notes: Notes, stems: Stems, rests: IntArray, dx: FloatArray, dy: FloatArray
) -> FloatArray:
    """Displacements of rests along x, off the stems of other voices that still go through them."""
    if not len(stems.stems) or not len(rests):
        return np.zeros(len(rests))
    space = arrays.space[rests][:, None]
    own = stems.stems
    low, high = np.minimum(stems.base, stems.tip), np.maximum(stems.base, stems.tip)
    left, right = (arrays.left[rests] + dx)[:, None], (arrays.right[rests] + dx)[:, None]
    through = (
        (arrays.staff[rests][:, None] == arrays.staff[own])
        & (arrays.system[rests][:, None] == arrays.system[own])
        & (notes.cells.of[rests][:, None] != stems.cell)
        & (left < high[:, 0])
        & (right > low[:, 0])
        & ((arrays.top[rests] + dy)[:, None] < high[:, 1])
        & ((arrays.bottom[rests] + dy)[:, None] > low[:, 1])
    )
    reach = _BESIDE_RESTS_SS * space
    to_right = np.where(through, high[:, 0] + reach - left, 0.0).max(axis=1)
    to_left = np.where(through, right + reach - low[:, 0], 0.0).max(axis=1)
    shift = np.where(to_right <= to_left, to_right, -to_left)
    result: FloatArray = np.where(np.abs(shift) <= _MOST_BESIDE_STEM_SS * space[:, 0], shift, 0.0)
    return result
