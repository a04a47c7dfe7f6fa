"""The benchmark of generated pages: its distances by hand, its finder on drawn lines, and texts that scores follow."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

import smashcima as sc

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "generation"
MODULES = (
    "ink",
    "staff_finder",
    "barline_finder",
    "readability",
    "distances",
    "diversity",
    "histograms",
    "texts",
    "adherence",
    "truth",
    "feature_network",
)


@pytest.fixture(scope="module")
def bench() -> Iterator[SimpleNamespace]:
    """The modules of the benchmark, which is run as a script."""
    # Other benchmarks have modules of the same names.
    others = {name: sys.modules.pop(name) for name in MODULES if name in sys.modules}
    sys.path.insert(0, str(FOLDER))
    try:
        yield SimpleNamespace(**{name: importlib.import_module(name) for name in MODULES})
    finally:
        sys.path.remove(str(FOLDER))
        for name in MODULES:
            sys.modules.pop(name, None)
        sys.modules.update(others)


# -- distances ---------------------------------------------------------------------------------------------


def column(*values: float) -> np.ndarray:
    return np.array(values, np.float64)[:, np.newaxis]


def test_kid_is_that_of_a_calculation_by_hand(bench):
    first, second = [column(1), column(2)], [column(0), column(1)]
    kernel = bench.distances.kernel
    # (xy + 1)³: 27 within the first set, 1 within the second; across 1, 8, 1 and 27, on average 9.25.
    assert kernel(first, second).tolist() == [[1, 8], [1, 27]]
    found = bench.distances.discrepancy(kernel(first, first), kernel(second, second), kernel(first, second))
    assert found == 27 + 1 - 2 * 9.25


def test_the_kernel_of_images_is_the_mean_over_their_patches(bench):
    assert bench.distances.kernel([column(1, 3)], [column(0, 1)]).tolist() == [[(1 + 8 + 1 + 64) / 4]]


def test_kid_of_sets_of_one_kind_is_around_zero(bench):
    rng = np.random.default_rng(1)
    images = [rng.normal(size=(4, 8)) for _ in range(24)]
    splits = bench.distances.split_distances(images, 200, rng)
    low, high = np.percentile(splits, [2.5, 97.5])
    assert low < 0 < high
    moved = [image + 1.5 for image in images[:12]]
    found = bench.distances.kernel_distance(moved, images[12:])
    assert found.low > high
    assert found.low < found.value < found.high
    assert found.images == (12, 12)


def test_an_interval_needs_three_images(bench):
    with pytest.raises(ValueError, match="three images or more"):
        bench.distances.kernel_distance([column(1)] * 2, [column(1)] * 5)


def test_fid_of_two_normal_distributions(bench):
    # Means 1 and 5, variances 2 and 8: 4² + 2 + 8 − 2 √16.
    found = bench.distances.frechet_distance([column(0), column(2)], [column(3), column(7)])
    assert found == pytest.approx(18)


def test_features_are_relative_to_the_reference(bench):
    standard = bench.distances.Standard.of([np.array([[1.0, 5.0]]), np.array([[3.0, 5.0]])])
    # The first feature has mean 2 and deviation 1; the second never varies, and counts as if it had a tenth of that.
    assert standard.applied([np.array([[4.0, 6.0]])])[0].tolist() == [[2.0, 10.0]]


def test_nearest_neighbours(bench):
    points = np.array([[0.0, 0.0], [0.0, 2.0], [10.0, 0.0]])
    nearest = bench.diversity.nearest
    assert nearest(points, points, same=True).tolist() == pytest.approx([2**0.5, 2**0.5, 50**0.5])
    assert nearest(points[:1], points).tolist() == [0]


def test_copies_of_training_images_are_noticed(bench):
    rng = np.random.default_rng(1)
    training = [rng.normal(size=(1, 8)) for _ in range(30)]
    copies = bench.diversity.diversity(training[:10], training)
    assert copies.near_copies == 1
    others = bench.diversity.diversity([rng.normal(size=(1, 8)) for _ in range(10)], training)
    assert others.near_copies < 0.3


def test_divergence_of_symbols(bench):
    divergence = bench.histograms.divergence
    assert divergence({"gClef": 1, "beam": 3}, {"gClef": 2, "beam": 6}) == pytest.approx(0)
    assert divergence({"gClef": 4}, {"beam": 2}) == pytest.approx(1)
    assert divergence({"gClef": 4, "staffLine": 90}, {"gClef": 2}) == pytest.approx(0)
    # (½ log₂(½ / ¾) + ½ log₂(½ / ¼) + log₂(1 / ¾)) / 2
    assert divergence({"gClef": 1, "beam": 1}, {"gClef": 5}) == pytest.approx(0.3113, abs=1e-4)


def test_ratios_to_the_target(bench):
    found = bench.histograms.ratios(
        {"gClef": 1, "beam": 3}, {"gClef": 50, "beam": 49, "fClef": 1, "characterSmallF": 500}, least=0.02
    )
    assert found == pytest.approx({"gClef": 0.5, "beam": 0.75 / 0.49})


# -- the finder --------------------------------------------------------------------------------------------


def page(height: int = 600, width: int = 900) -> np.ndarray:
    return np.full((height, width), 255, np.uint8)


def draw_staff(image: np.ndarray, top: int, *, space: int = 16, lines: int = 5, slope: float = 0.0) -> None:
    for line in range(lines):
        y = top + line * space
        cv2.line(image, (50, y), (850, round(y + 800 * slope)), 0, 2)


def draw_barline(image: np.ndarray, x: int, top: int, bottom: int) -> None:
    cv2.line(image, (x, top), (x, bottom), 0, 3)


def test_a_staff_is_found_where_it_is(bench):
    image = page()
    draw_staff(image, 200)
    (system,) = bench.readability.read_image(image).systems
    (staff,) = system.staves
    scale = bench.readability.read_image(image).scale
    assert staff.tops.mean() / scale == pytest.approx(200.5, abs=2)
    assert (staff.tops + staff.heights).mean() / scale == pytest.approx(264.5, abs=2)
    assert staff.left / scale == pytest.approx(50, abs=24)
    assert staff.right / scale == pytest.approx(850, abs=24)
    assert staff.has_five_lines


@pytest.mark.parametrize("slope", [-0.02, 0.015])
def test_a_staff_may_slope(bench, slope):
    image = page()
    draw_staff(image, 250, slope=slope)
    (staff,) = bench.readability.read_image(image).staves
    assert staff.has_five_lines


@pytest.mark.parametrize("lines", [3, 4, 6, 7])
def test_other_numbers_of_lines_are_no_staff(bench, lines):
    image = page()
    draw_staff(image, 200, lines=lines)
    reading = bench.readability.read_image(image)
    assert not reading.staves
    assert reading.broken == 1
    assert reading.sound_share == 0
    assert not reading.is_readable


def test_lines_that_end_early_are_not_sound(bench):
    image = page()
    draw_staff(image, 200)
    image[225:240, 300:] = 255  # the second line ends
    assert bench.readability.read_image(image).sound_share == 0


def test_an_empty_page_is_not_readable(bench):
    reading = bench.readability.read_image(page())
    assert (reading.staves, reading.sound_share, reading.is_readable) == ([], 0, False)


def test_barlines_join_staves_to_systems(bench):
    image = page()
    for top in (60, 180, 340, 460):
        draw_staff(image, top)
    for begin, end in ((60, 244), (340, 524)):
        for x in (51, 300, 560, 849):
            draw_barline(image, x, begin, end)
    reading = bench.readability.read_image(image)
    assert [len(system.staves) for system in reading.systems] == [2, 2]
    for system in reading.systems:
        for places in system.barlines:
            assert np.array(places) / reading.scale == pytest.approx([300, 560, 849], abs=4)
    assert reading.barlines == 6
    assert reading.is_readable


def test_stems_are_no_barlines(bench):
    image = page()
    draw_staff(image, 200)
    draw_barline(image, 500, 200, 264)
    for x in (200, 350, 650):
        cv2.ellipse(image, (x - 9, 256), (10, 7), -20, 0, 360, 0, -1)
        draw_barline(image, x, 200, 256)
    reading = bench.readability.read_image(image)
    ((places,),) = [system.barlines for system in reading.systems]
    assert np.array(places) / reading.scale == pytest.approx([500], abs=4)


def test_the_summary_of_readings(bench):
    good, bad = page(), page()
    draw_staff(good, 200)
    draw_barline(good, 450, 200, 264)
    draw_staff(bad, 200, lines=4)
    found = bench.readability.summary(bench.readability.read_image(image) for image in (good, bad))
    assert (found.images, found.with_staves, found.sound, found.readable) == (2, 0.5, 0.5, 0.5)
    assert (found.staves, found.systems, found.barlines) == (0.5, 0.5, 0.5)


def test_the_finder_agrees_with_the_truth_of_a_page(bench):
    model = sc.TextToScoreModel(seed=3, dpi=120)
    scene = model("piano in G major, 4/4, 24 bars, printed, scanned", index=0, pages=[0])
    image = scene.compose_page(scene.pages[0])
    truth = bench.truth.staves_of(image)
    assert len(truth) > 3
    found = bench.truth.compare(bench.readability.read_image(image.as_gray()), truth)
    assert found.staves == (len(truth), len(truth), len(truth))
    assert found.systems.precision == found.systems.recall == 1
    assert found.barlines.precision > 0.8
    assert found.barlines.recall > 0.6


def test_a_staff_elsewhere_is_not_right(bench):
    image = page()
    draw_staff(image, 200)
    draw_barline(image, 450, 200, 264)
    reading = bench.readability.read_image(image)
    there = bench.truth.TrueStaff(0, [100, 400, 800], [200, 200, 200], [264, 264, 264], [450, 849])
    found = bench.truth.compare(reading, [there])
    assert (found.staves, found.systems, found.barlines) == ((1, 1, 1), (1, 1, 1), (1, 1, 2))
    elsewhere = there._replace(tops=[216] * 3, bottoms=[280] * 3)
    found = bench.truth.compare(reading, [elsewhere])
    assert (found.staves, found.systems, found.barlines) == ((0, 1, 1), (0, 1, 1), (0, 1, 2))


# -- texts -------------------------------------------------------------------------------------------------


def musicxml(text: str, index: int) -> str:
    score = sc.TextToScoreModel(seed=1).model_for(text).compose(None, index).score
    return sc.MusicXmlExporter().export_string(score)


def test_scores_follow_their_texts(bench):
    rng = np.random.default_rng(5)
    for index in range(8):
        wanted = bench.texts.random_description(rng)
        read = bench.adherence.read_score(musicxml(wanted.text, index))
        assert bench.adherence.faults(wanted, read) == {}, wanted.text


def test_a_score_that_does_not_follow_its_text_is_noticed(bench):
    Description = bench.texts.Description
    wanted = Description("", "G", "minor", "3/4", 2, ("Piano",))
    read = bench.adherence.read_score(musicxml("piano in G minor, 3/4, 8 bars", 0))
    assert bench.adherence.faults(wanted, read) == {}
    other = replace(wanted, tonic="B-", mode="major", metre="4/4", staves=1, instruments=("Violin",))
    found = bench.adherence.faults(other, read)
    assert found["key"] == "('B-', 'major') wanted, ('G', 'minor') read"
    assert set(found) == set(bench.adherence.ASPECTS)
    shares = bench.adherence.adherence([{}, {"key": ""}, {}, {"key": "", "metre": ""}])
    assert shares == {"key": 0.5, "metre": 0.75, "staves": 1, "instruments": 1}


# -- features ----------------------------------------------------------------------------------------------


def test_images_are_cut_into_patches(bench):
    found = bench.feature_network.patches_of(page(600, 900), 256)
    assert (
        len(found) == 2 * 4
    )  # rows of 256, 256 and 88 px: the last one is left out; columns of 256, 256, 256 and 132 px
    assert {patch.shape for patch in found} == {(256, 256)}
    (system,) = bench.feature_network.patches_of(page(128, 512), 512)
    assert system.shape == (128, 512)


def test_features_by_the_packaged_network(bench):
    for name in ("rapidocr", "onnxruntime", "onnx"):
        pytest.importorskip(name, reason=f"features need {name}: pip install rapidocr onnxruntime onnx")
    network = bench.feature_network.FeatureNetwork()
    image = page(512, 384)
    draw = network.features(image, 512, 256)
    assert draw.shape == (2 * 2, bench.feature_network.DIMENSIONS)
    assert np.isfinite(draw).all()


# -- files -------------------------------------------------------------------------------------------------


def test_images_are_chosen_by_a_pattern(bench, tmp_path):
    for name in ("scan_1.png", "photo_1.png", "photo_2.JPG", "photo_3.txt"):
        (tmp_path / name).write_bytes(cv2.imencode(".png", page(8, 8))[1].tobytes())
    found = [path.name for path in bench.ink.image_paths(tmp_path, "photo*")]
    assert found == ["photo_1.png", "photo_2.JPG"]
    with pytest.raises(ValueError, match="there is no image 'manuscript"):
        bench.ink.image_paths(tmp_path, "manuscript*")


def test_transparent_paper_is_white(bench, tmp_path):
    image = np.zeros((4, 4, 4), np.uint8)
    image[0, :, 3] = 255
    cv2.imwrite(str(tmp_path / "page.png"), image)
    gray = bench.ink.read_gray(tmp_path / "page.png")
    assert gray.tolist() == [[0] * 4, *[[255] * 4] * 3]


def test_a_file_that_is_no_image_is_named(bench, tmp_path):
    (tmp_path / "page.png").write_bytes(b"no image")
    with pytest.raises(ValueError, match=r"page\.png is no image"):
        bench.ink.read_gray(tmp_path / "page.png")
