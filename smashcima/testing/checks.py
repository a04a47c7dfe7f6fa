"""What all contracts ask of a glyph."""

from __future__ import annotations

from smashcima.geometry import Contours, Rectangle
from smashcima.scene.visual import AffineSpace, Glyph, merge_contours

TIGHTNESS = 0.2
"""How far, in mm, the box of a region may lie from the box of the ink: two pixels at 300 pixels per inch."""


def ink_in(glyph: Glyph, space: AffineSpace) -> Contours:
    """The outline of all ink of a glyph in a space around it."""
    parts = [path.contours_in(space) for path in glyph.paths]
    for sprite in glyph.sprites:
        parts.append(space.transform_from(sprite.space).apply_to(sprite.ink_contours()))
    return merge_contours(parts)


def ink_bytes(glyph: Glyph, space: AffineSpace) -> list[bytes]:
    """All ink of a glyph, byte by byte: outlines and colours of paths, places and pixels of sprites."""
    found = []
    for path in glyph.paths:
        found += [bytes(path.color), *(ring.tobytes() for ring in path.contours_in(space).rings)]
    for sprite in glyph.sprites:
        place = space.transform_from(sprite.space).apply_to(sprite.ink_contours())
        found += [sprite.bitmap.tobytes(), *(ring.tobytes() for ring in place.rings)]
    return found


def check_glyph(glyph: Glyph, label: str, parent: AffineSpace) -> None:
    """The promises that every placed glyph keeps."""
    assert isinstance(glyph, Glyph), f"a synthesizer makes glyphs, not {type(glyph).__name__}"
    assert glyph.space.parent_space is parent, "the glyph is placed in the space that was given"
    assert glyph.region.label == label, f"the region is labelled {glyph.region.label!r} instead of {label!r}"
    assert isinstance(glyph.region.label, str)
    region, ink = glyph.region.contours_in(parent), ink_in(glyph, parent)
    if ink.is_empty:
        return
    assert not region.is_empty, "there is ink but the region is empty"
    check_tight(region.bbox(), ink.bbox())


def check_tight(region: Rectangle, ink: Rectangle) -> None:
    """A region contains its ink and is no larger than need be."""
    assert region.contains(ink, tolerance=1e-6), f"the region {region} does not contain the ink {ink}"
    assert ink.contains(region, tolerance=TIGHTNESS), f"the region {region} is larger than the ink {ink}"
