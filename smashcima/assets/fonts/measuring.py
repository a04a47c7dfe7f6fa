"""Makes the files of `kept_measures`: `python -m smashcima.assets.fonts.measuring`."""

from __future__ import annotations

import json
from itertools import groupby, product
from pathlib import Path

from smashcima.assets.fonts.font_tables import read_font_table
from smashcima.assets.fonts.kept_measures import FACES_FILE, boxes_file, text_fonts_checksum
from smashcima.assets.fonts.kerning import Kerning
from smashcima.assets.fonts.smufl_font import SMUFL_FONT_NAMES, SmuflFont
from smashcima.assets.fonts.text_font import open_face

_FACES = 4


def measured_boxes(font: str) -> dict[str, object]:
    """The boxes of all outlines of a music font, as `kept_boxes` reads them."""
    table = read_font_table(font)
    glyphs = {code_point: SmuflFont.load(font).own_glyph(code_point) for code_point in table.glyphs}
    boxes = {
        f"{code_point:04X}": glyph.outline.bbox()
        for code_point, glyph in sorted(glyphs.items())
        if not glyph.outline.is_empty
    }
    return {
        "checksum": table.checksum,
        "boxes": {code_point: (box.x, box.y, box.width, box.height) for code_point, box in boxes.items()},
    }


def measured_face(index: int) -> dict[str, object]:
    """Advance widths of all characters of a face, in runs of code points, and kernings."""
    font = open_face(index)
    names: dict[int, str] = font.getBestCmap()
    runs = [
        [code_point for _, code_point in run]
        for _, run in groupby(enumerate(sorted(names)), lambda each: each[1] - each[0])
    ]
    kerning = Kerning(font)
    lefts, rights = kerning.glyphs()
    kerns: dict[str, dict[str, int]] = {}
    for left, right in product(_of(names, lefts), _of(names, rights)):
        kern = kerning.between(names[left], names[right])
        if kern:
            kerns.setdefault(chr(left), {})[chr(right)] = kern
    return {
        "em": font["head"].unitsPerEm,
        "advances": [[run[0], [font["hmtx"][names[code_point]][0] for code_point in run]] for run in runs],
        "kerns": kerns,
    }


def _of(names: dict[int, str], glyphs: set[str]) -> list[int]:
    """The code points of glyphs."""
    return [code_point for code_point, name in sorted(names.items()) if name in glyphs]


def _write(path: Path, measures: object) -> None:
    path.write_text(json.dumps(measures, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in SMUFL_FONT_NAMES:
        _write(boxes_file(name), measured_boxes(name))
    _write(
        FACES_FILE,
        {"checksum": text_fonts_checksum(), "faces": [measured_face(index) for index in range(_FACES)]},
    )
