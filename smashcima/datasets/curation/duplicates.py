"""Pages that show the same: recognised by a perceptual hash."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.curation.page_pixels import Gray

_SIDE_PX = 128
_FREQUENCIES = 32
"""Side of the square of lowest frequencies that makes the hash. Pages of music have staves at similar places, so that the
usual 8 would not tell them apart."""

BITS = _FREQUENCIES**2
MOST_DIFFERENT = 0.2
"""Share of bits in which two versions of a page differ at most; different pages differ in about half of them."""

_ONES = np.array([bin(byte).count("1") for byte in range(256)], np.uint16)


def perceptual_hash(gray: Gray) -> NDArray[np.uint8]:
    """The hash of a page, (BITS / 8,): nearly the same for its versions in another size, compression or brightness.

    The signs of its low spatial frequencies, without the lowest in either direction, which margins and light change.
    """
    import cv2

    small = cv2.resize(gray, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    frequencies = cv2.dct(small)[1 : _FREQUENCIES + 1, 1 : _FREQUENCIES + 1]
    return np.packbits(np.asarray(frequencies > np.median(frequencies)).ravel())


class KnownPages:
    """The hashes of pages seen so far, with their names."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._hashes: NDArray[np.uint8] = np.empty((64, BITS // 8), np.uint8)

    def find(self, page: NDArray[np.uint8]) -> str | None:
        """The name of the most similar page that is the same; `None` if there is none."""
        if not self._names:
            return None
        differing = _ONES[self._hashes[: len(self._names)] ^ page].sum(axis=1)
        nearest = int(np.argmin(differing))
        return self._names[nearest] if differing[nearest] <= MOST_DIFFERENT * BITS else None

    def add(self, name: str, page: NDArray[np.uint8]) -> None:
        """Remembers a page."""
        if len(self._names) == len(self._hashes):
            self._hashes = np.concatenate([self._hashes, np.empty_like(self._hashes)])
        self._hashes[len(self._names)] = page
        self._names.append(name)
