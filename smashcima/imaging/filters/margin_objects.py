"""Objects at the edges of sheets and pictures, where there is no music: punched holes, staples, a thumb."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer, LayerSet
from smashcima.imaging.compositing.opacity import is_opaque
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter, LayersFilter
from smashcima.imaging.filters.parameters import LogNormal, Normal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize

_HOLE = (58, 60, 62)
_STEEL = (150, 152, 152)
_SKIN = (138, 165, 214)
"""Colours, BGR."""

_TRIES = 8


@dataclass(kw_only=True, eq=False)
class HolesAndStaples(LayersFilter):
    """Punched holes along one side, or a staple in a corner; none where there is ink."""

    kinds: tuple[str, ...] = ("two holes", "four holes", "staple", "staple")
    """What there can be, one of which is drawn."""

    margin_mm: Parameter = Normal(11, 1.0)
    """Distance of the holes from the edge of the sheet in mm; that of a staple is half of it."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Draws on the paper; the strength makes no difference."""
        import cv2

        size = PictureSize.of_layers(layers)
        kind = draws.choice("kind", self.kinds)
        margin = max(draws.value("margin_mm", self.margin_mm), 3.0)
        on_left = draws.sign() > 0
        paper = layers.paper.bitmap
        if not is_opaque(paper):
            return layers
        ink = [layer.coverage for _, layer in layers]
        if kind == "staple":
            angle = draws.rng.uniform(-0.9, 0.9)
            middle = np.array([margin / 2 + 3, margin / 2 + 3])
            half = 4.5 * np.array([np.cos(angle), np.sin(angle)])
            ends = np.stack([middle - half, middle + half])
            if not on_left:
                ends[:, 0] = size.width_mm - ends[:, 0]
            places = [np.rint(size.px(1.0) * ends * 16).astype(int)]
            thick = max(1, round(size.px(0.5)))
            if _is_free(ink, places[0] / 16, size.px(1.0)):
                for shift, color in ((thick, (90, 92, 94)), (0, _STEEL)):
                    first, last = (places[0] + 12 * shift).tolist()
                    cv2.line(paper, first, last, (*color, 255), thick, cv2.LINE_AA, 4)
            return layers
        spread = (40.0,) if kind == "two holes" else (40.0, 120.0)
        for away in (-each for each in spread), spread:
            for y in away:
                x = margin if on_left else size.width_mm - margin
                center = size.px(1.0) * np.array([[x, size.height_mm / 2 + y]])
                if _is_free(ink, center, size.px(3.2)):
                    place = np.rint(center[0] * 16).astype(int).tolist()
                    radius = round(size.px(3.0) * 16)
                    cv2.circle(paper, place, radius, (*_HOLE, 255), -1, cv2.LINE_AA, 4)
        return layers


def _is_free(inks: list[NDArray[np.uint8]], points: NDArray[np.float64], reach_px: float) -> bool:
    """Whether a box around points (N, 2) lies on the page and has no ink."""
    (left, top), (right, bottom) = points.min(axis=0) - reach_px, points.max(axis=0) + reach_px
    height, width = inks[0].shape
    if left < 0 or top < 0 or right > width or bottom > height:
        return False
    rows, columns = slice(int(top), int(bottom) + 1), slice(int(left), int(right) + 1)
    return not any(coverage[rows, columns].any() for coverage in inks)


@dataclass(kw_only=True, eq=False)
class Thumb(ImageFilter):
    """A thumb that holds the sheet, at an edge of the picture; none where it would hide music."""

    width_mm: Parameter = LogNormal(19, 0.15)
    """Width in mm on the paper."""

    reach: Parameter = Uniform(0.5, 1.3)
    """Length of what is seen, in widths."""

    tone: Parameter = LogNormal(0.8, 0.25)
    """Brightness of the skin."""

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Draws a shaded thumb with a soft edge and a shadow; the strength makes no difference."""
        import cv2

        size = PictureSize.of_image(image)
        width = size.px(draws.value("width_mm", self.width_mm))
        reach = width * draws.value("reach", self.reach)
        color = np.clip(np.array(_SKIN) * draws.value("tone", self.tone), 0, 250)
        regions = image.regions
        boxes = regions.bboxes[regions.drawn >= 0] if len(regions) else np.zeros((0, 4))
        for _ in range(_TRIES):
            side, along = int(draws.rng.integers(3)), draws.rng.uniform(0.1, 0.9)
            lean = draws.rng.uniform(-0.5, 0.5)
            base, tip = _axis(side, along, lean, reach, image.width, image.height)
            points = np.stack([base, tip])
            low, high = points.min(axis=0) - 0.75 * width, points.max(axis=0) + 0.75 * width
            hidden = (boxes[:, 0] < high[0]) & (boxes[:, 2] > low[0])
            hidden &= (boxes[:, 1] < high[1]) & (boxes[:, 3] > low[1])
            if hidden.any():
                continue
            left, top = np.maximum(low, 0).astype(int).tolist()
            right, bottom = np.minimum(high, (image.width, image.height)).astype(int).tolist()
            if right - left < 2 or bottom - top < 2:
                continue
            part = image.bitmap[top:bottom, left:right]
            x, y = np.meshgrid(np.arange(left, right) + 0.5, np.arange(top, bottom) + 0.5)
            near = _distance(x, y, base, tip) / (width / 2)
            shadow = cv2.GaussianBlur((near < 1.1).astype(np.float32), (0, 0), max(width * 0.08, 0.6))
            skin = np.clip((1 - near) * width / 6 + 0.5, 0, 1)[:, :, np.newaxis]
            round_shade = np.sqrt(np.clip(1.05 - near**2, 0.15, 1))[:, :, np.newaxis]
            under = part[:, :, :3] * (1 - 0.35 * shadow[:, :, np.newaxis])
            part[:, :, :3] = np.clip(skin * color * round_shade + (1 - skin) * under, 0, 255)
            break
        return image


def _axis(
    side: int, along: float, lean: float, reach: float, width: int, height: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two points between which the middle of a thumb lies: beyond the left, right or lower edge, and inside."""
    if side == 2:
        start, into = np.array([along * width, float(height)]), np.array([lean, -1.0])
    else:
        start = np.array([0.0 if side == 0 else float(width), (0.3 + 0.6 * along) * height])
        into = np.array([1.0 if side == 0 else -1.0, -lean])
    into /= np.hypot(*into)
    return start - 2 * reach * into, start + 0.5 * reach * into


def _distance(
    x: NDArray[np.float64], y: NDArray[np.float64], first: NDArray[np.float64], last: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distances of points from the line between two points."""
    along = last - first
    t = np.clip(((x - first[0]) * along[0] + (y - first[1]) * along[1]) / (along @ along), 0, 1)
    return np.asarray(np.hypot(x - first[0] - t * along[0], y - first[1] - t * along[1]))
