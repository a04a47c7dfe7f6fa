"""The colour bar and ruler that archives lay beside a sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer, ProjectiveMap
from smashcima.imaging.compositing.opacity import is_opaque
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter import Filter, PlannedFilter
from smashcima.imaging.filters.image_in_progress import ImageInProgress
from smashcima.imaging.filters.parameters import LogNormal, Parameter, Uniform
from smashcima.imaging.filters.smooth_noise import Plane
from smashcima.imaging.filters.warp import Warp

_COLORS = (
    *((62, 54, 128), (42, 24, 180), (38, 128, 206), (40, 196, 222), (72, 128, 44), (150, 132, 38)),
    *((168, 84, 36), (116, 46, 72), (120, 150, 190), (190, 150, 120)),
)
"""Patches of colour, BGR."""

_GRAYS = tuple(range(235, 20, -22))
_CARD = 226
_BLACK = 30
_DARK, _LEAST_SEEN = 0xFF171718, 0x01000000
"""An opaque dark pixel, and the first one that is not transparent, read as little-endian numbers."""

_GAP_MM = 6.0
_LONGEST_MM = 190.0
_SHADOW_PX = 2
"""Width of the shadow of the card."""


@dataclass(kw_only=True, eq=False)
class ColorBar(Filter):
    """A card with colours, grays and centimetres beside the sheet: the picture becomes larger, by as much as the card needs.

    Put it after the geometric filters and `LieOn`, which fills what lies around the card (else it is dark), and before light and
    camera. It hides
    nothing and has no label. Has no effect on images that are not opaque.
    """

    kinds: tuple[str, ...] = ("colours", "grays", "ruler", "colours and grays")
    """What is on the card, one of which is drawn."""

    width_mm: Parameter = LogNormal(19, 0.25)
    """Width of the card in mm."""

    length: Parameter = Uniform(0.5, 0.95)
    """Length of the card, as a fraction of the side of the sheet; at most 190 mm."""

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Makes room on one side, and draws the card; the strength makes no difference."""
        draws = planned.start()
        side = draws.choice("side", ("left", "right", "bottom", "bottom"))
        kind = draws.choice("kind", self.kinds)
        size = image.size
        width = size.px(max(draws.value("width_mm", self.width_mm), 5.0))
        room = round(width + size.px(2 * _GAP_MM))
        along_mm = size.height_mm if side != "bottom" else size.width_mm
        share = float(np.clip(draws.value("length", self.length), 0.1, 1.0))
        length = size.px(min(share * along_mm, _LONGEST_MM))
        shift = room if side == "left" else 0
        is_below = side == "bottom"
        image.add_warp(
            Warp(
                ProjectiveMap.translation(shift, 0),
                size.width + (0 if is_below else room),
                size.height + (room if is_below else 0),
            )
        )
        start = draws.rng.uniform(0.05, 0.95) * ((size.width if is_below else size.height) - length)
        card = _card(kind, round(length), round(width), size.px(1.0), draws)

        def put(picture: ImageLayer) -> ImageLayer:
            if not is_opaque(picture.bitmap):
                sheet, beside = _beside(picture, room, side)
                if not is_opaque(sheet):
                    return picture
                # What no background fills is dark. As numbers, whole pixels are changed faster.
                pixels = beside.view("<u4")[:, :, 0]
                pixels[pixels < _LEAST_SEEN] = _DARK
            drawn = card if is_below else np.ascontiguousarray(np.rot90(card))
            away = size.px(_GAP_MM)
            left = {"left": away, "right": picture.width - room + away, "bottom": start}[side]
            top = picture.height - room + away if is_below else start
            _paste(picture.bitmap, drawn, round(left), round(top))
            return picture

        image.change(put)


def _beside(picture: ImageLayer, room: int, side: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Views of the picture without the room for the card, and of the room."""
    bitmap = picture.bitmap
    if side == "bottom":
        return bitmap[:-room], bitmap[-room:]
    return (bitmap[:, room:], bitmap[:, :room]) if side == "left" else (bitmap[:, :-room], bitmap[:, -room:])


def _card(kind: str, length: int, width: int, mm: float, draws: Draws) -> Plane:
    """(width, length, 3): the card."""
    import cv2

    card: Plane = np.full((max(width, 4), max(length, 8), 3), _CARD, np.uint8)
    rows = slice(round(0.3 * width), round(0.9 * width))
    patches: list[tuple[int, ...]] = []
    if "colours" in kind:
        patches += [*_COLORS]
    if "grays" in kind:
        patches += [(level,) * 3 for level in _GRAYS]
    edges = np.linspace(0.03 * length, 0.97 * length, len(patches) + 1).round().astype(int)
    for patch, first, last in zip(patches, edges[:-1], edges[1:], strict=True):
        card[rows, first:last] = patch
    # Millimetres above the patches, or all over a ruler.
    high = round((0.18 if patches else 0.5) * width)
    for place in range(int(length / mm) + 1):
        x = min(round(place * mm), card.shape[1] - 1)
        part = 1.0 if place % 10 == 0 else 0.7 if place % 5 == 0 else 0.45
        if mm > 2.5 or place % 5 == 0:
            card[: round(part * high), x : x + max(1, round(0.15 * mm))] = _BLACK
        if place % 10 == 0 and not patches:
            where = (x + round(0.5 * mm), round(0.85 * width))
            cv2.putText(
                card, str(place // 10), where, cv2.FONT_HERSHEY_SIMPLEX, 0.14 * mm, (_BLACK,) * 3,
                max(1, round(0.25 * mm)), cv2.LINE_AA,
            )  # fmt: skip
    return np.asarray(np.clip(card * draws.rng.uniform(0.85, 1.08), 0, 255), np.uint8)


def _paste(bitmap: NDArray[np.uint8], card: Plane, left: int, top: int) -> None:
    """Draws the card as far as it lies inside, with a thin shadow below and on the right."""
    right, bottom = left + card.shape[1], top + card.shape[0]
    below = _inside(bitmap, bottom, bottom + _SHADOW_PX, left + _SHADOW_PX, right + _SHADOW_PX)
    beside = _inside(bitmap, top + _SHADOW_PX, bottom, right, right + _SHADOW_PX)
    for place in (below, beside):
        place[:] = place * 0.6
    drawn = _inside(bitmap, top, bottom, left, right)
    drawn[:] = card[max(-top, 0) :, max(-left, 0) :][: drawn.shape[0], : drawn.shape[1]]


def _inside(bitmap: NDArray[np.uint8], top: int, bottom: int, left: int, right: int) -> NDArray[np.uint8]:
    """A view of the colours of a rectangle, as far as it lies inside the picture."""
    return bitmap[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0), :3]
