"""Spaces, sprites, paths, regions and glyphs."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

from smashcima.errors import GeometryError, NotExactlyOneError, SceneGraphError
from smashcima.geometry import Contours, Point, Rectangle, Transform, Vector2
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import (
    AffineSpace,
    ComposedGlyph,
    Glyph,
    InkPath,
    Label,
    LabeledRegion,
    LineGlyph,
    Notehead,
    Page,
    ScenePoint,
    SmuflLabels,
    Sprite,
    ViewBox,
    VisualObject,
)


class Music(SceneObject):
    """Stands for an object of the score."""


def square(side: float) -> Contours:
    return Contours.from_rectangle(Rectangle(0, 0, side, side))


def opaque(height: int, width: int) -> np.ndarray:
    return np.full((height, width, 4), 255, dtype=np.uint8)


class TestAffineSpace:
    def test_coordinates_go_up_through_all_spaces_between(self) -> None:
        page = AffineSpace()
        staff = AffineSpace(page, Transform.translate(Vector2(10, 20)))
        glyph = AffineSpace(staff, Transform.scale(2))
        assert page.transform_from(glyph).apply_to(Point(1, 1)) == Point(12, 22)
        assert staff.transform_from(glyph).apply_to(Point(1, 1)) == Point(2, 2)

    def test_a_space_is_itself_to_itself(self) -> None:
        space = AffineSpace()
        assert space.transform_from(space) == Transform.identity()

    def test_a_space_beside_cannot_be_seen(self) -> None:
        page = AffineSpace()
        one, other = AffineSpace(page), AffineSpace(page)
        with pytest.raises(SceneGraphError, match="chain of parents"):
            one.transform_from(other)

    def test_knows_its_root_and_what_lies_in_it(self) -> None:
        page = AffineSpace()
        one, other = AffineSpace(page), AffineSpace(page)
        deep = AffineSpace(one)
        assert deep.root is page
        assert page.sub_spaces == [one, other]

    def test_a_point_is_seen_from_a_space_around(self) -> None:
        page = AffineSpace()
        point = ScenePoint(AffineSpace(page, Transform.translate(Vector2(5, 0))), Point(1, 2))
        assert point.in_space(page) == Point(6, 2)


class TestSprite:
    def test_an_inch_of_pixels_is_an_inch_around_the_origin(self) -> None:
        sprite = Sprite(space=AffineSpace(), bitmap=opaque(100, 200), dpi=100)
        assert sprite.ink_contours().bbox() == Rectangle(-25.4, -12.7, 50.8, 25.4)

    def test_the_origin_is_a_fraction_of_the_bitmap(self) -> None:
        sprite = Sprite(AffineSpace(), opaque(10, 10), Point(0.0, 1.0), dpi=25.4)
        assert sprite.pixels_to_space.apply_to(Point(0, 10)) == Point(0, 0)

    def test_its_own_transform_is_in_mm(self) -> None:
        moved = Transform.scale(3).then(Transform.translate(Vector2(100, 0)))
        sprite = Sprite(AffineSpace(), opaque(2, 2), dpi=25.4, transform=moved)
        assert sprite.ink_contours().bbox() == Rectangle(97, -3, 6, 6)

    def test_only_opaque_pixels_are_ink(self) -> None:
        bitmap = opaque(4, 4)
        bitmap[:, :2, 3] = 0
        bitmap[:, 2, 3] = 9
        sprite = Sprite(AffineSpace(), bitmap, Point(0, 0), dpi=25.4)
        assert sprite.ink_contours().bbox() == Rectangle(2, 0, 2, 4)
        assert sprite.ink_contours(threshold=9).bbox() == Rectangle(3, 0, 1, 4)

    def test_a_rectangle_of_one_colour_takes_no_memory(self) -> None:
        sprite = Sprite.rectangle(AffineSpace(), Rectangle(10, 20, 210, 297), (1, 2, 3, 255), dpi=300)
        assert sprite.bitmap.shape == (3508, 2480, 4)
        assert sprite.bitmap[1000, 1000].tolist() == [1, 2, 3, 255]
        assert sprite.bitmap.strides[:2] == (0, 0)
        height, width = sprite.bitmap.shape[:2]
        corners = sprite.pixels_to_space.apply_to(Rectangle(0, 0, width, height)).bbox()
        assert corners.x == pytest.approx(10)
        assert corners.bottom == pytest.approx(317)

    @pytest.mark.parametrize("shape", [(5, 5), (5, 5, 3)])
    def test_a_bitmap_without_transparency_is_refused(self, shape: tuple[int, ...]) -> None:
        with pytest.raises(GeometryError, match="BGRA"):
            Sprite(AffineSpace(), np.zeros(shape, dtype=np.uint8))

    def test_no_pixels_per_inch_are_refused(self) -> None:
        with pytest.raises(GeometryError, match="pixels per inch"):
            Sprite(AffineSpace(), opaque(1, 1), dpi=0)


class TestGlyph:
    def test_the_region_of_sprites_is_their_ink(self) -> None:
        space = AffineSpace()
        bitmap = opaque(5, 5)
        bitmap[2, 2, 3] = 0
        sprites = [Sprite(space=space, bitmap=bitmap, dpi=25.4)]
        region = Glyph.build_region_from_sprites_alpha_channel(
            label=SmuflLabels.noteheadWhole, sprites=sprites
        )
        assert region.label == "smufl::noteheadWhole"
        assert type(region.label) is Label
        assert region.space is space
        assert region.contours.to_shapely().area == 24

    def test_sprites_that_overlap_count_once(self) -> None:
        space = AffineSpace()
        sprites = [
            Sprite(space, opaque(4, 4), Point(0, 0), dpi=25.4),
            Sprite(space, opaque(4, 4), Point(0, 0), dpi=25.4, transform=Transform.translate(Vector2(2, 0))),
        ]
        region = Glyph.build_region_from_sprites_alpha_channel("x::y", sprites)
        assert region.contours.to_shapely().area == 24

    def test_a_mirrored_sprite_still_unites_with_others(self) -> None:
        space = AffineSpace()
        sprites = [
            Sprite(space, opaque(4, 4), Point(0, 0), dpi=25.4),
            Sprite(space, opaque(4, 4), Point(0, 0), dpi=25.4, transform=Transform(a=-1, e=6)),
        ]
        region = Glyph.build_region_from_sprites_alpha_channel("x::y", sprites)
        assert region.contours.to_shapely().area == 24

    def test_a_region_needs_ink_in_one_space(self) -> None:
        with pytest.raises(SceneGraphError, match="one space"):
            Glyph.build_region_from_sprites_alpha_channel("x::y", [])
        with pytest.raises(SceneGraphError, match="2 spaces"):
            Glyph.build_region_from_paths(
                "x::y", [InkPath(AffineSpace(), square(1)), InkPath(AffineSpace(), square(1))]
            )

    def test_a_region_of_paths_follows_their_transforms(self) -> None:
        space = AffineSpace()
        path = InkPath(space, square(1), transform=Transform.scale(3))
        assert Glyph.build_region_from_paths("x::y", [path]).contours.bbox() == Rectangle(0, 0, 3, 3)

    def test_a_glyph_of_one_outline_shares_it_with_its_region(self) -> None:
        outline = square(2)
        glyph = Glyph.from_contours("x::y", outline)
        assert glyph.region.contours is outline
        assert glyph.paths[0].contours is outline
        assert glyph.label == "x::y"

    def test_objects_of_such_a_glyph_have_the_fields_that_their_constructors_set(self) -> None:
        line = LineGlyph.from_contours_between(
            "smufl::stem",
            square(1),
            ScenePoint(AffineSpace(), Point(0, 0)),
            ScenePoint(AffineSpace(), Point(0, 1)),
        )
        space = AffineSpace()
        region, path = LabeledRegion(space, Label.of("x::y"), square(1)), InkPath(space, square(1))
        made = LineGlyph(space, region, [], [path], line.start_point, line.end_point)
        for at_once, by_constructor in ((line, made), (line.region, region), (line.paths[0], path)):
            assert set(vars(at_once)) == set(vars(by_constructor))

    def test_a_placed_glyph_has_its_box_on_the_page(self) -> None:
        page = AffineSpace()
        glyph = Glyph.from_contours("x::y", square(2))
        glyph.space.parent_space = page
        glyph.space.transform = Transform.scale(2).then(Transform.translate(Vector2(10, 10)))
        assert glyph.bbox_in(page) == Rectangle(10, 10, 4, 4)

    def test_a_line_glyph_has_ends(self) -> None:
        space = AffineSpace()
        line = LineGlyph.from_contours_between(
            "smufl::stem", square(1), ScenePoint(space, Point(0, 0)), ScenePoint(space, Point(0, 1))
        )
        assert line.start_point is not None
        assert line.end_point is not None
        assert line.end_point.point == Point(0, 1)

    def test_a_line_glyph_made_along_two_points_has_the_same_edges(self) -> None:
        space, other = AffineSpace(), AffineSpace()
        ends = Point(1, 2), Point(3, 4)
        line = LineGlyph.from_contours_along("smufl::stem", square(1), space, *ends)
        made = LineGlyph.from_contours_between(
            "smufl::stem", square(1), *(ScenePoint(other, point) for point in ends)
        )
        assert (line.start_point.point, line.end_point.point) == ends
        assert list(map(type, line.connected())) == list(map(type, made.connected()))
        for one, two in zip(line.connected(), made.connected(), strict=True):
            assert set(vars(one)) == set(vars(two))
            assert one.incoming_edges() == two.incoming_edges()
            for edge in one.incoming_edges():
                assert list(map(type, one.sources(edge))) == list(map(type, two.sources(edge)))

    def test_a_composed_glyph_covers_its_parts(self) -> None:
        page = AffineSpace()
        parts = [Glyph.from_contours("x::part", square(1)) for _ in range(2)]
        for i, part in enumerate(parts):
            part.space.parent_space = page
            part.space.transform = Transform.translate(Vector2(3 * i, 0))
        whole = ComposedGlyph.compose("x::whole", page, parts)
        assert whole.bbox_in(page) == Rectangle(0, 0, 4, 1)
        assert whole.sub_glyphs == parts
        assert len(whole.paths) == 2


class TestVisualObject:
    def page(self) -> Page:
        space = AffineSpace(AffineSpace(), Transform.translate(Vector2(500, 0)))
        return Page(space, ViewBox(space, Rectangle(0, 0, 210, 297)))

    def test_a_note_finds_its_head(self) -> None:
        note, other = Music(), Music()
        head = Notehead(glyph=Glyph.from_contours("x::y", square(1)), semantic=note, note=note)
        assert Notehead.of_note(note) is head
        assert Notehead.of(note, lambda n: n.note) is head
        assert Notehead.of_note_or_none(other) is None
        with pytest.raises(NotExactlyOneError):
            Notehead.of_note(other)

    def test_objects_of_the_score_find_all_that_draws_them(self) -> None:
        note = Music()
        head = Notehead(glyph=Glyph.from_contours("x::y", square(1)), semantic=note)
        mark = VisualObject(glyph=Glyph.from_contours("x::z", square(1)), semantic=note)
        assert VisualObject.all_of(note) == [head, mark]
        assert Notehead.all_of(note) == [head]

    def test_its_box_is_in_the_space_of_its_page(self) -> None:
        page = self.page()
        glyph = Glyph.from_contours("x::y", square(2))
        glyph.space.parent_space = page.space
        glyph.space.transform = Transform.translate(Vector2(7, 8))
        assert VisualObject(glyph=glyph, page=page).bbox() == Rectangle(7, 8, 2, 2)

    def test_pages_know_their_size(self) -> None:
        assert (self.page().width, self.page().height) == (210, 297)

    def test_it_survives_copies_and_pickles(self) -> None:
        page = self.page()
        glyph = Glyph.from_contours("x::y", square(2), space=AffineSpace(page.space))
        VisualObject(glyph=glyph, page=page, kind="notehead")
        for twin in (copy.deepcopy(page), pickle.loads(pickle.dumps(page))):
            (found,) = VisualObject.many_of(twin, "page")
            assert found.label == "x::y"
            assert found.glyph.paths[0].contours == square(2)
            assert found.bbox() == Rectangle(0, 0, 2, 2)
