"""ABC as a source format. Its reader is imported on first use."""

from __future__ import annotations

from smashcima.loading.formats import ReadMusic, SourceFormat
from smashcima.loading.source import Source


def _read(source: Source) -> ReadMusic:
    from smashcima.loading.abc import read_abc

    return read_abc(source)


def _looks_like_abc(beginning: bytes) -> bool:
    lines = [line.strip() for line in beginning.split(b"\n")]
    return any(line.startswith(b"X:") for line in lines) and any(line.startswith(b"K:") for line in lines)


ABC = SourceFormat("ABC", (".abc",), _read, looks_like=_looks_like_abc)
