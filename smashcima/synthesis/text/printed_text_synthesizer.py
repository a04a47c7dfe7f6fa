"""Printed text: outlines of the text font, with music symbols from the music font."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.fonts import SMUFL_FONT_NAMES, SmuflFont, TextFont
from smashcima.caching import BoundedCache
from smashcima.engraving import TextRun, chunks_of
from smashcima.geometry import Contours
from smashcima.geometry.contours import another_of
from smashcima.scene.visual import BLACK, ColorBGRA, Glyph
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.interfaces import TextSynthesizer

_SPACES_PER_EM = 4.0
"""Staff spaces in an em of a music font."""

_PRIVATE_USE = range(0xE000, 0xF900)

_Piece = tuple[Contours, float]
"""Outline and advance of a character, in ems."""


class PrintedTextSynthesizer(TextSynthesizer):
    """Draws text of every label in Liberation Serif, whose widths the engraver uses."""

    RECIPE_OPTIONS: tuple[str, ...] = ("music_font", "color")

    def __init__(self, music_font: str = "Leland", color: ColorBGRA = BLACK) -> None:
        """`music_font` is the font of music symbols in runs without a music font; `color` is BGRA."""
        self.music_font = music_font
        self.color = color
        self._pieces: BoundedCache[tuple[str, bool, bool, str, str], _Piece] = BoundedCache(_MOST_PIECES)
        self._widths: BoundedCache[tuple[str, bool, bool, str, str, bool], float] = BoundedCache(_MOST_PIECES)
        self._set: BoundedCache[tuple[object, ...], Contours] = BoundedCache(_MOST_TEXTS)

    def supports_label(self, label: LabelLike) -> bool:
        return True

    def create_glyph(self, label: str, runs: Sequence[TextRun]) -> Glyph:
        contours = self._set.get((self.music_font, *runs), lambda: self._contours(runs))
        return Glyph.from_contours(label, another_of(contours), self.color)

    def _contours(self, runs: Sequence[TextRun]) -> Contours:
        rings: list[NDArray[np.float64]] = []
        for chunk in chunks_of(runs):
            x, y = chunk.x, chunk.y
            if chunk.anchor != "start":
                width = sum(self.width(run) for run in chunk.runs)
                x -= width if chunk.anchor == "end" else width / 2
            for run in chunk.runs:
                x = self._set_run(run, x, y - run.baseline_shift, rings)
        return Contours(tuple(rings))

    def missing_characters(self, run: TextRun) -> Sequence[str]:
        return tuple(character for character in dict.fromkeys(run.text) if self._is_missing(character, run))

    def width(self, run: TextRun) -> float:
        """Advance width of a run in mm."""
        key = (run.text, run.bold, run.italic, run.family, self.music_font, bool(run.letter_spacing))
        ems = self._widths.get(key, lambda: self._width_in_ems(run))
        return ems * run.font_size * run.stretch + run.letter_spacing * len(run.text)

    def _width_in_ems(self, run: TextRun) -> float:
        """Advance width in ems, without letter spacing."""
        advances = sum(self._advance(character, run) for character in run.text)
        return advances + sum(self._kern(left, right, run) for left, right in pairwise(run.text))

    def _kern(self, left: str, right: str, run: TextRun) -> float:
        """Kerning between two letters, in ems; 0 for letter-spaced text and music symbols."""
        if run.family in SMUFL_FONT_NAMES or run.letter_spacing:
            return 0.0
        return TextFont.load(run.bold, run.italic).kern(left, right)

    def _set_run(self, run: TextRun, x: float, y: float, rings: list[NDArray[np.float64]]) -> float:
        """Adds the outlines of a run that starts at x; returns the x of the next run."""
        size, across = run.font_size, run.font_size * run.stretch
        scale = np.array((across, size))
        before = ""
        for character in run.text:
            outline, advance = self._piece(character, run)
            if before:
                x += self._kern(before, character, run) * across
            before = character
            offset = np.array((x, y))
            rings.extend([ring * scale + offset for ring in outline.rings])
            x += advance * across + run.letter_spacing
        return x

    def _piece(self, character: str, run: TextRun) -> _Piece:
        key = (character, run.bold, run.italic, run.family, self.music_font)
        return self._pieces.get(key, lambda: self._make_piece(character, run))

    def _advance(self, character: str, run: TextRun) -> float:
        """Advance width in ems; does not build the outline of a letter."""
        music_font = self._music_font_for(character, run)
        if music_font is not None:
            return (music_font.advance_of(ord(character)) or 0.0) / _SPACES_PER_EM
        return TextFont.load(run.bold, run.italic).advance(character)

    def _make_piece(self, character: str, run: TextRun) -> _Piece:
        music_font = self._music_font_for(character, run)
        if music_font is not None:
            glyph = music_font.glyph(ord(character))
            scaled = tuple(ring / _SPACES_PER_EM for ring in glyph.outline.rings)
            return Contours(scaled), glyph.advance / _SPACES_PER_EM
        letter = TextFont.load(run.bold, run.italic).glyph(character)
        return letter.outline, letter.advance

    def _music_font_for(self, character: str, run: TextRun) -> SmuflFont | None:
        """The music font of a character; `None` if it is drawn with the text font."""
        named = run.family in SMUFL_FONT_NAMES
        if character == " ":
            return None
        in_words = not named and ord(character) not in _PRIVATE_USE
        if in_words and TextFont.load(run.bold, run.italic).has(character):
            return None
        font = SmuflFont.load(run.family if named else self.music_font)
        return font if font.has(ord(character)) else None

    def _is_missing(self, character: str, run: TextRun) -> bool:
        if character.isspace() or self._music_font_for(character, run) is not None:
            return False
        return TextFont.load(run.bold, run.italic).glyph(character).substitutes != ""


_MOST_PIECES = 4096
"""Size of the cache: more than the characters of most texts in all styles."""

_MOST_TEXTS = 1024
"""Number of texts whose outlines are kept: those of a score that is drawn again, or of several pages."""
