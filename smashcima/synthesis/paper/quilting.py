"""Image quilting: synthesis of large textures from small samples.

A. A. Efros and W. T. Freeman, "Image Quilting for Texture Synthesis and Transfer", SIGGRAPH 2001. Blocks that match
their neighbours in the overlap are placed side by side, and each is cut along the path with the least difference from
the existing pixels. Here the quilt also tiles the plane: its last blocks match the first ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError

Picture = NDArray[np.uint8]

_TOLERANCE = 0.1
"""A block is chosen at random among those whose cost exceeds the lowest by at most this share."""

_PATCHES_TRIED = 4
"""Number of patches in which a block is searched; searching all would take long and change little."""

_WORK_PX = 24
"""Side of blocks during the search, which uses reduced resolution. Blocks of paper that match at low resolution also
match in detail, since they have the same grain."""


@dataclass(frozen=True, slots=True)
class Quilt:
    """A picture that tiles the plane, and the sources of its pixels."""

    pixels: Picture
    """Pixels, shape (height_px, width_px, 3)."""

    sources: NDArray[np.int32]
    """Patch index, row and column of the source of each pixel, shape (height_px, width_px, 3)."""

    seam_cost: float
    """Sum of squared differences along all cuts."""

    straight_cost: float
    """The same sum for straight cuts through the middle of the overlaps."""


def quilt(patches: Sequence[Picture], side: int, block: int, overlap: int, rng: np.random.Generator) -> Quilt:
    """A square quilt of whole blocks, at least `side` pixels wide; patches have shape (height, width, 3).

    Raises:
        SettingsError: there is no patch as large as a block, or the overlap is out of range.
    """
    if not 2 <= overlap <= block // 2:
        raise SettingsError(f"Blocks of {block} px must overlap by 2 to {block // 2} px, not by {overlap}.")
    usable = [index for index, patch in enumerate(patches) if min(patch.shape[:2]) >= block]
    if not usable:
        sizes = ", ".join(f"{patch.shape[1]} x {patch.shape[0]}" for patch in patches) or "none"
        raise SettingsError(f"No patch is as large as a block of {block} px; sizes of patches: {sizes}.")
    return _Quilting(patches, usable, max(2, -(-side // (block - overlap))), block, overlap, rng).run()


class _Quilting:
    """The state of a quilt under construction."""

    def __init__(
        self,
        patches: Sequence[Picture],
        usable: list[int],
        count: int,
        block: int,
        overlap: int,
        rng: np.random.Generator,
    ) -> None:
        import cv2

        self._patches = patches
        self._usable = usable
        self._count = count
        self._block = block
        self._overlap = overlap
        self._step = block - overlap
        self._rng = rng
        side = count * self._step
        self._pixels: Picture = np.zeros((side, side, 3), np.uint8)
        self._sources = np.zeros((side, side, 3), np.int32)
        self._cost = self._straight = 0.0
        self._reduced = max(1, round(block / _WORK_PX))
        self._small = {
            index: np.ascontiguousarray(
                cv2.resize(
                    patches[index],
                    None,
                    fx=1 / self._reduced,
                    fy=1 / self._reduced,
                    interpolation=cv2.INTER_AREA,
                ),
                dtype=np.float32,
            )
            for index in usable
        }

    def run(self) -> Quilt:
        for row in range(self._count):
            for column in range(self._count):
                self._lay(row, column)
        return Quilt(self._pixels, self._sources, self._cost, self._straight)

    def _lay(self, row: int, column: int) -> None:
        """Chooses, cuts and places one block."""
        block, overlap, last = self._block, self._overlap, self._count - 1
        side = len(self._pixels)
        rows = np.arange(row * self._step, row * self._step + block) % side
        columns = np.arange(column * self._step, column * self._step + block) % side
        where = np.ix_(rows, columns)
        there = self._pixels[where]
        # Existing neighbours: the blocks above and to the left, and, at the ends, the first ones.
        left, right = column > 0, column == last
        top, bottom = row > 0, row == last
        patch, y, x = self._choice(there, left, right, top, bottom)
        piece = self._patches[patch][y : y + block, x : x + block]
        difference = ((piece.astype(np.float32) - there.astype(np.float32)) ** 2).sum(axis=2)
        new = np.ones((block, block), bool)
        far = block - overlap
        for is_met, strip, part in (
            (left, difference[:, :overlap], new[:, :overlap]),
            (right, difference[:, far:][:, ::-1], new[:, far:][:, ::-1]),
            (top, difference[:overlap].T, new[:overlap].T),
            (bottom, difference[far:][::-1].T, new[far:][::-1].T),
        ):
            if is_met:
                cut = least_cut(strip)
                part &= np.arange(overlap)[None, :] >= cut[:, None]
                self._cost += float(strip[np.arange(block), cut].sum())
                self._straight += float(strip[:, overlap // 2].sum())
        self._pixels[where] = np.where(new[:, :, None], piece, there)
        source = np.stack(
            np.broadcast_arrays(patch, np.arange(y, y + block)[:, None], np.arange(x, x + block)[None, :]),
            axis=2,
        )
        self._sources[where] = np.where(new[:, :, None], source, self._sources[where])

    def _choice(
        self, there: Picture, left: bool, right: bool, top: bool, bottom: bool
    ) -> tuple[int, int, int]:
        """Patch, row and column of a block that matches the existing pixels."""
        import cv2

        tried = sorted(
            int(index)
            for index in self._rng.choice(self._usable, min(_PATCHES_TRIED, len(self._usable)), replace=False)
        )
        if not (left or right or top or bottom):
            patch = tried[0]
            height, width = self._patches[patch].shape[:2]
            y, x = self._rng.integers((height - self._block + 1, width - self._block + 1))
            return patch, int(y), int(x)
        reduced = self._reduced
        small_block, strip = max(2, self._block // reduced), max(1, self._overlap // reduced)
        small = np.ascontiguousarray(
            cv2.resize(there, (small_block, small_block), interpolation=cv2.INTER_AREA), dtype=np.float32
        )
        far = small_block - strip
        parts = [
            (offset_y, offset_x, part)
            for is_met, offset_y, offset_x, part in (
                (left, 0, 0, small[:, :strip]),
                (right, 0, far, small[:, far:]),
                (top, 0, 0, small[:strip]),
                (bottom, far, 0, small[far:]),
            )
            if is_met
        ]
        costs = [_costs(self._small[index], parts, small_block) for index in tried]
        bound = min(float(cost.min()) for cost in costs) * (1 + _TOLERANCE) + 1e-3
        found = [
            (index, *place)
            for index, cost in zip(tried, costs, strict=True)
            for place in np.argwhere(cost <= bound)
        ]
        patch, y, x = found[int(self._rng.integers(len(found)))]
        height, width = self._patches[patch].shape[:2]
        return (
            int(patch),
            min(int(y) * reduced, height - self._block),
            min(int(x) * reduced, width - self._block),
        )


def _costs(
    patch: NDArray[np.float32], parts: list[tuple[int, int, NDArray[np.float32]]], block: int
) -> NDArray[np.float32]:
    """Sum of squared differences from the existing pixels, for each position of a block in a patch."""
    import cv2

    rows, columns = max(1, patch.shape[0] - block + 1), max(1, patch.shape[1] - block + 1)
    total = np.zeros((rows, columns), np.float32)
    for y, x, part in parts:
        cost = cv2.matchTemplate(patch, np.ascontiguousarray(part), cv2.TM_SQDIFF)
        total += np.asarray(cost, np.float32)[y : y + rows, x : x + columns]
    # Sums of squares that are computed with Fourier transforms may be slightly negative.
    return np.maximum(total, 0)


def least_cut(errors: NDArray[np.float32]) -> NDArray[np.intp]:
    """The path with the least sum of `errors` (rows, columns) from the first to the last row: a column for each row.

    It moves by at most one column from row to row. (Dynamic programming, row by row.)
    """
    rows, columns = errors.shape
    total = np.full((rows, columns + 2), np.inf)
    total[0, 1:-1] = errors[0]
    for row in range(1, rows):
        above = total[row - 1]
        total[row, 1:-1] = errors[row] + np.minimum(np.minimum(above[:-2], above[1:-1]), above[2:])
    path = np.empty(rows, np.intp)
    path[-1] = int(np.argmin(total[-1, 1:-1]))
    for row in range(rows - 2, -1, -1):
        before = int(path[row + 1])
        path[row] = before - 1 + int(np.argmin(total[row, before : before + 3]))
    return path
