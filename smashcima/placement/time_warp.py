"""Horizontal spacing: a monotone map of x for each system, which changes the distances between notes and barlines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.cells import Cells
from smashcima.placement.page_arrays import BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws

_K = PrimitiveKind

_CROWDED = 0.15
"""Last part of a system, relative to its width, in which writers move notes closer together."""

_KEPT_BEFORE_BARS = 0.5
"""Exponent of the engraved white space before a barline, relative to the usual one, by which the writer's is larger: people
leave more after long notes, but less than engravers do."""

_SAME_MOMENT_SS = 0.45
"""Maximum distance between the starts of objects of one moment, in staff spaces."""

_CLEARANCE_SS = 0.2
"""Minimum white space between two moments, in staff spaces."""

_ELASTIC = (0.7, 1.4)
"""Range of the factor by which spaces between notes are scaled to make room after barlines."""

_ALIGNMENT_SHARE = 0.45
"""Fraction of the white space beside a moment that the offset of one staff relative to the others may use."""

_APART = 1e5
"""Distance in mm between the systems of a page when concatenated along x."""

_SOLID = (_K.NOTEHEAD, _K.ACCIDENTAL, _K.AUGMENTATION_DOT, _K.FLAG, _K.REST, _K.ARPEGGIO, _K.MEASURE_REST)
_FRAME = (_K.CLEF, _K.KEY_ACCIDENTAL, _K.TIME_SIGNATURE)


class TimeWarp:
    """The maps of the systems of one page."""

    def __init__(self, arrays: PageArrays, cells: Cells, draws: QuantityDraws) -> None:
        left, right = _cell_sides(arrays, cells)
        frame = arrays.of(*_FRAME)
        bars = np.array([i for i in arrays.of(_K.BARLINE).tolist() if arrays.count[i] == 2], dtype=np.intp)
        kept = np.nonzero(cells.is_anchored)[0]
        x = np.concatenate([cells.x[kept], arrays.left[frame], arrays.low[bars, 0]])
        system = np.concatenate([cells.system[kept], arrays.system[frame], arrays.system[bars]])
        low = np.concatenate([left[kept], arrays.left[frame], arrays.left[bars]])
        high = np.concatenate([right[kept], arrays.right[frame], arrays.right[bars]])
        is_fixed = np.zeros(len(x), dtype=bool)
        is_fixed[len(kept) : len(kept) + len(frame)] = True
        is_bar = np.zeros(len(x), dtype=bool)
        is_bar[len(kept) + len(frame) :] = True
        self._knots: list[tuple[FloatArray, FloatArray]] = []
        self.moment: IntArray = np.full(len(cells), -1, dtype=np.intp)
        """Index of the moment of each cell on the page."""
        self.room_left: FloatArray = np.zeros(len(cells))
        self.room_right: FloatArray = np.zeros(len(cells))
        """Maximum displacement of a cell to the left (`room_left`) and to the right of its moment, in mm."""
        count = 0
        line_end = draws.offsets("line_end", len(arrays.page.systems))
        for number, engraved in enumerate(arrays.page.systems):
            space = max((s.staff_space for s in engraved.staves), default=1.8)
            edge_left = min((s.left for s in engraved.staves), default=0.0)
            edge_right = max((s.right for s in engraved.staves), default=arrays.page.width)
            own = np.nonzero(system == number)[0]
            order = own[np.argsort(x[own], kind="stable")]
            sorted_x = x[order]
            starts = np.nonzero(np.diff(sorted_x, prepend=-np.inf) > _SAME_MOMENT_SS * space)[0]
            noise = draws.offsets("spacing", len(starts) + 1)
            if not len(order):
                self._knots.append((np.array([edge_left, edge_right]), np.array([edge_left, edge_right])))
                continue
            at, first, last = (
                np.concatenate([[edge_left], inner, [edge_right]])
                for inner in (
                    sorted_x[starts],
                    np.minimum.reduceat(low[order], starts),
                    np.maximum.reduceat(high[order], starts),
                )
            )
            fixed = np.concatenate([np.logical_and.reduceat(is_fixed[order], starts), [False]])
            kind = [np.logical_and.reduceat(flag[order], starts) for flag in (is_bar, is_fixed)]
            wanted = _white_after(at, first, last, fixed, kind[0], kind[1], space, draws)
            noise += line_end[number] * _near_the_end(at)
            moved, slack = _stretched(at, first, last, fixed, noise, wanted, _CLEARANCE_SS * space)
            self._knots.append((at, moved))
            member = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(order))))
            is_cell = order < len(kept)
            of_cells = kept[order[is_cell]]
            self.moment[of_cells] = count + member[is_cell]
            self.room_left[of_cells] = _ALIGNMENT_SHARE * slack[member[is_cell]]
            self.room_right[of_cells] = _ALIGNMENT_SHARE * slack[member[is_cell] + 1]
            count += len(starts)
        self.moment_count = count
        if self._knots:
            self._chain = np.concatenate([at + _APART * number for number, (at, _) in enumerate(self._knots)])
            self._chain_shifts = np.concatenate([moved - at for at, moved in self._knots])

    def shifts(self, system: IntArray, x: FloatArray) -> FloatArray:
        """Displacements of positions in systems; 0 outside all systems."""
        if not self._knots:
            return np.zeros(len(x))
        # All systems are concatenated along x; positions beyond the ends of a system do not move, nor do its ends.
        result: FloatArray = np.interp(x + _APART * system, self._chain, self._chain_shifts)
        return result

    def places(self, system: int, edges: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """New x of pairs of positions in a system."""
        at, moved = self._knots[system]
        x = np.array(edges, dtype=np.float64).reshape(-1, 2)
        return [(left, right) for left, right in (x + np.interp(x, at, moved - at)).tolist()]


def _near_the_end(at: FloatArray) -> FloatArray:
    """How near the space before each moment is to the end of its system: 1 at the end, 0 before the last part."""
    along = (at[1:] - at[0]) / max(at[-1] - at[0], 1e-6)
    result: FloatArray = np.clip((along - (1 - _CROWDED)) / _CROWDED, 0.0, 1.0)
    return result


def _cell_sides(arrays: PageArrays, cells: Cells) -> tuple[FloatArray, FloatArray]:
    solid = arrays.of(*_SOLID)
    solid = solid[cells.of[solid] >= 0]
    left, right = cells.x.copy(), cells.x.copy()
    np.minimum.at(left, cells.of[solid], arrays.left[solid])
    np.maximum.at(right, cells.of[solid], arrays.right[solid])
    return left, right


def _white_after(
    at: FloatArray,
    first: FloatArray,
    last: FloatArray,
    fixed: BoolArray,
    is_bar: BoolArray,
    is_frame: BoolArray,
    space: float,
    draws: QuantityDraws,
) -> FloatArray:
    """White space before each barline, and before each moment after a barline or signatures; NaN for all other moments."""
    result = np.full(len(fixed), np.nan)
    engraved = first[1:] - np.maximum(last[:-1], at[:-1])
    for kind, name in ((is_bar, "barline_after"), (is_frame, "signature_after")):
        # Moment k precedes the white space with index k + 1.
        own = np.nonzero(kind & ~fixed[1:] & ~np.append(is_bar[1:], True))[0] + 1
        drawn = draws.distances(name, engraved[own] / space) * space
        result[own] = np.where(drawn == engraved[own], np.nan, drawn)
    before = np.nonzero(~is_bar & ~is_frame & np.append(is_bar[1:], False) & ~fixed[1:])[0] + 1
    if len(before):
        white = np.maximum(engraved[before], 0.1 * space)
        drawn = draws.distances("barline_before", white / space) * space
        kept = _KEPT_BEFORE_BARS * draws.strength("barline_before")
        result[before] = np.where(drawn == white, np.nan, drawn * (white / _median(white)) ** kept)
    return result


def _median(values: FloatArray) -> float:
    """That of `np.median`, which loads masked arrays on its first call."""
    ordered, middle = np.sort(values), len(values) // 2
    return float(ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2)


def _stretched(
    at: FloatArray,
    first: FloatArray,
    last: FloatArray,
    fixed: BoolArray,
    noise: FloatArray,
    wanted: FloatArray,
    clearance: float,
) -> tuple[FloatArray, FloatArray]:
    """New positions of the moments, and the white space before each of them and after the last one.

    Only white space is scaled; ink between two moments keeps its width. Requested white spaces are applied if the
    system has room for them.
    """
    gaps = np.diff(at)
    inked = np.maximum(last[:-1] - at[:-1], 0.0) + np.maximum(at[1:] - first[1:], 0.0) + clearance
    white = np.where(fixed, 0.0, np.maximum(gaps - inked, 0.0))
    stretched = white * np.exp(noise)
    is_set = ~np.isnan(wanted)
    stretched[is_set] = np.maximum(wanted[is_set] - clearance, 0.0)
    others = stretched[~is_set].sum()
    if others > 0:
        share = (white.sum() - stretched[is_set].sum()) / others
        stretched[~is_set] *= np.clip(share, *_ELASTIC)
    total = stretched.sum()
    if total > 0:
        stretched *= white.sum() / total
    moved = np.concatenate([[at[0]], at[0] + np.cumsum(gaps - white + stretched)])
    return moved, stretched
