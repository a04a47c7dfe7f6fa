"""What cameras and scanners make of tones, edges and even areas."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.imaging import ImageLayer
from smashcima.imaging.filters import Binarize, CameraFocus, Dust, RoughEdges, SensorNoise, ToneCurve
from smashcima.randomness import stream


def even(level: int, shape: tuple[int, int] = (300, 300)) -> ImageLayer:
    bitmap = np.full((*shape, 4), level, np.uint8)
    bitmap[:, :, 3] = 255
    return ImageLayer(bitmap, 300.0)


def edge() -> ImageLayer:
    """Black on the left, light gray on the right."""
    image = even(200)
    image.bitmap[:, :150, :3] = 0
    return image


def test_a_veil_lifts_ink_and_leaves_paper():
    image = ToneCurve(veil=0.2).process_image(edge(), stream(1, 0, "test"))
    # 0.2 of the stray light, which is 0.75 of white.
    assert image.bitmap[10, 10, :3].tolist() == [38, 38, 38]
    assert image.bitmap[10, 290, 0] == pytest.approx(200 + 0.2 * (191 - 200), abs=1)
    assert image.bitmap[:, :, 3].min() == 255


def test_tones_above_the_white_point_are_clipped():
    curve = ToneCurve(white=0.75, black=0.1)
    assert curve.process_image(even(200), stream(1, 0, "test")).bitmap[0, 0, 0] == 255
    assert curve.process_image(even(20), stream(1, 0, "test")).bitmap[0, 0, 0] == 0


def test_contrast_keeps_the_middle_and_moves_the_rest_apart():
    levels = [
        ToneCurve(contrast=2.0).process_image(even(level), stream(1, 0, "test")).bitmap[0, 0, 0]
        for level in (64, 128, 192)
    ]
    assert levels[0] < 45
    assert levels[1] == pytest.approx(128, abs=2)
    assert levels[2] > 210


def test_a_sharpened_edge_has_a_bright_seam_and_a_blurred_one_has_none():
    rows = {}
    for amount in (0.0, 1.0):
        focus = CameraFocus(sigma_mm=0.05, sharpening=amount)
        rows[amount] = focus.process_image(edge(), stream(1, 0, "test")).bitmap[150, :, 0].astype(int)
    assert rows[0.0].max() == 200
    assert 215 <= rows[1.0].max() <= 245
    assert rows[1.0][200] == 200


def test_grain_of_a_large_page_does_not_repeat():
    """Copies of a tile would show as a peak of the correlation far from its middle."""
    noise = SensorNoise(shot=0.03, read=0.0).process_image(even(128, (2048, 2048)), stream(3, 0, "test"))
    field = noise.bitmap[:, :, 1].astype(np.float64) - 128
    power = np.fft.irfft2(np.abs(np.fft.rfft2(field, (4096, 4096))) ** 2)
    power[:40, :40] = power[-40:, :40] = power[:40, -40:] = power[-40:, -40:] = 0
    middle = float((field**2).sum())
    # Two of the sixteen blocks may show a part of the same noise; that is below a fifth of the whole.
    assert power.max() / middle < 0.2


def test_rough_edges_move_an_edge_by_different_amounts():
    soft = CameraFocus(sigma_mm=0.15, sharpening=0.0).process_image(edge(), stream(1, 0, "test"))
    copied = ImageLayer(soft.bitmap.copy(), 300.0)
    rough = RoughEdges(amount=0.15).process_image(copied, stream(1, 0, "test"))
    places = (rough.bitmap[:, :, 0] < 100).sum(axis=1)
    assert 0.2 < places.std() < 3
    assert abs(float(places.mean()) - 150) < 1
    # Ink and paper stay even.
    assert np.array_equal(rough.bitmap[:, :140], soft.bitmap[:, :140])
    assert np.array_equal(rough.bitmap[:, 160:], soft.bitmap[:, 160:])


def test_the_noise_of_even_paper_does_not_become_black():
    """Whatever raises the threshold: a scan in black and white is not covered by dirt."""
    noisy = SensorNoise(shot=0.03, read=0.0).process_image(even(235), stream(1, 0, "test"))
    for bias in (0.0, 0.15, 0.3):
        image = ImageLayer(noisy.bitmap.copy(), 300.0)
        binary = Binarize(method=("sauvola",), bias=bias).process_image(image, stream(1, 0, "test"))
        assert (binary.bitmap[:, :, 0] == 0).mean() < 0.001


def test_dust_covers_the_share_asked_for():
    image = Dust(share=0.01, depth=0.5).process_image(even(240, (1000, 1000)), stream(1, 0, "test"))
    assert (image.bitmap[:, :, 0] < 235).mean() == pytest.approx(0.01, rel=0.5)


def test_a_high_threshold_leaves_the_paper_white():
    page = even(200)
    page.bitmap[40:44, 20:-20, :3] = 150
    shown = Binarize(method=("otsu",), bias=0.3).process_image(page, stream(1, 0, "test")).bitmap[:, :, 0]
    assert (shown[60:] == 255).all()
    assert (shown[41:43, 30:-30] == 0).all()
