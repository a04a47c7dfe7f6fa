"""Placement of dynamics and hairpins at the writer's distance from the music, independent of the engraved distance."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import Curve, FilledPolygon, PrimitiveKind
from smashcima.placement.page_arrays import BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws

_K = PrimitiveKind

_SAME_ROW_SS = 1.0
_SAME_ROW_GAP_SS = 1.5
"""Maximum white space between signs of one row at the same height."""

_OVERLAP_SS = 0.3
"""Maximum overlap of a sign with the music; slight overlaps occur in handwriting."""

_STAFF_CLEARANCE_SS = 0.05
"""Minimum white space between a sign and the staff lines."""

_CLEARANCE_SS = 0.3
"""Minimum white space between a sign and objects on the side away from the staff."""

_AT_A_HAIRPIN_SS = 0.25
"""White space between a dynamic and a hairpin beside it."""

_SHORTEST_HAIRPIN_SS = 1.5

_T = np.linspace(0.0, 1.0, 5)[:, None]
_BEZIER = np.concatenate([(1 - _T) ** 3, 3 * (1 - _T) ** 2 * _T, 3 * (1 - _T) * _T**2, _T**3], axis=1)

_SIGNS = (_K.DYNAMIC, _K.HAIRPIN, _K.DIRECTION)
_CURVES = (_K.SLUR, _K.TIE, _K.LAISSEZ_VIBRER)
_SOLID = (
    _K.NOTEHEAD, _K.STEM, _K.FLAG, _K.LEDGER_LINE, _K.ACCIDENTAL, _K.AUGMENTATION_DOT, _K.ARTICULATION,
    _K.REST, _K.MEASURE_REST, _K.FERMATA, _K.ORNAMENT, _K.FINGERING, _K.TUPLET_NUMBER, _K.TUPLET_BRACKET, _K.LYRIC,
    _K.TEMPO, _K.HARMONY, _K.FIGURED_BASS, _K.OCTAVE, _K.PEDAL, _K.VOLTA, _K.REHEARSAL_MARK, _K.ARPEGGIO, _K.CLEF,
)  # fmt: skip


def place_rows(arrays: PageArrays, draws: QuantityDraws) -> None:
    """Moves dynamics and hairpins to the writer's distance from the music above or below them.

    Adjacent signs at the same height stay aligned. Must be called after all other primitives were placed.
    """
    signs = arrays.of(*_SIGNS)
    signs = signs[(arrays.staff[signs] >= 0) & (arrays.count[signs] > 0)]
    _part_hairpins(arrays, signs)
    low, high = arrays.boxes()
    side = np.where((low + high)[signs, 1] / 2 > arrays.middle[signs], 1.0, -1.0)
    row = _rows(arrays, signs, side, low, high)
    count = int(row.max(initial=-1)) + 1
    kind = arrays.kind[signs]
    letters, wedges = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    letters[row[kind == arrays.code(_K.DYNAMIC)]] = True
    wedges[row[kind == arrays.code(_K.HAIRPIN)]] = True
    left, top = np.full(count, np.inf), np.full(count, np.inf)
    right, bottom = np.full(count, -np.inf), np.full(count, -np.inf)
    np.minimum.at(left, row, low[signs, 0])
    np.maximum.at(right, row, high[signs, 0])
    # From here on, y increases away from the staff.
    near, far = (
        np.where(side > 0, low[signs, 1], -high[signs, 1]),
        np.where(side > 0, high[signs, 1], -low[signs, 1]),
    )
    np.minimum.at(top, row, near)
    np.maximum.at(bottom, row, far)
    space, direction, edge = np.ones(count), np.ones(count), np.zeros(count)
    space[row], direction[row] = arrays.space[signs], side
    edge[row] = side * arrays.middle[signs] + arrays.half[signs]
    system = np.zeros(count, dtype=np.intp)
    system[row] = arrays.system[signs]
    inner, outer = _music_beside(arrays, (low, high), (left, right, top, bottom), direction, system, space)
    inner = np.maximum(inner, edge)
    gap = (top - inner) / space
    drawn = np.where(letters, draws.distances("dynamic_y", gap), draws.distances("hairpin_y", gap))
    height = bottom - top
    most = np.maximum(outer - height - _CLEARANCE_SS * space, (inner + outer - height) / 2)
    # Engraved positions are always accepted as far enough.
    least, most = np.minimum(gap, -_OVERLAP_SS), np.maximum(most, top)
    goal = np.maximum(
        inner + np.maximum(drawn, least) * space, np.minimum(edge + _STAFF_CLEARANCE_SS * space, top)
    )
    goal = np.minimum(goal, most)
    shift = np.where((letters | wedges) & (drawn != gap), goal - top, 0.0) * direction
    arrays.move(signs, 0.0, shift[row])


def _part_hairpins(arrays: PageArrays, signs: IntArray) -> None:
    """Shortens hairpins so that they end before the next dynamic and start after the previous one."""
    wedges = signs[arrays.kind[signs] == arrays.code(_K.HAIRPIN)]
    letters = signs[arrays.kind[signs] == arrays.code(_K.DYNAMIC)]
    if not len(wedges) or not len(letters):
        return
    low, high = arrays.boxes()
    left, right = low[wedges, 0], high[wedges, 0]
    engraved = (arrays.left + arrays.right)[wedges] / 2
    near = (arrays.staff[wedges][:, None] == arrays.staff[letters]) & (
        (arrays.top[wedges][:, None] < arrays.bottom[letters])
        & (arrays.bottom[wedges][:, None] > arrays.top[letters])
    )
    after = (arrays.left + arrays.right)[letters] / 2 > engraved[:, None]
    gap = _AT_A_HAIRPIN_SS * arrays.space[wedges]
    end = np.where(near & after, low[letters, 0], np.inf).min(axis=1) - gap
    start = np.where(near & ~after, high[letters, 0], -np.inf).max(axis=1) + gap
    # Hairpins that would vanish are not changed.
    new_left, new_right = np.maximum(left, start), np.minimum(right, end)
    fits = new_right - new_left > _SHORTEST_HAIRPIN_SS * arrays.space[wedges]
    for index, a, b, new_a, new_b in zip(
        wedges[fits].tolist(), left[fits], right[fits], new_left[fits], new_right[fits], strict=True
    ):
        points = slice(int(arrays.first[index]), int(arrays.first[index + 1]))
        arrays.xy[points, 0] = new_a + (arrays.xy[points, 0] - a) * (new_b - new_a) / max(b - a, 1e-3)


def _rows(
    arrays: PageArrays, signs: IntArray, side: FloatArray, low: FloatArray, high: FloatArray
) -> IntArray:
    """Row index of each sign."""
    middle = (low + high)[signs, 1] / 2
    order = np.lexsort((low[signs, 0], side, arrays.staff[signs])).tolist()
    number = np.zeros(len(signs), dtype=np.intp)
    open_rows: list[tuple[int, int, float, float, float]] = []
    count = 0
    for k in order:
        index, space = int(signs[k]), float(arrays.space[signs[k]])
        staff, way, height = int(arrays.staff[index]), float(side[k]), float(middle[k])
        for place, (row, of_staff, of_side, row_height, end) in enumerate(open_rows):
            if (
                (of_staff, of_side) == (staff, way)
                and abs(row_height - height) < _SAME_ROW_SS * space
                and low[index, 0] - end < _SAME_ROW_GAP_SS * space
            ):
                number[k] = row
                open_rows[place] = (row, staff, way, row_height, max(end, float(high[index, 0])))
                break
        else:
            open_rows = [found for found in open_rows if found[1] == staff]
            open_rows.append((count, staff, way, height, float(high[index, 0])))
            number[k] = count
            count += 1
    return number


def _music_beside(
    arrays: PageArrays,
    boxes: tuple[FloatArray, FloatArray],
    rows: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    direction: FloatArray,
    system: IntArray,
    space: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """For each row, the y where the music ends on the staff side and where other objects start on the other side."""
    left, right, top, bottom = rows
    blocks, of_system = _blocks(arrays, boxes)
    reach = 0.1 * space[:, None]
    overlaps = (blocks[:, 0] < right[:, None] + reach) & (blocks[:, 2] > left[:, None] - reach)
    overlaps &= of_system == system[:, None]
    below = direction[:, None] > 0
    near, far = np.where(below, blocks[:, 1], -blocks[:, 3]), np.where(below, blocks[:, 3], -blocks[:, 1])
    is_inner: BoolArray = (near + far) / 2 < ((top + bottom) / 2)[:, None]
    inner = np.where(overlaps & is_inner, far, -np.inf).max(axis=1, initial=-np.inf)
    outer = np.where(overlaps & ~is_inner, near, np.inf).min(axis=1, initial=np.inf)
    return inner, outer


def _blocks(arrays: PageArrays, boxes: tuple[FloatArray, FloatArray]) -> tuple[FloatArray, IntArray]:
    """Left, top, right, bottom of obstacles for signs, (n, 4), and their systems; curves and beams are split."""
    low, high = boxes
    solid = arrays.of(*_SOLID)
    solid = solid[arrays.count[solid] > 0]
    curves = arrays.of(*_CURVES)
    curves = arrays.of_type(curves, Curve)
    points = np.nonzero(np.isin(arrays.owner, curves))[0]
    # Control points are in groups of four, whose end points lie on the curve.
    traced = np.einsum("tc,ncx->ntx", _BEZIER, arrays.xy[points].reshape(-1, 4, 2))
    pieces = np.minimum(traced[:, :-1], traced[:, 1:]).reshape(-1, 2)
    ends = np.maximum(traced[:, :-1], traced[:, 1:]).reshape(-1, 2)
    curve_systems = np.repeat(arrays.system[arrays.owner[points[::4]]], len(_BEZIER) - 1)
    beams = arrays.of_type(arrays.of(_K.BEAM), FilledPolygon)
    beams = beams[arrays.count[beams] == 4]
    corners = arrays.xy[arrays.first[beams][:, None] + np.arange(4)]
    corners = np.take_along_axis(corners, np.argsort(corners[:, :, :1], axis=1, kind="stable"), axis=1)
    # Sloped beams are split, too. Two of their corners are on the left, two on the right.
    slices = corners[:, None, :2] + _T[:, :, None] * (corners[:, 2:] - corners[:, :2])[:, None]
    staves = [
        (staff.left, staff.line_ys[0], staff.right, staff.line_ys[-1], number)
        for number, system in enumerate(arrays.page.systems)
        for staff in system.staves
        if staff.line_ys
    ]
    lines = np.array(staves, dtype=np.float64).reshape(-1, 5)
    blocks = np.concatenate(
        [
            np.concatenate([low[solid], high[solid]], axis=1),
            np.concatenate([pieces, ends], axis=1),
            np.concatenate(
                [
                    np.minimum(slices[:, :-1], slices[:, 1:]).min(axis=2).reshape(-1, 2),
                    np.maximum(slices[:, :-1], slices[:, 1:]).max(axis=2).reshape(-1, 2),
                ],
                axis=1,
            ),
            lines[:, :4],
        ]
    )
    beam_systems = np.repeat(arrays.system[beams], len(_BEZIER) - 1)
    systems = np.concatenate([arrays.system[solid], curve_systems, beam_systems, lines[:, 4].astype(np.intp)])
    return blocks, systems
