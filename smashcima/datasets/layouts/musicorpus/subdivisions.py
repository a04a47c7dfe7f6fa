"""The systems, grand staves and staves of a page, with names made from the numbers of staves on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smashcima.errors import ExportError
from smashcima.exporting.crops import Crop, CropExporter
from smashcima.imaging import ImageLayer
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Event, MeasureStaff, Score
from smashcima.scene.visual import Page
from smashcima.scene.visual.page import GrandStaff, System, SystemStaff

LEVELS = {"Staves": "staves", "Grandstaves": "grand staves", "Systems": "systems"}
"""Folders of subdivisions, and their levels of crops."""


class Subdivision(NamedTuple):
    """A part of a page."""

    folder: str
    """`Staves`, `Grandstaves` or `Systems`."""

    name: str
    """`3`, or `3-4` for several staves."""

    crop: Crop
    score: Score
    """Its music."""


def subdivisions_of(image: ImageLayer, page: Page, score: Score, margin_ss: float) -> Iterator[Subdivision]:
    """The subdivisions of a page, cropped with a margin in staff spaces.

    Staves whose music continues on another staff have no crop of their own, and a grand staff has two staves: otherwise
    the image would not show what the transcription says.
    """
    numbers = {
        staff: number
        for number, staff in enumerate((staff for system in page.systems for staff in system.staves), 1)
    }
    systems = {system: _music(score, system.index) for system in page.systems}
    crossed = {system: _crossed_staves(music) for system, music in systems.items()}
    for folder, level in LEVELS.items():
        for crop in CropExporter(level, margin_ss=margin_ss).iterate(image):
            staves = _staves_of(crop.scene_object)
            first, last, system = staves[0], staves[-1], staves[0].system
            if folder == "Systems":
                own = systems[system]
            elif (folder == "Grandstaves" and len(staves) != 2) or (
                folder == "Staves" and str(first.number) in crossed[system]
            ):
                continue
            else:
                own = _music(score, system.index, [staff.number for staff in staves])
            name = str(numbers[first]) if folder == "Staves" else f"{numbers[first]}-{numbers[last]}"
            yield Subdivision(folder, name, crop, own)


def _music(score: Score, system: int, staves: list[int] | None = None) -> Score:
    # The score of a scene of one staff has no layout, and is that of its only system.
    return score.slice(staff=staves) if score.layout is None else score.slice(system=system, staff=staves)


def _staves_of(thing: SceneObject) -> list[SystemStaff]:
    match thing:
        case SystemStaff():
            return [thing]
        case GrandStaff() | System():
            return thing.staves
    raise ExportError(f"{thing!r} has no staves.")


def _crossed_staves(system: Score) -> set[str]:
    """Numbers of the staves with voices that continue on another staff, and of these other staves."""
    found = set()
    for event in system.descendants(Event):
        home = event.ancestor(MeasureStaff)
        if event.cross_staff is not None and home is not None and event.cross_staff.n != home.n:
            found |= {home.n, event.cross_staff.n}
    return found
