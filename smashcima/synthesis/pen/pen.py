"""Rendering of strokes in the handwriting of a writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smashcima.errors import GeometryError
from smashcima.geometry import Contours
from smashcima.quick_init import quick_init
from smashcima.synthesis.pen.outline import Renderings, joined_plans, outline_points
from smashcima.synthesis.pen.plan import Wanted, WritingPlan, plan_writing
from smashcima.synthesis.pen.skeleton import SkeletonStroke
from smashcima.synthesis.pen.stroke_draft import Complexes, Floats
from smashcima.synthesis.pen.writer import PenWriter

_RAREST = 2.5
"""Random numbers are clipped to this many standard deviations, which avoids implausible forms."""

_FAINTEST = 0.3
"""Width of the thinnest ink, relative to its mean."""

_MOST_PLANS = 2048

_Key = tuple[int, float, float, float]
"""Identity of the strokes, millimetres per unit, width and slant of a plan.

Identity is safe while the strokes are kept with the plan, and never affects the output: hashing all knots each time
would take longer than writing them."""


@quick_init
@dataclass(frozen=True, slots=True)
class PenJob:
    """One symbol or letter to be written by a `Pen`; see `Pen.write` for the fields."""

    strokes: tuple[SkeletonStroke, ...]
    mm_per_unit: float
    x: float = 0.0
    """Position of the origin of the strokes, in mm."""
    y: float = 0.0
    width: float = 1.0
    slant: float = 1.0
    variation: float = 1.0


class Pen:
    """Writes strokes in the handwriting of a writer.

    Planning a symbol takes about 0.2 ms, or less if many are prepared at once. It is done once for each tuple of
    strokes and size; pass the same tuple (not a copy) again to reuse the plan. A rendering then takes a few
    microseconds if many are requested at once.
    """

    def __init__(self, writer: PenWriter) -> None:
        self.writer = writer
        self._nib = writer.outline_nib
        self._plans: dict[_Key, tuple[object, WritingPlan]] = {}

    def write(
        self,
        strokes: Sequence[SkeletonStroke],
        mm_per_unit: float,
        rng: np.random.Generator,
        count: int = 1,
        *,
        width: float = 1.0,
        slant: float = 1.0,
        variation: float = 1.0,
    ) -> list[Contours]:
        """Writes `count` different renderings of one symbol, in mm around the origin of the strokes.

        `width`, `slant` and `variation` are factors on the writer's pen width, slant and variation (with a variation
        of 0, all renderings are the writer's mean form).

        Every ring has a positive `signed_area`. The ink is the union of the rings, which may overlap; areas enclosed
        by a loop stay clear. Raises a `GeometryError` if there are no strokes.
        """
        return self.render(
            strokes, mm_per_unit, rng, count, width=width, slant=slant, variation=variation
        ).all()

    def render(
        self,
        strokes: Sequence[SkeletonStroke],
        mm_per_unit: float,
        rng: np.random.Generator,
        count: int,
        *,
        width: float = 1.0,
        slant: float = 1.0,
        variation: float = 1.0,
    ) -> Renderings:
        """As `write`, but the outlines are made one by one when they are taken."""
        plan = self._plan(strokes, mm_per_unit, width, slant)
        draws = _standard_normal(rng, count * plan.draw_count).reshape(count, -1)
        if variation != 1:
            draws *= variation
        centres, halves = _varied(plan, draws)
        points = outline_points(centres, halves, plan.ribbons, self._nib)
        return Renderings(points, plan.ribbons.spans)

    def write_batch(self, jobs: Sequence[PenJob], rng: np.random.Generator) -> list[Contours]:
        """Writes one rendering of each job, in mm; outlines of all jobs are computed together."""
        if not jobs:
            return []
        plans = [self._plan(job.strokes, job.mm_per_unit, job.width, job.slant) for job in jobs]
        draws = _standard_normal(rng, sum(plan.draw_count for plan in plans))
        parts = []
        at = 0
        for job, plan in zip(jobs, plans, strict=True):
            own = draws[at : at + plan.draw_count] * job.variation
            at += plan.draw_count
            centres, halves = _varied(plan, own[np.newaxis])
            parts.append((centres + complex(job.x, job.y), halves))
        ribbons = joined_plans([plan.ribbons for plan in plans])
        centres = np.concatenate([part[0] for part in parts], axis=1)
        points = outline_points(
            centres, np.concatenate([part[1] for part in parts], axis=1), ribbons, self._nib
        )
        rings = [points[0, span] for span in ribbons.spans]
        contours, at = [], 0
        for plan in plans:
            count = len(plan.ribbons.ring_starts) - 1
            contours.append(Contours(tuple(rings[at : at + count])))
            at += count
        return contours

    def prepare(self, jobs: Sequence[PenJob]) -> None:
        """Plans symbols that will be written; draws no random numbers. Positions and variations do not matter."""
        missing = {key: job for job in jobs if (key := _key(job)) not in self._plans}
        wanted = [Wanted(job.strokes, job.mm_per_unit, job.width, job.slant) for job in missing.values()]
        for (key, job), plan in zip(missing.items(), plan_writing(wanted, self.writer), strict=True):
            self._keep(key, job.strokes, plan)

    def mean_boxes(self, jobs: Sequence[PenJob]) -> list[tuple[float, float, float, float]]:
        """Left, top, right and bottom of the ink of each symbol without variation, in mm around its origin, y down."""
        if not jobs:
            return []
        self.prepare(jobs)
        plans = [self._plan(job.strokes, job.mm_per_unit, job.width, job.slant) for job in jobs]
        ribbons = joined_plans([plan.ribbons for plan in plans])
        centres = np.concatenate([plan.centres for plan in plans])[np.newaxis]
        halves = np.concatenate([plan.halves for plan in plans])[np.newaxis]
        points = outline_points(centres, halves, ribbons, self._nib)[0]
        starts = np.cumsum([0, *(len(plan.ribbons.order) for plan in plans[:-1])])
        low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
        return [tuple(box) for box in np.concatenate([low, high], axis=1).tolist()]

    def _plan(
        self, strokes: Sequence[SkeletonStroke], mm_per_unit: float, width: float, slant: float
    ) -> WritingPlan:
        key = (id(strokes), mm_per_unit, width, slant)
        kept = self._plans.get(key)
        if kept is not None:
            return kept[1]
        if not strokes or mm_per_unit <= 0:
            raise GeometryError(
                f"A pen needs at least one stroke and a positive size, not {len(strokes)} strokes at {mm_per_unit}."
            )
        (plan,) = plan_writing([Wanted(tuple(strokes), mm_per_unit, width, slant)], self.writer)
        if isinstance(strokes, tuple):
            self._keep(key, strokes, plan)
        return plan

    def _keep(self, key: _Key, strokes: tuple[SkeletonStroke, ...], plan: WritingPlan) -> None:
        if len(self._plans) >= _MOST_PLANS:
            self._plans.clear()
        self._plans[key] = (strokes, plan)


def _key(job: PenJob) -> _Key:
    return (id(job.strokes), job.mm_per_unit, job.width, job.slant)


def _standard_normal(rng: np.random.Generator, count: int) -> Floats:
    """Clipped standard normal random numbers."""
    draws = rng.standard_normal(count)
    np.maximum(draws, -_RAREST, out=draws)  # `np.clip` has four times the overhead
    np.minimum(draws, _RAREST, out=draws)
    return draws


def _varied(plan: WritingPlan, draws: Floats) -> tuple[Complexes, Floats]:
    """Centres and half widths (count, n) of renderings for random numbers (count, draw_count)."""
    moves = len(plan.moves)
    shift = (np.ascontiguousarray(draws[:, :moves]) @ plan.moves.view(np.float64)).view(np.complex128)
    shift += plan.centres
    halves = draws[:, moves:] @ plan.swells
    halves += 1
    np.maximum(halves, _FAINTEST, out=halves)
    halves *= plan.halves
    return shift, halves
