"""Stacks: order, streams, choices, records."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.errors import SettingsError
from smashcima.imaging import DefaultCompositor, ImageLayer, ProjectiveMap, merge_layers
from smashcima.imaging.filters import (
    PRESETS,
    BaseHandwrittenPostprocessor,
    Defocus,
    Draws,
    Filter,
    FilterStack,
    GeometricFilter,
    ImageFilter,
    InkFade,
    LogNormal,
    PictureSize,
    SensorNoise,
    Skew,
    StaffLineFade,
    Stains,
    UnevenLight,
    Uniform,
    Warp,
    preset,
)
from smashcima.randomness import stream


@dataclass(kw_only=True, eq=False)
class Mark(ImageFilter):
    """Writes a random number into one pixel."""

    column: int = 0

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        image.bitmap[0, self.column, 0] = int(draws.value("level", Uniform(0, 200)))
        return image


@dataclass(kw_only=True, eq=False)
class Shift(GeometricFilter):
    """Moves by whole pixels."""

    right: int = 0

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        return Warp(ProjectiveMap.translation(self.right, 0), size.width, size.height)


def blank(width: int = 20, height: int = 10) -> ImageLayer:
    return ImageLayer(np.full((height, width, 4), 255, np.uint8), 300.0)


def run(item: Filter, seed: int = 1) -> ImageLayer:
    return item.process_image(blank(), stream(seed, 0, "test"))


def marked_columns(item: Filter, seed: int = 1) -> list[int]:
    return np.flatnonzero(run(item, seed).bitmap[0, :, 0] < 255).tolist()


def test_other_filters_being_on_or_off_changes_nothing():
    both = run(FilterStack([Mark(name="a"), Mark(name="b", column=1)])).bitmap[0, :2, 0].tolist()
    off = (
        run(FilterStack([Mark(name="a", force_dont=True), Mark(name="b", column=1)]))
        .bitmap[0, :2, 0]
        .tolist()
    )
    alone = run(FilterStack([Mark(name="b", column=1)])).bitmap[0, :2, 0].tolist()
    assert off == [255, both[1]]
    assert alone == [255, both[1]]
    assert both[0] != both[1]


def test_filters_of_different_names_draw_different_numbers():
    levels = {int(run(FilterStack([Mark(name=name)])).bitmap[0, 0, 0]) for name in "abcdefgh"}
    assert len(levels) >= 6


def test_the_contribution_of_a_real_filter_stays(build: SimpleNamespace):
    page = build.marked_page()
    with_other = build.processed(FilterStack([StaffLineFade(), Stains(force_dont=True)]), page)
    without = build.processed(FilterStack([StaffLineFade()]), page)
    assert np.array_equal(with_other.bitmap, without.bitmap)


def test_probability():
    stack = FilterStack([Mark(p=0.3)])
    done = sum(len(marked_columns(stack, seed)) for seed in range(300))
    assert 60 <= done <= 120  # 90 expected, 8 is a standard deviation


def test_force_do_and_force_dont():
    assert marked_columns(FilterStack([Mark(p=0, force_do=True)])) == [0]
    assert marked_columns(FilterStack([Mark(p=1, force_dont=True)])) == []
    assert marked_columns(FilterStack([Mark()], force_dont=True)) == []
    assert marked_columns(FilterStack([Mark()], p=0, force_do=True)) == [0]
    assert marked_columns(FilterStack([Mark()], p=0)) == []


def test_both_forces_are_an_error_when_they_are_set():
    item = Mark(force_do=True)
    with pytest.raises(SettingsError, match="force_do"):
        item.force_dont = True
    item.force_do = False
    item.force_dont = True
    with pytest.raises(SettingsError, match="force_dont"):
        item.force_do = True
    with pytest.raises(SettingsError):
        FilterStack([], force_do=True, force_dont=True)


@pytest.mark.parametrize(
    "wrong",
    [{"p": 1.5}, {"p": -0.1}, {"strength": 4}, {"strength": -1}, {"strength": "strong"}, {"p": float("nan")}],
)
def test_numbers_that_make_no_sense(wrong: dict[str, object]):
    with pytest.raises(SettingsError):
        Mark(**wrong)  # type: ignore[arg-type]


def test_distributions_that_make_no_sense():
    for make in (lambda: Uniform(2, 1), lambda: LogNormal(-1, 0.1), lambda: Uniform(0, float("inf"))):
        with pytest.raises(SettingsError):
            make()
    with pytest.raises(SettingsError):
        Defocus(sigma_mm="wide")  # type: ignore[arg-type]


def test_share_untouched_leaves_that_share_alone():
    stack = FilterStack([Mark(name="a"), Mark(name="b", column=1)], share_untouched=0.4)
    marked = [marked_columns(stack, seed) for seed in range(200)]
    assert {tuple(columns) for columns in marked} == {(), (0, 1)}  # all or nothing
    assert 60 <= sum(not columns for columns in marked) <= 100


def test_forced_filters_are_applied_to_untouched_pages():
    stack = FilterStack([Mark(name="a"), Mark(name="b", column=1, force_do=True)], share_untouched=1.0)
    assert marked_columns(stack) == [1]


def test_untouched_pages_are_untouched_in_layers_and_image(build: SimpleNamespace):
    page = build.marked_page()
    plain = build.processed(FilterStack([]), page).bitmap
    stack = FilterStack([InkFade(amount=0.6), SensorNoise()], share_untouched=0.5)
    same = 0
    for seed in range(16):
        image = build.processed(stack, page, seed)
        names = [record.name for record in stack.last_applied]
        assert names in ([], ["ink_fade", "sensor_noise"])
        assert np.array_equal(image.bitmap, plain) == (names == [])
        same += names == []
    assert 2 <= same <= 14


def test_the_record_says_what_was_done():
    inner = FilterStack([Mark(name="mark", strength=0.5)], strength=2, name="inner")
    stack = FilterStack([inner, Mark(name="never", p=0)], strength=1.5)
    level = int(run(stack).bitmap[0, 0, 0])
    (record,) = stack.last_applied
    assert record.name == "inner/mark"
    assert record.strength == 1.5  # 0.5 x 2 x 1.5
    assert int(record.parameters["level"]) == level


def test_filters_are_found_by_name():
    stack = FilterStack([FilterStack([Mark(name="mark")], name="inner"), Skew()])
    assert stack["inner/mark"].name == "mark"
    assert isinstance(stack["skew"], Skew)
    with pytest.raises(SettingsError, match="inner, skew"):
        stack["blur"]
    with pytest.raises(SettingsError, match="'skew'"):
        FilterStack([Skew(), Skew()])


def test_geometric_filters_in_a_row_resample_once(monkeypatch: pytest.MonkeyPatch):
    calls = []
    original = ImageLayer.warped

    def counted(self: ImageLayer, *arguments: object, **options: object) -> ImageLayer:
        calls.append(1)
        return original(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ImageLayer, "warped", counted)
    image = blank()
    image.bitmap[:, 3, :3] = 0
    stack = FilterStack([Shift(name="a", right=2), UnevenLight(strength=0.01), Shift(name="b", right=3)])
    result = stack.process_image(image, stream(1, 0, "test"))
    assert len(calls) == 1
    assert np.flatnonzero(result.bitmap[5, 6:, 1] < 128).tolist() == [2]  # from column 3 to 8


def test_light_on_paper_moves_with_the_paper():
    from smashcima.imaging.filters import Light

    @dataclass(kw_only=True, eq=False)
    class HalfDark(GeometricFilter):
        def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
            left = Light(np.array([[0.5] * 10 + [1.0] * 10] * 2, np.float32))
            return Warp(ProjectiveMap.translation(60, 0), size.width, size.height, left)

    image = ImageLayer(np.full((100, 200, 4), 255, np.uint8), 300.0)
    bitmap = FilterStack([HalfDark()]).process_image(image, stream(1, 0, "x")).bitmap
    assert bitmap[50, 120, 1] == pytest.approx(128, abs=3)  # x 60 before
    assert bitmap[50, 190, 1] == pytest.approx(255, abs=3)  # x 130 before


def test_an_image_that_is_not_of_the_layers_starts_anew(build: SimpleNamespace):
    stack = preset("scan")
    rng = stream(1, 0, "test")
    stack.process_layers(build.layers_of(build.marked_page()), rng)
    first = stack.process_image(blank(), stream(2, 0, "test")).bitmap
    assert np.array_equal(first, preset("scan").process_image(blank(), stream(2, 0, "test")).bitmap)


def test_presets_have_names_and_a_dial():
    assert PRESETS[:6] == ("clean", "scan", "old-manuscript", "photo", "photocopy", "bitonal")
    assert set(PRESETS[6:]) == {
        *("photo-closeup", "photo-book", "screenshot"),
        *("scan-grey", "scan-bitonal-poor", "microfilm"),
    }
    assert preset("scan", 0.5).strength == 0.5
    assert len(preset("clean")) == 0
    with pytest.raises(SettingsError, match="'old-manuscript'"):
        preset("old")


def test_presets_are_separate_values():
    first = preset("photo")
    first["perspective"].force_dont = True
    assert not preset("photo")["perspective"].force_dont


def test_names_of_the_handwritten_postprocessor():
    postprocessor = BaseHandwrittenPostprocessor()
    names = [item.name for item in postprocessor]
    assert names == [
        "f_stafflines",
        "f_inkstyle",
        "f_bleed_through",
        "f_ink_color",
        "f_scribbles",
        "f_folding",
        "f_camera",
    ]
    for name in names:
        assert getattr(postprocessor, name).name == name


def test_parts_of_the_handwritten_postprocessor_can_be_switched_and_replaced(build: SimpleNamespace):
    page = build.marked_page()
    postprocessor = BaseHandwrittenPostprocessor(share_untouched=0)
    for item in postprocessor:
        item.force_dont = True
    plain = build.processed(FilterStack([]), page).bitmap
    assert np.array_equal(build.processed(postprocessor, page).bitmap, plain)
    postprocessor.f_camera.force_dont = False
    postprocessor.f_camera.force_do = True
    build.processed(postprocessor, page)
    assert {record.name.partition("/")[0] for record in postprocessor.last_applied} == {"f_camera"}
    postprocessor.f_scribbles = Mark()
    build.processed(postprocessor, page)
    assert next(record.name for record in postprocessor.last_applied) == "f_scribbles"


def test_handwritten_pages_on_paper_have_no_holes(build: SimpleNamespace):
    page = build.marked_page()
    postprocessor = BaseHandwrittenPostprocessor(share_untouched=0)
    postprocessor.f_folding.force_do = True
    for camera in (True, False):
        postprocessor.f_camera.force_do, postprocessor.f_camera.force_dont = camera, False
        if not camera:
            postprocessor.f_camera.force_dont = True
        for seed in range(4):
            assert build.processed(postprocessor, page, seed).bitmap[:, :, 3].min() == 255


def test_stacks_pickle_and_go_on_alike(build: SimpleNamespace):
    stack = preset("photo")
    stack["jpeg"].force_dont = True
    first = stack.process_image(blank(60, 80), stream(3, 0, "x")).bitmap
    copied = pickle.loads(pickle.dumps(stack))
    assert np.array_equal(copied.process_image(blank(60, 80), stream(3, 0, "x")).bitmap, first)
    assert copied["jpeg"].force_dont


def test_the_compositor_of_a_model_uses_it(build: SimpleNamespace):
    page = build.marked_page()
    stack = preset("scan")
    first = DefaultCompositor(stack).compose(page, build.DPI, stream(5, 0, "x")).bitmap
    again = DefaultCompositor(preset("scan")).compose(page, build.DPI, stream(5, 0, "x")).bitmap
    assert np.array_equal(first, again)
    assert "sensor_noise" in [record.name for record in stack.last_applied]
    assert not np.array_equal(first, merge_layers(build.layers_of(page)).bitmap)
