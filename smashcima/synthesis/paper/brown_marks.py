"""Marks of age on a sheet: foxing, stains, finger marks.

They have soft edges, so a quarter of the usual resolution is sufficient. Each kind is drawn as a density, and the sum
of the densities darkens the tone of the sheet.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from smashcima.randomness import Stream
from smashcima.synthesis.paper.noise import Field, clouds
from smashcima.synthesis.paper.style import PaperStyle
from smashcima.synthesis.paper.tone import BROWNING

FINE_DPI = 75.0
"""Resolution that is sufficient for marks with soft edges."""

_FULL = 160.0
"""Density of an amount of 1."""

_STAMP_PX = 24
_STAMPS = 12


def brown_marks(
    style: PaperStyle, rows: int, columns: int, px: float, rng: np.random.Generator
) -> NDArray[np.uint8] | None:
    """The density of all brown marks, for pictures with `px` pixels per mm; `None` if there are none."""
    area = rows * columns / px**2 / 10_000  # square decimetres
    spots = int(rng.poisson(style.foxing * area)) if style.foxing > 0 else 0
    stains = int(rng.poisson(style.stains)) if style.stains > 0 else 0
    if spots + stains == 0 and style.back_ruling == 0:
        return None
    density = np.zeros((rows, columns), np.uint8)
    for _ in range(stains):
        _add_stain(density, px, style.stain_depth, rng)
    if spots:
        _add_foxing(density, px, spots, style, rng)
    if style.back_ruling > 0:
        _add_back_ruling(density, px, style.back_ruling, rng)
    return density


def darken(planes: list[NDArray[np.uint8]], density: NDArray[np.uint8]) -> None:
    """Darkens and browns blue, green and red planes by a density of the same size; modifies them."""
    import cv2

    amounts = np.arange(256) / _FULL
    for plane, browned in zip(planes, BROWNING, strict=True):
        passed = np.rint(255 * np.exp(-browned * amounts)).astype(np.uint8)
        cv2.multiply(plane, cv2.LUT(density, passed), dst=plane, scale=1 / 255)


def _add_foxing(
    density: NDArray[np.uint8], px: float, count: int, style: PaperStyle, rng: np.random.Generator
) -> None:
    """Spots with a darker core and a wide halo, in clusters, since damp and mould are local."""
    import cv2

    rows, columns = density.shape
    clusters = max(1, count // 9)
    middles = rng.uniform(0, 1, (clusters, 2)) * (rows, columns)
    spread = rng.lognormal(math.log(14), 0.5, clusters) * px
    owner = rng.integers(clusters, size=count)
    alone = rng.random(count) < 0.3
    places = middles[owner] + rng.standard_normal((count, 2)) * spread[owner][:, None]
    places[alone] = (rng.uniform(0, 1, (count, 2)) * (rows, columns))[alone]
    sizes = np.clip(rng.lognormal(math.log(style.foxing_size), 0.55, count), 0.15, 9.0) * px
    # Larger spots are usually paler.
    depths = style.foxing_depth * np.clip(rng.normal(1.0, 0.35, count), 0.25, 1.8)
    which, turns = rng.integers(_STAMPS, size=count), rng.integers(4, size=count)
    stamps = _stamps()
    for (y, x), size, depth, stamp, turn in zip(places, sizes, depths, which, turns, strict=True):
        # The halo extends beyond twice the diameter.
        side = max(3, round(2.6 * size))
        top, left = round(y - side / 2), round(x - side / 2)
        if top < 0 or left < 0 or top + side > rows or left + side > columns:
            continue
        strength = min(255 * depth * min(1.0, (size / 1.2) ** 2), 255.0)
        spot = cv2.resize(np.rot90(stamps[stamp], turn), (side, side), interpolation=cv2.INTER_AREA)
        part = density[top : top + side, left : left + side]
        cv2.add(part, cv2.convertScaleAbs(spot, alpha=strength / 255), dst=part)


@cache
def _stamps() -> tuple[NDArray[np.uint8], ...]:
    """Spots of irregular shape, 255 in the core."""
    rng = Stream(0).child("foxing spots").generator()
    middle = (_STAMP_PX - 1) / 2
    y, x = (np.mgrid[0:_STAMP_PX, 0:_STAMP_PX] - middle) / (_STAMP_PX / 2)
    angle, away = np.arctan2(y, x), np.hypot(x, y)
    stamps = []
    for _ in range(_STAMPS):
        orders = np.arange(1, 6)[:, None, None]
        sizes, phases = rng.normal(0, 0.14, (5, 1, 1)) / orders, rng.uniform(0, 2 * math.pi, (5, 1, 1))
        radius = away / np.exp((sizes * np.cos(orders * angle + phases)).sum(axis=0))
        spot = 0.62 * np.exp(-0.5 * (radius / 0.2) ** 2) + 0.38 * np.exp(-0.5 * (radius / 0.4) ** 2)
        spot *= 1 + 0.18 * clouds(rng, _STAMP_PX, _STAMP_PX, 4)
        spot *= np.clip((1 - away) * 4, 0, 1)
        stamps.append(np.clip(np.rint(255 * spot), 0, 255).astype(np.uint8))
    return tuple(stamps)


def _add_stain(density: NDArray[np.uint8], px: float, depth: float, rng: np.random.Generator) -> None:
    """A dried puddle: hardly darker inside, with a brown line at its final edge."""
    import cv2

    rows, columns = density.shape
    if rng.random() < 0.6:  # water that entered from the edge
        radius = float(np.clip(rng.lognormal(math.log(38), 0.45), 12, 110)) * px
        side = int(rng.integers(4))
        along = rng.uniform(0, 1)
        beyond = rng.uniform(-0.2, 0.6) * radius
        x = (-beyond, columns + beyond, along * columns, along * columns)[side]
        y = (along * rows, along * rows, -beyond, rows + beyond)[side]
    else:  # a drop or a glass
        radius = float(np.clip(rng.lognormal(math.log(6), 0.7), 1.5, 40)) * px
        x, y = rng.uniform(0, columns), rng.uniform(0, rows)
    reach = 1.5 * radius + 3
    left, right = max(0, math.floor(x - reach)), min(columns, math.ceil(x + reach))
    top, bottom = max(0, math.floor(y - reach)), min(rows, math.ceil(y + reach))
    strength = depth * rng.uniform(0.4, 1.2)
    uneven = rng.uniform(0.09, 0.2)
    if right - left < 2 or bottom - top < 2:
        return
    dx = (np.arange(left, right, dtype=np.float32) + np.float32(0.5 - x))[None, :]
    dy = (np.arange(top, bottom, dtype=np.float32) + np.float32(0.5 - y))[:, None]
    level: Field = np.sqrt(dx * dx + dy * dy)
    level /= np.float32(radius)
    shape = (bottom - top, right - left)
    level += np.float32(uneven) * clouds(rng, *shape, max(0.55 * radius, 3))
    level += np.float32(0.25 * uneven) * clouds(rng, *shape, max(0.12 * radius, 2))
    # The profiles of both parts of the stain are read from tables, which is faster than exponentials of every pixel.
    away = np.linspace(-1, 1, 512)
    line = max(0.5 / (radius / px), 0.012)
    inside = 1 / (1 + np.exp(np.clip(away / (0.5 * line), -50, 50)))
    tide = np.where(
        away < 0, np.exp(np.clip(away / (3.2 * line), -50, 0)), np.exp(-0.5 * (away / (0.6 * line)) ** 2)
    )
    profile = np.clip(strength * (0.28 * inside + 0.75 * tide) * _FULL, 0, 255)
    level -= np.float32(1)
    level *= np.float32(255.5)
    level += np.float32(255.5)
    index = np.clip(level, 0, 511).astype(np.uint16)
    faint = np.clip(np.float32(0.75) + np.float32(0.35) * clouds(rng, *shape, max(0.4 * radius, 3)), 0.1, 1.3)
    stain = (profile.astype(np.float32)[index] * faint).astype(np.uint8)
    part = density[top:bottom, left:right]
    cv2.add(part, stain, dst=part)


def _add_back_ruling(
    density: NDArray[np.uint8], px: float, contrast: float, rng: np.random.Generator
) -> None:
    """Staves of the other side that faintly show through, with the margins of printed music paper."""
    rows, columns = density.shape
    space = rng.uniform(1.7, 2.2) * px
    margin, side = rng.uniform(14, 24) * px, rng.uniform(10, 20) * px
    staves = max(1, int((rows - 2 * margin) // (rng.uniform(10.5, 13.5) * space)))
    step = (rows - 2 * margin) / staves
    tops = margin + (np.arange(staves) + 0.5) * step - 2 * space
    centres = (tops[:, None] + np.arange(5)[None, :] * space).ravel()
    away = np.abs(np.arange(rows)[:, None] + 0.5 - centres[None, :]) / px
    # The thickness of the sheet blurs what shows through it.
    profile = np.exp(-0.5 * (away / 0.22) ** 2).sum(axis=1)
    depth = contrast / 255 / np.mean(BROWNING) * _FULL
    faint = np.clip(1 + 0.35 * clouds(rng, rows, columns, 18 * px), 0.2, 1.8)
    left, right = round(side), round(columns - side)
    if right > left:
        lines = np.clip(np.rint(depth * profile[:, None] * faint[:, left:right]), 0, 255).astype(np.uint8)
        part = density[:, left:right]
        np.minimum(part, 255 - lines, out=part)
        part += lines
