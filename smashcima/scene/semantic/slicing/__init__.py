"""Slices: a part of a score (a page, a system, some staves, some measures) as a score of its own.

`Score.slice` and `Score.slices` are the way in: `request` finds the measures and staves that were asked for, `cutting` makes
the score. What it starts with, the voices of its staves and the marks that its borders cut each have a module.
"""

from smashcima.scene.semantic.slicing.cutting import cut_slice
from smashcima.scene.semantic.slicing.excerpt import Excerpt
from smashcima.scene.semantic.slicing.request import SliceRequest, resolve_every, resolve_request

__all__ = ["Excerpt", "SliceRequest", "cut_slice", "resolve_every", "resolve_request"]
