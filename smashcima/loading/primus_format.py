"""The encodings of PrIMuS as source formats. Their readers are imported on first use."""

from __future__ import annotations

from smashcima.loading.formats import ReadMusic, SourceFormat
from smashcima.loading.source import Source


def _read_agnostic(source: Source) -> ReadMusic:
    from smashcima.loading.primus import read_agnostic

    return read_agnostic(source)


def _read_semantic(source: Source) -> ReadMusic:
    from smashcima.loading.primus import read_semantic

    return read_semantic(source)


def _looks_agnostic(beginning: bytes) -> bool:
    from smashcima.loading.primus import looks_agnostic

    return looks_agnostic(beginning)


def _looks_semantic(beginning: bytes) -> bool:
    from smashcima.loading.primus import looks_semantic

    return looks_semantic(beginning)


AGNOSTIC = SourceFormat(
    "PrIMuS agnostic encoding", (".agnostic",), _read_agnostic, looks_like=_looks_agnostic
)
SEMANTIC = SourceFormat(
    "PrIMuS semantic encoding", (".semantic",), _read_semantic, looks_like=_looks_semantic
)
