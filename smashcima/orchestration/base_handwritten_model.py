"""The handwritten model, the flagship."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from smashcima.engraving import Engraving
from smashcima.errors import SettingsError
from smashcima.orchestration.score_model import ScoreModel
from smashcima.randomness import stream
from smashcima.scene.semantic import Score
from smashcima.synthesis.curve import PenCurveSynthesizer
from smashcima.synthesis.glyph import PenGlyphSynthesizer
from smashcima.synthesis.interfaces import (
    CurveSynthesizer,
    GlyphSynthesizer,
    LineSynthesizer,
    StafflinesSynthesizer,
    TextSynthesizer,
)
from smashcima.synthesis.line import PenLineSynthesizer, PenStafflinesSynthesizer
from smashcima.synthesis.pen import PenWriter, PenWriterDomain, WriterChoice, resolve_writer
from smashcima.synthesis.placement import PlacementStyle, SymbolBoxes, font_symbol_box, place_by_hand
from smashcima.synthesis.text import PenTextSynthesizer

_USUAL_WOBBLE = 0.027
"""Median of `PenWriter.wobble` among writers drawn from the priors: theirs is the placement that was measured."""


class BaseHandwrittenModel(ScoreModel):
    """Pages written with a pen, in the hand of one writer each, and placed as that writer would.

    The sheet measures 218.6 x 309.2 mm, which is 2582 x 3652 px at the default of 300 DPI. Nothing is
    downloaded.
    """

    DEFAULT_MUSIC_FONT = "Bravura"

    def __init__(
        self,
        *,
        writer: WriterChoice = None,
        placement: PlacementStyle | float | None = None,
        **options: Any,
    ) -> None:
        """Sets up the model.

        Args:
            writer: a preset (`neat`, `average`, `hasty`, `calligraphic`), the seed of a writer, a `PenWriter`, or
                `None` for another writer in each sample.
            placement: where the writer puts things: a `PlacementStyle`, or a number that scales the writer's own
                (0 leaves everything where the engraver put it).
            options: those of every `ScoreModel`: seed, dpi, page, music_font, staff_height_mm, layout.

        Raises:
            SettingsError: an option makes no sense.
        """
        if writer is not None:
            resolve_writer(writer)  # refuses names of nobody before anything is built
        if isinstance(placement, int | float) and not 0 <= placement <= 3:
            raise SettingsError(f"placement={placement!r} was asked for; a number lies between 0 and 3.")
        self._writer = writer
        self.placement: PlacementStyle | float | None = placement
        """See the constructor; may be replaced between calls."""
        super().__init__(**options)

    def register_services(self) -> None:
        """Registers the pen behind every interface that makes ink."""
        super().register_services()
        self.container.type(PenWriterDomain)
        self.container.factory(
            PenGlyphSynthesizer,
            lambda: PenGlyphSynthesizer(
                self.container.resolve(PenWriterDomain),
                self.container.resolve(np.random.Generator),
                self.music_font,
            ),
        )
        self.container.interface(GlyphSynthesizer, PenGlyphSynthesizer)
        self.container.interface(LineSynthesizer, PenLineSynthesizer, register_impl=True)
        self.container.interface(CurveSynthesizer, PenCurveSynthesizer, register_impl=True)
        self.container.interface(TextSynthesizer, PenTextSynthesizer, register_impl=True)
        self.container.interface(StafflinesSynthesizer, PenStafflinesSynthesizer, register_impl=True)

    def resolve_services(self) -> None:
        """Builds the synthesizers, and has the writer chosen for each sample."""
        super().resolve_services()
        self.writers: PenWriterDomain = self.container.resolve(PenWriterDomain)
        self.styler.register_domain(self.writers)

    def configure_services(self) -> None:
        """Tells the choice of writers."""
        super().configure_services()
        self.writers.choice = self._writer

    @property
    def writer(self) -> PenWriter:
        """The writer of the current sample."""
        return self.writers.writer

    @property
    def placement_style(self) -> PlacementStyle:
        """Where the writer of the current sample puts things: the same writer always does so alike."""
        if isinstance(self.placement, PlacementStyle):
            return self.placement
        # Whose hand is steady also puts things in their places; half of that is left to the writer's placement itself.
        amplitude = 0.5 + 0.5 * min(self.writer.wobble / _USUAL_WOBBLE, 2.0)
        if self.placement is not None:
            amplitude *= self.placement
        return PlacementStyle.from_seed(self.writer.seed, amplitude=min(amplitude, 3.0), sizes=False)

    @property
    def styles(self) -> dict[str, str]:
        """Every choice of style of the current sample, by what it is about."""
        placement = self.placement_style
        return {**super().styles, "placement": f"{placement.name}, amplitude {placement.amplitude:g}"}

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Moves what was engraved to where the writer would have put it."""
        rng = stream(self.seed, index, "placement")
        return place_by_hand(engraving, score, self.placement_style, rng, self._symbol_boxes())

    def _symbol_boxes(self) -> SymbolBoxes:
        """How large symbols will be: noteheads as the writer makes them, so that stems meet them."""
        glyphs = self.container.resolve(GlyphSynthesizer)
        if not isinstance(glyphs, PenGlyphSynthesizer):
            return font_symbol_box

        @cache
        def box_of(name: str, font: str) -> tuple[float, float, float, float]:
            left, top, right, bottom = font_symbol_box(name, font)
            label = f"smufl::{name}"
            if not name.startswith("notehead") or not glyphs.supports_label(label):
                return left, top, right, bottom
            gap = glyphs.notehead_gap(label)
            return left + gap, top, right - gap, bottom

        return box_of
