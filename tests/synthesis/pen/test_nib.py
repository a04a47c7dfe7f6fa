"""Strokes of a nib: their width follows from their direction."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import MultiPoint, Polygon

from smashcima.errors import SettingsError
from smashcima.synthesis.pen import (
    LineStrokes,
    Nib,
    Pen,
    PenWriter,
    Scribe,
    SkeletonStroke,
    outline_points,
    plan_open_ribbon,
)

STEADY = PenWriter(
    pen_width=0.6,
    nib_contrast=0.5,
    nib_angle=0.0,
    pressure=0.0,
    speed_thinning=0.0,
    start_taper=0.0,
    end_taper=0.0,
    start_blob=0.0,
    end_blob=0.0,
    slant_jitter=0.0,
    aspect_jitter=0.0,
    size_jitter=0.0,
    rotation_jitter=0.0,
    wobble=0.0,
    tremor=0.0,
    overshoot_jitter=0.0,
    line_wobble=0.0,
    habit=0.0,
    scribe=Scribe(),
)
"""A writer who repeats the skeletons exactly, with a nib of 0.6 / (1 - 0.36 * 0.5) = 0.7317 by 0.3659 mm."""


@pytest.mark.parametrize(
    "angle, direction, expected",
    [
        (0.0, 0.0, 0.2),  # along the edge
        (0.0, 90.0, 0.6),  # across it
        (0.0, -90.0, 0.6),
        (0.0, 45.0, math.sqrt(0.5 * 0.36 + 0.5 * 0.04)),
        (45.0, 45.0, 0.2),
        (45.0, -45.0, 0.6),
        (45.0, 135.0, 0.6),
        (30.0, 0.0, math.sqrt(0.25 * 0.36 + 0.75 * 0.04)),
        (30.0, 90.0, math.sqrt(0.75 * 0.36 + 0.25 * 0.04)),
    ],
)
def test_the_width_of_a_stroke_is_that_of_the_ellipse_across_it(
    angle: float, direction: float, expected: float
) -> None:
    assert Nib(0.6, 0.2, angle).stroke_width(direction) == pytest.approx(expected)


@pytest.mark.parametrize(
    "direction, expected",
    [(-90.0, 0.6), (90.0, 0.4), (0.0, 0.4), (180.0, 0.4), (-30.0, 0.45), (-150.0, 0.45)],
)
def test_pressure_spreads_a_flexible_nib_downwards(direction: float, expected: float) -> None:
    """The gain is 0.5 times the square of the sine of the descent: 0.5 * 0.25 at 30 degrees."""
    assert Nib(0.4, 0.4, 0.0, flexibility=0.5).stroke_width(direction) == pytest.approx(expected)


def test_a_nib_is_not_thicker_than_wide() -> None:
    with pytest.raises(SettingsError, match="thickness of a nib"):
        Nib(0.2, 0.3)


@pytest.mark.parametrize("direction_deg", [0, 20, 50, 90, 135, 200, 270, 340])
@pytest.mark.parametrize("angle", [0.0, 35.0, 70.0])
def test_the_outline_of_a_straight_stroke_is_the_hull_of_the_ellipses_at_its_ends(
    direction_deg: int, angle: float
) -> None:
    nib = Nib(1.0, 0.25, angle)
    direction = np.exp(-1j * math.radians(direction_deg))  # y down
    centres = np.linspace(0.0, 4.0, 9) * direction
    half = nib.stroke_width(direction_deg) / 2
    points = outline_points(centres[np.newaxis], np.full((1, 9), half), plan_open_ribbon(9), nib)[0]
    turn = np.linspace(0.0, 2 * np.pi, 720, endpoint=False)
    edge = np.exp(-1j * math.radians(angle))
    ellipse = edge * (0.5 * np.cos(turn) + 0.125j * np.sin(turn))
    around = np.concatenate([ellipse, ellipse + centres[-1]])
    hull = MultiPoint(np.stack([around.real, around.imag], axis=1)).convex_hull
    # Ends have three points, so they miss a little of the ellipse, and nothing lies outside of it.
    outline = Polygon(points)
    assert outline.difference(hull).area < 1e-3
    assert hull.difference(outline).area < 0.05 * np.pi * 0.5 * 0.125 * 4


@pytest.mark.parametrize(
    "end, expected",
    [((4.0, 0.0), 0.3659), ((0.0, 4.0), 0.7317), ((2.83, 2.83), 0.5784), ((-2.83, 2.83), 0.5784)],
)
def test_symbols_are_written_with_the_width_of_their_direction(
    end: tuple[float, float], expected: float
) -> None:
    """The length of the round ends is excluded by comparing two lengths."""
    pen = Pen(STEADY)
    areas = []
    for scale in (1.0, 2.0):
        stroke = (SkeletonStroke(((0.0, 0.0), (end[0] * scale, end[1] * scale))),)
        (ink,) = pen.write(stroke, 1.0, np.random.default_rng(0))
        areas.append(ink.area)
    assert (areas[1] - areas[0]) / math.hypot(*end) == pytest.approx(expected, rel=0.01)


def test_the_ends_of_lines_are_slanted_as_the_edge_of_the_nib() -> None:
    writer = replace(STEADY, nib_contrast=0.9, nib_angle=60.0)
    ring = LineStrokes(writer, "stem").take(10 + 0j, 0.5, np.random.default_rng(0))
    half = len(ring) // 2 - 3
    left, right = ring[0], ring[2 * half + 2]  # both sides of the start
    upper, lower = (left, right) if left[1] < right[1] else (right, left)
    # The edge rises to the right by 60 degrees; the nib is not infinitely thin.
    assert upper[0] - lower[0] == pytest.approx(0.5 / math.tan(math.radians(60)), rel=0.05)
    plain = LineStrokes(replace(writer, scribe=None), "stem").take(10 + 0j, 0.5, np.random.default_rng(0))
    assert plain[0][0] == pytest.approx(plain[2 * half + 2][0], abs=1e-9)


def test_pens_without_a_tool_have_round_ends() -> None:
    assert PenWriter.from_seed(3).outline_nib is None
    assert PenWriter.preset("calligraphic").outline_nib is None
    assert PenWriter.from_seed(3, "quill").outline_nib is not None
