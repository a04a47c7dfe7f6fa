"""The interface behind which staff lines are drawn."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from smashcima.errors import SceneGraphError
from smashcima.geometry import Transform
from smashcima.scene.visual import AffineSpace, LineGlyph
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.placing import place_glyph


class StafflinesSynthesizer(StartsPages, ABC):
    """Draws the lines of one staff in one system, together, since they were ruled together.

    - **Must override** `create_lines`.
    - **May override** `begin_page`, if ink is drawn ahead.
    - **Don't override** `synthesize_stafflines`: it calls the hook, checks and places what it made.
    """

    @abstractmethod
    def create_lines(self, length: float, offsets: Sequence[float], thickness: float) -> list[LineGlyph]:
        """Hook: one new line glyph, in mm, for each offset; each in a new space without a parent.

        All glyphs share one frame: x from 0 to `length`, y downwards from the top line; `offsets` are the
        heights of the lines in it, the first one 0.
        """

    def synthesize_stafflines(
        self,
        parent_space: AffineSpace,
        left: float,
        right: float,
        line_ys: Sequence[float],
        thickness: float,
    ) -> list[LineGlyph]:
        """The lines of a staff between `left` and `right`, at the given heights in `parent_space`.

        They come in the order of `line_ys`, labelled `smashcima::staffLine`.
        """
        if not line_ys:
            return []
        top = line_ys[0]
        glyphs = self.create_lines(right - left, [y - top for y in line_ys], thickness)
        if len(glyphs) != len(line_ys):
            raise SceneGraphError(
                f"{type(self).__name__}.create_lines returned {len(glyphs)} lines for {len(line_ys)} offsets; "
                f"it must return one for each."
            )
        for glyph in glyphs:
            place_glyph(glyph, parent_space, Transform(e=left, f=top), self)
        return glyphs
