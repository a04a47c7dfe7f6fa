"""What is measured on pictures whose properties are known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from smashcima.datasets.curation.picture_measures import measure_picture


def page(space_px: float = 16.0, thickness_px: int = 3, paper: int = 220, ink: int = 20) -> np.ndarray:
    """Six staves with some heads and stems, in BGR."""
    height, width = round(90 * space_px), round(70 * space_px)
    picture = np.full((height, width, 3), paper, np.uint8)
    rng = np.random.default_rng(1)
    for staff in range(6):
        top = (6 + 14 * staff) * space_px
        for line in range(5):
            y = round(top + line * space_px)
            picture[y : y + thickness_px, round(4 * space_px) : round(66 * space_px)] = ink
        for note in range(12):
            x = round((7 + 4.8 * note) * space_px)
            y = round(top + rng.integers(0, 8) * space_px / 2)
            cv2.ellipse(
                picture, (x, y), (round(0.6 * space_px), round(0.45 * space_px)), 0, 0, 360, (ink,) * 3, -1
            )
            cv2.line(picture, (x, y), (x, y - round(3 * space_px)), (ink,) * 3, max(1, thickness_px))
    return picture


def test_scale_lines_and_tones():
    found = measure_picture(page())
    assert found is not None
    assert found.staff_space_px == pytest.approx(16, rel=0.02)
    assert found.line_thickness_ss == pytest.approx(3 / 16, abs=0.02)
    assert found.line_depth == pytest.approx(1 - 20 / 220, abs=0.02)
    assert found.paper == pytest.approx(220 / 255, abs=0.005)
    assert found.ink == pytest.approx(20 / 255, abs=0.01)
    assert found.noise < 0.001
    assert found.overshoot == 0
    assert found.turned == 0


def test_a_picture_on_its_side_is_turned():
    found = measure_picture(np.ascontiguousarray(np.rot90(page())))
    assert found is not None
    assert found.turned == 1
    assert found.staff_space_px == pytest.approx(16, rel=0.02)


def test_noise_and_its_correlation():
    noise = np.random.default_rng(2).normal(0, 1, (1440, 1120))
    for sigma, correlation in ((0.0, 0.0), (1.0, 0.78)):
        field = cv2.GaussianBlur(noise, (0, 0), sigma) if sigma else noise
        field = 4 * field / field.std()
        noisy = np.clip(page() + field[:, :, None], 0, 255).astype(np.uint8)
        found = measure_picture(noisy)
        assert found is not None
        assert found.noise == pytest.approx(4 / 255, rel=0.15)
        assert found.noise_correlation == pytest.approx(correlation, abs=0.1)


def test_blur_sharpening_and_tint():
    blurred = cv2.GaussianBlur(page(), (0, 0), 1.5)
    sharpened = np.clip(
        2 * page().astype(float) - cv2.GaussianBlur(page().astype(float), (0, 0), 1.5), 0, 255
    )
    plain, soft, sharp = (measure_picture(each.astype(np.uint8)) for each in (page(), blurred, sharpened))
    assert plain is not None
    assert soft is not None
    assert sharp is not None
    assert soft.edge_px > 1.4 * plain.edge_px
    assert sharp.overshoot > 0.08
    yellow = page().astype(float)
    yellow[:, :, 0] *= 0.85
    found = measure_picture(yellow.astype(np.uint8))
    assert found is not None
    assert found.paper_b > 8
    assert abs(plain.paper_b) < 0.5


def test_bent_lines():
    straight = page()
    x, y = np.meshgrid(np.arange(1120, dtype=np.float32), np.arange(1440, dtype=np.float32))
    bent = cv2.remap(straight, x, y + 4 * np.sin(x / 300), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    found, before = measure_picture(bent.astype(np.uint8)), measure_picture(straight)
    assert found is not None
    assert before is not None
    course = 4 * np.sin(np.arange(64, 1056) / 300)
    expected = (
        course - np.polyval(np.polyfit(np.arange(len(course)), course, 1), np.arange(len(course)))
    ).std()
    assert found.bend_ss == pytest.approx(expected / 16, rel=0.15)
    assert before.bend_ss < 0.02


def test_a_picture_without_staves_has_no_measures():
    assert measure_picture(np.full((400, 300, 3), 230, np.uint8)) is None
