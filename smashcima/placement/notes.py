"""Placement of noteheads (time position, vertical offset, size), and displacements passed on to attached objects."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import Primitive, PrimitiveKind, Symbol
from smashcima.engraving.symbol_boxes import font_symbol_box
from smashcima.placement.cells import Cells
from smashcima.placement.page_arrays import BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.time_warp import TimeWarp

_K = PrimitiveKind

MOST_OFF_SS = 0.15
"""Maximum vertical offset of a notehead from its line or space.

Half a step is 0.25: beyond, readers would see another pitch. The rest is left to the shape of the written head.
"""

MOST_OFF_LEDGER_LINES_SS = 0.05
"""The same for noteheads beyond the staff. Their ledger lines stray too, and are closer to each other."""

_LEDGER_DISTANCES = (0.75, 1.05)
"""Smallest and largest distance of ledger lines relative to that of staff lines. Where they are closer, a head that strays
a little lies on one of them instead of between two; heads behind the last line are at the same distance."""

_CLOSE_SS = 2.2
"""Distance of notes up to which their ledger lines may meet, so that they have the same distances."""

_MOST_HEAD_X_SS = 0.35


class Notes:
    """The noteheads of a page and their new positions. Notehead arrays are sorted by cell, then from top to bottom."""

    def __init__(self, arrays: PageArrays, cells: Cells, warp: TimeWarp, draws: QuantityDraws) -> None:
        self.cells = cells
        self._arrays = arrays
        heads = cells.heads[np.lexsort((arrays.low[cells.heads, 1], cells.of[cells.heads]))]
        self.heads: IntArray = heads
        self.cell: IntArray = cells.of[heads]
        self.space: FloatArray = arrays.space[heads]
        self.engraved_y: FloatArray = (arrays.top[heads] + arrays.bottom[heads]) / 2
        self.engraved_left: FloatArray = arrays.left[heads].copy()
        self.engraved_right: FloatArray = arrays.right[heads].copy()
        self._half_width: FloatArray = self._engraved_half_width()
        middle = (self.engraved_left + self.engraved_right) / 2
        self.printed_left: FloatArray = middle - self._half_width
        """Left side of the engraved symbol, around which the engraver placed other symbols; ink may be narrower."""
        self.printed_right: FloatArray = middle + self._half_width
        self.first: IntArray = np.searchsorted(self.cell, np.arange(len(cells)), side="left")
        """Row of the top notehead of each cell."""
        self.last: IntArray = np.searchsorted(self.cell, np.arange(len(cells)), side="right") - 1
        """Row of the lowest notehead of each cell; less than `first` for cells without noteheads."""
        self.has_heads: BoolArray = self.last >= self.first
        self.moment: IntArray = self._moments_of_staves(warp)
        """For each cell, the first simultaneous cell on the same staff."""
        self.cell_dx: FloatArray = self._along_time(warp, draws)
        """Horizontal displacement of each cell, in mm."""
        self.cell_dy: FloatArray = (draws.offsets("drift", len(cells)) * cells.space)[cells.followed]
        neighbours = self._close_neighbours()
        self.depth_ratios = (
            np.clip(draws.ratios("ledger_first", len(cells)), *_LEDGER_DISTANCES)[neighbours],
            np.clip(draws.ratios("ledger_distance", len(cells)), *_LEDGER_DISTANCES)[neighbours],
        )
        self.stem_shift: FloatArray = np.zeros(len(cells))
        """Displacement of a stem relative to its cell, caused by the changed width of noteheads, in mm."""
        self._place(draws)

    def _moments_of_staves(self, warp: TimeWarp) -> IntArray:
        """For each cell, the first simultaneous cell on the same staff; these share ledger lines and move together."""
        cells = self.cells
        staves = int(cells.staff.max(initial=-1)) + 2
        alone = -1 - np.arange(len(cells))
        key = np.where(warp.moment >= 0, warp.moment * staves + cells.staff + 1, alone)
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        result: IntArray = first[inverse][cells.followed]
        return result

    def _close_neighbours(self) -> IntArray:
        """For each cell, the first one of its row: cells of a staff whose ledger lines may meet, from left to right."""
        cells = self.cells
        order = np.lexsort((cells.x, cells.staff, cells.system))
        x, staff, system = cells.x[order], cells.staff[order], cells.system[order]
        is_far = np.diff(x) > _CLOSE_SS * cells.space[order][1:]
        starts = np.append(True, is_far | (np.diff(staff) != 0) | (np.diff(system) != 0))[: len(order)]
        result: IntArray = np.empty(len(order), dtype=np.intp)
        result[order] = order[np.flatnonzero(starts)][np.cumsum(starts) - 1]
        return result

    def _along_time(self, warp: TimeWarp, draws: QuantityDraws) -> FloatArray:
        cells = self.cells
        result = warp.shifts(cells.system, cells.x)
        shift = draws.offsets("alignment", len(cells))[self.moment]
        # The offset of lower staves from the first one accumulates from staff to staff.
        lean = draws.offsets("alignment_below", len(cells))[self.moment]
        top = np.full(int(cells.system.max(initial=-1)) + 2, np.iinfo(np.intp).max)
        np.minimum.at(top, cells.system, cells.staff)
        shift = shift + lean * np.maximum(cells.staff - top[cells.system], 0)
        # A staff alone has no other to be aligned with.
        lowest = np.full(len(top), -1)
        np.maximum.at(lowest, cells.system, cells.staff)
        shift = np.where(lowest[cells.system] > top[cells.system], shift, 0.0)
        shift = np.clip(shift * cells.space, -warp.room_left, warp.room_right)
        result += np.where(cells.is_anchored, shift, 0.0)
        followed: FloatArray = result[cells.followed]
        return followed

    def _engraved_half_width(self) -> FloatArray:
        """Half the engraved width of each notehead, in mm."""
        return self._arrays.facts.table("half width", self.heads, _half_width).astype(np.float64)

    def _place(self, draws: QuantityDraws) -> None:
        arrays, heads, cell, space = self._arrays, self.heads, self.cell, self.space
        factor_x, factor_y = self._factors(draws)
        width = self.engraved_right - self.engraved_left
        middle = (self.engraved_left + self.engraved_right) / 2
        stem_x = self._stem_places()
        side = np.sign(np.where(np.isnan(stem_x[cell]), 0.0, middle - stem_x[cell]))
        # A notehead is scaled about the point where its stem touches it; the chord as a whole does not move. Ink may be
        # narrower than the engraved symbol, so the ink must overlap the stem by the same amount.
        new_middle = middle + side * (factor_x * width / 2 - self._half_width)
        count = np.maximum(np.bincount(cell, minlength=len(self.cells)), 1)
        self.stem_shift = np.bincount(cell, weights=middle - new_middle, minlength=len(self.cells)) / count
        head_x = np.clip(draws.offsets("head_x", len(heads)), -_MOST_HEAD_X_SS, _MOST_HEAD_X_SS) * space
        self.dx: FloatArray = new_middle - middle + self.stem_shift[cell] + self.cell_dx[cell] + head_x
        steps = np.rint((self.engraved_y - arrays.middle[heads]) / space * 2)
        error = np.where(
            steps % 2 == 0, draws.offsets("head_y_line", len(heads)), draws.offsets("head_y", len(heads))
        )
        is_beyond = np.abs(self.engraved_y - arrays.middle[heads]) > arrays.half[heads] + space / 4
        most = np.where(is_beyond, MOST_OFF_LEDGER_LINES_SS, MOST_OFF_SS)
        error = np.clip(error + self.cell_dy[cell] / space, -most, most)
        self.dy: FloatArray = error * space + self.depth_shift(
            cell, self.engraved_y, arrays.middle[heads], arrays.half[heads]
        )
        self.head_x = head_x
        self.left: FloatArray = middle + self.dx - factor_x * width / 2
        self.right: FloatArray = middle + self.dx + factor_x * width / 2
        self.y: FloatArray = self.engraved_y + self.dy
        origin = arrays.engraved_point(heads)
        at = arrays.first[heads]
        arrays.xy[at, 0] = middle + self.dx - (middle - origin[:, 0]) * factor_x
        arrays.xy[at, 1] = self.engraved_y + self.dy - (self.engraved_y - origin[:, 1]) * factor_y
        arrays.scale[heads, 0], arrays.scale[heads, 1] = factor_x, factor_y

    def _factors(self, draws: QuantityDraws) -> tuple[FloatArray, FloatArray]:
        """Scale factors of noteheads along x and y."""
        arrays, heads = self._arrays, self.heads
        is_black = arrays.named("noteheadBlack", indices=heads)
        resizable = arrays.named("noteheadBlack", "noteheadHalf", "noteheadWhole", indices=heads)
        size = arrays.facts.table("scale", heads, _scale).astype(np.float64)  # grace notes are smaller
        result = []
        for kind, extent in (
            ("width", self.engraved_right - self.engraved_left),
            ("height", arrays.bottom[heads] - arrays.top[heads]),
        ):
            engraved = np.maximum(extent / size, 1e-6)
            black = draws.sizes(f"head_{kind}_black", engraved)
            other = draws.sizes(f"head_{kind}_open", engraved)
            factor = np.where(is_black, black, other) / engraved
            result.append(np.where(resizable & (extent > 0), factor, 1.0))
        return result[0], result[1]

    def _stem_places(self) -> FloatArray:
        """X of the stem of each cell; NaN for cells without a stem."""
        arrays = self._arrays
        stems = arrays.of(_K.STEM)
        stems = stems[(self.cells.of[stems] >= 0) & (arrays.count[stems] == 2)]
        result = np.full(len(self.cells), np.nan)
        result[self.cells.of[stems]] = arrays.low[stems, 0]
        return result

    # -- for attached objects -------------------------------------------------------------------------------

    def depth_shift(self, cell: IntArray, y: FloatArray, middle: FloatArray, half: FloatArray) -> FloatArray:
        """Displacement of objects beyond the staff towards it, because ledger lines are closer than staff lines."""
        space = self.cells.space[cell]
        beyond = np.abs(y - middle) - half
        first, further = self.depth_ratios[0][cell], self.depth_ratios[1][cell]
        # Objects in the first space beyond the staff are not affected.
        inner, outer = np.clip(beyond - space / 2, 0.0, space / 2), np.maximum(beyond - space, 0.0)
        change = 2 * (first - 1) * inner + (further - 1) * outer
        result: FloatArray = np.where(half > 0, np.sign(y - middle) * change, 0.0)
        return result

    def nearest(self, cell: IntArray, y: FloatArray) -> IntArray:
        """Row of the notehead of each given cell with the nearest engraved y.

        Arbitrary for cells without noteheads. Requires a page with noteheads.
        """
        far = 1e5
        keys = self.cell * far + self.engraved_y
        at = np.searchsorted(keys, cell * far + y)
        low, high = (
            np.clip(at - 1, self.first[cell], self.last[cell]),
            np.clip(at, self.first[cell], self.last[cell]),
        )
        low, high = np.clip(low, 0, len(keys) - 1), np.clip(high, 0, len(keys) - 1)
        nearer = np.abs(self.engraved_y[low] - y) <= np.abs(self.engraved_y[high] - y)
        return np.where(nearer, low, high)

    def edge_shifts(self) -> tuple[FloatArray, FloatArray]:
        """Displacements of the left and the right side of each cell's noteheads, from the engraved symbols to the ink."""
        shifts = []
        for old, new, extreme in (
            (self.printed_left, self.left, np.minimum),
            (self.printed_right, self.right, np.maximum),
        ):
            start = np.inf if extreme is np.minimum else -np.inf
            before, after = np.full(len(self.cells), start), np.full(len(self.cells), start)
            extreme.at(before, self.cell, old)
            extreme.at(after, self.cell, new)
            shift = self.cell_dx.copy()
            own = self.has_heads
            shift[own] = after[own] - before[own]
            shifts.append(shift[self.cells.followed])
        return shifts[0], shifts[1]


def _half_width(head: Primitive) -> float:
    """Half the engraved width of a notehead, in mm; 0 if it is no symbol."""
    if not isinstance(head, Symbol):
        return 0.0
    left, _, right, _ = font_symbol_box(head.name, head.font)
    return (right - left) * head.scale_x / 2


def _scale(head: Primitive) -> float:
    return head.scale_y if isinstance(head, Symbol) else 1.0
