"""NumPy arrays in a scene file: one flat array per dtype."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SceneFileError

_NUMBERS = "biufc"
"""Kinds of `numpy.dtype` that files can hold: booleans, integers, floating-point and complex numbers."""


class ArrayPool:
    """Collects the arrays of a scene for writing."""

    def __init__(self) -> None:
        self._parts: dict[str, list[NDArray[Any]]] = {}
        self._sizes: dict[str, int] = {}

    def add(self, array: NDArray[Any]) -> list[Any]:
        """Adds an array and returns its location: name of its dtype, offset, shape."""
        if array.dtype.kind not in _NUMBERS:
            raise SceneFileError(f"an array of {array.dtype} does not contain numbers")
        name = array.dtype.name
        offset = self._sizes.get(name, 0)
        self._parts.setdefault(name, []).append(array.ravel().astype(array.dtype.newbyteorder("<")))
        self._sizes[name] = offset + array.size
        return [name, offset, list(array.shape)]

    def flat(self) -> dict[str, NDArray[Any]]:
        """The flat arrays by dtype name."""
        return {name: np.concatenate(self._parts[name]) for name in sorted(self._parts)}


class ArraySource:
    """The arrays of a scene file."""

    def __init__(self, flat: Mapping[str, NDArray[Any]]) -> None:
        for name, array in flat.items():
            if array.dtype.kind not in _NUMBERS or array.ndim != 1:
                raise SceneFileError(f"arrays/{name}.npy is not a flat array of numbers")
        self._flat = {
            name: array.astype(array.dtype.newbyteorder("="), copy=False) for name, array in flat.items()
        }

    def get(self, name: str, offset: int, shape: list[int]) -> NDArray[Any]:
        """The array at a location."""
        if any(type(number) is not int or number < 0 for number in (offset, *shape)):
            raise SceneFileError("an array has a negative size")
        size = 1
        for number in shape:
            size *= number
        flat = self._flat[name]
        if offset + size > len(flat):
            raise SceneFileError(f"an array of {size} numbers exceeds arrays/{name}.npy")
        return flat[offset : offset + size].reshape(shape)
