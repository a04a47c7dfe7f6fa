from __future__ import annotations

import pytest

from smashcima.engraving.text import TextRun
from smashcima.synthesis.text import PrintedTextSynthesizer

QUARTER = chr(0xECA5)
"""SMuFL metNoteQuarterUp, as in metronome marks."""


def test_another_music_font_holds_for_signs_that_were_drawn_before() -> None:
    printed = PrintedTextSynthesizer("Bravura")
    run = TextRun(QUARTER, font_size=4.0)
    wide = printed.width(run)
    printed.music_font = "Petaluma"
    assert printed.width(run) != wide
    assert printed.width(run) == PrintedTextSynthesizer("Petaluma").width(run)


def test_stretched_text_is_wider_and_as_high() -> None:
    plain, wide = (
        PrintedTextSynthesizer().create_glyph("smashcima::lyric", [TextRun("Amen", 4.0, stretch=stretch)])
        for stretch in (1.0, 1.5)
    )
    one, other = plain.bbox_in(plain.space), wide.bbox_in(wide.space)
    assert other.width == pytest.approx(1.5 * one.width)
    assert other.height == pytest.approx(one.height)
