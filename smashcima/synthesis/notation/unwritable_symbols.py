"""Symbols that a synthesizer cannot draw: one of them must not stop a score.

A symbol that fails or leaves no ink is drawn with its outline in the music font. If that is blank too, as those
of `noteheadNull` and `space` are by design, nothing is drawn and nothing is labelled. Both are reported.
"""

from __future__ import annotations

from smashcima.assets.fonts import SmuflFont
from smashcima.engraving import Primitive, Symbol, Text
from smashcima.geometry import Transform
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.scene.visual.labels import Label
from smashcima.scene.visual.unmade_ink import area_of


def has_ink(glyph: Glyph) -> bool:
    """Whether a glyph draws anything."""
    return not area_of(glyph).is_empty or bool(glyph.sprites)


def is_blank_text(primitive: Primitive) -> bool:
    """Whether a primitive is a text of spaces only, which has no ink by design and need not be reported."""
    return isinstance(primitive, Text) and not primitive.content.strip()


def font_glyph(primitive: Primitive, space: AffineSpace) -> Glyph | None:
    """Returns the outline of a symbol in its music font, placed in the space of its page; `None` if there is none."""
    if not isinstance(primitive, Symbol):
        return None
    found = SmuflFont.load(primitive.font).find(primitive.name)
    if found is None or found.outline.is_empty:
        return None
    placed = (
        Transform.scale(primitive.scale_x, primitive.scale_y)
        .then(Transform.rotateDegCC(-primitive.rotation_deg))
        .then(Transform.translate(primitive.origin.vector))
    )
    return Glyph.from_contours(Label.smufl(primitive.name), found.outline, space=AffineSpace(space, placed))
