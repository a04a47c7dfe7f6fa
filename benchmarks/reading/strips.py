"""Images of short pieces of staves with their texts, cut in the same way from real and from generated pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "placement"))

from muscima import page_names, read_pages
from notation_graph import GraphPage, Staff, Thing
from scenes import PIXELS_PER_SPACE, graph_pages
from texts import text_of

from smashcima.orchestration import MusicScene
from smashcima.scene.semantic import Score

Image = NDArray[np.uint8]

SPACE = 8
"""Size of a staff space in a strip, in pixels."""

ABOVE = 5.5
"""Height of a strip above and below the middle line, in staff spaces."""

HEIGHT = round(2 * ABOVE * SPACE)
WIDEST = 48 * SPACE
"""Largest width of a strip, in pixels; pieces between barlines are joined up to it."""

_MARGIN = 0.6
"""Space beside a piece, in staff spaces."""

_FEWEST, _MOST = 3, 60
"""Number of tokens of a strip."""


@dataclass(frozen=True)
class Strip:
    """A piece of a staff: white is 0, ink is 255."""

    image: Image
    """(HEIGHT, width), width ≤ WIDEST."""
    text: tuple[str, ...]
    writer: str


def real_strips(writers: set[str] | None = None) -> Iterator[Strip]:
    """Strips of the pages of MUSCIMA++ by some writers (`07`), or by all."""
    names = [name for name in page_names() if writers is None or name.split("_W-")[1][:2] in writers]
    for page in read_pages(names):
        yield from strips_of(page, _ink_of(page), 1.0)


def copied_music() -> list[Score]:
    """The pieces that the writers of the data set copied."""
    from samples import pieces  # here, since the benchmark of realism has a module of this name, too

    return [piece.score for piece in pieces()]


def drawn_strips(scene: MusicScene, writer: str) -> Iterator[Strip]:
    """Strips of the pages of a scene; its paper should be plain."""
    for number, page in enumerate(graph_pages(scene, writer)):
        made = scene.compose_page(scene.pages[number])
        spaces = [staff.staff_space for system in scene.pages[number].systems for staff in system.staves]
        bitmap = made.bitmap[..., :3].mean(axis=2)
        ink = np.clip((255 - bitmap) * 1.6, 0, 255).astype(np.uint8)
        scale = float(np.median(spaces)) * scene.dpi / 25.4 / PIXELS_PER_SPACE
        yield from strips_of(page, ink, scale)


def strips_of(page: GraphPage, ink: Image, scale: float) -> Iterator[Strip]:
    """Strips of a page. `scale` leads from the coordinates of its objects to the pixels of `ink`."""
    things = _by_staff(page)
    for staff in page.staves:
        for left, right in _pieces(page, staff):
            inside = [thing for thing in things[id(staff)] if left <= thing.x < right]
            text = text_of(inside, staff)
            if _FEWEST <= len(text) <= _MOST:
                yield Strip(_cut(ink, staff, left, right, scale), tuple(text), page.writer)


def _by_staff(page: GraphPage) -> dict[int, list[Thing]]:
    """The objects of each staff. Accidentals and dots belong to that of their note or key signature."""
    found: dict[int, list[Thing]] = {id(staff): [] for staff in page.staves}
    for thing in page.things:
        staves = [thing.staff, *(owner.staff for owner in thing.inverse)]
        staff = next((staff for staff in staves if staff is not None), None)
        if staff is not None:
            found[id(staff)].append(thing)
    return found


def _pieces(page: GraphPage, staff: Staff) -> Iterator[tuple[float, float]]:
    """Sides of pieces of a staff, in pixels of the page: whole measures, as many as are not wider than a strip."""
    middle = staff.middle(staff.left)
    bars = sorted(
        thing.x
        for thing in page.all("barline", "measureSeparator")
        if thing.top - staff.space <= middle <= thing.bottom + staff.space
    )
    widest = WIDEST / SPACE * staff.space
    sides = [staff.left, *(x for x in bars if staff.left + 3 * staff.space < x < staff.right), staff.right]
    begin = 0
    while begin < len(sides) - 1:
        end = begin + 1
        while end + 1 < len(sides) and sides[end + 1] - sides[begin] <= widest:
            end += 1
        if sides[end] - sides[begin] <= widest:
            yield sides[begin], sides[end]
        begin = end


def _cut(ink: Image, staff: Staff, left: float, right: float, scale: float) -> Image:
    """The area around a piece of a staff, straightened at its middle line, in the size of strips."""
    width = min(round((right - left + 2 * _MARGIN * staff.space) / staff.space * SPACE), WIDEST)
    x = left - _MARGIN * staff.space + (np.arange(width) + 0.5) * staff.space / SPACE
    y = (np.arange(HEIGHT) + 0.5 - HEIGHT / 2) * staff.space / SPACE
    middle = np.array([staff.middle(at) for at in x])
    # Ink is averaged over the pixels of a strip, so that thin lines are kept.
    reduction = staff.space * scale / SPACE
    smooth = cv2.blur(ink, (max(round(reduction), 1),) * 2)
    map_x = np.broadcast_to(x * scale - 0.5, (HEIGHT, width)).astype(np.float32)
    map_y = ((y[:, np.newaxis] + middle) * scale - 0.5).astype(np.float32)
    return np.asarray(cv2.remap(smooth, map_x, map_y, cv2.INTER_LINEAR), np.uint8)


def _ink_of(page: GraphPage) -> Image:
    """The ink of all objects of a page of MUSCIMA++ that are not areas."""
    things = [thing for thing in page.things if thing.name not in _AREAS]
    canvas = np.zeros(
        (int(max(t.bottom for t in things)) + 200, int(max(t.right for t in things)) + 200), np.uint8
    )
    for thing in things:
        _paint(canvas, thing)
    return canvas


_AREAS = frozenset({"staff", "staffSpace", "staffGrouping", "measureSeparator"})


def _paint(canvas: Image, thing: Thing) -> None:
    top, left = int(thing.top), int(thing.left)
    area = canvas[top : top + thing.mask.shape[0], left : left + thing.mask.shape[1]]
    np.maximum(area, thing.mask * np.uint8(255), out=area)
