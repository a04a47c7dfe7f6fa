"""What is measured on pages."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from smashcima.datasets.curation import PageClassifier, measure
from smashcima.datasets.curation.classifier import NAMES
from smashcima.datasets.curation.colour_depth import colour_depth
from smashcima.datasets.curation.duplicates import KnownPages, perceptual_hash
from smashcima.datasets.curation.page_pixels import PagePixels
from smashcima.datasets.curation.staves import find_staves
from smashcima.errors import SmashcimaError


def bgr(page: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)


def turned(page: np.ndarray, clockwise: float) -> np.ndarray:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -clockwise, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)


def test_staves_are_counted_and_their_space_is_measured(music):
    page = PagePixels.of(music(staves=4))
    staves = find_staves(page.ink)
    scale = page.ink.shape[0] / 1100
    assert staves.space_px == pytest.approx(8 * scale, rel=0.03)
    assert np.median(staves.staves) == 4
    assert staves.staff_share == pytest.approx(4 * 34 / 1100 * 730 / 850, rel=0.25)


def test_text_has_hardly_any_staves(text_page):
    assert find_staves(PagePixels.of(text_page).ink).staff_share < 0.1


@pytest.mark.parametrize("angle", [-5.0, 0.0, 1.5])
def test_the_skew_is_measured(music, angle: float):
    assert measure(bgr(turned(music(), angle))).skew_deg == pytest.approx(angle, abs=0.15)


def test_blank_pages_are_not_skewed():
    quality = measure(np.full((300, 200, 3), 255, np.uint8))
    assert (quality.skew_deg, quality.music_share, quality.specks) == (0, 0, 0)
    assert quality.score_probability < 0.5


def test_pages_of_music_are_told_from_others(music, text_page, ruled):
    assert measure(bgr(music())).score_probability > 0.5
    assert measure(bgr(text_page)).score_probability < 0.5
    assert measure(bgr(ruled)).score_probability < 0.5


def test_a_negative_is_read_like_the_page(music):
    assert measure(bgr(255 - music())).score_probability > 0.5


def test_the_share_of_music_follows_the_number_of_staves(music):
    full, half = (measure(bgr(music(staves=number))).music_share for number in (9, 4))
    assert full > 0.7
    assert 0.3 < half < 0.5


def test_specks_are_counted_by_megapixel(music):
    page = music()
    rng = np.random.default_rng(1)
    rows, columns = rng.integers(0, 60, 200), rng.integers(0, 850, 200)
    dirty = page.copy()
    dirty[rows, columns] = 0
    assert measure(bgr(dirty)).specks > measure(bgr(page)).specks + 50


def test_colour_depth_is_seen_in_the_pixels(music):
    page = music()
    smooth = cv2.GaussianBlur(page, (3, 3), 0)
    toned = np.full_like(page, 200)
    toned[page == 0] = 90
    yellow = bgr(page)
    yellow[page == 255] = (180, 230, 250)
    assert [colour_depth(each) for each in (page, bgr(smooth), toned, yellow)] == [1, 1, 8, 24]


def test_versions_of_a_page_have_similar_hashes_and_other_pages_do_not(music):
    page = music(seed=1)
    known = KnownPages()
    assert known.find(perceptual_hash(page)) is None
    known.add("first", perceptual_hash(page))
    smaller = cv2.resize(page, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 40])
    for version in (smaller, cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), page // 2 + 100):
        assert known.find(perceptual_hash(version)) == "first"
    assert known.find(perceptual_hash(music(seed=2))) is None


def test_many_pages_are_remembered():
    rng = np.random.default_rng(0)
    known, hashes = KnownPages(), rng.integers(0, 256, (200, 128), dtype=np.uint8)
    for number, each in enumerate(hashes):
        known.add(str(number), each)
    assert [known.find(each) for each in hashes[[0, 63, 64, 199]]] == ["0", "63", "64", "199"]


def test_the_shipped_numbers_are_small_and_survive_writing():
    classifier = PageClassifier.default()
    assert sum(weights.size for weights, _ in classifier.layers) < 50_000
    again = PageClassifier.from_data(classifier.to_data())
    features = classifier.mean + classifier.deviation
    assert again.probability(features) == pytest.approx(classifier.probability(features), abs=1e-6)


def test_numbers_of_other_features_are_refused():
    data = PageClassifier.default().to_data()
    with pytest.raises(SmashcimaError, match="another version"):
        PageClassifier.from_data({**data, "features": list(NAMES[1:])})
