"""Ends of lines are found where a person would put them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.assets.glyphs.end_points import LINE_LABELS, ends_of

Mask = NDArray[np.uint8]


def drawn(width: int, height: int, points: list[tuple[float, float]], thickness: int = 4) -> Mask:
    import cv2

    mask = np.zeros((height, width), np.uint8)
    cv2.polylines(mask, [np.round(np.array(points)).astype(np.int32)], False, 1, thickness)
    return mask


def test_a_beam_keeps_its_slope():
    start, end = ends_of("smashcima::beam", drawn(220, 60, [(10, 40), (200, 12)], 8)) or ((0, 0), (0, 0))
    assert start == pytest.approx((10, 40), abs=5)
    assert end == pytest.approx((200, 12), abs=5)
    assert (end[1] - start[1]) / (end[0] - start[0]) == pytest.approx(-28 / 190, abs=0.01)


def test_a_stem_runs_down_its_middle():
    assert ends_of("smufl::stem", np.ones((80, 4), np.uint8)) == ((2.0, 0.0), (2.0, 80.0))


def test_a_slur_ends_at_its_tips():
    arc = [(20 + 100 - 100 * np.cos(t), 60 - 50 * np.sin(t)) for t in np.linspace(0, np.pi, 60)]
    start, end = ends_of("smashcima::slur", drawn(250, 80, arc)) or ((0, 0), (0, 0))
    assert start == pytest.approx((20, 60), abs=4)
    assert end == pytest.approx((220, 60), abs=4)


@pytest.mark.parametrize("is_crescendo", [True, False])
def test_a_hairpin_starts_at_its_tip(is_crescendo: bool):
    mask = drawn(220, 60, [(200, 10), (10, 30), (210, 50)], 3)
    start, end = ends_of("smashcima::hairpin", mask if is_crescendo else mask[:, ::-1]) or ((0, 0), (0, 0))
    tip, opening = (10, 30), (206, 30)
    if not is_crescendo:
        tip, opening = (210, 30), (14, 30)
    assert start == pytest.approx(tip, abs=4)
    assert end == pytest.approx(opening, abs=4)
    assert start[1] == pytest.approx(30, abs=2)


def test_symbols_have_no_ends():
    assert ends_of("smufl::gClef", np.ones((10, 10), np.uint8)) is None
    assert "smufl::gClef" not in LINE_LABELS


@pytest.mark.parametrize("label", sorted(LINE_LABELS))
@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (2, 2)])
def test_the_smallest_masks_have_ends_within_them(label: str, shape: tuple[int, int]):
    ends = ends_of(label, np.ones(shape, np.uint8))
    assert ends is not None
    for x, y in ends:
        assert -0.5 <= x <= shape[1] + 0.5
        assert -0.5 <= y <= shape[0] + 0.5
