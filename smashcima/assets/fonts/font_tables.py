"""Font tables of the verovio package: glyph names, boxes, advance widths and anchors, in font units.

Only this module reads these tables. `SmuflFont` creates drawable symbols from them, and `engraver_metrics` measures
symbols and words with them, as Verovio does.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from smashcima.caching import OnDemand
from smashcima.errors import EngravingError
from smashcima.geometry import Point


@dataclass(frozen=True, slots=True)
class TableGlyph:
    """One row of a table. Lengths are font units, x right, y *up*, from the origin on the baseline."""

    code_point: int
    name: str
    """SMuFL canonical name; empty in text fonts."""

    left: float
    bottom: float
    width: float
    height: float
    advance: float | None
    """Advance width; `None` if the table has none."""

    anchors: Mapping[str, Point]
    """Points such as `stemUpSE`, in staff spaces as in SMuFL's metadata, y *up*."""


@dataclass(frozen=True, slots=True)
class FontTable:
    """All glyphs of a font, by code point."""

    units_per_em: float
    glyphs: Mapping[int, TableGlyph]
    """By code point; made when they are looked up, since a page needs few of them."""

    names: Mapping[int, str]
    """SMuFL canonical names by code point, as in the glyphs."""

    checksum: int
    """CRC-32 of the file."""


def font_data_folder() -> Path:
    """Path of the font folder in the verovio package."""
    return Path(str(files("verovio") / "data"))


@lru_cache(maxsize=16)
def read_font_table(name: str) -> FontTable:
    """The table of a font, such as `Bravura` or `text/Times-bold`.

    Raises `EngravingError` if it does not exist or cannot be read. Each table is read once per process.
    """
    try:
        data = (font_data_folder() / f"{name}.xml").read_bytes()
        root = ET.fromstring(data)
    except (OSError, ET.ParseError) as error:
        raise EngravingError(
            f"The glyph table of the font {name!r} in the verovio package cannot be read. Reinstall the package."
        ) from error
    rows = {int(row.get("c", "0"), 16): row for row in root.iter("g")}
    return FontTable(
        float(root.get("units-per-em", "1000")),
        OnDemand(rows, lambda code_point: _glyph(code_point, rows[code_point])),
        {code_point: row.get("n", "") for code_point, row in rows.items()},
        zlib.crc32(data),
    )


def _glyph(code_point: int, row: ET.Element) -> TableGlyph:
    advance = row.get("h-a-x")
    return TableGlyph(
        code_point,
        row.get("n", ""),
        float(row.get("x", "0")),
        float(row.get("y", "0")),
        float(row.get("w", "0")),
        float(row.get("h", "0")),
        None if advance is None else float(advance),
        {
            anchor.get("n", ""): Point(float(anchor.get("x", "0")), float(anchor.get("y", "0")))
            for anchor in row.iterfind("a")
        },
    )
