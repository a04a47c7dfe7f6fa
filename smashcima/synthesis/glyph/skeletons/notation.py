"""Notation for skeletons of symbols.

A stroke is a text of knots `x,y` in staff spaces (y down), in the order of writing. After a knot, `!` marks a
corner and `*1.5` sets the width of the ink there, relative to the usual width of the pen. A stroke that begins
with `ring` closes at its first knot; one that begins with `fill` also closes, and is filled. A single knot is a
dot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from smashcima.synthesis.pen import Allograph, SkeletonStroke


@dataclass(frozen=True, slots=True)
class SymbolForms:
    """The ways of writing one symbol."""

    family: str
    """Symbols of one family have the same forms in the same order, so that a writer uses the same form for all of
    them, such as eighth and sixteenth rests."""

    forms: tuple[Allograph, ...]


Forms = Mapping[str, SymbolForms]
"""By SMuFL name."""


class FormsOnDemand(Forms):
    """Forms that are made when they are first looked up; a page needs few of those that are derived from others."""

    def __init__(self, makers: Mapping[str, Callable[[], SymbolForms]]) -> None:
        self._makers = makers
        self._made: dict[str, SymbolForms] = {}

    def __getitem__(self, name: str) -> SymbolForms:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._makers[name]()
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def stroke(text: str) -> SkeletonStroke:
    """Parses a stroke in the notation of this module."""
    words = text.split()
    closed = filled = False
    if words[0] in ("ring", "fill"):
        closed, filled = True, words[0] == "fill"
        words = words[1:]
    knots: list[tuple[float, float]] = []
    widths: list[float] = []
    corners: set[int] = set()
    for word in words:
        place, _, width = word.replace("!", "").partition("*")
        x, y = place.split(",")
        if "!" in word:
            corners.add(len(knots))
        knots.append((float(x), float(y)))
        widths.append(float(width) if width else 1.0)
    even = tuple(widths) if len(set(widths)) > 1 else (widths[0],)
    return SkeletonStroke(tuple(knots), even, frozenset(corners), closed, filled)


def form(name: str, weight: float, *strokes: str | SkeletonStroke) -> Allograph:
    """A form of a symbol; `weight` is relative to those of its other forms."""
    return Allograph.later(
        name, weight, lambda: tuple(stroke(item) if isinstance(item, str) else item for item in strokes)
    )


def oval(
    center: tuple[float, float],
    radii: tuple[float, float],
    tilt_deg: float = 0.0,
    start_deg: float = -60.0,
    turn_deg: float = 360.0,
    width: float = 1.0,
    filled: bool = False,
) -> SkeletonStroke:
    """An ellipse, tilted upwards to the right, written counterclockwise from `start_deg`.

    A `turn_deg` below 360 leaves it open; above 360, the end overlaps the start.
    """
    steps = max(6, round(abs(turn_deg) / 40))
    tilt = math.radians(-tilt_deg)
    whole = abs(turn_deg) == 360 or filled
    knots = []
    for step in range(steps if whole else steps + 1):
        angle = math.radians(start_deg - turn_deg * step / steps)
        x, y = radii[0] * math.cos(angle), radii[1] * math.sin(angle)
        knots.append(
            (
                round(center[0] + x * math.cos(tilt) - y * math.sin(tilt), 4),
                round(center[1] + x * math.sin(tilt) + y * math.cos(tilt), 4),
            )
        )
    return SkeletonStroke(tuple(knots), (width,), frozenset(), whole, filled)


def moved(
    strokes: Iterable[SkeletonStroke],
    dx: float = 0.0,
    dy: float = 0.0,
    scale_x: float = 1.0,
    scale_y: float | None = None,
    widths: float = 1.0,
) -> tuple[SkeletonStroke, ...]:
    """Strokes scaled around the origin and then translated; ink widths are multiplied by `widths`."""
    tall = scale_x if scale_y is None else scale_y
    return tuple(
        SkeletonStroke(
            tuple([(round(x * scale_x + dx, 4), round(y * tall + dy, 4)) for x, y in item.knots]),
            tuple([round(width * widths, 4) for width in item.widths]),
            item.corners,
            item.closed,
            item.filled,
        )
        for item in strokes
    )


def moved_forms(
    forms: Sequence[Allograph],
    dx: float = 0.0,
    dy: float = 0.0,
    scale_x: float = 1.0,
    scale_y: float | None = None,
    widths: float = 1.0,
) -> tuple[Allograph, ...]:
    """All forms scaled around the origin and then translated; ink widths are multiplied by `widths`."""

    def later(item: Allograph) -> Allograph:
        return Allograph.later(
            item.name, item.weight, lambda: moved(item.strokes, dx, dy, scale_x, scale_y, widths)
        )

    return tuple(map(later, forms))


def together(*parts: Sequence[Allograph]) -> tuple[Allograph, ...]:
    """Forms of a symbol made of parts: the first forms of all parts joined, then the second forms, and so on.

    A part with a single form is used in all; all other parts must have the same number of forms.
    """
    count = max(len(part) for part in parts)
    joined = []
    for index in range(count):
        chosen = [part[index if len(part) > 1 else 0] for part in parts]
        first = next(item for item, part in zip(chosen, parts, strict=True) if len(part) == count)
        joined.append(Allograph.later(first.name, first.weight, partial(_joined, chosen)))
    return tuple(joined)


def _joined(parts: Iterable[Allograph]) -> tuple[SkeletonStroke, ...]:
    return tuple(item for one in parts for item in one.strokes)


def bounds(strokes: Iterable[SkeletonStroke]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the knots."""
    knots = [knot for item in strokes for knot in item.knots]
    xs, ys = [x for x, _ in knots], [y for _, y in knots]
    return min(xs), min(ys), max(xs), max(ys)
