"""Measures of fonts that are kept with this package, so that the first page need not open the fonts.

The space that the engraver reserves for a symbol follows from the box of its outline, and the widths of texts from tables of a packed
font. Reading them takes a sixth of a second; of most symbols and letters, a page by hand needs nothing else. The files are
made by `python -m smashcima.assets.fonts.measuring` from the verovio package, and used only with the fonts they were
made from, which a checksum tells.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from smashcima.assets.fonts.font_tables import font_data_folder
from smashcima.caching import OnDemand
from smashcima.geometry import Rectangle

FOLDER = Path(__file__).parent / "measures"
FACES_FILE = FOLDER / "text_faces.json"
TEXT_FONTS = "Liberation.css"
"""The style sheet in the verovio package that contains the text fonts."""


@dataclass(frozen=True, slots=True)
class KeptFace:
    """Measures of a face of the text font, in font units."""

    em: int
    advances: Mapping[str, int]
    """By character; has all characters of the face."""

    kerns: Mapping[str, Mapping[str, int]]
    """By the left and the right character, without zeros."""


def boxes_file(font: str) -> Path:
    """The file with the boxes of a music font."""
    return FOLDER / f"{font}.json"


def kept_boxes(font: str, checksum: int) -> Mapping[int, Rectangle]:
    """Boxes of the outlines of a music font by code point, in staff spaces; symbols without an outline are missing.

    Empty for a font whose table has another checksum (`FontTable.checksum`).
    """
    kept = _read(boxes_file(font))
    if kept["checksum"] != checksum:
        return {}
    rows: dict[str, list[float]] = kept["boxes"]
    keys = {int(code_point, 16): code_point for code_point in rows}
    return OnDemand(keys, lambda code_point: Rectangle(*rows[keys[code_point]]))


def kept_face(index: int) -> KeptFace | None:
    """Measures of a face of the text font by its place in the style sheet; `None` if the fonts are others."""
    kept = _read(FACES_FILE)
    if kept["checksum"] != text_fonts_checksum():
        return None
    face = kept["faces"][index]
    advances = {
        chr(code_point): advance
        for first, run in face["advances"]
        for code_point, advance in enumerate(run, first)
    }
    return KeptFace(face["em"], advances, face["kerns"])


@lru_cache(maxsize=1)
def text_fonts_checksum() -> int:
    """CRC-32 of the text fonts in the verovio package."""
    return zlib.crc32((font_data_folder() / TEXT_FONTS).read_bytes())


@lru_cache(maxsize=6)
def _read(path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(path.read_text())
    return kept
