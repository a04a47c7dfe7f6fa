"""Random values of the quantities of a style, for the items of a page."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.placement.quantity import Quantity, values_together
from smashcima.placement.style import PlacementStyle

FloatArray = NDArray[np.float64]

_KEPT = Quantity()
"""Stands for quantities with the engraver's values, for which numbers are drawn, but not used."""


class Request(NamedTuple):
    """What placement asks of a quantity at once."""

    name: str
    number: int
    engraved: float | None
    """The engraver's value of an offset or ratio; `None` for quantities that replace the engraver's values."""


class ForeseenDraws:
    """The requests on a page, which the last sample of it has shown; nearly always those of the next one."""

    def __init__(self) -> None:
        self.requests: dict[str, tuple[Request, ...]] = {}
        """By the part of the work, in order."""


class QuantityDraws:
    """Draws values of quantities, scaled by the amplitude of a style.

    Every call consumes numbers from the generator, regardless of the style, so that changing one quantity does not
    affect the values of the others.
    """

    def __init__(self, style: PlacementStyle, rng: np.random.Generator) -> None:
        self._style = style
        self._rng = rng
        self._page: ForeseenDraws | None = None
        self._part = ""
        self._foreseen: tuple[Request, ...] = ()
        self._made: list[FloatArray] = []
        """The values of the requests that were foreseen."""
        self._asked: list[Request] = []
        self._numbers: FloatArray = np.zeros(0)
        """Numbers that were drawn, for the requests that were foreseen."""
        self._used = 0
        """How many of them are used."""

    def foresee(self, page: ForeseenDraws, part: str) -> None:
        """Draws all values that are probably asked for in a part of the work, in a third of the time of single requests.

        Values are the same as without it.
        """
        self.finish()
        self._page, self._part, self._asked = page, part, []
        self._foreseen = page.requests.get(part, ())
        if self._foreseen:
            self._make(self._foreseen)

    def finish(self) -> None:
        """Must be called after the last request on a page, for its next sample."""
        if self._page is not None and self._foreseen != tuple(self._asked):
            self._page.requests[self._part] = tuple(self._asked)
        self._foreseen, self._made = (), []

    def offsets(self, name: str, count: int) -> FloatArray:
        """Values of an offset."""
        return self._draw(name, count, 0.0)

    def middle(self, name: str) -> float:
        """The mean of an offset."""
        quantity = self._style.quantities[name]
        return 0.0 if quantity is None else self._style.amplitude * quantity.mean

    def strength(self, name: str) -> float:
        """The part of the writer's mean that is applied: 0 where the engraver's value is kept, else at most 1."""
        return 0.0 if self._style.quantities[name] is None else min(self._style.amplitude, 1.0)

    def ratios(self, name: str, count: int) -> FloatArray:
        """Values of a ratio."""
        return np.maximum(self._draw(name, count, 1.0), 0.05)

    def sizes(self, name: str, engraved: FloatArray) -> FloatArray:
        """Values of a size, given the engraved sizes."""
        return np.maximum(self._replaced(name, engraved), 0.2 * engraved)

    def distances(self, name: str, engraved: FloatArray) -> FloatArray:
        """Values of a distance, which may be negative, given the engraved distances."""
        return self._replaced(name, engraved)

    def _draw(self, name: str, count: int, engraved: float) -> FloatArray:
        """Values of an offset or ratio."""
        if count == 0:  # most quantities on a page with little music
            return np.zeros(0)
        request = Request(name, count, engraved)
        values = self._next(request)
        return self._scaled(self._single(request), engraved) if values is None else values

    def _replaced(self, name: str, engraved: FloatArray) -> FloatArray:
        """Values of a size or distance."""
        count = len(engraved)
        if count == 0:
            return np.zeros(0)
        request = Request(name, count, None)
        values = self._next(request)
        if values is None:
            values = self._single(request)
        return engraved + 0.0 if self._style.quantities[name] is None else self._scaled(values, engraved)

    def _scaled(self, values: FloatArray, engraved: FloatArray | float) -> FloatArray:
        result: FloatArray = engraved + self._style.amplitude * (values - engraved)
        return result

    def _next(self, request: Request) -> FloatArray | None:
        """The values of a request, if it was foreseen."""
        place = len(self._asked)
        self._asked.append(request)
        if place >= len(self._made):
            return None
        if self._foreseen[place] != request:
            self._made = []
            return None
        self._used += 2 * request.number
        return self._made[place]

    def _single(self, request: Request) -> FloatArray:
        """The values of a request that was not foreseen, from the next numbers."""
        self._draw_numbers(2 * request.number)
        numbers = self._numbers[self._used : self._used + 2 * request.number]
        self._used += len(numbers)
        return values_together([self._quantity(request)], (request.number,), numbers)

    def _make(self, requests: tuple[Request, ...]) -> None:
        counts = tuple([request.number for request in requests])
        total = sum(counts)
        self._draw_numbers(2 * total)
        numbers = self._numbers[self._used : self._used + 2 * total]
        values = values_together([self._quantity(request) for request in requests], counts, numbers)
        scaled = self._scaled(values, np.repeat([request.engraved or 0.0 for request in requests], counts))
        self._made = []
        at = 0
        for request in requests:
            source = values if request.engraved is None else scaled
            self._made.append(source[at : at + request.number])
            at += request.number

    def _draw_numbers(self, count: int) -> None:
        """Makes sure that this many numbers are there to be used."""
        left = len(self._numbers) - self._used
        if left < count:
            further = self._rng.standard_normal(count - left)
            self._numbers = np.concatenate([self._numbers[self._used :], further]) if left else further
            self._used = 0

    def _quantity(self, request: Request) -> Quantity:
        found = self._style.quantities[request.name]
        if found is not None:
            return found
        # The engraver's value as it is.
        return Quantity(request.engraved) if request.engraved else _KEPT
