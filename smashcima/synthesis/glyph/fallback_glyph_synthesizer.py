"""A chain of glyph synthesizers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smashcima.errors import SettingsError
from smashcima.geometry import Point
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.interfaces import GlyphSynthesizer
from smashcima.synthesis.interfaces.placing import unsupported


class FallbackGlyphSynthesizer(GlyphSynthesizer):
    """Delegates each label to the first of several synthesizers that supports it."""

    def __init__(self, sources: Sequence[GlyphSynthesizer]) -> None:
        """`sources` in order of preference, at least one."""
        if not sources:
            raise SettingsError("A FallbackGlyphSynthesizer needs at least one glyph synthesizer.")
        self.sources = tuple(sources)

    def begin_page(self, index: int) -> None:
        for source in self.sources:
            source.begin_page(index)

    def supports_label(self, label: LabelLike) -> bool:
        return any(source.supports_label(label) for source in self.sources)

    def create_glyph(self, label: str) -> Glyph:
        return self._source_of(label).create_glyph(label)

    def staff_space_of(self, label: str) -> float:
        return self._source_of(label).staff_space_of(label)

    def synthesize_symbol(
        self, label: LabelLike, parent_space: AffineSpace, origin: Point, scale_x: float, scale_y: float
    ) -> Glyph:
        return self._source_of(Label.of(label)).synthesize_symbol(
            label, parent_space, origin, scale_x, scale_y
        )

    def prepare_symbols(self, symbols: Iterable[tuple[Label, float]]) -> None:
        symbols = list(symbols)
        sources = {label: self._source_of(label) for label, _ in symbols if self.supports_label(label)}
        for source in dict.fromkeys(sources.values()):
            source.prepare_symbols(symbol for symbol in symbols if sources.get(symbol[0]) is source)

    def ink_reach(self, label: LabelLike) -> tuple[float, float] | None:
        return self._source_of(Label.of(label)).ink_reach(label)

    def ink_middle(self, label: LabelLike) -> float | None:
        return self._source_of(Label.of(label)).ink_middle(label)

    def ink_height(self, label: LabelLike) -> float | None:
        return self._source_of(Label.of(label)).ink_height(label)

    def notehead_gap(self, label: LabelLike) -> float:
        return self._source_of(Label.of(label)).notehead_gap(label)

    def _source_of(self, label: str) -> GlyphSynthesizer:
        for source in self.sources:
            if source.supports_label(label):
                return source
        raise unsupported(self, label)
