"""Placement of stems and flags."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.headless_stems import HeadlessStems
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws

_K = PrimitiveKind

SHORTEST_STEM_SS = 1.5
"""Minimum length of stems, unless the engraved stem is shorter."""

_MOST_LEAN_SS = 0.8

_LOOSEST_SS = (0.25, 0.6)
"""Maximum white space between a notehead and its stem, along x and y. Measured: of 38 writers, two leave 0.6 and more on
average, four 0.3, and most none."""

_JOINED_SS = 0.14
"""White space between a notehead and its stem that writers do not leave. On real pages, stems that miss their noteheads
do so by 0.2 and more in three fifths of all cases."""

_HEAD_LEAN, _OUTERMOST = 0.5, 0.9
"""Correlation of x and y in the ink of noteheads, which lean to the right, and the part of their width in which stems meet
it."""

_LATEST_START_SS = 0.66
"""Maximum distance of the start of a stem from the centre of its notehead; further away, readers look for another note."""

_ALIKE = 0.5
"""Weight of the first stem's angle in the angles of the other stems of a beam. The measured correlation is 0.46 for
adjacent stems and 0.28 for others (`benchmarks/placement/page_correlations.py`)."""

_MOST_FLAG_SS = 0.6
"""Maximum distance of a flag from the end of its stem; on real pages, about 2 % are further away."""

_BESIDE_STEM_SS = 0.12
"""Maximum distance of a flag to the right of its place at the stem."""

_PAST_STEM_SS = 0.1
"""Maximum distance of a flag beyond the end of its stem, which it would miss."""


class Stems:
    """The stems of a page, with their start and end points."""

    def __init__(self, arrays: PageArrays, notes: Notes, draws: QuantityDraws) -> None:
        self._arrays, self._notes, self._draws = arrays, notes, draws
        self.headless = HeadlessStems(arrays, notes)
        cells = notes.cells
        stems = arrays.of(_K.STEM)
        cell = cells.of[stems]
        stems = stems[(cell >= 0) & (arrays.count[stems] == 2)]
        stems = stems[notes.has_heads[cells.of[stems]]]
        stems = stems[np.argsort(cells.of[stems], kind="stable")]
        self.stems: IntArray = stems
        self.cell: IntArray = cells.of[stems]
        self.space: FloatArray = arrays.space[stems]
        start, end = arrays.engraved_point(stems, 0), arrays.engraved_point(stems, 1)
        center = (notes.engraved_y[notes.first[self.cell]] + notes.engraved_y[notes.last[self.cell]]) / 2
        self.starts_at_head: BoolArray = np.abs(start[:, 1] - center) <= np.abs(end[:, 1] - center)
        self.engraved_base = np.where(self.starts_at_head[:, None], start, end)
        self.engraved_tip = np.where(self.starts_at_head[:, None], end, start)
        self.up: BoolArray = self.engraved_tip[:, 1] < self.engraved_base[:, 1]
        self.sign: FloatArray = np.where(self.up, -1.0, 1.0)
        """Direction of the stem along y."""
        rows_top, rows_low = notes.first[self.cell], notes.last[self.cell]
        self.base_row: IntArray = np.where(self.up, rows_low, rows_top)
        self.free_row: IntArray = np.where(self.up, rows_top, rows_low)
        self.group: IntArray = np.full(len(stems), -1, dtype=np.intp)
        """Index of the beam of each stem, or -1."""
        self.engraved_length: FloatArray = self.sign * (
            self.engraved_tip[:, 1] - notes.engraved_y[self.free_row]
        )
        self._place_bases()
        self._place_free_tips()

    def _place_bases(self) -> None:
        notes, draws, count = self._notes, self._draws, len(self.stems)
        x = np.where(self.up, draws.offsets("stem_x_up", count), draws.offsets("stem_x_down", count))
        row = self.base_row
        engraved = self.sign * (self.engraved_base[:, 1] - notes.engraved_y[row]) / self.space
        y = np.where(
            self.up, draws.distances("stem_end_up", engraved), draws.distances("stem_end_down", engraved)
        )
        base_y = notes.y[row] + self.sign * y * self.space
        base_x = self.engraved_base[:, 0] + notes.cell_dx[self.cell] + notes.stem_shift[self.cell]
        base_x += notes.head_x[row] + x * self.space
        self.base = self._near_heads(np.stack([base_x, base_y], axis=1))
        middle = np.where(self.up, draws.middle("stem_angle_up"), draws.middle("stem_angle_down"))
        self._lean: FloatArray = -middle + np.where(
            self.up, draws.offsets("stem_angle_up", count), draws.offsets("stem_angle_down", count)
        )
        self._set_angles(middle + self._lean)
        self._middle_angle: FloatArray = middle

    def _near_heads(self, base: FloatArray) -> FloatArray:
        """Limits the gap between stems and noteheads in both directions, so that each stem's note stays clear."""
        notes, arrays, row = self._notes, self._arrays, self.base_row
        head = notes.heads[row]
        center = np.stack([(notes.left + notes.right)[row] / 2, notes.y[row]], axis=1)
        height = (arrays.bottom - arrays.top)[head] * arrays.scale[head, 1]
        half = np.stack([(notes.right - notes.left)[row], height], axis=1) / 2
        half = np.maximum(half, 0.1 * self.space[:, None]) + np.array(_LOOSEST_SS) * self.space[:, None]
        # The limit is the notehead plus that white space, or the engraved distance if larger.
        engraved_center = np.stack(
            [(notes.engraved_left + notes.engraved_right)[row] / 2, notes.engraved_y[row]], axis=1
        )
        limit = np.stack([half[:, 0], np.minimum(half[:, 1], _LATEST_START_SS * self.space)], axis=1)
        most = np.maximum(limit, np.abs(self.engraved_base - engraved_center))
        inner = half - np.array(_LOOSEST_SS) * self.space[:, None]
        return center + self._joined(np.clip(base - center, -most, most), inner)

    def _joined(self, start: FloatArray, half: FloatArray) -> FloatArray:
        """Starts of stems relative to the middles of their noteheads; those that nearly reach the ink are moved onto it.

        `half` is half of the width and height of the ink, which is about an ellipse that leans to the upper right. Stems
        that start where the engraver has them are not moved.
        """
        strength = [
            min(self._draws.strength(f"stem_{name}_{way}") for name in ("x", "end")) for way in ("down", "up")
        ]
        near = _JOINED_SS * np.array(strength)[self.up.astype(np.intp)] * self.space
        side = np.sign(start[:, 0])
        x = np.clip(side * start[:, 0] / half[:, 0], 0.0, _OUTERMOST)
        # Upward stems to the right and downward stems to the left are at the ends of the ellipse, others beside them.
        lean = -_HEAD_LEAN * side * self.sign
        edge = half[:, 1] * (lean * x + np.sqrt((1 - _HEAD_LEAN**2) * (1 - x**2)))
        across = side * start[:, 0] - _OUTERMOST * half[:, 0]
        along = self.sign * start[:, 1] - edge
        result: FloatArray = start.copy()
        is_near = (along > 0) & (along < near) & (across < near)
        result[:, 1] = np.where(is_near, self.sign * edge, start[:, 1])
        is_near = (across > 0) & (across < near) & (along < near)
        result[:, 0] = np.where(is_near, side * _OUTERMOST * half[:, 0], start[:, 0])
        return result

    def _set_angles(self, angle: FloatArray) -> None:
        self._tan: FloatArray = np.tan(np.radians(np.clip(angle, -35, 35)))

    def lean_together(self) -> None:
        """Makes the angles of stems under a beam more similar, by adding part of the first stem's angle to the others.

        Must be called after stems were assigned to beams.
        """
        beamed = np.nonzero(self.group >= 0)[0]
        _, first, inverse = np.unique(self.group[beamed], return_index=True, return_inverse=True)
        alike = _ALIKE * self._lean[beamed[first]][inverse]
        lean = self._lean.copy()
        lean[beamed] = alike + np.sqrt(1 - _ALIKE**2) * self._lean[beamed]
        lean[beamed[first]] = self._lean[beamed[first]]
        self._set_angles(self._middle_angle + lean)

    def _place_free_tips(self) -> None:
        notes, draws, count = self._notes, self._draws, len(self.stems)
        arrays = self._arrays
        flags = arrays.of(_K.FLAG)
        flagged = np.zeros(len(notes.cells) + 1, dtype=bool)
        flagged[notes.cells.of[flags]] = True
        flagged[-1] = False
        plain, with_flag = (
            draws.ratios("stem_length_plain", count),
            draws.ratios("stem_length_flagged", count),
        )
        ratio = np.where(flagged[self.cell], with_flag, plain)
        length = np.maximum(
            self.engraved_length * ratio, np.minimum(self.engraved_length, SHORTEST_STEM_SS * self.space)
        )
        self.set_tips(notes.y[self.free_row] + self.sign * length, np.ones(count, dtype=bool))

    def lean(self, tip_y: FloatArray) -> FloatArray:
        """Horizontal displacement of stem ends at the given y from their bases."""
        limit = _MOST_LEAN_SS * self.space
        result: FloatArray = np.clip(self._tan * (self.base[:, 1] - tip_y), -limit, limit)
        return result

    def set_tips(self, tip_y: FloatArray, which: BoolArray) -> None:
        """Sets the y of the ends of some stems."""
        tip = np.stack([self.base[:, 0] + self.lean(tip_y), tip_y], axis=1)
        self.tip = np.where(which[:, None], tip, getattr(self, "tip", tip))

    def write(self) -> None:
        """Moves the stems to their final start and end points."""
        at = self._arrays.first[self.stems]
        first = self.starts_at_head[:, None]
        self._arrays.xy[at] = np.where(first, self.base, self.tip)
        self._arrays.xy[at + 1] = np.where(first, self.tip, self.base)
        self.headless.write()

    def tip_shifts(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """For each cell, the displacement of its stem's end, the direction (0 without a stem), and the engraved end."""
        count = len(self._notes.cells)
        shift, sign, tip = np.zeros((count, 2)), np.zeros(count), np.full(count, np.inf)
        shift[:, 0] = self._notes.cell_dx
        shift[self.headless.cell, 0] = self.headless.dx
        shift[self.cell] = self.tip - self.engraved_tip
        sign[self.cell] = self.sign
        tip[self.cell] = self.engraved_tip[:, 1]
        return shift[:, 0], shift[:, 1], sign, tip


def place_flags(arrays: PageArrays, notes: Notes, stems: Stems, draws: QuantityDraws) -> None:
    """Places flags at the ends of stems, and strokes through stems."""
    dx, dy, sign, _ = stems.tip_shifts()
    flags = arrays.of(_K.FLAG)
    flags = flags[notes.cells.of[flags] >= 0]
    cell, space = notes.cells.of[flags], arrays.space[flags]
    x, y = (
        np.clip(draws.offsets(name, len(flags)), low, high) * space
        for name, low, high in (
            ("flag_x", -_MOST_FLAG_SS, _BESIDE_STEM_SS),
            ("flag_y", -_PAST_STEM_SS, _MOST_FLAG_SS),
        )
    )
    arrays.move(flags, dx[cell] + x, dy[cell] - sign[cell] * y)
    strokes = arrays.of(_K.GRACE_SLASH, _K.TREMOLO)
    strokes = strokes[notes.cells.of[strokes] >= 0]
    cell = notes.cells.of[strokes]
    row = np.clip(notes.first[cell], 0, max(len(notes.heads) - 1, 0))
    head_dy = notes.dy[row] if len(notes.heads) else np.zeros(len(cell))
    arrays.move(strokes, (dx[cell] + notes.cell_dx[cell]) / 2, (dy[cell] + head_dy) / 2)
