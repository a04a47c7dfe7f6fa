"""Glyphs whose insides are made when someone asks for them are like those whose insides were made at once."""

from __future__ import annotations

import copy
import pickle
import threading
from pathlib import Path

import pytest

from smashcima.errors import SceneGraphError
from smashcima.geometry import Contours, Point, Rectangle, Transform, Vector2
from smashcima.imaging import draw_layers
from smashcima.scene.graph import Scene, SceneObject
from smashcima.scene.visual import (
    AffineSpace,
    Glyph,
    InkPath,
    LabeledRegion,
    LineGlyph,
    Page,
    ScenePoint,
    ViewBox,
    VisualObject,
)
from smashcima.scene.visual.unmade_ink import unmade_ink
from smashcima.scene.visual.view import view_of
from smashcima.synthesis.interfaces.placing import move_glyph, place_glyph, remove_glyph

RED = (0, 0, 255, 255)
MOVED = Transform.translate(Vector2(3, 4))


def square(side: float = 1) -> Contours:
    return Contours.from_rectangle(Rectangle(0, 0, side, side))


def glyph_in(space: AffineSpace, label: str = "x::y") -> Glyph:
    glyph = Glyph.from_contours(label, square(), RED)
    place_glyph(glyph, space, MOVED, None)
    return glyph


def line_in(space: AffineSpace) -> LineGlyph:
    line = LineGlyph.from_contours_along("smufl::stem", square(), None, Point(0, 0), Point(0, 1), RED)
    place_glyph(line, space, MOVED, None)
    return line


def page_with(*glyphs: Glyph) -> Page:
    """A page of 10 × 10 mm in whose space the glyphs are placed."""
    space = AffineSpace()
    page = Page(space, ViewBox(space, Rectangle(0, 0, 10, 10)))
    for glyph in glyphs:
        place_glyph(glyph, space, MOVED, None)
        VisualObject(glyph, page=page)
    return page


def state_of(root: SceneObject) -> list[object]:
    """Classes, attributes and links of all objects around one, with numbers in place of objects."""
    members = root.connected()
    number = {member: place for place, member in enumerate(members)}

    def plain(value: object) -> object:
        if isinstance(value, SceneObject):
            return number[value]
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return id(value) if isinstance(value, Contours) else repr(value)

    return [
        [
            type(member).__name__,
            [(name, plain(value)) for name, value in vars(member).items() if name != "_incoming"],
            [(edge, plain(member.sources(edge))) for edge in member.incoming_edges()],
        ]
        for member in members
    ]


def test_a_new_glyph_has_no_insides_until_they_are_read() -> None:
    glyph = Glyph.from_contours("x::y", square())
    assert unmade_ink(glyph) is not None
    assert glyph.label == "x::y"
    assert repr(glyph) == "Glyph('x::y')"
    assert unmade_ink(glyph) is not None
    assert isinstance(glyph.region, LabeledRegion)
    assert unmade_ink(glyph) is None


def test_insides_are_made_once() -> None:
    line = LineGlyph.from_contours_along("x::y", square(), None, Point(1, 2), Point(3, 4))
    assert line.start_point is line.start_point
    assert line.region is line.region
    assert line.paths is line.paths
    assert line.sprites is line.sprites
    assert line.space is line.space
    assert line.region.space is line.paths[0].space is line.start_point.space is line.space


@pytest.mark.parametrize("name", ["space", "region", "sprites", "paths", "start_point", "end_point"])
def test_every_attribute_can_be_the_first_to_be_read(name: str) -> None:
    line = LineGlyph.from_contours_along("x::y", square(), None, Point(1, 2), Point(3, 4))
    first = getattr(line, name)
    assert getattr(line, name) is first
    assert list(vars(line)) == ["space", "region", "sprites", "paths", "start_point", "end_point"]


def test_a_glyph_made_later_has_the_attributes_and_edges_of_one_made_at_once() -> None:
    outline, states = square(), []
    for at_once in (True, False):
        parent = AffineSpace()
        space = AffineSpace(parent, MOVED) if at_once else None
        line = LineGlyph.from_contours_along("x::y", outline, space, Point(1, 2), Point(3, 4), RED)
        if not at_once:
            place_glyph(line, parent, MOVED, None)
        drawn = VisualObject(line)
        states.append(state_of(drawn))
    assert states[0] == states[1]


def test_a_glyph_made_by_its_constructor_is_not_affected() -> None:
    space = AffineSpace()
    region = LabeledRegion(space, "x::y", square())
    line = LineGlyph(space, region)
    assert unmade_ink(line) is None
    assert (line.start_point, line.end_point, line.paths) == (None, None, [])


def test_a_missing_attribute_is_an_error() -> None:
    glyph = Glyph.from_contours("x::y", square())
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        glyph.colour  # noqa: B018
    with pytest.raises(AttributeError, match="region"):
        Glyph.region  # noqa: B018


class TestASpaceWithSuchGlyphs:
    def test_knows_their_spaces_in_the_order_of_placement(self) -> None:
        page = AffineSpace()
        first = glyph_in(page)
        second = AffineSpace(page)
        third = glyph_in(page)
        assert page.sub_spaces == [first.space, second, third.space]
        assert page.sub_spaces == [first.space, second, third.space]
        assert page.sources("parent_space") == (first.space, second, third.space)

    def test_keeps_that_order_when_one_has_been_read_before(self) -> None:
        page = AffineSpace()
        first, second = glyph_in(page), glyph_in(page)
        space = second.space
        assert unmade_ink(first) is not None
        assert page.is_target_of(space, "parent_space")
        assert page.sub_spaces == [first.space, space]

    def test_takes_more_after_it_was_asked(self) -> None:
        page = AffineSpace()
        first = glyph_in(page)
        assert page.incoming_edges() == ("parent_space",)
        assert page.sub_spaces == [first.space]
        second = glyph_in(page)
        assert unmade_ink(second) is not None
        assert page.sub_spaces == [first.space, second.space]

    def test_loses_one_that_is_moved_to_another_space(self) -> None:
        page, other = AffineSpace(), AffineSpace()
        first, second = glyph_in(page), glyph_in(page)
        first.space.parent_space = other
        assert unmade_ink(second) is not None
        assert other.sub_spaces == [first.space]
        assert page.sub_spaces == [second.space]

    def test_loses_one_that_is_removed(self) -> None:
        page = AffineSpace()
        first, second = glyph_in(page), glyph_in(page)
        remove_glyph(first)
        assert unmade_ink(first) is not None
        assert page.sub_spaces == [second.space]
        assert first.space.parent_space is None

    def test_puts_one_that_is_placed_again_last(self) -> None:
        page = AffineSpace()
        first, second = glyph_in(page), glyph_in(page)
        first.space.parent_space = page
        assert page.sub_spaces == [second.space, first.space]

    def test_maps_their_coordinates(self) -> None:
        page = AffineSpace()
        glyph = glyph_in(page)
        assert glyph.bbox_in(page) == Rectangle(3, 4, 1, 1)
        assert unmade_ink(glyph) is not None
        assert page.transform_from(glyph.space) == MOVED
        assert glyph.bbox_in(page) == glyph.region.bbox_in(page) == Rectangle(3, 4, 1, 1)


def test_a_glyph_can_be_found_from_its_space_and_region() -> None:
    page = AffineSpace()
    glyph = glyph_in(page)
    (space,) = page.sub_spaces
    assert Glyph.many_of(space, "space") == [glyph]
    assert Glyph.of(glyph.region, lambda g: g.region) is glyph
    assert [type(thing) for thing in space.sources("space")] == [LabeledRegion, InkPath, Glyph]


def test_the_object_of_a_glyph_is_found_without_making_its_insides() -> None:
    glyph = Glyph.from_contours("x::y", square())
    drawn = VisualObject(glyph)
    assert VisualObject.of(glyph, "glyph") is drawn
    assert unmade_ink(glyph) is not None
    assert glyph.region is not None
    assert VisualObject.of(glyph, "glyph") is drawn


def test_a_glyph_cannot_be_placed_twice() -> None:
    page = AffineSpace()
    glyph = glyph_in(page)
    with pytest.raises(SceneGraphError, match="placed already"):
        place_glyph(glyph, page, MOVED, None)


def test_a_glyph_moves_with_and_without_insides() -> None:
    page = AffineSpace()
    glyphs = [glyph_in(page), glyph_in(page)]
    assert glyphs[1].space is not None
    for glyph in glyphs:
        move_glyph(glyph, Transform.translate(Vector2(1, 0)))
        assert glyph.bbox_in(page) == Rectangle(4, 4, 1, 1)


class TestEdits:
    def test_of_the_ink_are_drawn(self) -> None:
        glyph = Glyph.from_contours("x::y", square(), RED)
        page = page_with(glyph)
        before = draw_layers(page, 100).ink
        assert unmade_ink(glyph) is not None
        assert before.color == (0, 0, 255)
        glyph.paths[0].color = (255, 0, 0, 255)
        after = draw_layers(page, 100).ink
        assert after.color == (255, 0, 0)
        assert (after.coverage == before.coverage).all()

    def test_of_the_place_are_drawn(self) -> None:
        glyph = Glyph.from_contours("x::y", square(), RED)
        page = page_with(glyph)
        region = draw_layers(page, 25.4).regions
        assert region.bboxes[-1].tolist() == [3, 4, 4, 5]
        glyph.space.transform = Transform.identity()
        region = draw_layers(page, 25.4).regions
        assert region.bboxes[-1].tolist() == [0, 0, 1, 1]

    def test_of_the_region_are_labelled(self) -> None:
        glyph = Glyph.from_contours("x::y", square(), RED)
        page = page_with(glyph)
        glyph.region = LabeledRegion(glyph.space, "x::other", square(2))
        assert glyph.label == "x::other"
        regions = draw_layers(page, 25.4).regions
        assert regions.labels[-1] == "x::other"
        assert regions.bboxes[-1].tolist() == [3, 4, 5, 6]

    def test_by_attributes_of_any_kind_are_kept(self) -> None:
        glyph = Glyph.from_contours("x::y", square())
        glyph.remark = "mine"
        assert glyph.region.label == "x::y"
        assert glyph.remark == "mine"

    def test_replace_an_edge_that_was_never_read(self) -> None:
        glyph, path = Glyph.from_contours("x::y", square()), InkPath(AffineSpace(), square(2))
        glyph.paths = [path]
        assert Glyph.of(path, "paths") is glyph
        assert [type(each) for each in glyph.space.sources("space")] == [LabeledRegion, InkPath, Glyph]
        del glyph.paths
        assert Glyph.many_of(path, "paths") == []

    def test_of_a_space_make_an_index_stale(self) -> None:
        page = page_with()
        scene = Scene(contents=[page])
        assert scene.find(Glyph) == []
        glyph = glyph_in(page.space)
        assert scene.find(Glyph) == [glyph]
        assert scene.find(InkPath) == [glyph.paths[0]]


def test_composing_makes_no_insides() -> None:
    glyph = Glyph.from_contours("x::y", square())
    line = LineGlyph.from_contours_along("smufl::stem", square(), None, Point(0, 0), Point(0, 1))
    page = page_with(glyph, line)
    layers = draw_layers(page, 100)
    assert [str(label) for label in layers.regions.labels] == ["x::y", "smufl::stem"]
    assert unmade_ink(glyph) is not None
    assert unmade_ink(line) is not None


def test_pages_are_drawn_alike_with_and_without_insides() -> None:
    page = page_with(Glyph.from_contours("x::y", square(), RED), Glyph.from_contours("x::z", square(2)))
    before = draw_layers(page, 100)
    page.space.sub_spaces  # noqa: B018
    after = draw_layers(page, 100)
    assert (before.ink.to_bgra() == after.ink.to_bgra()).all()
    assert before.regions.labels == after.regions.labels
    assert (before.regions.outlines.points == after.regions.outlines.points).all()
    assert before.regions.drawn.tolist() == after.regions.drawn.tolist()


def test_a_glyph_that_belongs_to_nothing_is_drawn_where_it_is_placed() -> None:
    page = page_with(Glyph.from_contours("x::y", square()))
    loose = glyph_in(page.space, "x::loose")
    pieces = view_of(page).pieces
    assert [piece.owner for piece in pieces] == [*VisualObject.many_of(page, "page"), loose]
    assert draw_layers(page, 100).regions.ids == ("p1-generic-1", "glyph-1")


class TestCopies:
    def test_have_insides_of_their_own(self) -> None:
        glyph = Glyph.from_contours("x::y", square(), RED)
        page = page_with(glyph)
        twin = copy.deepcopy(page)
        (drawn,) = VisualObject.many_of(twin, "page")
        assert drawn.glyph is not glyph
        assert drawn.glyph.space.parent_space is twin.space
        assert drawn.glyph.paths[0].color == RED
        assert state_of(twin) == state_of(page)

    @pytest.mark.parametrize("of_the_glyph", [True, False])
    def test_pass_through_pickles(self, of_the_glyph: bool) -> None:
        line = line_in(AffineSpace())
        found = pickle.loads(pickle.dumps(line if of_the_glyph else line.space.parent_space))
        twin = found if of_the_glyph else Glyph.of(found.sub_spaces[0], "space")
        assert type(twin) is LineGlyph
        assert twin.end_point.in_space(twin.space.parent_space) == Point(3, 5)

    def test_pass_through_scene_files_with_the_same_bytes(self, tmp_path: Path) -> None:
        files = []
        for at_once in (True, False):
            parent = AffineSpace()
            page = Page(parent, ViewBox(parent, Rectangle(0, 0, 10, 10)))
            space = AffineSpace(parent, MOVED) if at_once else None
            line = LineGlyph.from_contours_along("x::y", square(), space, Point(1, 2), Point(3, 4), RED)
            if not at_once:
                place_glyph(line, parent, MOVED, None)
            VisualObject(line, page=page)
            files.append(tmp_path / f"{at_once}.scene")
            Scene(contents=[page]).save(files[-1])
        assert files[0].read_bytes() == files[1].read_bytes()
        (line,) = Scene.load(files[1]).find(LineGlyph)
        assert unmade_ink(line) is None
        assert line.start_point == ScenePoint.many_of(line.space, "space")[0]


def test_several_threads_read_the_same_insides() -> None:
    page = AffineSpace()
    glyphs = [glyph_in(page) for _ in range(200)]
    seen: list[list[object]] = []
    start = threading.Barrier(4)

    def read(forwards: bool) -> None:
        start.wait()
        found = [glyph.region for glyph in (glyphs if forwards else reversed(glyphs))]
        seen.append(found if forwards else found[::-1])
        assert page.sub_spaces == [glyph.space for glyph in glyphs]

    threads = [threading.Thread(target=read, args=(number % 2 == 0,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 4
    assert all(each == seen[0] for each in seen)
    assert [Glyph.of(region, "region") for region in seen[0]] == glyphs


def test_subclasses_have_fields_of_their_own() -> None:
    class Stained(Glyph):
        stain: str = "none"

    space = AffineSpace()
    made = Stained(space, LabeledRegion(space, "x::y", square()), stain="coffee")
    assert (made.label, made.stain, made.paths) == ("x::y", "coffee", [])
    assert list(vars(made)) == ["space", "region", "sprites", "paths", "stain"]
