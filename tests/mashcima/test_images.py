"""The conventions of the images."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import smashcima.mashcima as mc
from smashcima.errors import EngravingError, SettingsError

pytestmark = pytest.mark.usefixtures("written")

ANNOTATION = "h-5 ( ) e=-5 =s=-4 #-3 =s-3 s=-2 =s=-1 N0 =s=0 #1 =s1 | h2 qr hr"


def plain(annotation: str = ANNOTATION, seed: int = 1, **options) -> np.ndarray:
    return mc.synthesize(annotation, transform_image=False, seed=seed, **options)


no_symbols = pytest.mark.filterwarnings("ignore:.*unknown symbol")
"""For staves with `?`, which have no ink but the staff lines."""


def rows_of_lines(image: np.ndarray) -> np.ndarray:
    """Centres of the five rows of pixels that are inked over the whole width."""
    rows = np.flatnonzero(image.mean(axis=1) > 0.9 * image.mean(axis=1).max())
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return np.array([group.mean() for group in groups])


@pytest.mark.parametrize("function", [mc.synthesize_for_beauty, plain])
def test_an_image_of_one_staff(function):
    image = function(ANNOTATION, seed=1)
    assert image.dtype == np.float32
    assert image.ndim == 2
    assert image.shape[0] == 354
    assert image.min() == 0
    assert image.max() == 1
    assert image.mean() < 0.2


@no_symbols
def test_the_middle_line_is_in_row_178():
    image = plain("?", min_width=600, seed=3)
    lines = rows_of_lines(image)
    assert len(lines) == 5
    assert lines[2] == pytest.approx(178, abs=0.6)
    assert np.diff(lines) == pytest.approx([29.5] * 4, abs=1.1)


@pytest.mark.parametrize("seed", range(3))
def test_notes_are_at_their_rows(seed: int):
    truth = mc.synthesize_with_truth("w-5 w-2 w0 w5", transform_image=False, seed=seed)
    assert np.array_equal(plain("w-5 w-2 w0 w5", seed=seed), truth.pixels)
    heads = [region for region in truth.image.regions if region.label == "smufl::noteheadWhole"]
    middles = [(region.bbox[1] + region.bbox[3]) / 2 for region in heads]
    assert middles == pytest.approx([178.5 - 14.75 * pitch for pitch in (-5, -2, 0, 5)], abs=7)


def test_a_short_staff_is_continued_to_the_minimum_width():
    assert plain("q0").shape[1] < 300
    image = plain("q0", min_width=700)
    assert image.shape == (354, 700)
    assert (image[:, -100:].max(axis=1) > 0.5).sum() >= 5  # staff lines
    long = plain()
    assert plain(min_width=400).shape == long.shape


def test_wide_symbols_at_the_ends_are_hardly_ever_cut():
    """Only chance may make a symbol much wider than its writer's usual one."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for seed in range(25):
            assert mc.synthesize_for_beauty("qr q0 br", seed=seed).shape[1] < 330
            assert plain("qr q0 br", seed=seed, min_width=500).shape[1] == 500
    assert len(told) < 3


def test_an_image_that_is_not_cropped_has_the_size_of_a_page():
    assert plain(crop_horizontally=False).shape == (354, 3129)
    assert plain(crop_horizontally=False, crop_vertically=False).shape == (1062, 3129)
    high = plain(crop_vertically=False)
    assert high.shape == (1062, plain().shape[1])
    assert rows_of_lines(high)[2] == pytest.approx(354 + 178, abs=0.6)


@no_symbols
def test_three_staves_are_two_staff_heights_apart():
    image = plain("?", above_annotation="?", below_annotation="?", crop_vertically=False, min_width=500)
    assert rows_of_lines(image)[2::5] == pytest.approx([296, 532, 768], abs=0.6)


def test_a_staff_that_is_longer_than_a_page_is_not_cut():
    long = "q0 " * 60
    assert plain(long).shape[1] > 3129
    with pytest.warns(mc.AnnotationWarning, match="need an image of .* px instead of 3129 px"):
        image = plain(long, crop_horizontally=False)
    assert image.shape[1] > 3129
    with pytest.warns(mc.AnnotationWarning, match="instead of 3129 px"):
        image = plain(below_annotation=long, crop_horizontally=False)
    assert image[:, 3129:].any()


@pytest.mark.parametrize("options", [{}, {"min_width": 30_000}, {"below_annotation": "q0 " * 1000}])
def test_a_staff_that_is_too_long_for_an_image_is_an_error(options: dict):
    with pytest.raises(EngravingError, match="px long; the limit is 27000 px"):
        plain("q0 " * (1 if options else 1000), **options)


def test_neighbours_reach_into_the_image():
    alone = plain("q0 q0 | q0", main_canvas_options=mc.CanvasOptions.get_tidy())
    between = plain(
        "q0 q0 | q0",
        above_annotation="q-9 q-9",
        below_annotation="q9",
        main_canvas_options=mc.CanvasOptions.get_tidy(),
    )
    assert not alone[:60].any()
    assert not alone[300:].any()
    assert between[:60].any()
    assert between[300:].any()


@no_symbols
@pytest.mark.parametrize("joined", [True, False])
def test_barlines_reach_to_the_neighbours(joined: bool):
    options = None if joined else mc.CanvasOptions(barlines_up=False, barlines_down=False)
    image = mc.synthesize_with_truth(
        "q0 | q0", "?", "?", main_canvas_options=options, transform_image=False, seed=2
    )
    (barline,) = (region for region in image.image.regions if region.label == "smufl::barlineSingle")
    _, top, _, bottom = barline.bbox
    assert (top < 30) == joined
    assert (bottom > 320) == joined


def test_options_that_are_none_have_their_defaults():
    empty = mc.CanvasOptions.get_empty()
    assert vars(empty) == dict.fromkeys(vars(empty))
    assert empty.filled() == mc.CanvasOptions()
    options = mc.CanvasOptions()
    options.override_values_from(mc.CanvasOptions(None, True, None, 0.5, None))
    assert options == mc.CanvasOptions([-2, -1, 0, 1, 2], True, False, 0.5, (50, 300))


def test_random_spaces_make_a_staff_longer():
    wide = mc.CanvasOptions.get_empty()
    wide.random_space_probability, wide.random_space_size = 1.0, (200, 200)
    narrow = plain("q0 q0 q0 q0", main_canvas_options=mc.CanvasOptions.get_tidy()).shape[1]
    assert plain("q0 q0 q0 q0", main_canvas_options=wide).shape[1] > narrow + 550


def stems_up(image: mc.StaffImage) -> list[bool]:
    regions = list(image.image.regions)
    heads = [r.bbox for r in regions if r.label == "smufl::noteheadBlack"]
    stems = [r.bbox for r in regions if r.label == "smufl::stem"]
    return [stem[1] < head[1] - 20 for head, stem in zip(heads, stems, strict=True)]


def test_stems_are_flipped_at_random_near_the_middle_line():
    notes = "q3 q-3 q2 q-2 q1 q-1 q0 " * 4
    tidy = mc.synthesize_with_truth(
        notes, main_canvas_options=mc.CanvasOptions.get_tidy(), transform_image=False, seed=1
    )
    expected = [False, True, False, True, False, True, True] * 4
    assert stems_up(tidy) == expected
    flipped = stems_up(mc.synthesize_with_truth(notes, transform_image=False, seed=1))
    wrong = [index % 7 for index, up in enumerate(flipped) if up != expected[index]]
    assert len(wrong) > 4
    assert not {0, 1} & set(wrong)


@pytest.mark.parametrize(
    "function", [mc.synthesize_for_training, mc.synthesize_for_beauty, mc.synthesize, plain]
)
def test_a_seed_determines_the_image(function):
    first, again, other = (function(ANNOTATION, seed=seed) for seed in (5, 5, 6))
    assert np.array_equal(first, again)
    assert first.shape != other.shape or not np.array_equal(first, other)


def test_images_without_a_seed_differ():
    first, second = (mc.synthesize_for_beauty("q0 q1") for _ in range(2))
    assert first.shape != second.shape or not np.array_equal(first, second)


def test_a_scene_repeats_its_image():
    image = mc.synthesize_with_truth(ANNOTATION)
    assert np.array_equal(mc.synthesize(ANNOTATION, seed=image.scene.seed), image.pixels)


@pytest.mark.parametrize("seed", range(4))
def test_training_images_are_distorted(seed: int):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mc.CutInkWarning)
        image = mc.synthesize_for_training("q0 q1 | q2 .", seed=seed)
    assert 354 - 24 <= image.shape[0] <= 354 + 24
    assert 1200 / 1.2 - 1 <= image.shape[1] <= 1200 * 1.2 + 118


def test_truth_follows_the_distortion():
    image = mc.synthesize_with_truth(ANNOTATION, "q-5 q-6", "q5", seed=8)
    assert np.array_equal(image.pixels, mc.synthesize(ANNOTATION, "q-5 q-6", "q5", seed=8))
    regions = image.image.regions
    ink = image.pixels > 0.5
    seen = np.zeros_like(ink)
    for index, mask in enumerate(image.image.masks().full_masks()):
        if regions.drawn[index] >= 0:
            seen |= mask.on(image.image.width, image.image.height)
    assert (ink & ~seen).sum() < 0.002 * ink.sum()
    assert (seen & ~ink).sum() < 0.002 * ink.sum()
    assert regions.labels.count("smufl::noteheadHalf") == 2
    assert "smashcima::distractorNeighbour" in regions.labels
    lines = image.image.locate(
        np.array(
            [
                (image.scene.staff.region.bbox_in(image.scene.page.space).left, y)
                for y in image.scene.staff.line_ys
            ]
        )
    )
    (first, *_) = (region for region in regions if region.label == "smashcima::staffLine")
    assert first.bbox[0] == pytest.approx(lines[0, 0], abs=6)


def test_ink_outside_of_the_image_is_reported():
    with pytest.warns(
        mc.CutInkWarning, match=r"1700 x 354 px, at least in part: .*articTenutoBelow"
    ) as caught:
        plain("q-12 _ q0", min_width=1700)
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plain("q-12 _ q0", crop_vertically=False)
        plain(above_annotation="q-12", below_annotation="q12")


def test_what_is_not_drawn_is_reported():
    with pytest.warns(mc.AnnotationWarning, match="an unknown symbol") as caught:
        plain("q0 ? q1")
    assert caught[0].filename == __file__


@no_symbols
def test_repairs_are_reported():
    with pytest.warns(mc.AnnotationWarning, match="Unknown token: 'nonsense'"):
        plain("q0 nonsense q1")
    with pytest.warns(mc.AnnotationWarning, match="it is empty"):
        assert plain("").shape[0] == 354


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_width": -1}, "min_width must be a width of zero or more pixels, not -1"),
        ({"min_width": float("nan")}, "min_width"),
        ({"seed": -1}, "The seed must be an integer"),
        ({"main_canvas_options": mc.CanvasOptions(random_space_probability=2)}, "between 0 and 1, not 2"),
        ({"main_canvas_options": mc.CanvasOptions(random_space_size=(9, 5))}, "random_space"),
    ],
)
def test_bad_options_are_refused(options: dict, message: str):
    with pytest.raises(SettingsError, match=message):
        plain("q0", **options)


def test_random_annotations_are_valid_and_have_a_seed():
    made = [mc.generate_random_annotation(seed) for seed in range(20)]
    assert len(set(made)) == 20
    assert mc.generate_random_annotation(3) == made[3]
    for annotation in made:
        mc.vocabulary.validate_annotation(annotation)
    assert mc.generate_random_annotation() != mc.generate_random_annotation()
