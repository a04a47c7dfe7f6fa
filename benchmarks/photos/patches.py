"""Patches of staves at a common scale, and the features by which a classifier tells real ones from ours."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from smashcima.datasets.curation.picture_measures import UprightPicture, upright_picture
from smashcima.randomness import Stream

SPACE_PX = 12.0
"""Staff space of all patches: differences of resolution remain as sharpness, those of size do not."""

SIDE_PX = 96
PATCHES = 32
"""Number of patches of a picture."""

LEAST_LEVEL = 0.6
"""Least brightness of a patch, relative to the median of its picture."""

CELL_PX, DIRECTIONS = 24, 9


def patches_of(path: Path) -> np.ndarray:
    """(n, 96, 96): patches around random places of staves, in gray; none if no staff is found."""
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
    picture = upright_picture(pixels)
    if picture is None:
        return np.zeros((0, SIDE_PX, SIDE_PX), np.uint8)
    return _cut(picture, Stream(0).child("patches", path.name).generator())


def _cut(picture: UprightPicture, rng: np.random.Generator) -> np.ndarray:
    gray = cv2.cvtColor(picture.straightened(), cv2.COLOR_BGR2GRAY)
    factor = SPACE_PX * picture.scale / picture.staves.space_px
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    gray = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=how)
    rows, strips = np.nonzero(picture.staves.found)
    chosen = rng.integers(0, len(rows), 3 * PATCHES)
    found = []
    for row, strip in zip(rows[chosen].tolist(), strips[chosen].tolist(), strict=True):
        y = row / picture.scale * factor + (2 + rng.uniform(-2, 2)) * SPACE_PX
        x = (strip + rng.uniform(0, 1)) / picture.staves.found.shape[1] * gray.shape[1]
        top, left = round(y - SIDE_PX / 2), round(x - SIDE_PX / 2)
        if 0 <= top <= gray.shape[0] - SIDE_PX and 0 <= left <= gray.shape[1] - SIDE_PX:
            found.append(gray[top : top + SIDE_PX, left : left + SIDE_PX])
    # Where a cloth or a table was taken for a staff, it is much darker than paper.
    levels = np.array([np.median(patch) for patch in found])
    found = [
        patch for patch, level in zip(found, levels, strict=True) if level > LEAST_LEVEL * np.median(levels)
    ]
    return np.array(found[:PATCHES], np.uint8).reshape(-1, SIDE_PX, SIDE_PX)


def features_of(patch: np.ndarray) -> np.ndarray:
    """Histograms of oriented gradients, of local binary patterns, of gradients and of levels."""
    level = patch.astype(np.float32)
    right, down = np.diff(level, axis=1)[:-1], np.diff(level, axis=0)[:, :-1]
    hog = _oriented(right, down)
    steps = np.hypot(right, down).ravel()
    limits = [0, 0.5, 1.5, 3, 5, 8, 12, 18, 26, 36, 50, 70, 100, 140, 400]
    gradients = np.histogram(steps, limits)[0] / steps.size
    levels = np.histogram(level, 24, (0, 256))[0] / level.size
    return np.concatenate([hog, np.sqrt(_patterns(patch)), np.sqrt(gradients), np.sqrt(levels)])


def _oriented(right: np.ndarray, down: np.ndarray) -> np.ndarray:
    """Histograms of the directions of gradients in cells of 24 px, normalised over blocks of 2 × 2 cells."""
    direction = (np.arctan2(down, right) % np.pi * (DIRECTIONS / np.pi)).astype(int) % DIRECTIONS
    cells = SIDE_PX // CELL_PX
    place = np.minimum(np.arange(SIDE_PX - 1) // CELL_PX, cells - 1)
    index = (place[:, None] * cells + place[None]) * DIRECTIONS + direction
    counts = np.bincount(index.ravel(), np.hypot(right, down).ravel(), cells * cells * DIRECTIONS)
    grid = counts.reshape(cells, cells, DIRECTIONS)
    blocks = [
        grid[row : row + 2, column : column + 2].ravel()
        for row in range(cells - 1)
        for column in range(cells - 1)
    ]
    return np.concatenate([block / (np.linalg.norm(block) + 10) for block in blocks])


def _patterns(patch: np.ndarray) -> np.ndarray:
    """(256,): shares of the patterns of the eight neighbours that are at least as bright as a pixel."""
    middle = patch[1:-1, 1:-1]
    codes = np.zeros(middle.shape, np.int64)
    around = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0))
    for bit, (row, column) in enumerate(around):
        codes |= (patch[row : row + middle.shape[0], column : column + middle.shape[1]] >= middle) << bit
    return np.bincount(codes.ravel(), minlength=256) / codes.size
