"""Renderings of one symbol in one writer's hand, made in advance: many at once cost little more than one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.synthesis.samples.picking import ShuffledPicks, evenly
from smashcima.synthesis.samples.sample_outlines import OutlineBank, SampleOutline, side_by_side
from smashcima.synthesis.samples.variation import GlyphVariation, strength_for, varied

_FIRST, _LARGEST = 4, 64
"""How many renderings are made at once: each time twice as many as before."""

_LETTER_OVERLAP = 0.12
"""How far letters of one dynamic reach over each other, in staff spaces."""

MOST_SAMPLES = 120
"""So many symbols of a label are used on one page, others on the next."""

MOST_MEASURED = 48
"""So many are looked at for their usual width."""

MOST_MOVED_LEFT = 0.5
"""In staff spaces."""

_WIDTH_KEPT = 0.45
"""How much of a notehead's difference in width from the usual one is kept (of its logarithm)."""

_MOST_WIDENED = 1.2


@dataclass(frozen=True, slots=True)
class SymbolFit:
    """How samples come to the place that the engraver has reserved. Lengths are staff spaces."""

    middle_x: float | None = None
    """Where the middle of each goes; `None` to leave it where the origin of the sample puts it."""

    usual_width: float | None = None
    """The width that samples are brought nearer to, for symbols that others are joined to on both sides."""

    height: float | None = None
    """The height that samples are scaled by: theirs to this; `None` to keep their size."""

    height_of_source: float = 1.0
    """The height in the music font of what they were written as."""

    lower: float = 0.0
    """How far they move down after scaling."""

    left_at_most: float | None = None
    """How far to the right they may begin: flags begin at their stem."""

    right_at_most: float | None = None
    """How far they may reach to the right: clefs reach into what follows otherwise. They move left by up to
    `MOST_MOVED_LEFT` for it."""

    mirrored: bool = False
    """Whether they are turned upside down."""

    thicker: float = 0.0
    """How far their ink grows on every side."""

    @property
    def derives(self) -> bool:
        """Whether samples are used otherwise than they are."""
        sides = (self.height, self.left_at_most, self.right_at_most)
        return self.mirrored or any(side is not None for side in sides)

    @property
    def scale(self) -> float:
        """By how much they are scaled."""
        return 1.0 if self.height is None else self.height / self.height_of_source


class SymbolStock:
    """An endless stock of one symbol."""

    def __init__(
        self,
        choices: Sequence[Sequence[int]],
        bank: OutlineBank,
        fit: SymbolFit,
        variation: GlyphVariation,
    ) -> None:
        """Sets up the stock.

        Args:
            choices: for each part of the symbol, from left to right, the indices of the samples to pick from.
            bank: where their outlines are.
            fit: how they come to their place.
            variation: how much renderings of one sample differ.
        """
        self.fit = fit
        self._parts = [ShuffledPicks(indices, MOST_SAMPLES) for indices in choices]
        self._first = tuple(choices[0])
        self._bank = bank
        self._variation = variation.times(strength_for(min(len(part) for part in self._parts)))
        self._derived: dict[int, SampleOutline | None] = {}
        self._stock: list[Contours] = []
        self._count = _FIRST

    def start_over(self) -> None:
        """Forgets what is in stock, and which samples were picked."""
        self._stock, self._count = [], _FIRST
        for part in self._parts:
            part.start_over()

    def take(self, rng: np.random.Generator) -> Contours:
        """The next rendering, in staff spaces around the origin."""
        if not self._stock:
            self._make(rng)
        return self._stock.pop()

    def width_at(self, quantile: float) -> float:
        """The width that this part of the samples does not reach, as they are drawn."""
        outlines = [self._outline(index) for index in evenly(self._first, MOST_MEASURED)]
        widths = np.array([outline.width for outline in outlines if outline is not None])
        return float(np.quantile(widths * self._widening(widths), quantile))

    def reach(self, quantile: float) -> tuple[float, float]:
        """How far this part of the samples does not go beyond, to the left and right of the origin, in staff spaces."""
        outlines = [self._outline(index) for index in evenly(self._first, MOST_MEASURED)]
        ends = np.array([(each.low.real, each.high.real) for each in outlines if each is not None])
        if len(ends) == 0:
            return 0.0, 0.0
        if self.fit.middle_x is not None:
            ends += self.fit.middle_x - ends.mean(axis=1, keepdims=True)
        left, right = np.quantile(ends[:, 0], 1 - quantile), np.quantile(ends[:, 1], quantile)
        return float(left), float(right)

    def _widening(self, widths: NDArray[np.float64]) -> NDArray[np.float64]:
        """By how much samples of these widths are widened."""
        usual = self.fit.usual_width
        if usual is None:
            return np.ones(len(widths))
        factor = (usual / np.maximum(widths, 1e-6)) ** (1 - _WIDTH_KEPT)
        return np.clip(factor, 1 / _MOST_WIDENED, _MOST_WIDENED)

    def _make(self, rng: np.random.Generator) -> None:
        picked = [self._pick(rng) for _ in range(self._count)]
        self._count = min(2 * self._count, _LARGEST)
        outlines = [outline for outline in picked if outline is not None]
        empty = [Contours.empty()] * (len(picked) - len(outlines))
        if not outlines:
            self._stock = empty
            return
        fit = self.fit
        middles = np.array([outline.middle for outline in outlines])
        fixed = fit.middle_x is None
        pivots = np.zeros(len(outlines), np.complex128) if fixed else middles.real.astype(np.complex128)
        shift = None if fit.middle_x is None else (fit.middle_x - middles.real).astype(np.complex128)
        scale_x = None
        if fit.usual_width is not None:
            scale_x = self._widening(np.array([outline.width for outline in outlines]))
        self._stock = empty + varied(
            outlines, pivots, self._variation, rng, thicker=fit.thicker, scale_x=scale_x, shift=shift
        )

    def _pick(self, rng: np.random.Generator) -> SampleOutline | None:
        indices = [part.next(rng) for part in self._parts]
        if len(indices) == 1:
            return self._outline(indices[0])
        parts = [outline for outline in map(self._outline, indices) if outline is not None]
        return side_by_side(parts, _LETTER_OVERLAP) if parts else None

    def _outline(self, index: int) -> SampleOutline | None:
        """The outline of a sample as it is used for this symbol."""
        fit = self.fit
        if not fit.derives:
            return self._bank[index]
        if index not in self._derived:
            outline = self._bank[index]
            if outline is not None and fit.mirrored:
                outline = outline.mirrored()
            if outline is not None and fit.height is not None:
                outline = outline.resized(fit.scale, fit.lower)
            if outline is not None and fit.left_at_most is not None:
                outline = outline.moved(min(fit.left_at_most - outline.low.real, 0.0))
            if outline is not None and fit.right_at_most is not None:
                excess = max(outline.high.real - fit.right_at_most, 0.0)
                outline = outline.moved(-min(excess, MOST_MOVED_LEFT))
            self._derived[index] = outline
        return self._derived[index]
