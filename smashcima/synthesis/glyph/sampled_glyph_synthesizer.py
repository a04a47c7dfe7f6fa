"""Symbols from samples of real handwriting."""

from __future__ import annotations

import difflib
import math
from collections.abc import Hashable, Iterable
from typing import Literal

import numpy as np

from smashcima.assets.fonts import SmuflFont
from smashcima.caching import BoundedCache
from smashcima.errors import SettingsError, UnsupportedLabelError
from smashcima.geometry import Point, Transform
from smashcima.randomness import Stream
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.glyph.pen_glyph_synthesizer import PenGlyphSynthesizer
from smashcima.synthesis.glyph.sampled_symbol_fit import fit_symbol
from smashcima.synthesis.interfaces import GlyphSynthesizer
from smashcima.synthesis.interfaces.placing import place_glyph
from smashcima.synthesis.pen import PenWriter, ink_color
from smashcima.synthesis.samples import (
    GlyphVariation,
    SampledWriterDomain,
    SampleSource,
    SymbolStock,
    small_source_of,
    sources_of,
)

Borrow = Literal["pen", "other-writers", "error"]
"""Source of symbols that the writer has no samples of."""

_BORROW: tuple[Borrow, ...] = ("pen", "other-writers", "error")
_STAFF_SPACE = 1.8
_SIZE_STEP = 0.05
"""Step of the logarithm of sizes; symbols within one step share a stock and are scaled to size."""

_SMALL = -4
"""Symbols of this size step (a factor of 0.82) or a smaller one are those of grace notes."""

_FEWEST_SMALL = 3

_MOST_STOCKS = 4096
"""Number of stocks that are kept for later samples: about those of the common symbols of 100 writers."""

_COLOR_STOCK = 256
_SMALL_WIDTH_QUANTILE = 0.3
"""Quantile of notehead widths that stems are placed for, so that they touch most of the narrower ones, too."""

_REACH_QUANTILE = 0.8
"""Quantile of the ink's ends that placement reserves room for."""


class SampledGlyphSynthesizer(GlyphSynthesizer):
    """Draws symbols with samples of ink from real pages of the writer.

    Samples are picked by label from those of one writer, and each is varied a little. If the writer has no sample
    of a label, one of a label that is written the same way is used (`smashcima.synthesis.samples.aliases`), else the
    source that `borrow` selects. `borrowed` lists the labels drawn from other sources.
    """

    RECIPE_OPTIONS: tuple[str, ...] = ("borrow", "variation")

    staff_space = 1.0

    def __init__(
        self,
        writers: SampledWriterDomain,
        rng: np.random.Generator,
        *,
        fallback: GlyphSynthesizer | None = None,
        borrow: Borrow = "pen",
        variation: GlyphVariation | None = None,
        music_font: str = "Bravura",
    ) -> None:
        """Sets up the synthesizer.

        Args:
            writers: the style domain of writers, with their samples.
            rng: random generator of the variation between symbols.
            fallback: draws symbols without samples; by default the pen, in a style fitted to the writer.
            borrow: source of symbols that the writer lacks: `pen` uses the fallback; `other-writers` uses the
                other allowed writers, then the fallback; `error` does not support them.
            variation: variation between renderings of one sample.
            music_font: the music font of the engraver.

        Raises:
            SettingsError: `borrow` has another value.
        """
        if borrow not in _BORROW:
            raise SettingsError(f"borrow must be one of {', '.join(map(repr, _BORROW))}, not {borrow!r}.")
        self._writers = writers
        self._rng = rng
        self.borrow: Borrow = borrow
        self.variation = variation or GlyphVariation()
        self.fallback: GlyphSynthesizer = fallback or PenGlyphSynthesizer(writers, rng, music_font)
        self._font = SmuflFont.load(music_font)
        self._writer: PenWriter | None = None
        self._stocks: dict[tuple[str, int], SymbolStock | None] = {}
        """The stocks of the sample, by label and size."""
        self._kept: BoundedCache[Hashable, tuple[SymbolStock | None, str | None]] = BoundedCache(_MOST_STOCKS)
        """Stocks of all samples, with the name of another writer that they are borrowed from."""
        self._borrowed: dict[str, str] = {}
        self._colors: list[float] = []

    @property
    def borrowed(self) -> dict[str, str]:
        """Sources of labels that the writer has no samples of: `pen`, or the name of another writer."""
        self._begin()
        return dict(self._borrowed)

    def begin_page(self, index: int) -> None:
        self.fallback.begin_page(index)
        self._colors.clear()
        for stock in self._stocks.values():
            if stock is not None:
                stock.start_over()

    def supports_label(self, label: LabelLike) -> bool:
        self._begin()
        label = Label.of(label)
        if self._stock(label, 0) is not None:
            return True
        return self.borrow != "error" and self.fallback.supports_label(label)

    def create_glyph(self, label: str) -> Glyph:
        self._begin()
        return self._sampled(label, 0) or self._lent(label).create_glyph(label)

    def staff_space_of(self, label: str) -> float:
        self._begin()
        return 1.0 if self._stock(label, 0) is not None else self.fallback.staff_space_of(label)

    def synthesize_symbol(
        self, label: LabelLike, parent_space: AffineSpace, origin: Point, scale_x: float, scale_y: float
    ) -> Glyph:
        # Small symbols are written with the same pen, so the ink depends on the size.
        self._begin()
        label = Label.of(label)
        glyph = self._sampled(label, _size_of(min(scale_x, scale_y)))
        if glyph is None:
            return self._lent(label).synthesize_symbol(label, parent_space, origin, scale_x, scale_y)
        place_glyph(glyph, parent_space, Transform(scale_x, 0.0, 0.0, scale_y, origin.x, origin.y), self)
        return glyph

    def prepare_symbols(self, symbols: Iterable[tuple[Label, float]]) -> None:
        self._begin()
        lent = [(label, scale) for label, scale in symbols if self._stock(label, _size_of(scale)) is None]
        if self.borrow != "error":
            self.fallback.prepare_symbols(lent)

    def notehead_gap(self, label: LabelLike) -> float:
        self._begin()
        label = Label.of(label)
        stock = self._stock(label, 0)
        if stock is None or stock.fit.usual_width is None:
            return self.fallback.notehead_gap(label)
        reserved = self._font.reserved_for(label.name) or self._font.glyph(label.name).reserved
        return (reserved[1] - stock.width_at(_SMALL_WIDTH_QUANTILE)) / 2

    def ink_reach(self, label: LabelLike) -> tuple[float, float] | None:
        self._begin()
        label = Label.of(label)
        stock = self._stock(label, 0)
        return stock.reach(_REACH_QUANTILE) if stock is not None else self.fallback.ink_reach(label)

    def ink_middle(self, label: LabelLike) -> float | None:
        self._begin()
        label = Label.of(label)
        stock = self._stock(label, 0)
        if stock is None:
            return self.fallback.ink_middle(label)
        # Samples of clefs keep the heights that their writers gave them: see `placement.ink_placement`.
        return None if label.name.endswith("Clef") else stock.middle_y()

    def ink_height(self, label: LabelLike) -> float | None:
        self._begin()
        label = Label.of(label)
        stock = self._stock(label, 0)
        return self.fallback.ink_height(label) if stock is None else stock.height()

    # -- samples -------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Discards the stock of a previous writer or ink."""
        if self._writers.writer is not self._writer:
            self._writer = self._writers.writer
            self._stocks.clear()
            self._borrowed.clear()
            self._colors.clear()

    def _sampled(self, label: str, size: int) -> Glyph | None:
        stock = self._stock(label, size)
        if stock is None:
            return None
        if not self._colors:
            self._colors = self._rng.standard_normal(_COLOR_STOCK).tolist()
        color = ink_color(self._writers.writer, self._colors.pop())
        return Glyph.from_contours(label, stock.take(self._rng), color)

    def _lent(self, label: str) -> GlyphSynthesizer:
        """The fallback for a label without samples; raises an `UnsupportedLabelError` if `borrow` forbids it."""
        if self.borrow != "error" and self.fallback.supports_label(label):
            self._borrowed.setdefault(label, "pen")
            return self.fallback
        writer, store = self._writers.sampled_writer, self._writers.store
        own = [name for name in store.labels if store.count(name, writer)]
        close = difflib.get_close_matches(label, own, 3)
        raise UnsupportedLabelError(
            f"{self._writers.title} {writer} has no {label!r} ({len(own)} labels; closest: "
            f"{', '.join(map(repr, close)) or 'none'}). Set borrow to 'pen' or 'other-writers', or choose another writer."
        )

    def _stock(self, label: str, size: int) -> SymbolStock | None:
        key = (label, size)
        if key not in self._stocks:
            self._stocks[key] = self._fresh_stock(label, size)
        return self._stocks[key]

    def _fresh_stock(self, label: str, size: int) -> SymbolStock | None:
        """A stock in its initial state; it is kept for later samples of the writer, since measuring symbols is slow."""
        writers = self._writers
        lenders = writers.writers if self.borrow == "other-writers" else ()
        writer = writers.writer
        key = (writers.sampled_writer, writer.seed, writer.pen_width, lenders, self.variation, label, size)
        stock, lender = self._kept.get(key, lambda: self._new_stock(label, size))
        if stock is not None:
            stock.start_over()
        if lender is not None:
            self._borrowed[label] = lender
        return stock

    def _new_stock(self, label: str, size: int) -> tuple[SymbolStock | None, str | None]:
        """A new stock, and the writer that it is borrowed from, if any."""
        writers, lender = self._writers, None
        found = self._small_choices(label, size) or self._choices(label, writers.sampled_writer)
        if found is None and self.borrow == "other-writers":
            # All symbols of a label come from the same other writer, so that they look alike.
            chance = Stream(writers.writer.seed).child("lender", label).generator()
            for place in chance.permutation(len(writers.writers)).tolist():
                lender = writers.writers[place]
                found = self._choices(label, lender)
                if found is not None:
                    break
        if found is None:
            return None, None
        source, choices = found
        fit = fit_symbol(
            Label.of(label),
            source,
            self._font,
            writers.bank,
            choices,
            np.exp(size * _SIZE_STEP),
            writers.writer.pen_width / _STAFF_SPACE,
        )
        return SymbolStock(choices, writers.bank, fit, self.variation), lender

    def _small_choices(self, label: str, size: int) -> tuple[SampleSource, list[list[int]]] | None:
        """Samples of grace notes for a small symbol, if the writer has several."""
        source = small_source_of(Label.of(label)) if size <= _SMALL else None
        if source is None:
            return None
        own = self._writers.store.of(source.labels[0], self._writers.sampled_writer).tolist()
        return (source, [own]) if len(own) >= _FEWEST_SMALL else None

    def _choices(self, label: str, writer: str) -> tuple[SampleSource, list[list[int]]] | None:
        """The first source for a label that a writer has samples of, and the indices of the samples."""
        store = self._writers.store
        for source in sources_of(Label.of(label)):
            choices = [store.of(part, writer).tolist() for part in source.labels]
            if all(choices):
                return source, choices
        return None


def _size_of(scale: float) -> int:
    """The size step of symbols of `scale` mm per staff space."""
    return round(math.log(max(scale, 1e-3) / _STAFF_SPACE) / _SIZE_STEP)
