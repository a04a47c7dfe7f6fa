"""Oriented bounding boxes of outlines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.outline_arrays import Outlines


def oriented_boxes(outlines: Outlines) -> NDArray[np.float64]:
    """(S, 4, 2): the corners of the minimum-area rectangle around each shape, in order; NaN if empty.

    The corners run clockwise as displayed. An axis-aligned rectangle is its own box, with the top left corner first.
    """
    import cv2

    boxes = outlines.bboxes()
    result = boxes[:, [[0, 1], [2, 1], [2, 3], [0, 3]]]
    size = boxes[:, 2:] - boxes[:, :2]
    with np.errstate(invalid="ignore"):
        # A shape that fills its axis-aligned box has no smaller one.
        turned = np.flatnonzero(outlines.areas() < size.prod(axis=1) * (1 - 1e-9))
    starts = outlines.shape_starts
    counts = np.diff(starts)
    # OpenCV uses 32 bits, which are exact relative to the shape.
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
