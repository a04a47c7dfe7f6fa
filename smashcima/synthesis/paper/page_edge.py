"""The edge of a sheet, and what lies behind it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.paper.noise import wavering
from smashcima.synthesis.paper.style import PaperStyle
from smashcima.synthesis.paper.tone import SheetFrame


def add_page_edge(
    picture: NDArray[np.uint8], style: PaperStyle, px: float, frame: SheetFrame, rng: np.random.Generator
) -> None:
    """Ends the sheet inside a BGRA picture, and shows the backing beyond; changes the picture.

    The sheet ends at three sides. At the spine it goes on, into the gutter.
    """
    if not style.shows_backing:
        return
    rows, columns = picture.shape[:2]
    insets = np.clip(style.inset * rng.uniform(0.3, 1.7, 4), 0, 0.2 * min(frame.width, frame.height))
    tilt = rng.normal(0, 0.0012)  # the sheet was not put down quite straight
    for side, name in enumerate(("left", "right", "top", "bottom")):
        turned = name in ("left", "right")
        course = _edge_course(rng, rows if turned else columns, style, px, insets[side], tilt)
        if style.gutter > 0 and name == ("right" if frame.spine_right else "left"):
            continue
        view = picture.swapaxes(0, 1) if turned else picture
        if name in ("right", "bottom"):
            view = view[::-1]
        _end_sheet(view, course, px, style)


def _edge_course(
    rng: np.random.Generator, count: int, style: PaperStyle, px: float, inset: float, tilt: float
) -> NDArray[np.float64]:
    """How far the edge lies inside the picture, in pixels, along it. Deckle wavers coarsely and finely."""
    along = np.arange(count) / px
    broad = 0.8 * wavering(rng, count, 3 + round(along[-1] / 25))
    middle = 0.35 * wavering(rng, count, 3 + round(along[-1] / 5))
    fine = 0.13 * wavering(rng, count, 3 + round(along[-1] / 0.9))
    course = inset + tilt * (along - along[-1] / 2) + style.deckle * (broad + middle + fine)
    return np.asarray(np.maximum(course, 0) * px)


def _end_sheet(picture: NDArray[np.uint8], course: NDArray[np.float64], px: float, style: PaperStyle) -> None:
    """Puts the backing above a course of heights, with the shadow of the sheet on it; changes the picture."""
    thick = max(0.16 * px, 0.6)
    deep = min(len(picture), math.ceil(course.max() + 3 * thick) + 1)
    part = picture[:deep]
    # The distance of each pixel from the edge: positive on the sheet. Its tables are per sixteenth of a pixel.
    away = (np.arange(deep, dtype=np.float32) + np.float32(0.5))[:, None] - course[None, :].astype(np.float32)
    finest, reach = 16, deep + math.ceil(course.max()) + 2
    index = np.clip(np.rint((away + np.float32(reach)) * finest), 0, 2 * reach * finest).astype(np.int32)
    distances = np.arange(2 * reach * finest + 1) / finest - reach
    coverage = np.clip(distances + 0.5, 0, 1)
    # The edge itself is worn and catches less light; the backing lies in the shadow of the sheet.
    sheet_light = 1 - 0.14 * np.exp(-0.5 * (np.maximum(distances, 0) / thick) ** 2)
    shade = 1 - 0.45 * np.exp(np.minimum(distances, 0) / (0.7 * px))
    sheet = (coverage * sheet_light).astype(np.float32)[index]
    back = ((1 - coverage) * shade).astype(np.float32)[index]
    for channel, level in enumerate(style.backing[:3]):
        plane = part[:, :, channel]
        plane[:] = np.rint(plane * sheet + np.float32(level) * back)
    if style.backing_opacity < 255:
        opacity = (255 * coverage + style.backing_opacity * (1 - coverage)).astype(np.float32)[index]
        part[:, :, 3] = np.rint(opacity)
