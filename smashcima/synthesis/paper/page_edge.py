"""The edge of a sheet and the backing behind it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.paper.noise import wavering
from smashcima.synthesis.paper.style import PaperStyle
from smashcima.synthesis.paper.tone import SheetFrame

_FINEST = 16
"""Steps per pixel in which the distance from the edge is measured."""


def add_page_edge(
    picture: NDArray[np.uint8], style: PaperStyle, px: float, frame: SheetFrame, rng: np.random.Generator
) -> None:
    """Ends the sheet inside a BGRA picture and draws the backing beyond it; modifies the picture.

    The sheet has edges on three sides; at the spine it continues into the gutter.
    """
    if not style.shows_backing:
        return
    rows, columns = picture.shape[:2]
    insets = np.clip(style.inset * rng.uniform(0.3, 1.7, 4), 0, 0.2 * min(frame.width, frame.height))
    tilt = rng.normal(0, 0.0012)  # the sheet is slightly rotated
    courses = {
        name: _edge_course(rng, rows if side < 2 else columns, style, px, insets[side], tilt)
        for side, name in enumerate(("left", "right", "top", "bottom"))
    }
    if style.gutter > 0:
        courses["right" if frame.spine_right else "left"] = np.zeros(rows)
    for name in ("left", "right"):
        if courses[name].any():
            _end_sheet(picture, name, courses[name], px, style)
    for name, row in (("top", 0), ("bottom", -1)):
        start = min(math.ceil(courses["left"][row]), columns)
        end = max(columns - math.ceil(courses["right"][row]), start)
        _end_sheet(picture[:, start:end], name, courses[name][start:end], px, style)
        _fill_corner(picture[:, :start][:, ::-1], name, courses[name][:start][::-1], px, style)
        _fill_corner(picture[:, end:], name, courses[name][end:], px, style)


def _edge_course(
    rng: np.random.Generator, count: int, style: PaperStyle, px: float, inset: float, tilt: float
) -> NDArray[np.float64]:
    """Distance of the edge from the picture's side, in pixels, along it. Deckle has coarse and fine waves."""
    along = np.arange(count) / px
    broad = 0.8 * wavering(rng, count, 3 + round(along[-1] / 25))
    middle = 0.35 * wavering(rng, count, 3 + round(along[-1] / 5))
    fine = 0.13 * wavering(rng, count, 3 + round(along[-1] / 0.9))
    course = inset + tilt * (along - along[-1] / 2) + style.deckle * (broad + middle + fine)
    return np.asarray(np.maximum(course, 0) * px)


def _end_sheet(
    picture: NDArray[np.uint8], side: str, course: NDArray[np.float64], px: float, style: PaperStyle
) -> None:
    """Draws the backing outside one edge, with the shadow of the sheet on it; modifies the picture."""
    import cv2

    if len(course) == 0:
        return
    turned = side in ("left", "right")
    thick = max(0.16 * px, 0.6)
    deep = min(picture.shape[1 if turned else 0], math.ceil(course.max() + 3 * thick) + 1)
    part = {
        "left": picture[:, :deep],
        "right": picture[:, -deep:],
        "top": picture[:deep],
        "bottom": picture[-deep:],
    }[side]
    # The distance of each pixel from the edge, positive on the sheet, in sixteenths of a pixel.
    depths = np.arange(deep, dtype=np.int32) * _FINEST + _FINEST // 2
    if side in ("right", "bottom"):
        depths = depths[::-1]
    edge = np.rint(course * _FINEST).astype(np.int32)
    away = depths[None, :] - edge[:, None] if turned else depths[:, None] - edge[None, :]
    nearest = int(away.min())
    away -= nearest
    distances = (np.arange(int(away.max()) + 1) + nearest) / _FINEST
    coverage = np.clip(distances + 0.5, 0, 1)
    # The edge is worn and reflects less light; the backing is in the shadow of the sheet.
    sheet_light = 1 - 0.14 * np.exp(-0.5 * (np.maximum(distances, 0) / thick) ** 2)
    shade = _shade(-distances, px)
    kept = np.stack([coverage * sheet_light] * 3 + [coverage], axis=1)
    added = np.stack([(1 - coverage) * shade] * 3 + [1 - coverage], axis=1) * style.backing
    # A pixel of four channels is looked up as one 32-bit number.
    kept_table = np.rint(255 * kept).astype(np.uint8).view(np.uint32)[:, 0]
    added_table = np.rint(added).astype(np.uint8).view(np.uint32)[:, 0]
    shape = part.shape
    kept_part = kept_table[away].view(np.uint8).reshape(shape)
    added_part = added_table[away].view(np.uint8).reshape(shape)
    part[:] = cv2.add(np.asarray(cv2.multiply(part, kept_part, scale=1 / 255), np.uint8), added_part)


def _fill_corner(
    picture: NDArray[np.uint8], side: str, course: NDArray[np.float64], px: float, style: PaperStyle
) -> None:
    """Draws the backing beyond the corner of the sheet, where the shadow fades; modifies the picture.

    The corner is at the left of the picture; the backing along its other side is drawn already.
    """
    if len(course) == 0:
        return
    deep = min(len(picture), math.ceil(course.max()) + 1)
    part = picture[:deep] if side == "top" else picture[-deep:][::-1]
    beyond = course[None, :] - (np.arange(deep) + 0.5)[:, None]
    away = np.hypot(np.maximum(beyond, 0), np.arange(len(course)) + 0.5)
    light = _shade(away, px)[:, :, None]
    backing = np.array(style.backing) * np.concatenate([light, light, light, np.ones_like(light)], axis=2)
    covered = np.clip(beyond + 0.5, 0, 1)[:, :, None]
    part[:] = np.rint(part * (1 - covered) + backing * covered)


def _shade(away: NDArray[np.float64], px: float) -> NDArray[np.float64]:
    """Light on the backing at a distance of `away` pixels from the sheet that lies on it."""
    return np.asarray(1 - 0.45 * np.exp(-np.maximum(away, 0) / (0.7 * px)))
