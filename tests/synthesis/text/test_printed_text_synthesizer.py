from __future__ import annotations

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
