"""The tone of a sheet: its colour, and the slow variation by age and light."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from smashcima.synthesis.paper.noise import Field, clouds, wavering
from smashcima.synthesis.paper.style import PaperStyle

BROWNING = (0.62, 0.27, 0.13)
"""Absorption of blue, green and red by browning of amount 1, as a natural logarithm."""

SHADOW = (1.0, 0.96, 0.92)
"""Absorption of blue, green and red by shadow and soot of amount 1, as a natural logarithm."""

_STEP_MM = 1.4


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """The size of a sheet and the side of its spine."""

    width: float
    """Millimetres."""

    height: float
    """Millimetres."""

    spine_right: bool
    """Whether it is bound at its right side, as the left pages of a book."""


def tone_planes(
    style: PaperStyle, color: tuple[float, float, float], frame: SheetFrame, rng: np.random.Generator
) -> list[Field]:
    """Levels of blue, green and red of the sheet without texture, on a lattice with steps of one to two millimetres."""
    columns = max(2, math.ceil(frame.width / _STEP_MM))
    rows = max(2, math.ceil(frame.height / _STEP_MM))
    x = ((np.arange(columns, dtype=np.float32) + 0.5) * (frame.width / columns)).astype(np.float32)
    y = ((np.arange(rows, dtype=np.float32) + 0.5) * (frame.height / rows)).astype(np.float32)
    from_spine = frame.width - x if frame.spine_right else x

    brown = _mottles(style, rng, rows, columns)
    brown += _edges(style, rng, x, y, frame)
    dark = _uneven_light(style, rng, x, y, frame)
    dark += _gutter(style, rng, from_spine, rows)
    dark += _dirt(style, rng, frame.width - from_spine, y, frame)
    planes = []
    for level, browned, darkened in zip(color, BROWNING, SHADOW, strict=True):
        taken = brown * np.float32(-browned)
        taken -= dark * np.float32(darkened)
        plane = np.exp(taken, out=taken)
        plane *= np.float32(level)
        planes.append(plane)
    return planes


def _mottles(style: PaperStyle, rng: np.random.Generator, rows: int, columns: int) -> Field:
    """Uneven browning: large clouds with smaller ones."""
    if style.mottling == 0:
        return np.zeros((rows, columns), np.float32)
    size = style.mottling_size / _STEP_MM
    field: Field = clouds(rng, rows, columns, size) + np.float32(0.5) * clouds(
        rng, rows, columns, max(size / 3.5, 2.0)
    )
    field *= np.float32(0.45 * style.mottling)
    return field


def _edges(style: PaperStyle, rng: np.random.Generator, x: Field, y: Field, frame: SheetFrame) -> Field:
    """Browning of the edges by air and hands, with different strength along and between sides."""
    if style.edge_browning == 0:
        return np.zeros((len(y), len(x)), np.float32)
    width = style.edge_width
    sides = np.clip(rng.normal(1.0, 0.3, 4), 0.2, 1.7).astype(np.float32)
    sides[0 if not frame.spine_right else 1] *= 0.35  # the spine protects that side from air
    across, down = np.float32(1 / width), np.float32(1 / width)
    reach: Field = clouds(rng, len(y), len(x), 25 / _STEP_MM) * np.float32(0.22)
    np.exp(reach, out=reach)
    left, right = np.exp(-x * across) * sides[0], np.exp(-(frame.width - x) * across) * sides[1]
    top, bottom = np.exp(-y * down) * sides[2], np.exp(-(frame.height - y) * down) * sides[3]
    reach *= (left + right)[None, :] + (top + bottom)[:, None]
    reach *= np.float32(style.edge_browning)
    return reach


def _uneven_light(
    style: PaperStyle, rng: np.random.Generator, x: Field, y: Field, frame: SheetFrame
) -> Field:
    """A slightly curved gradient of light in a random direction."""
    angle = rng.uniform(0, 2 * math.pi)
    u = (x / frame.width - 0.5) * np.float32(math.cos(angle))
    v = (y / frame.height - 0.5) * np.float32(math.sin(angle))
    slope: Field = u[None, :] + v[:, None]
    slope += np.float32(0.5)
    slope *= slope
    slope *= np.float32(style.unevenness)
    return slope


def _gutter(style: PaperStyle, rng: np.random.Generator, from_spine: Field, rows: int) -> Field:
    """Shading where the sheet bends to the spine: a shadow that grows steeper, and a faint highlight before it."""
    if style.gutter == 0:
        return np.zeros((rows, len(from_spine)), np.float32)
    width = style.gutter_width * (1 + 0.06 * wavering(rng, rows, 4))[:, None].astype(np.float32)
    depth = from_spine[None, :] / width
    shadow = np.exp(-1.6 * depth**1.2) * np.float32(2.2 * style.gutter)
    gleam = np.exp(-0.5 * ((depth - 2.4) / 0.7) ** 2) * np.float32(0.06 * style.gutter)
    return np.asarray(shadow - gleam, dtype=np.float32)


def _dirt(
    style: PaperStyle, rng: np.random.Generator, from_fore_edge: Field, y: Field, frame: SheetFrame
) -> Field:
    """Soiling where pages are turned: at the outer lower corner, and a little along the outer side."""
    shape = (len(y), len(from_fore_edge))
    if style.dirt == 0:
        return np.zeros(shape, np.float32)
    from_bottom = np.float32(frame.height) - y
    spread = np.float32(rng.uniform(16, 28))
    corner = np.exp(-0.5 * (from_fore_edge / spread) ** 2)[None, :] * (
        np.exp(-0.5 * ((from_bottom - np.float32(rng.uniform(0, 30))) / (1.6 * spread)) ** 2)[:, None]
        + np.float32(0.15)
    )
    smears = np.clip(np.float32(0.8) + np.float32(0.5) * clouds(rng, *shape, 7 / _STEP_MM), 0, 2)
    return np.asarray(np.float32(0.12 * style.dirt) * corner * smears, dtype=np.float32)
