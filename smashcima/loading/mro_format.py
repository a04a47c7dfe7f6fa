"""MRO as a source format. Its reader is imported on first use, since it would take a sixth of the import of `loading`."""

from __future__ import annotations

import re

from smashcima.loading.formats import ReadMusic, SourceFormat
from smashcima.loading.source import Source

_header = re.compile(rb"\bfileheader\s*\{").search


def _read(source: Source) -> ReadMusic:
    from smashcima.loading.mro.format import read_mro

    return read_mro(source)


def _looks_like_mro(beginning: bytes) -> bool:
    return _header(beginning) is not None


MRO = SourceFormat("SharpEye MRO", (".mro",), _read, aliases=("sharpeye",), looks_like=_looks_like_mro)
