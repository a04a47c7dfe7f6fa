"""Checks of glyphs shared by all contracts."""

from __future__ import annotations

from smashcima.geometry import Contours, Rectangle
from smashcima.scene.visual import AffineSpace, Glyph, merge_contours

TIGHTNESS = 0.2
"""Maximum distance between the boxes of a region and of its ink, in mm: two pixels at 300 pixels per inch."""


def ink_in(glyph: Glyph, space: AffineSpace) -> Contours:
    """Outline of all ink of a glyph, in an enclosing space."""
    parts = [path.contours_in(space) for path in glyph.paths]
    for sprite in glyph.sprites:
        parts.append(space.transform_from(sprite.space).apply_to(sprite.ink_contours()))
    return merge_contours(parts)


def ink_bytes(glyph: Glyph, space: AffineSpace) -> list[bytes]:
    """All ink of a glyph as bytes: outlines and colours of paths, positions and pixels of sprites."""
    found = []
    for path in glyph.paths:
        found += [bytes(path.color), *(ring.tobytes() for ring in path.contours_in(space).rings)]
    for sprite in glyph.sprites:
        place = space.transform_from(sprite.space).apply_to(sprite.ink_contours())
        found += [sprite.bitmap.tobytes(), *(ring.tobytes() for ring in place.rings)]
    return found


def check_glyph(glyph: Glyph, label: str, parent: AffineSpace) -> None:
    """Checks the requirements of every placed glyph."""
    assert isinstance(glyph, Glyph), f"a synthesizer must return a Glyph, not {type(glyph).__name__}"
    assert glyph.space.parent_space is parent, "the glyph must be placed in the given space"
    assert glyph.region.label == label, (
        f"the label of the region must be {label!r}, not {glyph.region.label!r}"
    )
    assert isinstance(glyph.region.label, str)
    region, ink = glyph.region.contours_in(parent), ink_in(glyph, parent)
    if ink.is_empty:
        return
    assert not region.is_empty, "there is ink but the region is empty"
    check_tight(region.bbox(), ink.bbox())


def check_tight(region: Rectangle, ink: Rectangle) -> None:
    """Checks that a region contains its ink and is not larger than necessary."""
    assert region.contains(ink, tolerance=1e-6), f"the region {region} does not contain the ink {ink}"
    assert ink.contains(region, tolerance=TIGHTNESS), f"the region {region} is larger than the ink {ink}"
