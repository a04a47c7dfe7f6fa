"""Glyphs of several strokes with space between them, such as both arms of a hairpin."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.scene.visual import AffineSpace, Glyph, InkPath, LabeledRegion, Sprite, merge_contours


def joined_glyph(strokes: Sequence[Glyph], space: AffineSpace) -> Glyph:
    """Returns one glyph with the ink and the area of several glyphs, which were placed in `space` and are not used
    any more.
    """
    own = AffineSpace(space)
    paths: list[InkPath] = []
    sprites: list[Sprite] = []
    for stroke in strokes:
        for path in stroke.paths:
            moved = path.transform.then(space.transform_from(path.space))
            paths.append(InkPath(own, path.contours, path.color, moved))
        for sprite in stroke.sprites:
            moved = sprite.transform.then(space.transform_from(sprite.space))
            sprites.append(Sprite(own, sprite.bitmap, sprite.bitmap_origin, sprite.dpi, moved))
    area = merge_contours(stroke.region.contours_in(space) for stroke in strokes)
    label = strokes[0].label
    for stroke in strokes:
        stroke.space.parent_space = None
    return Glyph(own, LabeledRegion(own, label, area), sprites, paths)
