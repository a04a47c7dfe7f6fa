"""What notebooks of smashcima 1.1.2 do: calls by their old names and arguments."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import ExportError, SettingsError
from smashcima.scene.graph import nameof_via_dummy

SONG = Path(__file__).parent / "short_song.musicxml"


@pytest.fixture(scope="module")
def scene() -> sc.MusicScene:
    return sc.BaseHandwrittenModel(seed=0, hand="pen", dpi=40)(SONG)


# -- geometry ---------------------------------------------------------------------------------------------------


def test_vectors() -> None:
    vector = sc.Vector2(3, 4)
    assert (vector.left, vector.top, vector.magnitude, vector.magnitude_squared) == (3, 4, 5, 25)
    assert tuple(vector) == (3, 4)
    assert vector.rotate90degCC() == sc.Vector2(4, -3)
    assert vector.rotate90degCW() == sc.Vector2(-4, 3)
    assert vector.normalize() == sc.Vector2(0.6, 0.8)
    assert -vector + vector * 2 - vector / 1 == sc.Vector2(0, 0)


def test_points() -> None:
    point = sc.Point(9, 20)
    assert (point.left, point.top) == (9, 20)
    assert point.vector == sc.Vector2(9, 20)
    assert tuple(-point) == (-9, -20)
    assert sc.Point.from_origin_vector(sc.Vector2(1, 2)) == sc.Point(1, 2)


def test_rectangles() -> None:
    box = sc.Rectangle(1, 2, 3.5, 4)
    assert [tuple(c) for c in (box.top_left_corner, box.top_right_corner)] == [(1, 2), (4.5, 2)]
    assert [tuple(c) for c in (box.bottom_left_corner, box.bottom_right_corner)] == [(1, 6), (4.5, 6)]
    assert not box.has_no_area
    assert sc.Rectangle(0, 0, 0, 5).has_no_area
    assert box.intersect_with(sc.Rectangle(4, 5, 9, 9)) == sc.Rectangle(4, 5, 0.5, 1)
    assert box.intersect_with(sc.Rectangle(40, 5, 9, 9)).has_no_area
    assert sc.Rectangle(0.2, 0.7, 1, 2).snap_grow() == sc.Rectangle(0, 0, 2, 3)
    assert sc.Rectangle(0.2, 0.7, 1.9, 2).snap_shrink() == sc.Rectangle(1, 1, 1, 1)
    assert sc.Rectangle(0.2, 0.2, 0.5, 0.5).snap_shrink().has_no_area
    viewport = sc.Rectangle(10, 20, 100, 50)
    inner = sc.Rectangle(35, 30, 50, 10)
    assert inner.relativize_to(viewport) == sc.Rectangle(0.25, 0.2, 0.5, 0.2)
    assert inner.relativize_to(viewport).absolutize_to(viewport) == inner
    assert box.dilate(1) == sc.Rectangle(0, 1, 5.5, 6)


def test_shapes() -> None:
    box = sc.Rectangle(1, 2, 3, 4)
    quad = sc.Quad.from_rectangle(box)
    assert [tuple(p) for p in quad.points] == [(1, 2), (4, 2), (4, 6), (1, 6)]
    assert quad.bbox() == sc.Polygon.from_quad(quad).bbox() == sc.Polygon.from_rectangle(box).bbox() == box
    mask = np.zeros((20, 20), np.uint8)
    mask[5:9, 3:12] = 255
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    assert sc.Polygon.from_cv2_contour(contours[0]).bbox() == sc.Rectangle(3, 5, 8, 3)
    assert sc.Contours.from_cv2_contours(contours).bbox() == sc.Rectangle(3, 5, 8, 3)


def test_transforms() -> None:
    turn = sc.Transform.rotateDegCC(180).then(sc.Transform.translate(sc.Vector2(10, 20)))
    moved = turn @ sc.Point(-1, 0)
    assert (round(moved.x, 9), round(moved.y, 9)) == (11, 20)
    assert turn.matrix.shape == turn.matrix3.shape == (3, 3)
    assert turn.matrix2.shape == (2, 2)
    assert turn.matrix3.tolist()[2] == [0, 0, 1]
    scale = sc.Transform.scale(2)
    assert (scale @ turn).apply_to(sc.Point(-1, 0)).distance_to(sc.Point(22, 40)) < 1e-9
    assert sc.Transform.from_matrix(turn.matrix) == turn
    with pytest.raises(TypeError, match="not to 'a'"):
        turn @ "a"


def test_an_inch_is_an_inch() -> None:
    assert sc.mm_to_px(25.4, dpi=300) == 300
    assert sc.px_to_mm(300, dpi=300) == 25.4


# -- scene ------------------------------------------------------------------------------------------------------


def test_names_of_fields() -> None:
    assert nameof_via_dummy(sc.Notehead, lambda n: n.note) == "note"
    assert nameof_via_dummy(sc.Notehead, lambda n: n.made_up) == "made_up"
    assert nameof_via_dummy(sc.Notehead, "note") == "note"


def test_a_scene_lists_its_objects(scene: sc.MusicScene) -> None:
    assert len(scene.objects) > 1000
    assert sum(isinstance(each, sc.Notehead) for each in scene.objects.values()) == len(
        scene.find(sc.Notehead)
    )
    page = scene.pages[0]
    assert page in scene.objects.values()
    assert scene.has(page)


def test_a_page_has_its_staves(scene: sc.MusicScene) -> None:
    assert [staff.number for staff in scene.pages[0].staves] == [1, 2, 3, 1, 2, 3]


def test_noteheads_notes_and_chords(scene: sc.MusicScene) -> None:
    head = scene.find(sc.Notehead)[0]
    assert head.notes == [head.note]
    chords = scene.find(sc.Chord)
    assert chords
    assert all(sc.Chord.of_note(note) is chord for chord in chords for note in chord.notes)
    single = next(n for n in scene.score.notes() if not isinstance(n.parent, sc.Chord))
    assert sc.Chord.of_note(single) is single  # a single note has its own stem


def test_affine_spaces() -> None:
    parent = sc.AffineSpace()
    child = sc.AffineSpace(parent_space=parent, transform=sc.Transform.translate(sc.Vector2(10, 20)))
    point = sc.ScenePoint(child, sc.Point(-1, 0))
    assert point.in_space(parent) == sc.Point(9, 20)
    with pytest.raises(AttributeError, match=r"place has been taken by `in_space\(space\)`"):
        point.transform_to(parent)  # type: ignore[attr-defined]
    assert parent.transform_from(child).apply_to(sc.Point(1, 0)) == sc.Point(11, 20)
    assert sc.Scene(root_space=parent).root_space is parent


# -- exporting --------------------------------------------------------------------------------------------------


def test_a_layer_and_a_view_box_are_rendered(scene: sc.MusicScene) -> None:
    view_box = scene.pages[0].view_box
    layer = sc.DefaultCompositor().run(view_box, dpi=40)
    assert (sc.BitmapRenderer().render(layer) == layer.bitmap).all()
    assert (sc.BitmapRenderer.default_viewbox_render(view_box=view_box, dpi=40) == layer.bitmap).all()


def test_svg_is_indented_and_has_a_background(scene: sc.MusicScene) -> None:
    box = scene.pages[0].view_box
    plain, pretty = sc.SvgExporter().export_string(box), sc.SvgExporter(pretty=True).export_string(box)
    assert pretty.startswith("<svg")
    assert pretty.count("\n") > 500 > plain.count("\n")
    assert [each.tag for each in ElementTree.fromstring(plain).iter()] == [
        each.tag for each in ElementTree.fromstring(pretty).iter()
    ]
    filled = ElementTree.fromstring(sc.SvgExporter(background_fill="#fffaf0").export_string(box))
    rect = next(each for each in filled if each.tag.endswith("rect"))
    assert rect.get("fill") == "#fffaf0"
    assert [float(rect.get(side) or 0) for side in ("x", "y", "width", "height")] == pytest.approx(
        [0, 0, box.rectangle.width, box.rectangle.height], abs=1e-3
    )
    assert list(filled).index(rect) < min(i for i, each in enumerate(filled) if each.tag.endswith("}g"))
    with pytest.raises(ExportError, match="background_fill must be a colour"):
        sc.SvgExporter(background_fill='"/><script>')


def test_filter_stacks_take_a_generator_in_second_place() -> None:
    assert len(sc.FilterStack([], random.Random(1))) == 0
    assert sc.FilterStack([], np.random.default_rng(1), p=0.5).p == 0.5


def test_filters_are_forced_by_their_names() -> None:
    class Camera(sc.BaseHandwrittenModel):
        def register_services(self) -> None:
            super().register_services()
            self.container.factory(sc.BaseHandwrittenPostprocessor, sc.BaseHandwrittenPostprocessor)
            self.container.interface(sc.Postprocessor, sc.BaseHandwrittenPostprocessor)

    model = Camera(seed=0, hand="pen", dpi=40)
    processor: Any = model.postprocessor
    assert isinstance(processor, sc.BaseHandwrittenPostprocessor)
    for name in "f_stafflines f_inkstyle f_bleed_through f_ink_color f_scribbles f_folding f_camera".split():
        assert isinstance(getattr(processor, name), sc.Filter)
    processor.f_camera.force_dont = True
    with pytest.raises(SettingsError, match="exclude each other"):
        processor.f_camera.force_do = True


# -- orchestration ----------------------------------------------------------------------------------------------


def test_a_model_takes_the_arguments_of_old(scene: sc.MusicScene) -> None:
    model = sc.BaseHandwrittenModel(seed=0, hand="pen", dpi=40)
    for made in (
        model(file=SONG, index=0),
        model(str(SONG), index=0),
        model(data=SONG.read_text("utf-8"), format=".musicxml", index=0),
        model(score=sc.load_score(file=SONG), clone_score=True, index=0),
        model(score=sc.load_score(SONG).score, clone_score=False, index=0),
    ):
        assert (made.render(made.pages[0]) == scene.render(scene.pages[0])).all()
    with pytest.raises(SettingsError, match="`file` is another name of `source`"):
        model(SONG, file=SONG)


def test_what_load_score_returns_says_where_the_music_is() -> None:
    loaded = sc.load_score(SONG)
    with pytest.raises(AttributeError, match=r"The score has one: load_score\(\.\.\.\)\.score\.parts"):
        loaded.parts  # type: ignore[attr-defined]  # noqa: B018
    assert not hasattr(loaded, "nonsense")


class _Dice(sc.EngravedModel):
    """Registers a generator of its own, as in tutorial 2."""

    def __init__(self, dice: random.Random, **options: Any) -> None:
        self.dice = dice
        super().__init__(**options)

    def register_services(self) -> None:
        super().register_services()
        self.container.instance(random.Random, self.dice)


def test_a_random_random_is_the_source_of_randomness() -> None:
    dice = random.Random(7)
    model = _Dice(dice, dpi=40)
    assert model.rng is dice
    assert model.container.resolve(random.Random) is dice
    assert model.seed == random.Random(7).getrandbits(32)
    assert _Dice(random.Random(7)).seed == model.seed != _Dice(random.Random(8)).seed
    assert _Dice(random.Random(7), seed=3).seed == 3


class _Voice:
    pass


class _Singer(_Voice):
    def __init__(self, container: sc.Container, dice: random.Random) -> None:
        self.container, self.dice = container, dice


def _make_list(singer: _Singer, dice: random.Random) -> list[object]:
    return [singer, dice]


def test_the_container_gives_itself_and_calls_factories_with_services() -> None:
    container = sc.Container()
    container.instance(random.Random, random.Random(1))
    container.type(_Singer)
    container.interface(_Voice, _Singer)
    singer = container.resolve(_Voice)
    assert isinstance(singer, _Singer)
    assert singer.container is container
    assert container.resolve(_Voice) is container.resolve(_Singer)

    container.factory(list, _make_list)
    assert container.resolve(list) == [singer, singer.dice]
    container.interface(dict, lambda: {"made": 1})
    assert container.resolve(dict) is container.resolve(dict)
    assert container.registered_types == [random.Random, _Singer, _Voice, list, dict]
    assert container.has(list)
    assert not container.has(set)


def test_services_that_ask_for_either_generator_get_one() -> None:
    model = sc.EngravedModel(seed=1)
    assert isinstance(model.container.resolve(random.Random), random.Random)
    assert isinstance(model.rng, np.random.Generator)
