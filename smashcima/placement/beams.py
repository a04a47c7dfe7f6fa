"""Placement of beams, and of the ends of the stems under them."""

from __future__ import annotations

from functools import partial

import numpy as np

from smashcima.engraving import FilledPolygon, PrimitiveKind
from smashcima.engraving.page_belonging import PageBelonging
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.stems import SHORTEST_STEM_SS, Stems

_K = PrimitiveKind

_MOST_BEAM_END_SS = 0.6
"""Maximum distance of the ends of a beam from its outer stems; a stem further away seems to have one beam less."""

_NARROWEST_SS = 0.3
"""Width below which beams are not changed."""


def place_beams(arrays: PageArrays, notes: Notes, stems: Stems, draws: QuantityDraws) -> None:
    """Places beams and the ends of the stems under them."""
    beams = arrays.of_type(arrays.of(_K.BEAM), FilledPolygon)
    beams = beams[arrays.count[beams] == 4]
    # Verovio draws a beam of zero width if the source beams a single note; its slope cannot be changed.
    first = arrays.first[beams]
    beams = beams[
        arrays.engraved[first + 1, 0] - arrays.engraved[first, 0] > _NARROWEST_SS * arrays.space[beams]
    ]
    if not len(beams) or not len(stems.stems) + len(stems.headless.stems):
        return
    _Beams(arrays, notes, stems, beams).place(draws)


def corners_from_left(xy: FloatArray, first: IntArray) -> FloatArray:
    """The corners of beams, (n, 4, 2), those on the left before those on the right; `first` are the indices of their first points."""
    points = xy[first[:, None] + np.arange(4)]
    # Regardless of the first corner, two corners of the polygon are on the left.
    order = np.argsort(points[:, :, 0], axis=1, kind="stable")
    return np.take_along_axis(points, order[:, :, None], axis=1)


class _Beams:
    """All beams of a page. A *group* is one beam of all levels in one system; its *line* is the centre of level 1."""

    def __init__(self, arrays: PageArrays, notes: Notes, stems: Stems, beams: IntArray) -> None:
        self._arrays, self._notes, self._stems, self._beams = arrays, notes, stems, beams
        self._headless = stems.headless
        self._group = arrays.facts.kept("beams", beams, self._groups)
        self._count = int(self._group.max()) + 1
        points = corners_from_left(arrays.engraved, arrays.first[beams])
        self._x = points[:, [0, 2], 0]
        self._y = (points[:, [0, 2], 1] + points[:, [1, 3], 1]) / 2
        self._thickness = np.maximum(np.abs(points[:, 1, 1] - points[:, 0, 1]), 1e-3)
        order = np.lexsort((self._x[:, 0] - self._x[:, 1], self._group))
        main = order[np.searchsorted(self._group[order], np.arange(self._count))]
        self._space = arrays.space[beams][main]
        self._left, self._right = self._x[main, 0], self._x[main, 1]
        self._middle = (self._left + self._right) / 2
        width = self._right - self._left
        rise = self._y[main, 1] - self._y[main, 0]
        # Narrower polygons do not connect stems, and have no well-defined slope.
        self._slope = np.where(width > 0.3 * self._space, rise / np.maximum(width, 1e-3), 0.0)
        self._height = (self._y[main, 0] + self._y[main, 1]) / 2
        self._main = main
        self._find_stems()

    def _groups(self) -> IntArray:
        """The number of the group of each beam, from 0."""
        keys: dict[tuple[str | None, int], int] = {}
        systems = self._arrays.system[self._beams].tolist()
        return np.array(
            [
                keys.setdefault((self._arrays.primitives[i].element, system), len(keys))
                for i, system in zip(self._beams.tolist(), systems, strict=True)
            ],
            dtype=np.intp,
        )

    def _line(self, group: IntArray, x: FloatArray) -> FloatArray:
        result: FloatArray = self._height[group] + self._slope[group] * (x - self._middle[group])
        return result

    def _find_stems(self) -> None:
        """The stems under each beam: those that any of its pieces touches."""
        belonging = self._arrays.page.belonging
        assert belonging is not None
        for stems in (self._stems, self._headless):
            kept = self._arrays.facts.kept(
                "stems of beams", stems.stems, partial(self._groups_of, belonging, stems.stems)
            )
            stems.group = kept.copy()
        self._own = np.nonzero(self._stems.group >= 0)[0]
        self._own_headless = np.nonzero(self._headless.group >= 0)[0]

    def _groups_of(self, belonging: PageBelonging, stems: IntArray) -> IntArray:
        """The group of each stem, or -1."""
        row_of = {index: row for row, index in enumerate(stems.tolist())}
        groups = np.full(len(stems), -1, dtype=np.intp)
        for beam, number in zip(self._beams.tolist(), self._group.tolist(), strict=True):
            for stem in belonging.beams[beam].stems:
                if stem in row_of:
                    groups[row_of[stem]] = number
        return groups

    def place(self, draws: QuantityDraws) -> None:
        stems, notes, own = self._stems, self._notes, self._own
        stems.lean_together()
        group, count, space = stems.group[own], self._count, self._space
        number = np.maximum(np.bincount(group, minlength=count), 1)
        sign = np.bincount(group, weights=stems.sign[own], minlength=count) / number
        one_sided = np.abs(sign) > 0.99
        free = stems.free_row[own]
        length = stems.sign[own] * (self._line(group, stems.engraved_tip[own, 0]) - notes.engraved_y[free])
        shortest = np.full(count, np.inf)
        np.minimum.at(shortest, group, length)
        mean = np.bincount(group, weights=length, minlength=count) / number
        ratio = draws.ratios("stem_length_beamed", count)
        slack = np.where(one_sided, np.maximum(shortest - SHORTEST_STEM_SS * space, 0.0), 0.0)
        nearer = np.clip((1 - ratio) * mean, -1.5 * space * one_sided, slack)
        follow = np.bincount(group, weights=notes.dy[free], minlength=count) / number
        new_height = self._height - sign * nearer + follow
        new_slope = self._new_slope(
            draws, group, free, one_sided, np.maximum(slack - np.maximum(nearer, 0), 0.0)
        )

        thickness = draws.sizes("beam_thickness", self._thickness / self._arrays.space[self._beams])
        thickness = (thickness * self._arrays.space[self._beams])[self._main][self._group]
        swell = (thickness / self._thickness)[self._main]

        # Stems are first tilted, then end on the beam.
        shift = stems.engraved_tip[own, 0] + notes.cell_dx[stems.cell[own]]
        new_middle = self._new_middle(shift - stems.engraved_tip[own, 0])
        estimate = new_height[group] + new_slope[group] * (shift - new_middle[group])
        tip_y = stems.tip[:, 1].copy()
        tip_y[own] = estimate
        tip_x = stems.base[:, 0] + stems.lean(tip_y)
        past = self._past(draws, group)
        inset = stems.engraved_tip[own, 1] - self._line(group, stems.engraved_tip[own, 0])
        tip_y[own] = (
            new_height[group]
            + new_slope[group] * (tip_x[own] - new_middle[group])
            + inset * swell[group]
            + stems.sign[own] * past * stems.space[own]
        )
        stems.tip[own] = np.stack([tip_x[own], tip_y[own]], axis=1)
        bare, others = self._own_headless, self._headless
        of_bare = others.group[bare]
        others.end_at(
            bare,
            self._line(of_bare, others.x[bare]),
            new_height[of_bare] + new_slope[of_bare] * ((others.x + others.dx)[bare] - new_middle[of_bare]),
            swell[of_bare],
        )
        self._write(draws, new_height, new_slope, new_middle, thickness)

    def _new_middle(self, shift: FloatArray) -> FloatArray:
        """X of the middle of each beam after all its stems moved; `shift` is that of the stems with noteheads."""
        group = np.append(self._stems.group[self._own], self._headless.group[self._own_headless])
        moved = np.append(shift, self._headless.dx[self._own_headless])
        number = np.maximum(np.bincount(group, minlength=self._count), 1)
        result: FloatArray = self._middle + np.bincount(group, weights=moved, minlength=self._count) / number
        return result

    def _new_slope(
        self, draws: QuantityDraws, group: IntArray, free: IntArray, one_sided: BoolArray, slack: FloatArray
    ) -> FloatArray:
        count, notes, stems, own = self._count, self._notes, self._stems, self._own
        x, y = stems.engraved_tip[own, 0], notes.engraved_y[free]
        order = np.lexsort((x, group))
        ends = np.searchsorted(group[order], np.arange(count + 1))
        has = np.diff(ends) > 1
        first, last = order[np.minimum(ends[:-1], len(order) - 1)], order[np.maximum(ends[1:] - 1, 0)]
        rise = (y[last] - y[first]) / np.maximum(x[last] - x[first], self._space)
        change = draws.offsets("beam_slope", count) + draws.offsets("beam_follow", count) * np.where(
            has & one_sided, rise - self._slope, 0.0
        )
        half = np.maximum((self._right - self._left) / 2, 1e-3)
        # A beam is rotated until a stem under it would become too short, but always by a small amount.
        limit = np.minimum((slack + 0.25 * self._space) / half, 0.35)
        result: FloatArray = self._slope + np.clip(change, -limit, limit)
        return result

    def _past(self, draws: QuantityDraws, group: IntArray) -> FloatArray:
        own, x = self._own, self._stems.engraved_tip[self._own, 0]
        is_outer = (
            np.minimum(np.abs(x - self._left[group]), np.abs(x - self._right[group]))
            < 0.3 * self._space[group]
        )
        outer, inner = draws.offsets("stem_past_outer", len(own)), draws.offsets("stem_past_inner", len(own))
        return np.where(is_outer, outer, inner)

    def _write(
        self,
        draws: QuantityDraws,
        height: FloatArray,
        slope: FloatArray,
        middle: FloatArray,
        thickness: FloatArray,
    ) -> None:
        group, space = self._group, self._space[self._group]
        new_x = np.sort(self._new_ends(draws), axis=1)
        new_x[:, 1] = np.maximum(new_x[:, 1], new_x[:, 0] + 0.4 * space)
        center = self._x.mean(axis=1)
        off = self._y.mean(axis=1) - self._line(group, center)
        level = np.round(off / (0.4 * space)).astype(np.intp)
        _, inverse = np.unique(group * 64 + level + 32, return_inverse=True)
        size = int(inverse.max()) + 1
        number = np.bincount(inverse, minlength=size)
        pivot = (np.bincount(inverse, weights=new_x.mean(axis=1), minlength=size) / number)[inverse]
        off = off * draws.ratios("beam_distance", self._count)[group]
        angle = np.tan(np.radians(np.clip(draws.offsets("beam_parallel", size), -20, 20)))[inverse]
        reach = np.maximum(np.abs(new_x - pivot[:, None]).max(axis=1), 1e-3)
        widest = np.zeros(size)
        np.maximum.at(widest, inverse, reach)
        limit = 0.5 * np.abs(off) / widest[inverse]
        angle = np.clip(np.where(level == 0, 0.0, angle), -limit, limit)
        at_pivot = height[group] + slope[group] * (pivot - middle[group]) + off
        y = at_pivot[:, None] + (slope[group] + angle)[:, None] * (new_x - pivot[:, None])
        half = thickness[:, None] / 2
        top, bottom = y - half, y + half
        points = np.stack(
            [
                np.stack([new_x[:, 0], top[:, 0]], axis=1),
                np.stack([new_x[:, 1], top[:, 1]], axis=1),
                np.stack([new_x[:, 1], bottom[:, 1]], axis=1),
                np.stack([new_x[:, 0], bottom[:, 0]], axis=1),
            ],
            axis=1,
        )
        self._arrays.xy[self._arrays.first[self._beams][:, None] + np.arange(4)] = points

    def _new_ends(self, draws: QuantityDraws) -> FloatArray:
        """X of both ends of each beam piece, (n, 2); they follow the nearest stem of their beam."""
        stems, own = self._stems, self._own
        start, end = (
            np.clip(draws.offsets(name, len(self._beams)), -_MOST_BEAM_END_SS, _MOST_BEAM_END_SS)
            for name in ("beam_start", "beam_end")
        )
        bare, others = self._own_headless, self._headless
        shift = np.append(stems.tip[own, 0] - stems.engraved_tip[own, 0], others.dx[bare])
        if not len(shift):
            return np.array(self._x)
        stem_x = np.append(stems.engraved_tip[own, 0], others.x[bare])
        stem_group = np.append(stems.group[own], others.group[bare])
        distance = np.abs(self._x[:, :, None] - stem_x)
        distance = np.where(self._group[:, None, None] == stem_group, distance, np.inf)
        nearest = distance.argmin(axis=2)
        found = np.isfinite(np.take_along_axis(distance, nearest[:, :, None], axis=2)[:, :, 0])
        result = self._x + np.where(found, shift[nearest], 0.0)
        space = self._space[self._group]
        is_first = np.abs(self._x[:, 0] - self._left[self._group]) < 0.3 * space
        is_last = np.abs(self._x[:, 1] - self._right[self._group]) < 0.3 * space
        limit = 0.3 * (result[:, 1] - result[:, 0])
        result[:, 0] += np.where(is_first, np.clip(start * space, -limit, limit), 0.0)
        result[:, 1] += np.where(is_last, np.clip(end * space, -limit, limit), 0.0)
        return result
