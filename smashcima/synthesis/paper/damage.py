"""Damage with sharp edges: creases and wormholes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.scene.visual import ColorBGRA
from smashcima.synthesis.paper.noise import wavering
from smashcima.synthesis.paper.style import PaperStyle
from smashcima.synthesis.paper.tone import SheetFrame

_SHIFT = 4
"""Fractional bits of the fixed-point coordinates for OpenCV."""


def add_creases(picture: NDArray[np.uint8], style: PaperStyle, px: float, rng: np.random.Generator) -> None:
    """Adds creases from folding or handling, lit from one side; modifies a BGRA picture."""
    if style.creases == 0 or style.crease_contrast == 0:
        return
    for _ in range(int(rng.poisson(style.creases))):
        rows, columns = picture.shape[:2]
        fold = rng.random()
        if fold < 0.25:  # folded in the middle, like a letter
            turned = bool(rng.random() < 0.3)
            length = columns if not turned else rows
            across = rows if not turned else columns
            middle = across * (0.5 + rng.normal(0, 0.015))
            start, end = (0.0, middle), (float(length), middle + rng.normal(0, 0.004) * length)
        elif fold < 0.5:  # a corner that was turned down
            turned = False
            size = rng.uniform(8, 32) * px
            slope = rng.uniform(0.6, 1.5)
            y = rows - size * slope if rng.random() < 0.7 else size * slope
            edge = float(rows) if y > rows / 2 else 0.0
            start, end = ((columns - size, edge), (float(columns), y))
            if rng.random() < 0.4:
                start, end = (0.0, y), (size, edge)
        else:  # a short crease from handling
            turned = bool(rng.random() < 0.5)
            width, height = (rows, columns) if turned else (columns, rows)
            length = rng.uniform(12, 70) * px
            slope = rng.uniform(-0.8, 0.8)
            left, top = rng.uniform(-0.05, 0.95) * width, rng.uniform(0, 1) * height
            start, end = (left, top), (left + length, top + slope * length)
        view = picture.swapaxes(0, 1) if turned else picture
        _add_crease(view, start, end, style.crease_contrast * rng.uniform(0.4, 1.2), px, rng)


def _add_crease(
    picture: NDArray[np.uint8],
    start: tuple[float, float],
    end: tuple[float, float],
    contrast: float,
    px: float,
    rng: np.random.Generator,
) -> None:
    """Adds one crease between two points in pixels, which is usually closer to horizontal than to vertical."""
    rows, columns = picture.shape[:2]
    count = math.ceil(abs(end[0] - start[0]))
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    if count < 3:
        return
    part = np.linspace(0, 1, count)
    bend = rng.normal(0, 0.006) * length * np.sin(math.pi * part)
    waver = 0.12 * px * wavering(rng, count, max(3, round(length / (5 * px))))
    xs = np.floor(start[0] + part * (end[0] - start[0])).astype(int)
    ys = start[1] + part * (end[1] - start[1]) + bend + waver
    strength = np.clip(0.75 + 0.5 * wavering(rng, count, max(3, round(length / (7 * px)))), 0, 1.5)
    strength *= (
        np.clip(np.minimum(part, 1 - part) * length / (4 * px), 0, 1) if length < 0.9 * columns else 1.0
    )
    upright = (end[0] - start[0]) / length
    reach = math.ceil(0.9 * px / max(upright, 0.3)) + 1
    offsets = np.arange(-reach, reach + 1)
    lines = np.floor(ys).astype(int)[:, None] + offsets[None, :]
    away = (lines + 0.5 - ys[:, None]) * abs(upright) / px
    thin = max(0.09, 0.4 / px)
    profile = 0.75 * np.exp(-0.5 * ((away - 0.16) / (1.4 * thin)) ** 2) - np.exp(-0.5 * (away / thin) ** 2)
    profile -= 0.16 * np.exp(-np.abs(away) / 0.35)
    if rng.random() < 0.5:  # folded in the other direction, or lit from the other side
        profile = profile[:, ::-1] * 0.9
    change = np.rint(contrast * strength[:, None] * profile).astype(np.int16)
    columns_of = np.broadcast_to(xs[:, None], lines.shape)
    seen = (lines >= 0) & (lines < rows) & (columns_of >= 0) & (columns_of < columns) & (change != 0)
    where = lines[seen], columns_of[seen]
    pixels = picture[where]
    pixels[:, :3] = np.clip(pixels[:, :3].astype(np.int16) + change[seen][:, None], 0, 255)
    picture[where] = pixels


def add_wormholes(
    picture: NDArray[np.uint8],
    style: PaperStyle,
    px: float,
    frame: SheetFrame,
    behind: ColorBGRA,
    rng: np.random.Generator,
    book: np.random.Generator,
) -> None:
    """Adds holes that show the colour behind; modifies a BGRA picture.

    `book` is in the same state for all sheets of a book: a wormhole passes through many of them, at the same distance
    from the spine, with different edges in each.
    """
    if style.wormholes == 0:
        return
    count = int(book.poisson(style.wormholes))
    tunnels = book.uniform(0, 1, (count, 2))
    sizes = np.clip(book.lognormal(math.log(0.5), 0.35, count), 0.2, 1.6)
    long = book.random(count) < 0.2
    turns = book.uniform(0, 2 * math.pi, count)
    rows, columns = picture.shape[:2]
    for (across, down), size, is_long, turn in zip(tunnels, sizes, long, turns, strict=True):
        radius = size * px * rng.uniform(0.85, 1.15)
        x = (1 - across if frame.spine_right else across) * columns
        outline = _track(x, down * rows, radius, turn, rng) if is_long else _blob(x, down * rows, radius, rng)
        if radius >= 0.7:
            _cut_out(picture, outline, px, behind)


def _blob(x: float, y: float, radius: float, rng: np.random.Generator) -> NDArray[np.float64]:
    angles = np.linspace(0, 2 * math.pi, 24, endpoint=False)
    orders = np.arange(1, 6)
    waves = np.cos(np.outer(orders, angles) + rng.uniform(0, 2 * math.pi, (5, 1)))
    radii = radius * np.exp((0.16 * rng.standard_normal(5) / orders) @ waves)
    return np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], axis=1)


def _track(x: float, y: float, radius: float, turn: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """The outline of a tunnel a few millimetres long in the plane of the sheet."""
    steps = 40
    angles = turn + 0.9 * wavering(rng, steps, 5)
    length = radius * rng.uniform(6, 16)
    moves = np.stack([np.cos(angles), np.sin(angles)], axis=1) * length / steps
    path = np.array([x, y]) + np.cumsum(moves, axis=0)
    normal = np.stack([-np.sin(angles), np.cos(angles)], axis=1)
    # Rounded at both ends over a length of about its width.
    from_end = np.minimum(np.arange(steps), np.arange(steps)[::-1]) * (length / steps) / radius
    round_ends = np.sqrt(1 - (1 - np.minimum(from_end, 1)) ** 2)
    sides = [radius * np.clip(0.75 + 0.12 * wavering(rng, steps, 9), 0.3, 1.2) * round_ends for _ in range(2)]
    return np.concatenate([path + normal * sides[0][:, None], (path - normal * sides[1][:, None])[::-1]])


def _cut_out(picture: NDArray[np.uint8], outline: NDArray[np.float64], px: float, behind: ColorBGRA) -> None:
    """Fills an outline in pixels with the colour behind, with the shadow of its edge and a brown rim."""
    import cv2

    rows, columns = picture.shape[:2]
    margin = math.ceil(0.5 * px) + 2
    left, top = np.floor(outline.min(axis=0)).astype(int) - margin
    right, bottom = np.ceil(outline.max(axis=0)).astype(int) + margin
    inside = slice(max(top, 0), min(bottom, rows)), slice(max(left, 0), min(right, columns))
    if inside[0].start >= inside[0].stop or inside[1].start >= inside[1].stop:
        return
    mask = np.zeros((bottom - top, right - left), np.uint8)
    # OpenCV's integer coordinates are pixel centres.
    points = np.round((outline - (left, top) - 0.5) * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(mask, [points], 255, cv2.LINE_AA, _SHIFT)
    window = (
        slice(inside[0].start - top, inside[0].stop - top),
        slice(inside[1].start - left, inside[1].stop - left),
    )
    rim = cv2.GaussianBlur(mask, (0, 0), max(0.12 * px, 0.5))[window].astype(np.float32) / 255
    shift = max(1, round(0.12 * px))
    lit = np.zeros_like(mask)
    lit[shift:, shift:] = mask[:-shift, :-shift]
    lit = cv2.GaussianBlur(lit, (0, 0), max(0.08 * px, 0.5))
    part = picture[inside]
    hole = mask[window].astype(np.float32)[:, :, None] / 255
    light = (0.55 + 0.45 * lit[window].astype(np.float32) / 255)[:, :, None]
    paper = part[:, :, :3] * (1 - rim[:, :, None] * np.array([0.3, 0.2, 0.14], np.float32))
    below = np.array(behind[:3], np.float32) * light
    part[:, :, :3] = np.rint(paper * (1 - hole) + below * hole)
    if behind[3] < 255:
        part[:, :, 3] = np.rint(part[:, :, 3] * (1 - hole[:, :, 0]) + behind[3] * hole[:, :, 0])
