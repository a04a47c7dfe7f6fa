"""The staves, systems and barlines that are on a page of ours, in pixels, and how well the finder finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from readability import Reading

from smashcima.imaging import ImageLayer
from smashcima.scene.visual import BarlineMark, StaffLine

_NEAR_SPACES = 0.5
"""A staff is found if its outer lines are nearer than this to the true ones, on average along the staff."""

_BARLINE_SPACES = 1.0
_COLUMNS = 9


class TrueStaff(NamedTuple):
    """A staff of a page."""

    system: int
    columns: list[float]
    tops: list[float]
    bottoms: list[float]
    """Places of the first and the last line, at the columns."""

    barlines: list[float]


class Counts(NamedTuple):
    """Of what is there, what is found, and what is both."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0


@dataclass(frozen=True)
class Score:
    """How well pages are read."""

    staves: Counts
    systems: Counts
    barlines: Counts

    def __add__(self, other: Score) -> Score:
        pairs = zip(self, other, strict=True)
        return Score(*(Counts(*(a + b for a, b in zip(*pair, strict=True))) for pair in pairs))

    def __iter__(self) -> Any:
        return iter((self.staves, self.systems, self.barlines))


NOTHING = Score(Counts(0, 0, 0), Counts(0, 0, 0), Counts(0, 0, 0))


def staves_of(image: ImageLayer) -> list[TrueStaff]:
    """The staves of the image of a page, from top to bottom; staves of other numbers of lines are left out."""
    lines: dict[Any, list[Any]] = {}
    barlines: dict[Any, dict[Any, float]] = {}
    for region in image.regions:
        thing = region.scene_object
        if isinstance(thing, StaffLine):
            lines.setdefault(thing.staff, []).append(region)
        elif isinstance(thing, BarlineMark) and thing.staff is not None:
            left, _, right, _ = region.bbox
            # The strokes of a double barline are one barline, where they end.
            places = barlines.setdefault(thing.staff, {})
            key = thing.semantic
            places[key] = max(places.get(key, 0.0), (left + right) / 2)
    systems: dict[Any, int] = {}
    found = []
    for staff, own in lines.items():
        if len(own) != 5:
            continue
        own.sort(key=lambda region: region.bbox[1])
        left, right = own[0].bbox[0], own[0].bbox[2]
        columns = np.linspace(left, right, _COLUMNS + 2)[1:-1]
        tops, bottoms = (_rows(region.rings[0], columns) for region in (own[0], own[-1]))
        number = systems.setdefault(staff.system, len(systems))
        places = sorted(barlines.get(staff, {}).values())
        found.append(TrueStaff(number, columns.tolist(), tops.tolist(), bottoms.tolist(), places))
    return sorted(found, key=lambda staff: float(np.mean(staff.tops)))


def _rows(ring: NDArray[np.float64], columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """The middle of an outline at columns."""
    closed = np.concatenate([ring, ring[:1]])
    found = []
    for x in columns:
        a, b = closed[:-1], closed[1:]
        crosses = (a[:, 0] <= x) != (b[:, 0] <= x)
        a, b = a[crosses], b[crosses]
        rows = a[:, 1] + (x - a[:, 0]) / (b[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
        found.append(rows.mean() if len(rows) else ring[:, 1].mean())
    return np.array(found)


def compare(reading: Reading, truth: list[TrueStaff]) -> Score:
    """Counts the staves, systems and barlines that the finder finds where they are."""
    partner: dict[int, int] = {}
    owners: dict[int, int] = {}
    found_bars = right_bars = 0
    for number, system in enumerate(reading.systems):
        for staff, columns in zip(system.staves, system.barlines, strict=True):
            index = len(owners)
            owners[index] = number
            found_bars += len(columns)
            match = _match(reading, staff, truth, set(partner.values()))
            if match is not None:
                partner[index] = match
                places = [x / reading.scale for x in columns]
                right_bars += _same_places(places, truth[match], _BARLINE_SPACES)
    wanted = _members({number: staff.system for number, staff in enumerate(truth)})
    seen = _members(owners)
    right = sum(frozenset(partner.get(each, -1) for each in members) in wanted for members in seen)
    return Score(
        Counts(len(partner), len(owners), len(truth)),
        Counts(right, len(seen), len(wanted)),
        Counts(right_bars, found_bars, sum(len(staff.barlines) for staff in truth)),
    )


def _members(owners: dict[int, int]) -> set[frozenset[int]]:
    return {
        frozenset(each for each, owner in owners.items() if owner == number)
        for number in set(owners.values())
    }


def _match(reading: Reading, staff: Any, truth: list[TrueStaff], taken: set[int]) -> int | None:
    for number, true in enumerate(truth):
        columns = np.array(true.columns)
        tops, heights = staff.at(columns * reading.scale)
        tops, bottoms = tops / reading.scale, (tops + heights) / reading.scale
        space = float(np.mean(np.array(true.bottoms) - true.tops)) / 4
        off = np.abs(tops - true.tops).mean() + np.abs(bottoms - true.bottoms).mean()
        long_enough = staff.right - staff.left > 0.5 * reading.scale * (columns[-1] - columns[0])
        if number not in taken and off / 2 <= _NEAR_SPACES * space and long_enough:
            return number
    return None


def _same_places(found: list[float], true: TrueStaff, spaces: float) -> int:
    """How many places are near a true one that no other one has."""
    free = list(true.barlines)
    reach = spaces * float(np.mean(np.array(true.bottoms) - true.tops)) / 4
    right = 0
    for place in found:
        near = [each for each in free if abs(each - place) <= reach]
        if near:
            free.remove(min(near, key=lambda each: abs(each - place)))
            right += 1
    return right
