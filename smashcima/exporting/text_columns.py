"""Texts as bytes, one after the other, from which compiled kernels put documents together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class TextColumn(NamedTuple):
    """Several texts in UTF-8."""

    content: NDArray[np.uint8]
    ends: NDArray[np.int64]
    """(n,): the end of each text in `content`."""

    @staticmethod
    def of(texts: Sequence[str]) -> TextColumn:
        """The bytes of texts."""
        parts = [text.encode() for text in texts]
        return TextColumn(
            np.frombuffer(bytearray().join(parts), np.uint8),
            np.cumsum(np.array(list(map(len, parts)), np.int64)),
        )

    def chosen_size(self, indices: NDArray[np.intp]) -> int:
        """The length of some of the texts together."""
        return int(np.diff(self.ends, prepend=0)[indices].sum())


def text_of(content: NDArray[np.uint8]) -> str:
    """The text of bytes in UTF-8."""
    return str(content.data, "utf-8")
