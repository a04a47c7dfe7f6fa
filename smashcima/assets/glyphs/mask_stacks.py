"""Stacks of masks: many small masks in one picture, so that OpenCV is called once for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_PIXELS_AT_ONCE = 120_000
"""Number of pixels of the masks of one stack, so that what is computed from them stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class MaskStack:
    """Masks below one another, aligned at the left, with an empty row below each."""

    indices: tuple[int, ...]
    """Numbers of the masks among those that were stacked, from top to bottom."""

    picture: NDArray[np.uint8]

    ends: NDArray[np.int64]
    """The row behind the empty row below each mask."""

    tops: NDArray[np.int64]
    """The first row of each mask."""

    def places(self, rows: Sequence[int]) -> NDArray[np.int64]:
        """For each row, the place in the stack of the mask that it belongs to."""
        return np.searchsorted(self.ends, rows, side="right")


def stacked(masks: Sequence[NDArray[np.uint8]]) -> Iterator[MaskStack]:
    """Stacks of masks of similar width, from the narrowest to the widest."""
    order = np.argsort([mask.shape[1] for mask in masks], kind="stable")
    chosen: list[int] = []
    pixels = 0
    for index in order.tolist():
        if chosen and pixels + masks[index].size > _PIXELS_AT_ONCE:
            yield _stack(masks, chosen)
            chosen, pixels = [], 0
        chosen.append(index)
        pixels += masks[index].size
    if chosen:
        yield _stack(masks, chosen)


def _stack(masks: Sequence[NDArray[np.uint8]], indices: Sequence[int]) -> MaskStack:
    shapes = np.array([masks[index].shape for index in indices])
    ends = np.cumsum(shapes[:, 0] + 1)
    tops = ends - shapes[:, 0] - 1
    picture = np.zeros((int(ends[-1]), int(shapes[:, 1].max())), np.uint8)
    for index, top, (height, width) in zip(indices, tops.tolist(), shapes.tolist(), strict=True):
        picture[top : top + height, :width] = masks[index]
    return MaskStack(tuple(indices), picture, ends, tops)
