"""Can an image be read as music? Its staves, systems and barlines, and how many of them are sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from barline_finder import FoundSystem, find_systems
from ink import Gray, ink_of
from staff_finder import Staff, find_staves


@dataclass(frozen=True)
class Reading:
    """What the finder sees in an image."""

    systems: tuple[FoundSystem, ...]
    scale: float
    """Pixels of the systems for a pixel of the image."""

    broken: int
    """Groups of three or more parallel lines that are no staff of five lines."""

    @property
    def staves(self) -> list[Staff]:
        """All staves, from top to bottom."""
        return [staff for system in self.systems for staff in system.staves]

    @property
    def sound_share(self) -> float:
        """Share of the groups of parallel lines that are five lines from end to end; 0 without any."""
        groups = len(self.staves) + self.broken
        return sum(staff.has_five_lines for staff in self.staves) / groups if groups else 0.0

    @property
    def barlines(self) -> int:
        """Barlines of systems, each counted once."""
        return sum(round(float(np.mean([len(each) for each in system.barlines]))) for system in self.systems)

    @property
    def is_readable(self) -> bool:
        """Whether all groups of lines are staves of five lines, with barlines in most systems."""
        with_barlines = sum(any(system.barlines) for system in self.systems)
        return self.sound_share == 1.0 and 2 * with_barlines > len(self.systems)


def read_image(gray: Gray) -> Reading:
    """Finds the staves, systems and barlines of an image."""
    ink = ink_of(gray)
    if ink is None:
        return Reading((), 1.0, 0)
    found = find_staves(ink)
    return Reading(tuple(find_systems(ink, found.staves)), ink.scale, len(found.others))


@dataclass(frozen=True)
class Readability:
    """The readings of a set of images."""

    images: int
    with_staves: float
    """Share of the images with a staff."""

    sound: float
    """Mean share of groups of lines that are five lines from end to end."""

    readable: float
    """Share of readable images."""

    staves: float
    systems: float
    barlines: float
    """Means for an image."""


def summary(readings: Iterable[Reading]) -> Readability:
    """Means over images."""
    rows = [
        (
            bool(reading.staves),
            reading.sound_share,
            reading.is_readable,
            len(reading.staves),
            len(reading.systems),
            reading.barlines,
        )
        for reading in readings
    ]
    return Readability(len(rows), *(round(float(mean), 3) for mean in np.mean(rows, axis=0)))
