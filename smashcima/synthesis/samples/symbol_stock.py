"""A stock of renderings of one symbol by one writer, made in batches: many at once cost little more than one."""

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
"""Numbers of renderings that are made at once; the number doubles each time."""

_LETTER_OVERLAP = 0.12
"""Overlap of the letters of one dynamic, in staff spaces."""

MOST_SAMPLES = 120
"""Largest number of samples of a label that are used on one page; the next page uses others."""

MOST_MEASURED = 48
"""Number of samples from which the usual width is measured."""

MOST_MOVED_LEFT = 0.5
"""Largest shift to the left for `right_at_most`, in staff spaces."""

_WIDTH_KEPT = 0.45
"""Share of a notehead's deviation from the usual width (of its logarithm) that is kept."""

_MOST_WIDENED = 1.2


@dataclass(frozen=True, slots=True)
class SymbolFit:
    """How samples are fitted to the space that the engraver reserved. Lengths are in staff spaces."""

    middle_x: float | None = None
    """The x of the middle of each sample; `None` to place samples by their origin."""

    usual_width: float | None = None
    """Width that samples are brought closer to, for symbols that others join on both sides."""

    height: float | None = None
    """Height that `height_of_source` is scaled to; `None` to leave samples unscaled."""

    height_of_source: float = 1.0
    """Height, in the music font, of the symbol that the samples were written as."""

    lower: float = 0.0
    """Downward shift after scaling."""

    left_at_most: float | None = None
    """Largest x of the left end: flags must begin at their stem."""

    right_at_most: float | None = None
    """Largest x of the right end, so that clefs do not overlap the next symbol. Samples move left by up to
    `MOST_MOVED_LEFT` to meet it."""

    mirrored: bool = False
    """Whether samples are flipped vertically."""

    thicker: float = 0.0
    """Dilation of the ink."""

    @property
    def derives(self) -> bool:
        """Whether samples are transformed before use."""
        sides = (self.height, self.left_at_most, self.right_at_most)
        return self.mirrored or any(side is not None for side in sides)

    @property
    def scale(self) -> float:
        """Scale factor of samples."""
        return 1.0 if self.height is None else self.height / self.height_of_source


class SymbolStock:
    """An endless stock of renderings of one symbol."""

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
            bank: the outlines of the samples.
            fit: how they are fitted to the reserved space.
            variation: variation between renderings of one sample.
        """
        self.fit = fit
        self._parts = [ShuffledPicks(indices, MOST_SAMPLES) for indices in choices]
        self._first = tuple(choices[0])
        self._bank = bank
        self._variation = variation.times(strength_for(min(len(part) for part in self._parts)))
        self._derived: dict[int, SampleOutline | None] = {}
        self._stock: list[Contours] = []
        self._count = _FIRST
        self._widths: dict[float, float] = {}
        self._reaches: dict[float, tuple[float, float]] = {}
        self._middle_y: float | None = None
        self._height: float | None = None

    def start_over(self) -> None:
        """Discards the stock and the record of picked samples."""
        self._stock, self._count = [], _FIRST
        for part in self._parts:
            part.start_over()

    def take(self, rng: np.random.Generator) -> Contours:
        """The next rendering, in staff spaces around the origin."""
        if not self._stock:
            self._make(rng)
        return self._stock.pop()

    def width_at(self, quantile: float) -> float:
        """The given quantile of the widths of samples, as drawn."""
        if quantile not in self._widths:
            widths = np.array([outline.width for outline in self._measured()])
            self._widths[quantile] = float(np.quantile(widths * self._widening(widths), quantile))
        return self._widths[quantile]

    def reach(self, quantile: float) -> tuple[float, float]:
        """Quantile of the extents of samples to the left and right of the origin, as x in staff spaces."""
        if quantile not in self._reaches:
            self._reaches[quantile] = self._measured_reach(quantile)
        return self._reaches[quantile]

    def middle_y(self) -> float | None:
        """Mean of the middles of the heights of samples, as y in staff spaces; `None` without samples."""
        if self._middle_y is None:
            middles = [outline.middle.imag for outline in self._measured()]
            self._middle_y = float(np.mean(middles)) if middles else None
        return self._middle_y

    def height(self) -> float | None:
        """Mean height of samples, in staff spaces; `None` without samples."""
        if self._height is None:
            heights = [outline.height for outline in self._measured()]
            self._height = float(np.mean(heights)) if heights else None
        return self._height

    def _measured_reach(self, quantile: float) -> tuple[float, float]:
        ends = np.array([(each.low.real, each.high.real) for each in self._measured()])
        if len(ends) == 0:
            return 0.0, 0.0
        if self.fit.middle_x is not None:
            ends += self.fit.middle_x - ends.mean(axis=1, keepdims=True)
        left, right = np.quantile(ends[:, 0], 1 - quantile), np.quantile(ends[:, 1], quantile)
        return float(left), float(right)

    def _measured(self) -> list[SampleOutline]:
        """Samples of which sizes are measured."""
        outlines = [self._outline(index) for index in evenly(self._first, MOST_MEASURED)]
        return [outline for outline in outlines if outline is not None]

    def _widening(self, widths: NDArray[np.float64]) -> NDArray[np.float64]:
        """Horizontal scale of samples of these widths."""
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
        """The outline of a sample, transformed for this symbol."""
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
