"""The first random numbers of many streams at once, since making a generator takes longer than drawing from it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from smashcima.randomness.streams import Stream, generators

Floats = NDArray[np.float64]


def first_normals(streams: Sequence[Stream], counts: Sequence[int], by_kernel: bool) -> Floats:
    """The first standard normal numbers of each stream, `counts` of them, one stream after the other.

    They are those of `Stream.generator`, also if a kernel computes them.
    """
    if by_kernel and streams:
        from smashcima.randomness import first_kernels

        out = np.empty(sum(counts))
        first_kernels.first_normals(*_entropies(streams), np.array(counts, np.int64), out)
        return out
    made = generators(streams)
    return np.concatenate(
        [np.zeros(0), *(own.standard_normal(count) for own, count in zip(made, counts, strict=True))]
    )


def first_uniforms(streams: Sequence[Stream], by_kernel: bool) -> Floats:
    """The first random number from 0 to 1 of each stream; see `first_normals`."""
    if by_kernel and streams:
        from smashcima.randomness import first_kernels

        out = np.empty(len(streams))
        first_kernels.first_uniforms(*_entropies(streams), out)
        return out
    return np.array([own.random() for own in generators(streams)])


def _entropies(streams: Sequence[Stream]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The words of the entropies of all streams, and where each ends."""
    words = [stream.entropy() for stream in streams]
    ends = list(accumulate([len(own) // 4 for own in words]))
    return np.frombuffer(b"".join(words), "<u4").astype(np.uint32), np.array(ends, np.int64)
