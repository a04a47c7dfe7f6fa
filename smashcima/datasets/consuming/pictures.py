"""Images of records as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.generation import Record
from smashcima.errors import SettingsError
from smashcima.imaging import decode_image


def picture_of(record: Record) -> NDArray[np.uint8]:
    """The image of a record: (3, height_px, width_px) RGB, or (1, height_px, width_px) if it is gray."""
    pixels = decode_image(record.files[record.image_suffix])
    if pixels.ndim == 2:
        return np.asarray(pixels[None], np.uint8)
    return np.ascontiguousarray(pixels[:, :, 2::-1].transpose(2, 0, 1), np.uint8)


def file_of(record: Record, suffix: str, label: str) -> bytes:
    """A file of a record; raises `SettingsError` if it has none, with the label that a plan needs."""
    content = record.files.get(suffix)
    if content is None:
        reason = record.metadata.get("labels_not_written", {}).get(label)
        said = (
            f"It could not be written: {reason}"
            if reason
            else f"Add the label {label!r} to the plan of the data set, or leave the record out."
        )
        raise SettingsError(f"The record {record.key} has no file .{suffix}. {said}")
    return content


def scaled(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Pixels from 0 to 1."""
    return np.asarray(picture / np.float32(255), np.float32)


def stacked(arrays: Sequence[NDArray[Any]], fill: float, multiple: int = 1) -> NDArray[Any]:
    """Arrays of equal rank in one array, padded at the right and bottom to the largest height and width.

    Both are rounded up to a multiple of `multiple`.
    """
    height, width = (max(array.shape[axis] for array in arrays) for axis in (-2, -1))
    height, width = (-(-side // multiple) * multiple for side in (height, width))
    shape = (len(arrays), *arrays[0].shape[:-2], height, width)
    result = np.full(shape, fill, arrays[0].dtype)
    for index, array in enumerate(arrays):
        result[index, ..., : array.shape[-2], : array.shape[-1]] = array
    return result


def same_channels(pictures: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    """Pictures with three channels if any of them has three, so that they can be one batch."""
    most = max(picture.shape[0] for picture in pictures)
    return [picture if picture.shape[0] == most else np.repeat(picture, most, axis=0) for picture in pictures]
