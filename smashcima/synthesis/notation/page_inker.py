"""Drawing of one engraved page."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.engraving import EngravedPage, Line, Primitive, PrimitiveKind, Text
from smashcima.engraving.assembly import PageAssembler
from smashcima.errors import GeometryError, Issue, UnsupportedLabelError
from smashcima.scene.semantic import Score
from smashcima.scene.visual import AffineSpace, Glyph, Page, VisualObject
from smashcima.synthesis.interfaces import StafflinesSynthesizer, TextSynthesizer
from smashcima.synthesis.interfaces.placing import remove_glyph
from smashcima.synthesis.notation.barline_strokes import BarlineStrokes
from smashcima.synthesis.notation.ink_flow import InkFlow
from smashcima.synthesis.notation.primitive_inker import PrimitiveInker
from smashcima.synthesis.notation.unwritable_symbols import font_glyph, has_ink, is_blank_text


class PageInker:
    """Draws one page: staff lines, then primitives, each with the synthesizer of its kind."""

    def __init__(
        self,
        score: Score,
        page: Page,
        engraved: EngravedPage,
        inker: PrimitiveInker,
        ink_flow: InkFlow | None = None,
    ) -> None:
        """`ink_flow` gives each glyph the ink that is left in a dip pen; `None` for other pens and prints."""
        self.issues: list[Issue] = []
        """Elements that were not drawn, or drawn differently."""
        self._space: AffineSpace = page.space
        self._primitives = engraved.primitives
        self._inker = inker
        self._ink_flow = ink_flow
        self._assembler = PageAssembler(score, page, engraved)
        strokes = self._assembler.belonging.barline_strokes
        self._strokes = BarlineStrokes(strokes, engraved.primitives, inker)

    def draw_stafflines(self, synthesizer: StafflinesSynthesizer) -> None:
        """Draws staff lines; joins the pieces of each measure to whole lines."""
        for stretch in self._assembler.staffline_stretches():
            glyphs = synthesizer.synthesize_stafflines(
                self._space, stretch.left, stretch.right, stretch.line_ys, stretch.thickness
            )
            self._assembler.add_stafflines(stretch, glyphs)

    def draw_primitives(self, text_synthesizer: TextSynthesizer) -> None:
        """Draws all other primitives, in drawing order."""
        self._inker.prepare(self._primitives)
        for index, primitive in enumerate(self._primitives):
            if primitive.kind is PrimitiveKind.STAFF_LINE and isinstance(primitive, Line):
                continue
            glyph = self._written(index, primitive)
            if glyph is None:
                continue
            if self._ink_flow is not None:
                self._ink_flow.ink(glyph)
            self._assembler.add(index, glyph)
            if isinstance(primitive, Text):
                self._report_missing_characters(primitive, text_synthesizer)

    def finish(self) -> None:
        """Adds the edges between visual objects, and the grand staves indicated by braces."""
        self._assembler.finish()

    @property
    def drawn(self) -> Mapping[int, VisualObject]:
        """The visual objects by the indices of their primitives."""
        return self._assembler.drawn

    def _written(self, index: int, primitive: Primitive) -> Glyph | None:
        """The glyph of a primitive; `None`, with an issue, if it cannot be drawn or has no ink."""
        try:
            label, staff_space = self._assembler.label_of(index), self._assembler.staff_space_of(index)
            glyph = None
            if primitive.kind is PrimitiveKind.BARLINE:
                glyph = self._strokes.ink(index, self._space, staff_space, label)
            if glyph is None:
                glyph = self._inker.ink(primitive, self._space, staff_space, label)
        except UnsupportedLabelError as error:
            self._report(primitive, self._inker.label_of(primitive), f"not drawn: {error}")
            return None
        except GeometryError as error:
            reason = str(error)
        else:
            if has_ink(glyph):
                return glyph
            remove_glyph(glyph)
            reason = "it leaves no ink"
        found = font_glyph(primitive, self._space)
        if found is not None:
            what = f"drawn with its outline in the music font: {reason}"
        else:
            what = f"neither drawn nor labelled: {reason}"
        if not is_blank_text(primitive):
            self._report(primitive, self._inker.label_of(primitive), what)
        return found

    # -- issues --------------------------------------------------------------------------------------------

    def _report(self, primitive: Primitive, element: str, what: str) -> None:
        where = f"page {primitive.place.page + 1}"
        if primitive.place.measure is not None:
            where += f", measure {primitive.place.measure + 1} of the score"
        self.issues.append(Issue(where, element, what))

    def _report_missing_characters(self, text: Text, synthesizer: TextSynthesizer) -> None:
        for run in text.runs:
            if run.text.isascii():
                continue
            for character in synthesizer.missing_characters(run):
                self._report(
                    text,
                    f"character {character!r} (U+{ord(character):04X})",
                    f"not in the font; replaced in {text.content!r}",
                )
