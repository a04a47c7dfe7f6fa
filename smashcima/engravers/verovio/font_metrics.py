"""Names and sizes of glyphs as the engraver knows them: its music fonts, and the Times that it measures words with.

Read from the tables in the `verovio` wheel, once per process, when they are first needed.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from smashcima.engraving.primitives import TextRun
from smashcima.errors import EngravingError

_EM_SS = 4.0
"""A SMuFL em is four staff spaces."""


@dataclass(frozen=True, slots=True)
class GlyphBox:
    """Name, ink and width of a glyph; x right, y *up*, from its origin on the baseline."""

    name: str
    left: float
    bottom: float
    right: float
    top: float
    advance: float


@lru_cache(maxsize=8)
def music_glyphs(font: str) -> dict[int, GlyphBox]:
    """Glyphs of a music font by code point, in staff spaces; those it lacks are Leipzig's or Bravura's."""
    glyphs = {}
    for name in ("Bravura", "Leipzig", font):  # Verovio takes missing glyphs from Leipzig
        glyphs.update(_read_table(f"{name}.xml", _EM_SS))
    return glyphs


def glyph_name(code_point: int, font: str) -> str:
    """SMuFL canonical name of a glyph, `uniE123` where the font names none."""
    glyph = music_glyphs(font).get(code_point)
    return glyph.name if glyph is not None and glyph.name else f"uni{code_point:04X}"


@lru_cache(maxsize=4)
def text_glyphs(bold: bool, italic: bool) -> dict[int, GlyphBox]:
    """Glyphs of the text font by code point, in ems."""
    style = {
        (False, False): "",
        (True, False): "-bold",
        (False, True): "-italic",
        (True, True): "-bold-italic",
    }
    return _read_table(f"text/Times{style[bold, italic]}.xml", 1.0)


def run_width(run: TextRun) -> float:
    """Width in mm of the characters of a run, as the engraver measures it."""
    if run.family == "serif":
        glyphs, size = text_glyphs(run.bold, run.italic), run.font_size
    else:
        glyphs, size = music_glyphs(run.family), run.font_size / _EM_SS
    # Verovio measures characters that its table lacks by the letter o.
    fallback = glyphs.get(ord("o")) or GlyphBox("", 0.0, 0.0, 1.0, 1.0, 1.0)
    return sum(glyphs.get(ord(c), fallback).advance for c in run.text) * size + run.letter_spacing * len(
        run.text
    )


def _read_table(path: str, em: float) -> dict[int, GlyphBox]:
    return dict(_glyphs_in(path, em))


def _glyphs_in(path: str, em: float) -> Iterator[tuple[int, GlyphBox]]:
    resource = files("verovio") / "data"
    for part in path.split("/"):
        resource = resource / part
    try:
        root = ET.fromstring(resource.read_text(encoding="utf-8"))
    except (OSError, ET.ParseError) as error:
        raise EngravingError(
            f"The table of glyphs {path} of Verovio cannot be read; reinstall the wheel."
        ) from error
    scale = em / float(root.get("units-per-em", "1000"))
    for glyph in root.iter("g"):
        left, bottom = float(glyph.get("x", "0")) * scale, float(glyph.get("y", "0")) * scale
        width, height = float(glyph.get("w", "0")) * scale, float(glyph.get("h", "0")) * scale
        advance = glyph.get("h-a-x")
        yield (
            int(glyph.get("c", "0"), 16),
            GlyphBox(
                name=glyph.get("n", ""),
                left=left,
                bottom=bottom,
                right=left + width,
                top=bottom + height,
                # Where the table leaves the advance out, Verovio takes the right edge of the ink for it.
                advance=float(advance) * scale if advance is not None else left + width,
            ),
        )
