"""The text of COCO annotations, written by joins: the same as that of `json.dumps`, in a quarter of the time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from json.encoder import encode_basestring as quoted
from operator import add

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.kept_texts import KeptTexts
from smashcima.kernels import kernels_are_used

Rings = Sequence[NDArray[np.float64]]

_BACKSLASH, _ESCAPED = "\\", "\\\\"

_LARGEST = 10**6
"""Numbers from here on, and negative ones, are written by `repr`; so are those of a polygon that has any."""

_HUNDREDTHS = [f"{part / 100:g}"[1:] if part else ".0" for part in range(100)]


class _WholeNumbers(dict[int, str]):
    """Texts of whole numbers, kept since a page has ten thousand coordinates of a few thousand pixels."""

    def __missing__(self, number: int) -> str:
        text = self[number] = str(number)
        return text


_WHOLE = _WholeNumbers()


def json_text(value: object) -> str:
    """The text of any value, without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def json_members(values: Mapping[str, str | int | float]) -> str:
    """The members of an object of texts and finite numbers, without braces."""
    return _MEMBERS.joined(values, ",")


def _member(key: str, value: str | int | float) -> str:
    return f'"{key}":{quoted(value) if isinstance(value, str) else repr(value)}'


_MEMBERS = KeptTexts(_member)


def polygon_texts(polygons: Sequence[Rings]) -> list[str]:
    """Polygons as lists of rings, each a flat list of coordinates with two decimals."""
    rings = [ring for polygon in polygons for ring in polygon]
    if not rings:
        return ["[]"] * len(polygons)
    texts = _ring_texts(np.concatenate(rings).ravel(), np.cumsum([2 * len(ring) for ring in rings]))
    if len(rings) == len(polygons) and all(map(len, polygons)):
        return [f"[{text}]" for text in texts]
    bounds = np.cumsum([0, *map(len, polygons)]).tolist()
    return [f"[{','.join(texts[begin:end])}]" for begin, end in pairwise(bounds)]


def _ring_texts(values: NDArray[np.float64], ends: NDArray[np.int64]) -> list[str]:
    """Rings as lists of coordinates, of which ring i has those up to `ends[i]`."""
    if np.signbit(values).any() or values.max() >= _LARGEST:
        numbers = list(map(repr, np.round(values, 2).tolist()))
    elif kernels_are_used():
        from smashcima.exporting.coco.text_kernels import BYTES_PER_NUMBER, write_numbers

        text = np.empty(BYTES_PER_NUMBER * len(values), np.uint8)
        bounds = write_numbers(values, ends, text).tolist()
        letters = text[: bounds[-1]].tobytes().decode("ascii")
        return [f"[{letters[begin : end - 1]}]" for begin, end in pairwise([0, *bounds])]
    else:
        numbers = _numbers(values)
    return [f"[{','.join(numbers[begin:end])}]" for begin, end in pairwise([0, *ends.tolist()])]


def _numbers(values: NDArray[np.float64]) -> list[str]:
    """Numbers that are neither negative nor large as `repr` writes them, rounded to two decimals."""
    whole, part = np.divmod(np.rint(values * 100).astype(np.int64), 100)
    return list(
        map(add, map(_WHOLE.__getitem__, whole.tolist()), map(_HUNDREDTHS.__getitem__, part.tolist()))
    )


def count_texts(counts: Sequence[str | list[int] | None]) -> list[str]:
    """Run lengths as JSON: compressed text, which has no letter to be escaped but one, or lists."""
    return [
        json_text(each)
        if not isinstance(each, str)
        else f'"{each}"'
        if "\\" not in each
        else f'"{each.replace(_BACKSLASH, _ESCAPED)}"'
        for each in counts
    ]
