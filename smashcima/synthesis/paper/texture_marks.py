"""Marks in the texture of a sheet besides grain: mould lines, fibres, specks, pores, veins.

All functions work on squares that tile the plane: marks wrap around at the sides.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.paper.noise import Field, tiling_clouds
from smashcima.synthesis.paper.style import PaperStyle

_SHIFT = 4
"""Fractional bits of the fixed-point coordinates for OpenCV."""


def mould_lines(rng: np.random.Generator, side: int, px: float, style: PaperStyle) -> Field:
    """Laid lines from left to right and chain lines from top to bottom."""
    result = np.zeros((side, side), np.float32)
    if style.laid > 0:
        lines = max(1, round(side / (style.laid_spacing * px)))
        # Wires have varying distances and depths. They are sampled finely, then averaged.
        centres = (np.arange(lines) + rng.normal(0, 0.05, lines)) / lines * side
        depths = np.clip(rng.normal(1.0, 0.16, lines), 0.4, 1.6)
        rows = np.arange(side) + 0.5
        nearest = np.abs((rows[:, None] - centres[None, :] + side / 2) % side - side / 2)
        width = max(0.23 * style.laid_spacing * px, 0.5)
        wires = (depths * np.exp(-0.5 * (nearest / width) ** 2)).sum(axis=1)
        wires -= wires.mean()
        sharpness = min(1.0, style.laid_spacing * px / 3)  # lines closer than three pixels blur
        strength = np.clip(0.75 + 0.45 * tiling_clouds(rng, side, 14 * px), 0.05, 1.8)
        result -= (
            np.float32(style.laid * sharpness / max(wires.std(), 1e-6))
            * wires.astype(np.float32)[:, None]
            * strength
        )
    if style.chains > 0:
        count = max(1, round(side / (style.chain_spacing * px)))
        centres = (np.arange(count) + rng.uniform(0, 1) + rng.normal(0, 0.02, count)) / count * side
        columns = np.arange(side) + 0.5
        away = np.abs((columns[:, None] - centres[None, :] + side / 2) % side - side / 2) / px
        # Pulp collects beside the wire: a thin lighter line between two broad darker ones.
        profile = (1.6 * np.exp(-0.5 * (away / 0.22) ** 2) - np.exp(-0.5 * (away / 1.8) ** 2)).sum(axis=1)
        strength = np.clip(0.8 + 0.4 * tiling_clouds(rng, side, 20 * px), 0.1, 1.6)
        result += np.float32(style.chains) * profile.astype(np.float32)[None, :] * strength
    return result


def fibres(levels: Field, rng: np.random.Generator, px: float, style: PaperStyle) -> None:
    """Adds single fibres, half of them lighter than the sheet and half darker; modifies `levels`."""
    side = len(levels)
    count = round(style.fibres * (side / px / 10) ** 2)
    curves = _curves(rng, count, side, px, length=rng.lognormal(math.log(1.1), 0.45, count))
    half = count // 2
    thickness = max(1, round(0.05 * px))
    for part, sign in ((curves[:half], -1.0), (curves[half:], 1.0)):
        mask = _drawn(part, side, thickness, px)
        levels += np.float32(sign * style.fibre_contrast / 255) * mask


def color_flecks(
    levels: Field, rng: np.random.Generator, px: float, style: PaperStyle
) -> tuple[Field, Field, Field]:
    """Adds fibres that absorb some colours; returns planes for blue, green and red."""
    side = len(levels)
    planes = (levels, levels.copy(), levels.copy())
    for missing in ((0.1, 0.35, 0.5), (0.5, 0.45, 0.1), (0.4, 0.2, 0.35)):  # blue, red, green fibres
        count = round(style.color_flecks * (side / px / 10) ** 2 / 3)
        curves = _curves(rng, count, side, px, length=rng.lognormal(math.log(0.9), 0.4, count))
        mask = _drawn(curves, side, max(1, round(0.06 * px)), px)
        for plane, share in zip(planes, missing, strict=True):
            plane -= np.float32(80.0 * share / 255) * mask
    return planes


def specks(levels: Field, rng: np.random.Generator, px: float, style: PaperStyle) -> None:
    """Adds dark inclusions, most of them small; modifies `levels`."""
    side = len(levels)
    count = round(style.specks * (side / px / 10) ** 2)
    centres = rng.uniform(0, side, (count, 2))
    across = np.clip(rng.lognormal(math.log(style.speck_size), 0.5, count), 0.03, 3.0) * px
    depth = style.speck_contrast * np.clip(rng.normal(0.8, 0.3, count), 0.2, 1.4)
    # Pieces of bark and straw are elongated.
    stretch = rng.uniform(1.0, 2.6, count)
    angle = rng.uniform(0, math.pi, count)
    _add_spots(levels, centres, across / 2, stretch, angle, -depth)


def follicles(levels: Field, rng: np.random.Generator, px: float, style: PaperStyle) -> None:
    """Adds the pores of skin: small dark dots in loose rows, with varying density."""
    side = len(levels)
    spacing = 0.9 * px
    if spacing < 2:
        return  # too fine to be visible
    count = max(2, round(side / spacing))
    step = side / count
    dense = tiling_clouds(rng, count // 8 * 8 or 8, 14.0)
    row, column = np.mgrid[0:count, 0:count]
    share = np.clip(0.4 * dense[row % len(dense), column % len(dense)], 0, 0.9)
    there = rng.random(row.shape) < share
    x = ((column + 0.5 * (row % 2) + rng.normal(0, 0.22, there.shape)) * step)[there]
    y = ((row + rng.normal(0, 0.22, there.shape)) * step)[there]
    dots = np.zeros((side, side), np.float32)
    strength = np.clip(rng.normal(1.0, 0.4, x.size), 0.1, 2.0).astype(np.float32)
    np.add.at(dots, (y.astype(int) % side, x.astype(int) % side), strength)
    levels -= _peaked(dots, 0.11 * px) * np.float32(2.2 * style.follicles)


def veins(rng: np.random.Generator, side: int, px: float, style: PaperStyle) -> Field:
    """Faint branching lines: the zero crossings of smooth noise."""
    course = tiling_clouds(rng, side, 26 * px)
    course += 0.18 * tiling_clouds(rng, side, 5 * px)
    seen = np.clip(tiling_clouds(rng, side, 30 * px), 0, 1.5)
    course *= course
    course *= np.float32(-1 / (2 * 0.035**2))
    result: Field = np.float32(-style.veins) * np.exp(course) * seen
    return result


# -- drawing -----------------------------------------------------------------------------------------------


def _curves(
    rng: np.random.Generator, count: int, side: int, px: float, length: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Slightly bent polylines of seven points, in pixels, shape (count, 7, 2)."""
    start = rng.uniform(0, side, (count, 1, 2))
    steps = 6
    bend = rng.normal(0, 0.25, (count, 1)) + rng.normal(0, 0.22, (count, steps))
    angles = rng.uniform(0, 2 * math.pi, (count, 1)) + np.cumsum(bend, axis=1)
    moves = np.stack([np.cos(angles), np.sin(angles)], axis=2) * (length * px / steps)[:, None, None]
    return np.concatenate([start, start + np.cumsum(moves, axis=1)], axis=1)


def _drawn(curves: NDArray[np.float64], side: int, thickness: int, px: float) -> Field:
    """Curves drawn with value 255 on a square that tiles, blurred as by a scanner."""
    import cv2

    margin = min(side, math.ceil(6 * px) + 4)
    canvas = np.zeros((side + 2 * margin, side + 2 * margin), np.uint8)
    points = np.round((curves + margin) * (1 << _SHIFT)).astype(np.int32)
    cv2.polylines(canvas, list(points), False, 255, thickness, cv2.LINE_AA, _SHIFT)
    canvas = np.asarray(cv2.GaussianBlur(canvas, (0, 0), 0.7), dtype=np.uint8)
    for axis in (0, 1):
        canvas = np.moveaxis(canvas, axis, 0)
        np.maximum(canvas[margin : 2 * margin], canvas[-margin:], out=canvas[margin : 2 * margin])
        np.maximum(canvas[-2 * margin : -margin], canvas[:margin], out=canvas[-2 * margin : -margin])
        canvas = np.moveaxis(canvas, 0, axis)
    return canvas[margin : side + margin, margin : side + margin].astype(np.float32)


def _add_spots(
    levels: Field,
    centres: NDArray[np.float64],
    radii: NDArray[np.float64],
    stretch: NDArray[np.float64],
    turn: NDArray[np.float64],
    depth: NDArray[np.float64],
) -> None:
    """Adds discs and ellipses with smooth edges at centres (n, 2) in pixels; modifies `levels`."""
    side = len(levels)
    reaches = np.minimum(np.ceil(radii * stretch + 1.5).astype(int), (side - 1) // 2)
    for reach in np.unique(reaches).tolist():
        some = reaches == reach
        x, y = centres[some].T[:, :, None]
        offsets = np.arange(-reach, reach + 1)
        rows, columns = np.floor(y).astype(int) + offsets, np.floor(x).astype(int) + offsets
        dy, dx = (rows + 0.5 - y)[:, :, None], (columns + 0.5 - x)[:, None, :]
        cos, sin = np.cos(turn[some])[:, None, None], np.sin(turn[some])[:, None, None]
        along = (dx * cos + dy * sin) / stretch[some][:, None, None]
        away = np.hypot(along, dy * cos - dx * sin)
        # Coverage of pixels by a disc; a disc smaller than a pixel darkens it in proportion to its area.
        radius = radii[some][:, None, None]
        coverage = np.clip(radius + 0.5 - away, 0, 1) * np.minimum(1.0, 2 * radius)
        where = (rows % side)[:, :, None], (columns % side)[:, None, :]
        np.add.at(levels, where, (depth[some][:, None, None] * coverage).astype(np.float32))


def _peaked(dots: Field, sigma_px: float) -> Field:
    """Points blurred to dots of peak value 1, on a square that tiles."""
    import cv2

    sigma = max(sigma_px, 0.5)
    margin = min(len(dots), math.ceil(4 * sigma))
    around = cv2.copyMakeBorder(dots, margin, margin, margin, margin, cv2.BORDER_WRAP)
    soft = cv2.GaussianBlur(around, (0, 0), sigma)[margin:-margin, margin:-margin]
    return np.asarray(soft * np.float32(2 * math.pi * sigma**2), dtype=np.float32)
