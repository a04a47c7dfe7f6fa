"""The ink of the letters of a writer: several renderings of each, as arrays of all letters that are written together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.quick_init import quick_init
from smashcima.synthesis.pen import PenWriter, outline_points
from smashcima.synthesis.pen.outline import joined_plans
from smashcima.synthesis.pen.plan import Wanted, WritingPlan, plan_writing
from smashcima.synthesis.text.letters import Joint

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

VARIATIONS = 6
"""Number of renderings of each letter; every use varies one of them."""

_SETTLING = 0.14
"""Length of the path, in ems, along which a stroke is adjusted to end at a joint."""

_FAINTEST = 0.4
"""Width of the thinnest ink, relative to its mean."""


@quick_init
@dataclass(frozen=True, slots=True)
class LetterJob:
    """A letter to be written."""

    name: str
    """The key of the random numbers of the renderings."""
    wanted: Wanted
    joints: tuple[Joint | None, Joint | None]
    """Where the letter is entered and left."""


@quick_init
@dataclass(frozen=True, slots=True, eq=False)
class LetterInk:
    """Renderings of a letter. Lengths are in mm, at the size that it was written for."""

    renderings: Floats
    """The points of all rings as x, y and 1, shape (VARIATIONS, m, 3)."""

    spans: Sequence[slice]
    """Where each ring is among the points."""


def write_letters(
    jobs: Sequence[LetterJob], pen: PenWriter, lean: float, numbers_for: Callable[[str, int], Floats]
) -> list[LetterInk]:
    """The ink of letters; writing them together takes less time than one by one, but none depends on the others.

    Args:
        jobs: the letters.
        pen: the writer.
        lean: how far the writer's slant moves a point to the right, relative to its height.
        numbers_for: standard normal numbers for a key, as many as asked for.
    """
    plans = plan_writing([job.wanted for job in jobs], pen)
    centres, halves = _renderings(
        plans,
        [numbers_for(job.name, VARIATIONS * plan.draw_count) for job, plan in zip(jobs, plans, strict=True)],
    )
    start = 0
    for job, plan in zip(jobs, plans, strict=True):
        own = slice(start, start := start + len(plan.centres))
        em = job.wanted.mm_per_unit
        for joint in job.joints:
            if joint is not None:
                target = em * complex(joint.x - lean * joint.y, joint.y)
                width = job.wanted.width * pen.pen_width
                _settle(centres[:, own], halves[:, own], plan, target, joint.is_drawn, em, width)
    points = outline_points(centres, halves, joined_plans([plan.ribbons for plan in plans]), pen.outline_nib)
    marked = np.empty((*points.shape[:2], 3))
    marked[:, :, :2] = points
    marked[:, :, 2] = 1.0
    bounds = accumulate([len(plan.ribbons.order) for plan in plans], initial=0)
    return [
        LetterInk(marked[:, first:last], plan.ribbons.spans)
        for plan, (first, last) in zip(plans, pairwise(bounds), strict=True)
    ]


def _renderings(plans: Sequence[WritingPlan], numbers: Sequence[Floats]) -> tuple[Complexes, Floats]:
    """Centres and half widths (VARIATIONS, n) of the samples of all letters, one letter after the other."""
    total = sum(len(plan.centres) for plan in plans)
    shifts, swells = np.empty((VARIATIONS, 2 * total)), np.empty((VARIATIONS, total))
    start = 0
    for plan, own in zip(plans, numbers, strict=True):
        end = start + len(plan.centres)
        draws, moves = own.reshape(VARIATIONS, -1), len(plan.moves)
        np.matmul(draws[:, :moves], plan.moves.view(np.float64), out=shifts[:, 2 * start : 2 * end])
        np.matmul(draws[:, moves:], plan.swells, out=swells[:, start:end])
        start = end
    swells += 1
    np.maximum(swells, _FAINTEST, out=swells)
    swells *= np.concatenate([plan.halves for plan in plans])
    centres = shifts.view(np.complex128)
    centres += np.concatenate([plan.centres for plan in plans])
    return centres, swells


def _settle(
    centres: Complexes,
    halves: Floats,
    plan: WritingPlan,
    target: complex,
    is_end: bool,
    em: float,
    pen_width: float,
) -> None:
    """Adjusts every rendering so that a stroke ends at a joint with full width; modifies both arrays."""
    candidates = plan.ribbons.cap_at if is_end else np.arange(len(plan.centres))
    sample = int(candidates[np.argmin(np.abs(plan.centres[candidates] - target))])
    along = np.zeros(len(plan.centres))
    np.cumsum(np.abs(plan.centres[1:] - plan.centres[:-1]), out=along[1:])
    weight = np.exp(-(((along - along[sample]) / (_SETTLING * em)) ** 2))
    if is_end:
        # Samples beyond an end belong to another stroke.
        beyond = slice(sample + 1, None) if plan.ribbons.after[sample] == sample else slice(0, sample)
        weight[beyond] = 0.0
        halves += weight * (0.48 * pen_width - halves)
    centres += weight * (target - centres[:, sample : sample + 1])


def lean_of(width: float, slant_deg: float) -> float:
    """How far a slant moves points of letters of a relative width to the right, relative to their height."""
    return width * math.tan(math.radians(slant_deg))
