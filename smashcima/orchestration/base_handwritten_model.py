"""The handwritten model, the flagship."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from smashcima.assets.bundles import AssetRepository
from smashcima.engraving import Engraving
from smashcima.errors import SettingsError
from smashcima.imaging import Postprocessor
from smashcima.imaging.filters import BaseHandwrittenPostprocessor
from smashcima.orchestration.hands import Hand, HandName, HandSettings, make_hand
from smashcima.orchestration.score_model import ScoreModel
from smashcima.placement import (
    PlacementStyle,
    SymbolBoxes,
    font_symbol_box,
    place_by_hand,
    placement_for_samples,
)
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score
from smashcima.scene.visual import Label
from smashcima.synthesis.curve import PenCurveSynthesizer, SampledCurveSynthesizer
from smashcima.synthesis.glyph import PenGlyphSynthesizer, SampledGlyphSynthesizer
from smashcima.synthesis.interfaces import (
    CurveSynthesizer,
    GlyphSynthesizer,
    LineSynthesizer,
    StafflinesSynthesizer,
    TextSynthesizer,
)
from smashcima.synthesis.line import PenLineSynthesizer, PenStafflinesSynthesizer, SampledLineSynthesizer
from smashcima.synthesis.pen import PenWriter, PenWriterDomain, WriterChoice
from smashcima.synthesis.samples import MuscimaPPStyleDomain, SampledWriterDomain
from smashcima.synthesis.text import PenTextSynthesizer

if TYPE_CHECKING:
    from smashcima.assets.glyphs import GlyphStore

_USUAL_WOBBLE = 0.027
"""Median of `PenWriter.wobble` among writers drawn from the priors: theirs is the placement that was measured."""

_WIDE = ("notehead", "accidental", "gClef", "fClef", "cClef")
"""What others are placed beside: where the ink of it ends is asked of the writer, not of the music font."""


class BaseHandwrittenModel(ScoreModel):
    """Pages written by hand, in the hand of one writer each, and placed as that writer would.

    The symbols are those of the real writers of MUSCIMA++ if that bundle is installed or can be, else those of a pen
    that invents writers, with one warning; `hand` forces either. The sheet measures 218.6 x 309.2 mm, which is
    2582 x 3652 px at the default of 300 DPI.

    Pages come out clean. Its postprocessor, a `BaseHandwrittenPostprocessor`, does nothing until its dial is turned
    up: `BaseHandwrittenModel(postprocessing=1)`, or `model.postprocessor.strength = 1`.
    """

    DEFAULT_MUSIC_FONT = "Bravura"

    def __init__(
        self,
        *,
        hand: HandName | GlyphStore = "auto",
        writer: WriterChoice = None,
        only_writers: Iterable[str] | None = None,
        exclude_writers: Iterable[str] = (),
        placement: PlacementStyle | float | None = None,
        postprocessing: Postprocessor | str | float | None = None,
        **options: Any,
    ) -> None:
        """Sets up the model.

        Args:
            hand: where symbols come from: `pen`; `muscima` for the real writers of MUSCIMA++, which are installed if
                they are not; `auto` for these if they can be had without much ado, else the pen; or a glyph store.
            writer: who writes: a writer of MUSCIMA++ (`W-07`) or of the glyph store; for the pen a preset (`neat`,
                `average`, `hasty`, `calligraphic`) or a `PenWriter`; the seed of a writer for either; or `None` for
                another writer in each sample. A name or pen decides about `hand="auto"`.
            only_writers: the real writers to choose from; all by default.
            exclude_writers: real writers never to use, nor to fall back to: for experiments across writers.
            placement: where the writer puts things: a `PlacementStyle`, or a number that scales the writer's own
                (0 leaves everything where the engraver put it).
            postprocessing: what happens to pages: the name of a preset (`scan`, `photo`, ...), the strength of the
                `BaseHandwrittenPostprocessor` (0 = nothing, 1 = natural), or any `Postprocessor`.
            options: those of every `ScoreModel`: seed, dpi, page, music_font, staff_height_mm, layout, paper.

        Raises:
            SettingsError: an option makes no sense.
            AssetError: MUSCIMA++ was asked for, and is not installed and cannot be.
        """
        self._hand_settings = HandSettings(hand, writer, only_writers, exclude_writers)
        if isinstance(placement, int | float) and not 0 <= placement <= 3:
            raise SettingsError(f"placement={placement!r} was asked for; a number lies between 0 and 3.")
        self.placement: PlacementStyle | float | None = placement
        """See the constructor; may be replaced between calls."""
        if postprocessing is None or isinstance(postprocessing, int | float):
            postprocessing = BaseHandwrittenPostprocessor(strength=float(postprocessing or 0))
        super().__init__(postprocessing=postprocessing, **options)

    def register_services(self) -> None:
        """Registers what writes behind every interface that makes ink.

        Whether that is the pen or the symbols of real writers is settled when the first of them is built.
        """
        super().register_services()
        container = self.container
        container.factory(
            Hand,
            lambda: make_hand(
                self._hand_settings,
                container.resolve(np.random.Generator),
                container.resolve(AssetRepository),
            ),
        )
        container.factory(PenWriterDomain, lambda: container.resolve(Hand).writers)
        container.factory(PenGlyphSynthesizer, self._pen_glyphs)
        container.type(PenLineSynthesizer)
        container.type(PenCurveSynthesizer)
        container.factory(GlyphSynthesizer, self._glyphs)
        container.factory(LineSynthesizer, self._lines)
        container.factory(CurveSynthesizer, self._curves)
        container.interface(TextSynthesizer, PenTextSynthesizer, register_impl=True)
        container.interface(StafflinesSynthesizer, PenStafflinesSynthesizer, register_impl=True)

    def resolve_services(self) -> None:
        """Builds the synthesizers, and has the writer chosen for each sample."""
        super().resolve_services()
        self.writers: PenWriterDomain = self.container.resolve(PenWriterDomain)
        self.styler.register_domain(self.writers)

    @property
    def writer(self) -> PenWriter:
        """The pen of the current sample; that which is like the writer, where symbols are those of a real one."""
        return self.writers.writer

    @property
    def placement_style(self) -> PlacementStyle:
        """Where the writer of the current sample puts things: the same writer always does so alike."""
        if isinstance(self.placement, PlacementStyle):
            return self.placement
        scale = 1.0 if self.placement is None else self.placement
        if isinstance(self.writers, SampledWriterDomain):
            return placement_for_samples(self._placement_of_real_writer(self.writers, scale))
        # Whose hand is steady also puts things in their places; half of that is left to the writer's placement itself.
        amplitude = 0.5 + 0.5 * min(self.writer.wobble / _USUAL_WOBBLE, 2.0)
        return PlacementStyle.from_seed(self.writer.seed, amplitude=min(amplitude * scale, 3.0), sizes=False)

    @staticmethod
    def _placement_of_real_writer(writers: SampledWriterDomain, amplitude: float) -> PlacementStyle:
        """The writer's own placement, if it was measured; else that of a writer like those who were."""
        name = writers.placement_name if isinstance(writers, MuscimaPPStyleDomain) else ""
        if name in PlacementStyle.writers():
            return PlacementStyle.of_writer(name, amplitude=amplitude)
        return PlacementStyle.from_seed(writers.writer.seed, amplitude=amplitude)

    @property
    def styles(self) -> dict[str, str]:
        """Every choice of style of the current sample, by what it is about."""
        placement = self.placement_style
        return {
            **super().styles,
            "hand": self.container.resolve(Hand).record,
            "placement": f"{placement.name}, amplitude {placement.amplitude:g}",
        }

    @property
    def versions(self) -> dict[str, str]:
        """What samples depend on: packages, and the asset bundles that the hand takes from."""
        return {**super().versions, **self.container.resolve(Hand).versions}

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Moves what was engraved to where the writer would have put it."""
        sample = Stream.of_sample(self.seed, index)
        return place_by_hand(engraving, score, self.placement_style, sample, self._symbol_boxes())

    def _symbol_boxes(self) -> SymbolBoxes:
        """Sizes of symbols as they will be drawn, so that stems meet heads, and signs keep clear of each other."""
        glyphs = self.container.resolve(GlyphSynthesizer)

        @lru_cache(maxsize=8192)  # more than the symbols of two fonts
        def box_of(name: str, font: str) -> tuple[float, float, float, float]:
            left, top, right, bottom = font_symbol_box(name, font)
            label = Label.smufl(name)
            if not name.startswith(_WIDE) or not glyphs.supports_label(label):
                return left, top, right, bottom
            if not name.startswith("notehead"):
                reach = glyphs.ink_reach(label)
                return (left, top, right, bottom) if reach is None else (reach[0], top, reach[1], bottom)
            gap = glyphs.notehead_gap(label)
            return left + gap, top, right - gap, bottom

        return box_of

    # -- what writes ---------------------------------------------------------------------------------------

    def _sampled_writers(self) -> SampledWriterDomain | None:
        """The real writers, if it is they who write."""
        writers = self.container.resolve(PenWriterDomain)
        return writers if isinstance(writers, SampledWriterDomain) else None

    def _pen_glyphs(self) -> PenGlyphSynthesizer:
        return self.container.build(PenGlyphSynthesizer, music_font=self.music_font)

    def _glyphs(self) -> GlyphSynthesizer:
        writers = self._sampled_writers()
        pen = self.container.resolve(PenGlyphSynthesizer)
        if writers is None:
            return pen
        return self.container.build(
            SampledGlyphSynthesizer, writers=writers, fallback=pen, music_font=self.music_font
        )

    def _lines(self) -> LineSynthesizer:
        writers = self._sampled_writers()
        pen = self.container.resolve(PenLineSynthesizer)
        if writers is None:
            return pen
        return self.container.build(SampledLineSynthesizer, writers=writers, fallback=pen)

    def _curves(self) -> CurveSynthesizer:
        writers = self._sampled_writers()
        pen = self.container.resolve(PenCurveSynthesizer)
        if writers is None:
            return pen
        return self.container.build(SampledCurveSynthesizer, writers=writers, fallback=pen)
