"""Rectangles of any direction around outlines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.outline_arrays import Outlines


def oriented_boxes(outlines: Outlines) -> NDArray[np.float64]:
    """(S, 4, 2): the corners of the smallest rectangle around each shape, one after the other; NaN if empty.

    The corners run clockwise as seen. An upright rectangle is its own box, with the left top corner first.
    """
    import cv2

    boxes = outlines.bboxes()
    result = boxes[:, [[0, 1], [2, 1], [2, 3], [0, 3]]]
    size = boxes[:, 2:] - boxes[:, :2]
    with np.errstate(invalid="ignore"):
        # Nothing fits closer around a shape that fills its upright box.
        turned = np.flatnonzero(outlines.areas() < size.prod(axis=1) * (1 - 1e-9))
    starts = outlines.shape_starts
    counts = np.diff(starts)
    # OpenCV counts in 32 bits: near the shape these are exact.
    near = (outlines.points - np.repeat(np.nan_to_num(boxes[:, :2]), counts, axis=0)).astype(np.float32)
    for shape in turned.tolist():
        (x, y), (width, height), degrees = cv2.minAreaRect(near[starts[shape] : starts[shape + 1]])
        if width * height < size[shape].prod():
            angle = np.radians(degrees)
            across = np.array([np.cos(angle), np.sin(angle)]) * width / 2
            down = np.array([-np.sin(angle), np.cos(angle)]) * height / 2
            center = boxes[shape, :2] + (x, y)
            result[shape] = center + np.array([-across - down, across - down, across + down, down - across])
    return result
