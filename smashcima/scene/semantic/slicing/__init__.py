"""Slices: a part of a score (a page, a system, some staves, some measures) as a separate score.

`Score.slice` and `Score.slices` are the entry points: `request` determines the measures and staves, `cutting` makes the
score. Slices of one score share a `ScoreIndex`. Other modules handle its definitions, the voices of its staves, and the marks that its borders cut.
"""

from smashcima.scene.semantic.slicing.copies import Copies
from smashcima.scene.semantic.slicing.cutting import cut_slice
from smashcima.scene.semantic.slicing.excerpt import Excerpt
from smashcima.scene.semantic.slicing.request import (
    SliceRequest,
    numbers_of,
    resolve_every,
    resolve_request,
)
from smashcima.scene.semantic.slicing.score_index import ScoreIndex, reach_of
from smashcima.scene.semantic.slicing.states import pass_measure

__all__ = [
    "Copies",
    "Excerpt",
    "ScoreIndex",
    "SliceRequest",
    "cut_slice",
    "numbers_of",
    "pass_measure",
    "reach_of",
    "resolve_every",
    "resolve_request",
]
