"""Mashcima annotations as a source format. Its reader is imported on first use."""

from __future__ import annotations

from smashcima.loading.formats import ReadMusic, SourceFormat
from smashcima.loading.source import Source


def _read(source: Source) -> ReadMusic:
    from smashcima.loading.mashcima import read_mashcima

    return read_mashcima(source)


def _looks_like(beginning: bytes) -> bool:
    from smashcima.loading.mashcima import looks_like_mashcima

    return looks_like_mashcima(beginning)


MASHCIMA = SourceFormat(
    "Mashcima annotation",
    (".mashcima",),
    _read,
    aliases=("mashcima annotations",),
    looks_like=_looks_like,
)
