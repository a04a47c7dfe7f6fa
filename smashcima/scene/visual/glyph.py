"""Labelled ink, the unit that synthesizers make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SceneGraphError
from smashcima.geometry import Contours, Point, Rectangle
from smashcima.geometry.polygon import signed_area
from smashcima.scene.graph import SceneObject
from smashcima.scene.graph.attributes import attributes_of
from smashcima.scene.graph.scene_object import link_new
from smashcima.scene.visual.affine_space import AffineSpace
from smashcima.scene.visual.ink_path import BLACK, ColorBGRA, InkPath
from smashcima.scene.visual.labeled_region import LabeledRegion, bbox_after
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.scene.visual.notebook import DisplayedInNotebook
from smashcima.scene.visual.scene_point import ScenePoint
from smashcima.scene.visual.sprite import Sprite
from smashcima.scene.visual.unmade_ink import (
    MadeLater,
    UnmadeInk,
    hold,
    make_insides,
    set_insides,
    unmade_ink,
)

G = TypeVar("G", bound="Glyph")


class Glyph(DisplayedInNotebook, SceneObject):
    """A drawn symbol in its own space: its ink, and the region that the ink covers."""

    space: AffineSpace
    """The space of the glyph. A glyph is placed by setting the parent and the transform of this space."""

    region: LabeledRegion
    """Its label and area; the space of the region is `space` or below it."""

    sprites: list[Sprite] = field(default_factory=list)
    """Bitmap ink, in `space` or below, drawn in order before `paths`."""

    paths: list[InkPath] = field(default_factory=list)
    """Vector ink, in `space` or below, drawn in order."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.label!r})"

    _later_attributes = ("_unmade", *SceneObject._later_attributes)

    if not TYPE_CHECKING:

        @property
        def __dict__(self) -> dict[str, Any]:
            """All attributes; see `unmade_ink`."""
            make_insides(self)
            return attributes_of(self)

    @property
    def label(self) -> Label:
        """The label of the region."""
        ink = unmade_ink(self)
        return Label.of(self.region.label) if ink is None else ink.label

    def bbox_in(self, space: AffineSpace) -> Rectangle:
        """The bounding box of the region in an enclosing space."""
        ink = unmade_ink(self)
        if ink is None or ink.parent_space is not space:
            return self.region.bbox_in(space)
        return bbox_after(ink.transform, ink.contours)

    @staticmethod
    def from_contours(
        label: LabelLike,
        contours: Contours,
        color: ColorBGRA = BLACK,
        space: AffineSpace | None = None,
    ) -> Glyph:
        """Makes a glyph of one vector path; its region shares the outline, so it is exact and costs nothing.

        Without a space, the glyph has a new one.
        """
        return _of_one_path(Glyph, space, UnmadeInk(Label.of(label), contours, color))

    @staticmethod
    def build_region_from_sprites_alpha_channel(
        label: LabelLike, sprites: Sequence[Sprite], threshold: int = 0
    ) -> LabeledRegion:
        """Makes the region of all pixels of the sprites that are more opaque than the threshold, with holes.

        The outlines run along pixel edges and contain exactly the ink. The sprites must be in one space, which becomes
        that of the region.
        """
        space = common_space(sprites)
        contours = merge_contours(sprite.ink_contours(threshold) for sprite in sprites)
        return LabeledRegion(space, Label.of(label), contours)

    @staticmethod
    def build_region_from_paths(label: LabelLike, paths: Sequence[InkPath]) -> LabeledRegion:
        """Makes the region of all ink of the paths, which must be in one space; it becomes that of the region."""
        space = common_space(paths)
        contours = merge_contours(path.transform.apply_to(path.contours) for path in paths)
        return LabeledRegion(space, Label.of(label), contours)


class LineGlyph(Glyph):
    """A glyph between two points: a stem, a beam, a hairpin."""

    start_point: ScenePoint | None = None
    end_point: ScenePoint | None = None

    @staticmethod
    def from_contours_between(
        label: LabelLike, contours: Contours, start: ScenePoint, end: ScenePoint, color: ColorBGRA = BLACK
    ) -> LineGlyph:
        """Makes a line glyph of one vector path, in the space of its start point."""
        glyph = _of_one_path(LineGlyph, start.space, UnmadeInk(Label.of(label), contours, color))
        values = glyph.__dict__
        for name, point in (("start_point", start), ("end_point", end)):
            values[name] = point
            link_new(glyph, name, point)
        return glyph

    @staticmethod
    def from_contours_along(
        label: LabelLike,
        contours: Contours,
        space: AffineSpace | None,
        start: Point,
        end: Point,
        color: ColorBGRA = BLACK,
    ) -> LineGlyph:
        """Makes a line glyph of one vector path, from a point of its space to another.

        The same as `from_contours_between` with `ScenePoint(space, start)` and `ScenePoint(space, end)`, in less time;
        `None` stands for a new space.
        """
        return _of_one_path(LineGlyph, space, UnmadeInk(Label.of(label), contours, color, start, end))


class ComposedGlyph(Glyph):
    """A glyph made of glyphs, each with its own region.

    `sprites` and `paths` contain the ink of all parts, or common ink of which the parts are only regions.
    """

    sub_glyphs: list[Glyph] = field(default_factory=list)

    @staticmethod
    def compose(label: LabelLike, space: AffineSpace, sub_glyphs: Sequence[Glyph]) -> ComposedGlyph:
        """Combines glyphs whose spaces are below `space`; the region is the union of theirs."""
        regions = merge_contours(glyph.region.contours_in(space) for glyph in sub_glyphs)
        return ComposedGlyph(
            space=space,
            region=LabeledRegion(space, Label.of(label), regions),
            sprites=[sprite for glyph in sub_glyphs for sprite in glyph.sprites],
            paths=[path for glyph in sub_glyphs for path in glyph.paths],
            sub_glyphs=list(sub_glyphs),
        )


def _of_one_path(cls: type[G], space: AffineSpace | None, ink: UnmadeInk) -> G:
    """A glyph in a given space, or one whose space and other insides are made when someone asks for them."""
    glyph = object.__new__(cls)
    if space is None:
        hold(glyph, ink)
    else:
        set_insides(glyph, space, ink)
    return glyph


for _cls, _names in (
    (Glyph, ("space", "region", "sprites", "paths")),
    (LineGlyph, ("start_point", "end_point")),
):
    for _name in _names:
        _default = {_name: vars(_cls)[_name]} if _name in vars(_cls) else {}
        setattr(_cls, _name, MadeLater(_name, **_default))


def merge_contours(parts: Iterable[Contours]) -> Contours:
    """Merges all rings, with the outer ones oriented alike, so that overlapping areas unite."""
    rings: list[NDArray[np.float64]] = []
    for part in parts:
        turned_right = sum(map(signed_area, part.rings)) >= 0
        rings.extend(part.rings if turned_right else part.reversed().rings)
    return Contours(tuple(rings))


def common_space(ink: Sequence[Sprite] | Sequence[InkPath]) -> AffineSpace:
    """The common space of all ink; raises `SceneGraphError` if there is none, or there are several."""
    spaces = {item.space: None for item in ink}
    if len(spaces) != 1:
        raise SceneGraphError(
            f"A region requires ink in exactly one space; the {len(ink)} given are in {len(spaces)} spaces."
        )
    return next(iter(spaces))
