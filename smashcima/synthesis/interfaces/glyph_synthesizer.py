"""The interface behind which noteheads, clefs, accidentals, rests and all other symbols are drawn."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima.geometry import Point, Transform
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.placing import place_glyph, unsupported


class GlyphSynthesizer(StartsPages, ABC):
    """Draws music symbols by label.

    - **Must override** `supports_label` and `create_glyph`.
    - **May override** `staff_space` (or `staff_space_of`), if glyphs are drawn for staves of another size;
      `synthesize_symbol`, if the ink depends on the size of the symbol; `begin_page`, if ink is drawn ahead; and
      `ink_reach` and `notehead_gap`, if the ink is wider or narrower than in the music font, so that placement leaves
      the right room.
    - **Don't override** `synthesize_glyph` and `synthesize_glyph_at`: they check the label, call the hook and
      place what it made.
    """

    staff_space: float = 1.8
    """The distance of staff lines, in units of the glyphs' own space, that the glyphs are drawn for.

    Symbols for smaller or larger staves are scaled in proportion. By default glyphs are in millimetres and
    made for the staves that models draw by default; a font whose unit is the staff space says 1.
    """

    @abstractmethod
    def supports_label(self, label: LabelLike) -> bool:
        """Whether `create_glyph` draws this label, given as text or enum member."""

    @abstractmethod
    def create_glyph(self, label: str) -> Glyph:
        """Hook: a new glyph in a new space without a parent, its origin where SMuFL puts it for the symbol.

        The label is plain text and was checked. Called again for each symbol on the page; whatever is
        drawn by chance differs from call to call.
        """

    def staff_space_of(self, label: str) -> float:
        """The `staff_space` of one label, for synthesizers that draw labels at different sizes."""
        return self.staff_space

    def ink_reach(self, label: LabelLike) -> tuple[float, float] | None:
        """Hook: left and right end of the ink of a supported symbol, as x from its origin in staff spaces.

        `None`, the default, stands for those of the music font.
        """
        return None

    def notehead_gap(self, label: LabelLike) -> float:
        """Hook: how far, in staff spaces, noteheads of a supported label end from where the engraver begins stems.

        The gap is the same on both sides; it is negative for heads that reach beyond. Moving a head towards its stem
        by the gap makes them meet. The default, 0, suits heads of the music font.
        """
        return 0.0

    def synthesize_glyph(self, label: LabelLike, parent_space: AffineSpace, transform: Transform) -> Glyph:
        """A glyph placed in `parent_space` by a transform from its own space.

        An `UnsupportedLabelError` is raised for a label that is not supported.
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
        """A glyph with its origin at a point of `parent_space`, for a staff of that staff space in mm."""
        return self.synthesize_symbol(label, parent_space, point, staff_space, staff_space)

    def synthesize_symbol(
        self, label: LabelLike, parent_space: AffineSpace, origin: Point, scale_x: float, scale_y: float
    ) -> Glyph:
        """A glyph with its origin at a point, sized so that a staff space takes up so many mm each way."""
        unit = self.staff_space_of(Label.of(label))
        transform = Transform(scale_x / unit, 0.0, 0.0, scale_y / unit, origin.x, origin.y)
        return self.synthesize_glyph(label, parent_space, transform)
