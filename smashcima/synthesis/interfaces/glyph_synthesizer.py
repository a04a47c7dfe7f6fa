"""The interface of synthesizers of noteheads, clefs, accidentals, rests and all other symbols."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

from smashcima.geometry import Point, Transform
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.placing import place_glyph, unsupported


class GlyphSynthesizer(StartsPages, ABC):
    """Draws music symbols by label.

    - **Must override** `supports_label` and `create_glyph`.
    - **May override** `staff_space` (or `staff_space_of`), if glyphs are drawn for staves of another size;
      `synthesize_symbol`, if the ink depends on the size of the symbol; `begin_page`, if the synthesizer precomputes
      ink; `prepare_symbols`, if preparing many symbols together is faster; and `ink_reach`, `ink_middle`, `ink_height`
      and `notehead_gap`, if the ink is wider, narrower, higher or lower than in the music font, so that placement
      reserves the right place.
    - **Don't override** `synthesize_glyph` and `synthesize_glyph_at`: they check the label, call the hook and
      place the glyph.
    """

    staff_space: float = 1.8
    """The staff space that glyphs are drawn for, in units of the glyphs' own space.

    Symbols for smaller or larger staves are scaled in proportion. The default, 1.8, is the default staff space
    of models in millimetres; a font whose unit is the staff space has 1.
    """

    @abstractmethod
    def supports_label(self, label: LabelLike) -> bool:
        """Whether `create_glyph` draws this label, given as text or enum member."""

    @abstractmethod
    def create_glyph(self, label: str) -> Glyph:
        """Hook: a new glyph in a new space without a parent, with the origin that SMuFL defines for the symbol.

        `label` is plain text and supported. The hook is called once for each symbol on the page; random choices
        differ from call to call.
        """

    def staff_space_of(self, label: str) -> float:
        """The `staff_space` of one label, for synthesizers that draw labels at different sizes."""
        return self.staff_space

    def prepare_symbols(self, symbols: Iterable[tuple[Label, float]]) -> None:
        """Hook: announces symbols that the current writer will draw, as their labels and sizes in mm per staff space.

        Symbols may occur several times, and need not be supported or be drawn in the end. The hook must not draw
        random numbers, so that symbols look the same whether they were announced or not. Does nothing by default.
        """

    def ink_reach(self, label: LabelLike) -> tuple[float, float] | None:
        """Hook: left and right end of the ink of a supported symbol, as x relative to its origin, in staff spaces.

        `None`, the default, means those of the music font.
        """
        return None

    def ink_middle(self, label: LabelLike) -> float | None:
        """Hook: middle of the height of the ink of a supported symbol, as y relative to its origin, in staff spaces.

        y points down. `None`, the default, means that of the music font. Placement moves symbols so that their ink has
        the height that it has in handwriting.
        """
        return None

    def ink_height(self, label: LabelLike) -> float | None:
        """Hook: height of the ink of a supported symbol, in staff spaces.

        `None`, the default, means that of the music font. Placement keeps other symbols clear of it.
        """
        return None

    def notehead_gap(self, label: LabelLike) -> float:
        """Hook: distance, in staff spaces, between the side of a notehead and the engraved position of its stem.

        The gap is the same on both sides; it is negative for heads that extend beyond the stem. Moving a head towards
        its stem by the gap makes them touch. The default, 0, is right for heads of the music font.
        """
        return 0.0

    def synthesize_glyph(self, label: LabelLike, parent_space: AffineSpace, transform: Transform) -> Glyph:
        """Returns a new glyph, placed in `parent_space`; `transform` maps the glyph's space to it.

        Raises an `UnsupportedLabelError` if the label is not supported.
        """
        label = Label.of(label)
        if not self.supports_label(label):
            raise unsupported(self, label)
        glyph = self.create_glyph(label)
        place_glyph(glyph, parent_space, transform, self)
        return glyph

    def synthesize_glyph_at(
        self, label: LabelLike, parent_space: AffineSpace, point: Point, staff_space: float = 1.8
    ) -> Glyph:
        """Returns a new glyph with its origin at `point` of `parent_space`, for a staff space of `staff_space` mm."""
        return self.synthesize_symbol(label, parent_space, point, staff_space, staff_space)

    def synthesize_symbol(
        self, label: LabelLike, parent_space: AffineSpace, origin: Point, scale_x: float, scale_y: float
    ) -> Glyph:
        """Returns a new glyph with its origin at `origin`; a staff space is `scale_x` mm wide and `scale_y` mm high."""
        unit = self.staff_space_of(Label.of(label))
        transform = Transform(scale_x / unit, 0.0, 0.0, scale_y / unit, origin.x, origin.y)
        return self.synthesize_glyph(label, parent_space, transform)
