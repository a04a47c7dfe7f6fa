"""Batches for object detection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.consuming.coco_masks import mask_of
from smashcima.datasets.consuming.pictures import file_of, picture_of, scaled
from smashcima.datasets.generation import Record
from smashcima.errors import SettingsError


@dataclass(frozen=True)
class Detection:
    """An image with its objects."""

    image: NDArray[np.uint8]
    """(channels, height_px, width_px)."""

    boxes: NDArray[np.float32]
    """(n, 4): left, top, right, bottom in pixels."""

    labels: NDArray[np.int64]
    """(n,): classes, from 1."""

    areas: NDArray[np.float32]
    """(n,): number of pixels of each object."""

    masks: NDArray[np.uint8] | None
    """(n, height_px, width_px): 1 = the object; `None` if they were not read."""

    sample: int
    """Index of the sample of the image."""


def detection_of(record: Record, classes: Sequence[str] | None = None, *, masks: bool = False) -> Detection:
    """Reads the image and the COCO label of a record.

    The label of a class is its position in `classes`, from 1; objects of other classes are left out. Without `classes`,
    labels are the category ids of the data set.

    Raises:
        SettingsError: the record has no COCO label, or a name in `classes` is not a class of the data set.
    """
    document = json.loads(file_of(record, "coco.json", "coco"))
    image = picture_of(record)
    numbers = _numbers(document["categories"], classes)
    objects = [each for each in document["annotations"] if each["category_id"] in numbers]
    boxes = np.array([each["bbox"] for each in objects], np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    height, width = image.shape[1:]
    found = None
    if masks:
        found = np.zeros((len(objects), height, width), np.uint8)
        for index, each in enumerate(objects):
            found[index] = mask_of(each["segmentation"], height, width)
    return Detection(
        image,
        boxes,
        np.array([numbers[each["category_id"]] for each in objects], np.int64),
        np.array([each["area"] for each in objects], np.float32),
        found,
        record.sample,
    )


def _numbers(categories: list[dict[str, Any]], classes: Sequence[str] | None) -> dict[int, int]:
    """Labels by category id."""
    if classes is None:
        return {each["id"]: each["id"] for each in categories}
    ids = {each["name"]: each["id"] for each in categories}
    unknown = [name for name in classes if name not in ids]
    if unknown:
        raise SettingsError(
            f"The data set has no class {', '.join(unknown)}. Its classes are {', '.join(sorted(ids))}."
        )
    return {ids[name]: number for number, name in enumerate(classes, 1)}


@dataclass(frozen=True)
class CollateDetection:
    """Makes batches for the detectors of torchvision: a list of images and a list of targets.

    Images are float32, (channels, height, width), from 0 to 1. A target has `boxes`, `labels`, `area`, `iscrowd`,
    `image_id` (the index of the sample) and, if wanted, `masks`.
    """

    classes: tuple[str, ...] | None = None
    """Classes in the order of their labels, from 1; `None` for all, with the category ids of the data set."""

    masks: bool = False
    """Whether targets have a mask for each object."""

    def __call__(
        self, records: Sequence[Record]
    ) -> tuple[list[NDArray[np.float32]], list[dict[str, NDArray[Any]]]]:
        """Returns the batch of some records."""
        found = [detection_of(record, self.classes, masks=self.masks) for record in records]
        return [scaled(each.image) for each in found], [_target(each) for each in found]


def _target(detection: Detection) -> dict[str, NDArray[Any]]:
    target: dict[str, NDArray[Any]] = {
        "boxes": detection.boxes,
        "labels": detection.labels,
        "area": detection.areas,
        "iscrowd": np.zeros(len(detection.labels), np.int64),
        "image_id": np.array([detection.sample], np.int64),
    }
    if detection.masks is not None:
        target["masks"] = detection.masks
    return target
