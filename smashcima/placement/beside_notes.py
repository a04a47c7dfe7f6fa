"""Placement of ledger lines, accidentals, dots, articulations, and signs above and below notes."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import KIND_CODES, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.rests import place_rests
from smashcima.placement.stems import Stems

_K = PrimitiveKind

_CLOSEST_SS = 0.05
"""Minimum distance of accidentals and dots from a notehead, unless the engraver placed them closer."""

_INTO_HEADS_SS = 0.1
"""Maximum overlap of the boxes of an accidental and a notehead; their ink, round or slanted, does not overlap yet."""

_MOST_OVERLAP_SS = (0.14, 0.05, 0.05)
"""Maximum overlap of the boxes of an accidental and its notehead, by form: the strokes of a sharp reach under the head."""

_AIMED_AGAIN_SS, _STILL_NEARER = 0.12, 0.2
"""White space between an accidental and its notehead below which writers take care; this part of what is missing remains.
Of sharps on real pages, 10 % reach under the box of their head, and 5 % touch it."""

_PAST_FLAG_SS = 0.25
"""Minimum white space that is added between a notehead with a flag and its dot, so that the flag does not meet the dot."""

_SAME_HEIGHT_SS = 0.15
"""Vertical overlap up to which two objects do not collide."""

_MOST_LEDGER_SS = 0.02
"""Maximum vertical offset of a ledger line, by itself and with its note: more, and the note seems to be on it or off it."""

_MOST_TILT_SS = 0.03
"""Maximum vertical offset of a ledger line at its noteheads that its tilt may cause."""

_USUAL_REACH_SS = 0.8
"""Half of the length of a ledger line of one notehead; heads of longer ones stand beside the middle."""

_MOST_ACCIDENTAL_SS = 0.45
"""Maximum vertical offset of an accidental from its notehead; half a space further, it stands before another line."""

_FORMS = ("sharp", "flat", "natural")
"""Forms of accidentals; the last one stands for all others."""

_REACHES_LINE_SS = 0.3
"""Noteheads whose middles are at most this far inside of a ledger line need it."""

_MOST_COLUMNS = 4
_MOST_ASIDE_SS = 1.8

_USUAL_ROOM_SS = 0.6
"""Typical white space before a chord with accidentals, relative to which the available space is measured."""

_SIGNS = (_K.FINGERING, _K.ORNAMENT, _K.FERMATA, _K.ARPEGGIO, _K.CLUSTER, _K.TABLATURE_NUMBER)


_BEFORE_HEADS_SS = 0.25
"""Minimum distance of an arpeggio from the noteheads after it."""


class BesideNotes:
    """Moves objects attached to notes, after noteheads and stems were placed."""

    def __init__(
        self,
        arrays: PageArrays,
        notes: Notes,
        stems: Stems,
        rooms: tuple[FloatArray, FloatArray],
        draws: QuantityDraws,
    ) -> None:
        """`rooms` is the white space to the left and right of each cell, in mm."""
        self._arrays, self._notes, self._stems, self._draws = arrays, notes, stems, draws
        self._room_left, self._room_right = rooms
        self._left_shift, self._right_shift = notes.edge_shifts()

    def place(self) -> None:
        """Places all objects around notes."""
        self._ledger_lines()
        self._accidentals()
        rooms = (self._room_left, self._room_right)
        rest_shift = place_rests(self._arrays, self._notes, self._stems, rooms, self._draws)
        self._dots(rest_shift)
        self._articulations()
        self._signs()

    def _in_cells(self, *kinds: PrimitiveKind) -> tuple[IntArray, IntArray, FloatArray]:
        arrays, cells = self._arrays, self._notes.cells
        found = arrays.of(*kinds)
        found = found[cells.of[found] >= 0]
        return found, cells.of[found], arrays.space[found]

    def _ledger_lines(self) -> None:
        arrays, notes, draws = self._arrays, self._notes, self._draws
        lines, cell, space = self._in_cells(_K.LEDGER_LINE)
        lines = lines[arrays.count[lines] == 2]
        cell, space = notes.cells.of[lines], arrays.space[lines]
        start, end = arrays.engraved_point(lines, 0), arrays.engraved_point(lines, 1)
        y = (start[:, 1] + end[:, 1]) / 2
        count = len(lines)
        depth = notes.depth_shift(cell, y, arrays.middle[lines], arrays.half[lines])
        single = np.clip(draws.offsets("ledger_y", count), -_MOST_LEDGER_SS, _MOST_LEDGER_SS) * space
        to_left, to_right = self._ends_of_ledger_lines(lines, cell)
        left = start[:, 0] + to_left - draws.offsets("ledger_left", count) * space
        right = end[:, 0] + to_right + draws.offsets("ledger_right", count) * space
        short = np.maximum(0.5 * space - (right - left), 0.0) / 2
        left, right = left - short, right + short
        slope = np.tan(np.radians(np.clip(draws.offsets("ledger_tilt", count), -25, 25)))
        # Lines are tilted about their noteheads, so that these keep their distance from them; a long line, which notes
        # share, is nearly level.
        pivot = (start[:, 0] + to_left + end[:, 0] + to_right) / 2
        reach = np.maximum((right - left) / 2 - _USUAL_REACH_SS * space, np.abs(right + left - 2 * pivot) / 2)
        steepest = _MOST_TILT_SS * space / np.maximum(reach, 1e-3 * space)
        slope = np.clip(slope, -steepest, steepest)
        at = arrays.first[lines]
        new_y = (
            y
            + depth
            + np.clip(notes.cell_dy[cell], -_MOST_LEDGER_SS * space, _MOST_LEDGER_SS * space)
            + single
        )
        arrays.xy[at] = np.stack([left, new_y + slope * (left - pivot)], axis=1)
        arrays.xy[at + 1] = np.stack([right, new_y + slope * (right - pivot)], axis=1)

    def _ends_of_ledger_lines(self, lines: IntArray, cell: IntArray) -> tuple[FloatArray, FloatArray]:
        """Displacements of the left and right ends of ledger lines, in mm.

        Notes that are close to each other, such as those of two voices, share a line; each end follows the note there.
        """
        arrays, notes = self._arrays, self._notes
        start, end = arrays.engraved_point(lines, 0), arrays.engraved_point(lines, 1)
        heads, space = notes.heads, arrays.space[lines][:, None]
        outwards = np.sign(start[:, 1] - arrays.middle[lines])[:, None]
        needs = (
            (arrays.staff[heads] == arrays.staff[lines][:, None])
            & (notes.printed_left < end[:, 0][:, None])
            & (notes.printed_right > start[:, 0][:, None])
            & (outwards * (notes.engraved_y - start[:, 1][:, None]) > -_REACHES_LINE_SS * space)
        )
        found = needs.any(axis=1)
        ends = []
        for printed, now, pick, far, own in (
            (notes.printed_left, notes.left, np.min, np.inf, self._left_shift),
            (notes.printed_right, notes.right, np.max, -np.inf, self._right_shift),
        ):
            before = pick(np.where(needs, printed, far), axis=1, initial=far)
            after = pick(np.where(needs, now, far), axis=1, initial=far)
            with np.errstate(invalid="ignore"):
                ends.append(np.where(found, after - before, own[cell]))
        return ends[0], ends[1]

    def _accidentals(self) -> None:
        arrays, notes, draws = self._arrays, self._notes, self._draws
        signs, cell, space = self._in_cells(_K.ACCIDENTAL)
        cell = notes.cells.followed[cell]
        count = len(signs)
        if not count or not len(notes.heads):
            return
        form = _accidental_forms(arrays, signs)
        gaps, heights = [], []
        for name in _FORMS:
            gaps.append(draws.offsets(f"accidental_gap_{name}", len(notes.cells)))
            heights.append(draws.offsets(f"accidental_y_{name}", count))
        # Accidentals of a chord keep their columns: they move as a group, plus a small individual shift.
        room = np.log(
            np.maximum(self._room_left / self._notes.cells.space, _USUAL_ROOM_SS / 8) / _USUAL_ROOM_SS
        )
        roomy = draws.offsets("accidental_gap_room", len(notes.cells)) * room
        gap = (np.stack(gaps)[form, cell] + roomy[cell]) * space
        row = notes.nearest(cell, arrays.engraved_point(signs)[:, 1])
        # Gaps are between inks, which may be wider or narrower than the engraved symbols.
        printed = arrays.printed_sides(signs)[:, 1]
        closest = np.full(len(notes.cells), np.inf)
        np.minimum.at(closest, cell, notes.printed_left[row] - printed)
        overlap = np.array(_MOST_OVERLAP_SS)[form] * space
        near = np.minimum(_AIMED_AGAIN_SS * space - closest[cell], 0.0)
        gap = np.where(gap < near, near - _STILL_NEARER * (near - gap), gap)
        gap = np.maximum(gap, np.minimum(_CLOSEST_SS * space - closest[cell], 0.0) - overlap)
        gap = np.minimum(gap, np.maximum(self._room_left[cell], 0.0))
        has_heads = notes.has_heads[cell]
        most = _MOST_ACCIDENTAL_SS * space
        applied = np.array([draws.strength(f"accidental_y_{name}") for name in _FORMS])[form]
        offset = np.stack(heights)[form, np.arange(count)] * space - applied * arrays.lower_ink(signs)
        dy = np.where(has_heads, notes.dy[row], 0.0) + np.clip(offset, -most, most)
        dx = self._left_shift[cell] - gap + printed - arrays.right[signs]
        # Two voices that share a notehead also share its accidental.
        _, first, same = np.unique(
            np.column_stack([np.round(arrays.engraved_point(signs), 3), arrays.staff[signs]]),
            axis=0, return_index=True, return_inverse=True,
        )  # fmt: skip
        shared = first[same.reshape(-1)]
        dx, dy = dx[shared], dy[shared]
        arrays.move(signs, dx - self._of_each_other(signs, cell, dx, dy)[shared], dy)

    def _of_each_other(self, signs: IntArray, cell: IntArray, dx: FloatArray, dy: FloatArray) -> FloatArray:
        """Distance by which accidentals move left to avoid simultaneous objects on their staff.

        Their order from left to right is kept; of two in one column that are too close, the lower one moves.
        """
        arrays, notes = self._arrays, self._notes
        count, space = len(signs), arrays.space[signs][:, None]
        others = np.concatenate([signs, notes.heads])
        moment = notes.moment[np.concatenate([cell, notes.cell])]
        height = np.concatenate([dy, notes.dy])
        left = np.concatenate([arrays.left[signs] + dx, notes.left])
        is_right = arrays.left[others] - arrays.right[signs][:, None] > -_CLOSEST_SS * space
        offset = arrays.left[signs] - arrays.left[signs][:, None]
        below = arrays.top[signs][:, None] > arrays.top[signs]
        is_right[:, :count] = (offset > 0.1 * space) | ((np.abs(offset) <= 0.1 * space) & below)
        low = np.maximum((arrays.top[signs] + dy)[:, None], arrays.top[others] + height)
        high = np.minimum((arrays.bottom[signs] + dy)[:, None], arrays.bottom[others] + height)
        touches = is_right & (notes.moment[cell][:, None] == moment) & (high - low > _SAME_HEIGHT_SS * space)
        apart = np.where(np.arange(len(others)) < count, _CLOSEST_SS, -_INTO_HEADS_SS) * space
        # Signs nested by the engraver stay nested, unless they moved relative to each other.
        nested = np.minimum(arrays.bottom[signs][:, None], arrays.bottom[others]) - np.maximum(
            arrays.top[signs][:, None], arrays.top[others]
        )
        engraved = arrays.left[others] - arrays.right[signs][:, None]
        apart = np.where(np.abs(high - low - nested) < 1e-6, np.minimum(apart, engraved), apart)
        aside = np.zeros(count)
        for _ in range(_MOST_COLUMNS):
            left[:count] = arrays.left[signs] + dx - aside
            over = (arrays.right[signs] + dx - aside)[:, None] + apart - left
            aside += np.where(touches, over, 0.0).max(axis=1, initial=0.0)
        return np.minimum(aside, _MOST_ASIDE_SS * arrays.space[signs])

    def _dots(self, rest_shift: FloatArray) -> None:
        arrays, notes, draws = self._arrays, self._notes, self._draws
        dots, cell, space = self._in_cells(_K.AUGMENTATION_DOT)
        cell = notes.cells.followed[cell]
        count = len(dots)
        if not count:
            return
        off_line = draws.ratios("dot_off_line", len(notes.cells))
        gap = draws.offsets("dot_gap", len(notes.cells))[cell] * space
        y = arrays.engraved_point(dots)[:, 1]
        left, dx, dy = arrays.left[dots], rest_shift[cell, 0], rest_shift[cell, 1]
        engraved_gap = 0.3 * space
        if len(notes.heads):
            row, has_heads = notes.nearest(cell, y), notes.has_heads[cell]
            engraved_gap = np.where(has_heads, left - notes.printed_right[row], engraved_gap)
            dx = np.where(has_heads, self._right_shift[cell], dx)
            # An engraved dot of a notehead on a line is in the space beside it; handwritten dots are closer to the line.
            off = y - notes.engraved_y[row]
            off = np.where(has_heads & (np.abs(off) < 0.75 * space), off, 0.0)
            dy = np.where(has_heads, notes.dy[row], dy) + (off_line[cell] - 1) * off
        gap = np.maximum(gap, np.minimum(_CLOSEST_SS * space - engraved_gap, 0.0))
        flagged = np.isin(cell, notes.cells.of[arrays.of(_K.FLAG)])
        gap = np.where(flagged, np.maximum(gap, draws.strength("dot_gap") * _PAST_FLAG_SS * space), gap)
        dx = dx + np.minimum(gap, np.maximum(self._room_right[cell], 0.1 * space))
        # Dots of a chord are at least one staff space apart, so they keep their order within these limits.
        dy = dy + np.clip(draws.offsets("dot_y", count), -0.45, 0.45) * space
        arrays.move(dots, dx, dy)

    def _articulations(self) -> None:
        arrays, notes, draws = self._arrays, self._notes, self._draws
        marks, cell, space = self._in_cells(_K.ARTICULATION)
        count = len(marks)
        if not count or not len(notes.heads):
            return
        y = (arrays.top[marks] + arrays.bottom[marks]) / 2
        row = notes.nearest(cell, y)
        tip_dx, tip_dy, sign, tip_y = self._stems.tip_shifts()
        at_tip = np.abs(y - tip_y[cell]) < np.abs(y - notes.engraved_y[row])
        direction = np.sign(y - notes.engraved_y[row])
        dx = (self._left_shift[cell] + self._right_shift[cell]) / 2
        dx = np.where(at_tip & (np.abs(tip_dx[cell] - dx) < space), (dx + tip_dx[cell]) / 2, dx)
        dy = np.where(at_tip & (sign[cell] != 0), tip_dy[cell], notes.dy[row])
        arrays.move(
            marks,
            dx + draws.offsets("articulation_x", count) * space,
            dy + direction * draws.offsets("articulation_gap", count) * space,
        )

    def _signs(self) -> None:
        notes, draws = self._notes, self._draws
        signs, cell, space = self._in_cells(*_SIGNS)
        # All parts of one sign (a trill with its accidental, a fermata of one cell) move together.
        dx = draws.offsets("sign_x", len(notes.cells))[cell] * space
        dy = draws.offsets("sign_y", len(notes.cells))[cell] * space
        shift = notes.cell_dx[cell] + dx
        self._arrays.move(signs, shift - self._in_the_way(signs, shift), dy)

    def _in_the_way(self, signs: IntArray, shift: FloatArray) -> FloatArray:
        """Distance by which arpeggios move left to avoid the noteheads of all their chords, on one or more staves."""
        arrays, notes = self._arrays, self._notes
        result = np.zeros(len(signs))
        arpeggios = np.nonzero(arrays.kind[signs] == KIND_CODES[_K.ARPEGGIO])[0].tolist()
        if not arpeggios:
            return result
        lefts = np.full(len(notes.cells), np.inf)
        np.minimum.at(lefts, notes.cell, notes.left)
        for row in arpeggios:
            index = signs[row]
            cells = notes.cells.covered_by(int(index), int(arrays.system[index]))
            left = min(lefts[cells].tolist(), default=np.inf)
            if np.isfinite(left):
                room = left - _BEFORE_HEADS_SS * arrays.space[index]
                result[row] = max(arrays.right[index] + shift[row] - room, 0.0)
        return result


def _accidental_forms(arrays: PageArrays, signs: IntArray) -> IntArray:
    """Form of each accidental: 0 for sharps, 1 for flats, 2 for all others."""
    is_sharp = arrays.named("accidentalSharp", indices=signs)
    is_flat = arrays.named("accidentalFlat", "accidentalDoubleFlat", indices=signs)
    return np.where(is_sharp, 0, np.where(is_flat, 1, 2))
