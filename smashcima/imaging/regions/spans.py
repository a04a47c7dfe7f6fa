"""The pixels of shapes as spans of rows, for formats that write masks as lengths of runs: found by compiled kernels
without an array of pixels for each shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.outline_arrays import Outlines, Window
from smashcima.imaging.regions.rasterizer import spans_of_outlines


class Spans(NamedTuple):
    """The spans of several shapes, concatenated."""

    windows: NDArray[np.int64]
    """(n, 4): left, top, width and height of a window around each shape; zeros outside of the image."""

    ends: NDArray[np.int64]
    """(n,): end of each shape in `spans`."""

    spans: NDArray[np.int32]
    """(m, 3): row, first column, and the column after the last one, in the image. Those of a shape are in this order, and
    do not meet."""

    @property
    def counts(self) -> NDArray[np.int64]:
        """(n,): number of spans of each shape."""
        return np.diff(self.ends, prepend=0)

    @staticmethod
    def of_outlines(outlines: Outlines, width: int, height: int) -> tuple[Spans, NDArray[np.intp]]:
        """Pixels of outlines that are covered by half, as windows; returns the spans, and the shape of each window."""
        known = outlines.windows(width, height)
        rest = np.array([shape for shape in range(len(outlines)) if shape not in known], np.intp)
        windows, ends, spans = spans_of_outlines(outlines.chosen(rest) if known else outlines, width, height)
        drawn = Spans(np.ascontiguousarray(windows[:, 1:], np.int64), ends, spans)
        shapes = rest[windows[:, 0]]
        if not known:
            return drawn, shapes
        return drawn.joined(_of_windows(list(known.values()))), np.concatenate([shapes, list(known)])

    @staticmethod
    def of_mask(left: int, top: int, pixels: NDArray[np.bool_]) -> Spans:
        """The spans of one mask."""
        height, width = pixels.shape
        edges = np.zeros((height, width + 2), np.int8)
        edges[:, 1:-1] = pixels
        rows, begins = np.nonzero(np.diff(edges, axis=1) > 0)
        ends = np.nonzero(np.diff(edges, axis=1) < 0)[1]
        spans = np.stack([rows + top, begins + left, ends + left], axis=1).astype(np.int32)
        return Spans(np.array([[left, top, width, height]], np.int64), np.array([len(spans)]), spans)

    def joined(self, others: Spans) -> Spans:
        """These shapes, followed by others."""
        return Spans(
            np.concatenate([self.windows, others.windows]),
            np.concatenate([self.ends, others.ends + len(self.spans)]),
            np.concatenate([self.spans, others.spans]),
        )

    def united(self, members: NDArray[np.int64], bounds: NDArray[np.int64]) -> Spans:
        """Shapes that are unions of these: shape i of the members up to `bounds[i]`. Without any, it is outside of the image."""
        from smashcima.imaging.regions.span_kernels import unite

        windows = np.empty((len(bounds), 4), np.int64)
        spans = np.empty((int(self.counts[members].sum()), 3), np.int32)
        ends = unite(self.windows, self.ends, self.spans, members, bounds, windows, spans)
        return Spans(windows, ends, spans[: ends[-1] if len(ends) else 0])


def _of_windows(windows: Sequence[Window]) -> Spans:
    """The spans of shapes that were drawn already."""
    from smashcima.imaging.regions.span_kernels import spans_of_windows

    places = np.array([(each.left, each.top, *each.clear.shape[::-1]) for each in windows], np.int64)
    sizes = places[:, 2] * places[:, 3]
    clear = np.concatenate([each.clear.ravel() for each in windows])
    spans = np.empty((int(((places[:, 2] + 1) // 2 * places[:, 3]).sum()), 3), np.int32)
    ends = spans_of_windows(clear, np.cumsum(sizes) - sizes, places, spans)
    return Spans(places, ends, spans[: ends[-1]].copy())
