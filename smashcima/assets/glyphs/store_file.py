"""File format of glyph stores: a JSON header, and columns of numbers that are memory-mapped.

```
bytes 0–7     SMGLYPHS
8–11          version of the format
12–15         length of the header
16–19         CRC-32 of the header
20–           header: names, and the offset, number of rows and CRC-32 of each section
…             sections, each at a multiple of 64 bytes
```

All numbers are little-endian. Equal tables give equal bytes.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.glyph_table import COLUMNS, GlyphTable
from smashcima.errors import CorruptAssetError
from smashcima.files import replacing

MAGIC = b"SMGLYPHS"
VERSION = 1
_PREFIX = 20
_ALIGNMENT = 64
_LARGE = frozenset({"mask_bytes", "outline_points"})
"""Sections verified only on request, because reading them takes longer than everything else."""


def packed_table(table: GlyphTable) -> Iterator[bytes]:
    """The bytes of a store file, in pieces."""
    columns = {
        name: np.ascontiguousarray(getattr(table, name), dtype) for name, (dtype, _) in COLUMNS.items()
    }
    sections: dict[str, dict[str, int]] = {}
    offset = 0
    for name, column in columns.items():
        sections[name] = {"offset": offset, "rows": len(column), "crc32": zlib.crc32(column.data)}
        offset += _aligned(column.nbytes)
    header = json.dumps(
        {
            "labels": table.labels,
            "writers": table.writers,
            "documents": table.documents,
            "bytes": offset,
            "sections": sections,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    yield MAGIC + np.array([VERSION, len(header), zlib.crc32(header)], "<u4").tobytes() + header
    yield bytes(_aligned(_PREFIX + len(header)) - _PREFIX - len(header))
    for column in columns.values():
        yield column.tobytes()
        yield bytes(_aligned(column.nbytes) - column.nbytes)


def write_table(path: Path, table: GlyphTable) -> None:
    """Writes a store file; an existing file is replaced only when the new one is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        for piece in packed_table(table):
            file.write(piece)


def load_table(path: Path) -> GlyphTable:
    """Reads a whole file into memory and verifies it; raises `CorruptAssetError` as `read_table` does."""
    data = path.read_bytes()
    table = read_table(data, str(path))
    check_sections(data, table, str(path))
    return table


def read_table(data: bytes | mmap.mmap, name: str) -> GlyphTable:
    """The table in the bytes of a file; its arrays are read-only views of them.

    Raises `CorruptAssetError` for an invalid file; `name` is its name in messages. Masks and outlines are not verified
    here, but in `check_sections`.
    """
    header, begin = _header(data, name)
    columns: dict[str, Any] = {}
    try:
        for column, (dtype, width) in COLUMNS.items():
            section = header["sections"][column]
            count = int(section["rows"]) * width
            array = np.frombuffer(data, dtype, count, begin + int(section["offset"]))
            array.flags.writeable = False
            columns[column] = array.reshape(-1, 2) if width == 2 else array
        names: dict[str, Any] = {
            key: tuple(map(str, header[key])) for key in ("labels", "writers", "documents")
        }
    except (KeyError, TypeError, ValueError) as error:
        raise CorruptAssetError(f"The glyph store {name} has an invalid header: {error}.") from error
    _check(columns, header, name, large=False)
    table = GlyphTable(**names, **columns)
    count = len(table)
    for column, extra in (("mask_starts", 1), ("ring_starts", 1), *((c, 0) for c in list(COLUMNS)[:13])):
        if len(columns[column]) != count + extra:
            raise CorruptAssetError(f"The glyph store {name} has columns of unequal length.")
    return table


def check_sections(data: bytes | mmap.mmap, table: GlyphTable, name: str) -> None:
    """Verifies all sections of a file; raises `CorruptAssetError` if a byte has changed."""
    header, _ = _header(data, name)
    _check({column: getattr(table, column) for column in COLUMNS}, header, name, large=True)


def _header(data: bytes | mmap.mmap, name: str) -> tuple[dict[str, Any], int]:
    if len(data) < _PREFIX or data[: len(MAGIC)] != MAGIC:
        raise CorruptAssetError(f"{name} is not a glyph store: it does not start with {MAGIC.decode()}.")
    version, length, checksum = np.frombuffer(data, "<u4", 3, len(MAGIC)).tolist()
    if version != VERSION:
        raise CorruptAssetError(
            f"The glyph store {name} has the version {version}, but version {VERSION} is required. Create it again."
        )
    text = data[_PREFIX : _PREFIX + length]
    if len(text) != length or zlib.crc32(text) != checksum:
        raise CorruptAssetError(f"The glyph store {name} has a damaged header.")
    header: dict[str, Any] = json.loads(text)
    begin = _aligned(_PREFIX + length)
    if len(data) != begin + int(header["bytes"]):
        raise CorruptAssetError(
            f"The glyph store {name} has {len(data)} bytes, but must have {begin + int(header['bytes'])}."
        )
    return header, begin


def _check(columns: Mapping[str, NDArray[Any]], header: dict[str, Any], name: str, large: bool) -> None:
    for column, array in columns.items():
        wanted = header["sections"][column]["crc32"]
        if (large or column not in _LARGE) and zlib.crc32(array.data) != wanted:
            raise CorruptAssetError(f"The glyph store {name} is damaged: the checksum of {column} is wrong.")


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
