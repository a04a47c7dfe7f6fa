"""Numbers of images in a data set."""

from __future__ import annotations

from smashcima.datasets.generation.record import Record

_MOST_CROPS = 100_000
"""Above the number of symbols on any page."""


def image_id(record: Record) -> int:
    """The number of an image, from 1, unique in a data set: a function of its sample and crop alone."""
    _, is_crop, crop = record.key.partition("-")
    number = record.sample + 1
    return number * _MOST_CROPS + int(crop) if is_crop else number
