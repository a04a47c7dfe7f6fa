"""Printed symbols from the outlines of a SMuFL font."""

from __future__ import annotations

from smashcima.assets.fonts import SmuflFont
from smashcima.errors import UnsupportedLabelError
from smashcima.geometry import Contours, Transform
from smashcima.scene.visual import BLACK, ColorBGRA, Glyph, SmuflLabels
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.interfaces import GlyphSynthesizer

_ENGRAVED_DOTS = (SmuflLabels.augmentationDot.value, SmuflLabels.repeatDot.value)
_ENGRAVED_DOT_DIAMETER_SS = 0.4
"""The engraver draws augmentation dots itself, with this size in all fonts."""


class SmuflGlyphSynthesizer(GlyphSynthesizer):
    """Draws every symbol of a music font; symbols it lacks come from the engraver's fallback fonts.

    Glyphs of one label share one outline; the unit of their space is the staff space.
    """

    RECIPE_OPTIONS: tuple[str, ...] = ("color",)

    staff_space = 1.0

    def __init__(self, font: str = "Leland", color: ColorBGRA = BLACK) -> None:
        """`font` is one of `smashcima.assets.fonts.SMUFL_FONT_NAMES`; `color` is BGRA."""
        self.font = SmuflFont.load(font)
        self.color = color
        self._outlines: dict[str, Contours] = {}

    def supports_label(self, label: LabelLike) -> bool:
        label = Label.of(label)
        return label in self._outlines or (label.is_smufl and self.font.has(label.name))

    def create_glyph(self, label: str) -> Glyph:
        outline = self._outlines.get(label)
        if outline is None:
            outline = self._outlines[label] = self._outline_of(Label.of(label))
        return Glyph.from_contours(label, outline, self.color)

    def _outline_of(self, label: Label) -> Contours:
        if not label.is_smufl:
            raise UnsupportedLabelError(
                f"A music font only has labels of SMuFL ('smufl::...'), not {label!r}."
            )
        outline = self.font.glyph(label.name).outline
        if label in _ENGRAVED_DOTS and not outline.is_empty:
            outline = Transform.scale(_ENGRAVED_DOT_DIAMETER_SS / outline.bbox().height).apply_to(outline)
        return outline
