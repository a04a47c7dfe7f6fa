"""The interface of synthesizers of staff lines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from smashcima.errors import SceneGraphError
from smashcima.geometry import Transform
from smashcima.scene.visual import AffineSpace, LineGlyph
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.placing import place_glyph


class StafflinesSynthesizer(StartsPages, ABC):
    """Draws all lines of one staff in one system together, since they are ruled together.

    - **Must override** `create_lines`.
    - **May override** `line_thickness`; `begin_page`, if the synthesizer precomputes ink.
    - **Don't override** `synthesize_stafflines`: it calls the hook, and checks and places the glyphs.
    """

    line_thickness: float | None = None
    """Thickness of all lines in mm; `None` for that of the engraving."""

    @abstractmethod
    def create_lines(self, length: float, offsets: Sequence[float], thickness: float) -> list[LineGlyph]:
        """Hook: one new line glyph, in mm, for each offset; each in a new space without a parent.

        All glyphs share one frame: x from 0 to `length`, y downwards from the top line. `offsets` are the y of the
        lines; the first one is 0. Lengths are in mm.
        """

    def synthesize_stafflines(
        self,
        parent_space: AffineSpace,
        left: float,
        right: float,
        line_ys: Sequence[float],
        thickness: float,
    ) -> list[LineGlyph]:
        """Returns the lines of a staff between `left` and `right`, at `line_ys`, in coordinates of `parent_space`.

        They are in the order of `line_ys` and have the label `smashcima::staffLine`.
        """
        if not line_ys:
            return []
        top = line_ys[0]
        if self.line_thickness is not None:
            thickness = self.line_thickness
        glyphs = self.create_lines(right - left, [y - top for y in line_ys], thickness)
        if len(glyphs) != len(line_ys):
            raise SceneGraphError(
                f"{type(self).__name__}.create_lines returned {len(glyphs)} lines for {len(line_ys)} offsets; "
                f"it must return one for each."
            )
        for glyph in glyphs:
            place_glyph(glyph, parent_space, Transform(e=left, f=top), self)
        return glyphs
