"""Parts of pictures: where they are cut, what they show, and that their truth is theirs."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting.annotation import annotate
from smashcima.exporting.crops import LEVELS, Crop, CropExporter
from smashcima.imaging import DefaultCompositor, ImageLayer, ProjectiveMap
from smashcima.scene.visual import Notehead, Page, SystemStaff

WHITE = (255, 255, 255, 255)


@pytest.fixture
def image(music_page: Page) -> ImageLayer:
    """400 x 500 px: system n reaches from (50, 50 + 200 n) to (350, 200 + 200 n), a staff space is 5 px."""
    return DefaultCompositor().compose(music_page, 50)


def bare(level: str, **options: object) -> CropExporter:
    """Exactly the objects, without margins and what reaches out of them."""
    return CropExporter(level, margin_ss=0.0, content=False, **options)  # type: ignore[arg-type]


def test_a_system_is_cut_out_at_its_edges_pixel_by_pixel(image: ImageLayer) -> None:
    first, second = bare("systems").export(image)
    assert (first.id, second.id) == ("p1-s1", "p1-s2")
    assert first.box == (50, 50, 350, 200)
    assert second.box == (50, 250, 350, 400)
    assert np.array_equal(second.image.bitmap, image.bitmap[250:400, 50:350])
    assert second.image.dpi == 50


@pytest.mark.parametrize(
    ("level", "count", "box"),
    [
        ("pages", 1, (0, 0, 400, 500)),
        ("systems", 2, (50, 50, 350, 200)),
        ("staves", 4, (50, 50, 350, 70)),
        ("measures", 4, (50, 50, 200, 200)),
    ],
)
def test_each_level_has_its_objects(
    image: ImageLayer, level: str, count: int, box: tuple[int, int, int, int]
) -> None:
    crops = bare(level).export(image)
    assert len(crops) == count
    assert crops[0].box == box
    assert len({crop.id for crop in crops}) == count


def test_margins_are_staff_spaces_or_millimetres_and_end_at_the_picture(image: ImageLayer) -> None:
    assert CropExporter("systems", margin_ss=2.0, content=False).export(image)[0].box == (40, 40, 360, 210)
    wide = CropExporter("systems", margin_ss=(4.0, 0.0), content=False).export(image)
    assert wide[0].box == (30, 50, 370, 200)
    assert CropExporter("systems", margin_mm=25.4, content=False).export(image)[0].box == (0, 0, 400, 250)


def test_crops_reach_around_what_belongs_to_them(build: SimpleNamespace, music_page: Page) -> None:
    """A mark of the first staff of system 1 that lies half an inch above it, between the measures."""
    system = music_page.systems[0]
    drawn = build.path(music_page, build.inch_box(3.5, 0.4, 4.5, 0.5))
    drawn.system, drawn.staff, drawn.measure = system, system.staves[0], system.measures[0]
    image = DefaultCompositor().compose(music_page, 50)
    staff = CropExporter("staves", margin_ss=0.0).export(image)[0]
    assert staff.box[1] == 20
    measure = CropExporter("measures", margin_ss=0.0).export(image)[0]
    assert measure.box[1] == 20
    assert (measure.box[0], measure.box[2]) == (50, 200)  # though the mark goes on to 225
    assert bare("staves").export(image)[0].box[1] == 50


def test_regions_are_moved_and_cut_and_tell_what_is_left(image: ImageLayer) -> None:
    crop = bare("systems").export(image)[0]
    head = next(region for region in image.regions if isinstance(region.scene_object, Notehead))
    moved = crop.image.regions.of_object(head.scene_object)
    assert moved is not None
    left, _, right, _ = head.bbox
    assert (moved.bbox[0], moved.bbox[2]) == pytest.approx((left - 50, right - 50))
    page = next(region for region in crop.image.regions if region.label == "page")
    assert page.bbox == (0, 0, 300, 150)
    assert page.visible == pytest.approx(300 * 150 / (400 * 500))
    assert crop.image.regions.dropped + len(crop.image.regions) == len(image.regions)
    assert not [r for r in crop.image.regions if r.id.startswith("p1-s2")]


def test_a_neighbour_in_the_margin_keeps_its_ink_and_its_label(image: ImageLayer) -> None:
    """Six inches above the bottom staff line of the second staff is the first staff, of which a half is seen."""
    crop = CropExporter("staves", margin_ss=18.0, content=False).export(image)[1]
    assert crop.box[1] == 60  # the middle line of the staff above
    above = crop.image.regions.of_object(image.regions.scene_objects[image.regions.ids.index("p1-s1-st1")])
    assert above is not None
    assert above.visible == pytest.approx(0.5)
    assert (crop.image.bitmap[:11, 5:-5, 0].min(axis=1) < 200).sum() >= 3  # lines of it


def test_a_fixed_height_and_a_resolution_scale_the_truth_too(image: ImageLayer) -> None:
    for crop in bare("staves", height=60).export(image):
        assert crop.image.height == 60
        assert crop.image.width == 900
        assert crop.image.dpi == 150
    half = bare("systems", dpi=25).export(image)[0].image
    assert (half.width, half.height, half.dpi) == (150, 75, 25)
    staff = next(region for region in half.regions if isinstance(region.scene_object, SystemStaff))
    assert staff.bbox == pytest.approx((0, 0, 150, 10))
    corner = half.locate(np.array([(25.4, 25.4)]))  # one inch from the edges of the page
    assert corner == pytest.approx(np.array([(0.0, 0.0)]))


def test_reducing_keeps_thin_lines_by_averaging(image: ImageLayer) -> None:
    full = bare("staves").export(image)[0].image
    small = bare("staves", dpi=10).export(image)[0].image
    assert small.height == 4
    assert small.bitmap[:, :, 0].mean() == pytest.approx(full.bitmap[:, :, 0].mean(), abs=1.0)


def test_a_transparent_picture_stays_so_when_scaled(build: SimpleNamespace) -> None:
    page = build.page(2, 2, paper=None)
    build.path(page, build.inch_box(0.5, 0.5, 1.5, 1.5))
    crop = bare("pages", dpi=73).export(DefaultCompositor().compose(page, 50))[0].image
    assert crop.bitmap[73, 73].tolist() == [0, 0, 0, 255]
    assert crop.bitmap[:, :, 3].min() == 0
    assert crop.bitmap[crop.bitmap[:, :, 3] > 0][:, :3].max() == 0


def test_masks_of_a_crop_are_its_ink(image: ImageLayer) -> None:
    for crop in CropExporter("staves", dpi=200).export(DefaultCompositor().compose(page_of(image), 200)):
        ink = crop.image.bitmap[:, :, 0] < 128
        masks = annotate(crop.image).masks().ink_mask
        assert ink.sum() > 1000
        assert (ink != masks).mean() < 0.001


def page_of(image: ImageLayer) -> Page:
    page = image.regions.scene_objects[0]
    assert isinstance(page, Page)
    return page


def test_symbols_are_all_that_is_drawn_but_staff_lines(image: ImageLayer) -> None:
    crops = CropExporter("symbols", margin_ss=0.0).export(image)
    assert len(crops) == 32
    assert all(isinstance(crop.scene_object, Notehead) for crop in crops)
    for crop in crops:
        own = crop.image.regions.of_object(crop.scene_object)
        assert own is not None
        assert own.visible == 1.0
    lines = CropExporter("symbols", labels=frozenset({"staffLine"})).export(image)
    assert len(lines) == 20


@pytest.mark.parametrize("rectified", [False, True])
def test_crops_do_not_depend_on_those_beside_them(
    image: ImageLayer, rectified: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    askew = turned(image, 3)
    exporter = CropExporter("symbols", margin_ss=2.0, rectified=rectified)
    together = exporter.export(askew)
    monkeypatch.setattr("smashcima.exporting.crops.exporter._AT_ONCE", 1)
    for one, alone in zip(together, exporter.export(askew), strict=True):
        assert (one.id, one.box) == (alone.id, alone.box)
        assert np.array_equal(one.image.bitmap, alone.image.bitmap)
        assert one.image.regions.ids == alone.image.regions.ids
        assert one.image.regions.outlines.points.tobytes() == alone.image.regions.outlines.points.tobytes()
        assert one.image.regions.visible.tobytes() == alone.image.regions.visible.tobytes()


def turned(image: ImageLayer, degrees: float) -> ImageLayer:
    turn = ProjectiveMap.rotation(degrees, (image.width / 2, image.height / 2))
    warped = image.warped(turn, image.width, image.height, WHITE)
    warped.regions = warped.regions.clipped(image.width, image.height)
    return warped


def test_on_a_turned_page_a_crop_is_the_box_around_it_or_set_upright(image: ImageLayer) -> None:
    askew = turned(image, 5)
    straight = bare("staves").export(image)
    boxed, upright = bare("staves").export(askew), bare("staves", rectified=True).export(askew)
    assert [crop.id for crop in upright] == [crop.id for crop in straight]
    # 300 px at 5 degrees climb 26 px.
    assert boxed[0].image.height == pytest.approx(20 + 26, abs=2)
    for was, crop in zip(straight, upright, strict=True):
        assert (crop.image.width, crop.image.height) == (300, 20)
        own = crop.image.regions.of_object(crop.scene_object)
        assert own is not None
        assert own.bbox == pytest.approx((0, 0, 300, 20), abs=0.01)
        difference = np.abs(crop.image.bitmap[2:-2].astype(int) - was.image.bitmap[2:-2])
        assert difference.mean() < 12


def test_what_is_seen_from_the_side_is_set_upright(image: ImageLayer) -> None:
    corners = np.array([(0, 0), (400, 0), (400, 500), (0, 500)])
    seen = ProjectiveMap.between_quads(corners, np.array([(40, 10), (370, 30), (390, 480), (5, 490)]))
    crop = bare("systems", rectified=True, height=150).export(image.warped(seen, 400, 500, WHITE))[1]
    staves = [r.bbox for r in crop.image.regions if isinstance(r.scene_object, SystemStaff)]
    width = crop.image.width
    assert staves[0] == pytest.approx((0, 0, width, 20), abs=2)
    assert staves[1] == pytest.approx((0, 100, width, 120), abs=4)


def test_the_way_from_the_page_leads_to_the_same_points(image: ImageLayer) -> None:
    askew = turned(image, 4)
    for exporter in (CropExporter("staves", height=77), CropExporter("staves", rectified=True)):
        for crop in exporter.export(askew):
            points = np.array([(60.0, 70.0), (120.0, 90.0)])
            assert crop.from_page.forward(askew.locate(points)) == pytest.approx(crop.image.locate(points))


def test_what_is_not_in_the_picture_has_no_crop(image: ImageLayer) -> None:
    lower = image.warped(ProjectiveMap.translation(0, -220), 400, 280)
    lower.regions = lower.regions.clipped(400, 280)
    for rectified in (False, True):
        assert [crop.id for crop in bare("systems", rectified=rectified).export(lower)] == ["p1-s2"]
    assert CropExporter().export(ImageLayer(np.zeros((9, 9, 4), np.uint8), 300)) == []


def test_crops_are_written_by_their_ids(image: ImageLayer, tmp_path: Path) -> None:
    files = bare("measures").write(image, tmp_path / "crops" / "measures")
    assert [file.name for file in files] == ["p1-s1-m1.png", "p1-s1-m2.png", "p1-s2-m3.png", "p1-s2-m4.png"]
    assert cv2.imread(str(files[0])).shape == (150, 150, 3)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"level": "bars"}, "no level 'bars'; available: " + ", ".join(LEVELS)),
        ({"dpi": 100, "height": 50}, "not both"),
        ({"dpi": 0}, "between 1 and 10000"),
        ({"height": 0}, "at least 1 px"),
        ({"margin_ss": -1.0}, "at least 0"),
        ({"margin_mm": (1.0, float("nan"))}, "at least 0"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        CropExporter(**options)  # type: ignore[arg-type]


def test_a_crop_names_and_shows_itself(image: ImageLayer) -> None:
    crop = bare("systems").export(image)[0]
    assert isinstance(crop, Crop)
    assert repr(crop) == "Crop('p1-s1', 300 x 150 px)"
    shown = cv2.imdecode(np.frombuffer(crop._repr_png_(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(shown, crop.image.bitmap)
