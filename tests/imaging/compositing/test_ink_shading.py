"""Ink that varies along strokes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.geometry import Contours, Rectangle
from smashcima.imaging.compositing.drawing import draw_layers
from smashcima.scene.visual import AffineSpace, InkLoad, InkMedium, InkPath, ViewBox

INK = (40, 40, 40, 255)
WIDTH, HEIGHT = 40.0, 20.0


def stroke(length: float, thickness: float, x: float = 2.0, y: float = 10.0) -> Contours:
    """A stroke to the right, along its upper side and back."""
    along = np.linspace(x, x + length, 40)
    there = np.stack([along, np.full(40, y - thickness / 2)], axis=1)
    back = np.stack([along, np.full(40, y + thickness / 2)], axis=1)[::-1]
    return Contours((np.concatenate([there, back]),))


def layer_of(
    medium: InkMedium | None, *outlines: Contours, start: float = 1.0, end: float = 1.0, dpi: float = 300.0
) -> tuple[NDArray[np.float64], NDArray[np.uint8] | tuple[int, int, int]]:
    """Coverage (from 0 to 1) and colour of the layer of ink."""
    space = AffineSpace()
    for outline in outlines:
        load = None if medium is None else InkLoad(medium, INK, start, end)
        InkPath(space, outline, INK, load=load)
    layers = draw_layers(ViewBox(space, Rectangle(0, 0, WIDTH, HEIGHT)), dpi)
    return layers.ink.coverage / 255, layers.ink.color


def along(coverage: NDArray[np.float64], dpi: float = 300.0, y: float = 10.0) -> Callable[[float], float]:
    """The mean coverage near a place in mm on a line."""

    def at(x: float) -> float:
        scale = dpi / 25.4
        row = slice(round((y - 0.1) * scale), round((y + 0.1) * scale) + 1)
        return float(coverage[row, round((x - 0.2) * scale) : round((x + 0.2) * scale) + 1].mean())

    return at


def test_ink_without_a_load_is_even() -> None:
    coverage, color = layer_of(None, stroke(30.0, 1.0))
    assert set(np.unique(coverage[115:121, 40:350])) == {1.0}
    assert color == (40, 40, 40)


def test_ink_falls_along_a_path_from_its_start_to_its_end() -> None:
    medium = InkMedium(dry_opacity=0.4)
    coverage, _ = layer_of(medium, stroke(30.0, 1.0), start=1.0, end=0.0)
    at = along(coverage)
    assert at(3.0) == pytest.approx(0.4 + 0.6 * (1 - 1 / 30), abs=0.03)
    assert at(17.0) == pytest.approx(0.4 + 0.6 * 0.5, abs=0.03)
    assert at(31.0) == pytest.approx(0.4 + 0.6 / 30, abs=0.03)


def test_the_ink_of_a_path_continues_from_one_stroke_to_the_next() -> None:
    two = Contours((*stroke(15.0, 1.0, y=5.0).rings, *stroke(15.0, 1.0, y=15.0).rings))
    coverage, _ = layer_of(InkMedium(dry_opacity=0.0), two, start=1.0, end=0.0)
    first, second = along(coverage, y=5.0), along(coverage, y=15.0)
    assert first(9.5) == pytest.approx(0.75, abs=0.04)
    assert second(9.5) == pytest.approx(0.25, abs=0.04)


def test_thin_strokes_have_less_ink_and_are_browner() -> None:
    medium = InkMedium(thin_load=0.5, dry_opacity=0.2, thin_color=(100, 140, 180), warmth=1.0)
    coverage, color = layer_of(medium, stroke(30.0, 2.0, y=5.0), stroke(30.0, 0.24, y=15.0))
    thick, thin = along(coverage, y=5.0), along(coverage, y=15.0)
    assert thick(15.0) == pytest.approx(1.0, abs=0.01)
    assert thin(15.0) < 0.85
    assert not isinstance(color, tuple)
    red_of = color[..., 2] / np.maximum(255 * coverage, 1e-9)
    assert red_of[177, 180] > red_of[59, 180] + 0.1


def test_ink_collects_at_ends_and_sharp_turns() -> None:
    medium = InkMedium(load=0.5, dry_opacity=0.0, pooling=0.6)
    coverage, _ = layer_of(medium, stroke(30.0, 0.6))
    at = along(coverage)
    assert at(31.8) > at(17.0) + 0.2
    assert at(2.2) > at(17.0) + 0.15
    assert at(17.0) == pytest.approx(0.5, abs=0.03)


def test_the_grain_of_the_paper_belongs_to_the_page_and_not_to_the_pixels() -> None:
    medium = InkMedium(load=0.5, tooth=0.9)
    coarse, _ = layer_of(medium, stroke(30.0, 4.0), dpi=300.0)
    fine, _ = layer_of(medium, stroke(30.0, 4.0), dpi=600.0)
    block = fine[: 2 * coarse.shape[0], : 2 * coarse.shape[1]]
    halved = block.reshape(coarse.shape[0], 2, coarse.shape[1], 2).mean(axis=(1, 3))
    inside = (slice(100, 136), slice(60, 340))
    assert coarse[inside].std() > 0.15
    assert np.corrcoef(coarse[inside].ravel(), halved[inside].ravel())[0, 1] > 0.8


def test_a_pen_skips_short_stretches() -> None:
    medium = InkMedium(dry_opacity=0.0, skips=0.1)
    coverage, _ = layer_of(medium, *(stroke(34.0, 0.3, y=y) for y in np.arange(2.0, 19.0, 1.0)))
    core = coverage[[round(y * 300 / 25.4) for y in np.arange(2.0, 19.0, 1.0)], 40:400]
    assert 0.02 < (core < 0.5).mean() < 0.2
    assert (core > 0.9).mean() > 0.6


def test_only_ink_of_the_medium_is_shaded() -> None:
    space = AffineSpace()
    InkPath(space, stroke(30.0, 1.0, y=4.0), INK, load=InkLoad(InkMedium(dry_opacity=0.2), INK, 0.0, 0.0))
    InkPath(space, stroke(30.0, 1.0, y=16.0), INK)
    coverage = draw_layers(ViewBox(space, Rectangle(0, 0, WIDTH, HEIGHT)), 300).ink.coverage / 255
    assert along(coverage, y=4.0)(15.0) == pytest.approx(0.2, abs=0.02)
    assert along(coverage, y=16.0)(15.0) == 1.0


def test_shading_does_not_change_where_ink_is() -> None:
    plain, _ = layer_of(None, stroke(30.0, 0.6))
    shaded, _ = layer_of(InkMedium(load=0.6, dry_opacity=0.3, tooth=0.5, unevenness=0.2), stroke(30.0, 0.6))
    assert ((plain > 0) == (shaded > 0)).mean() > 0.9999
    again, _ = layer_of(InkMedium(load=0.6, dry_opacity=0.3, tooth=0.5, unevenness=0.2), stroke(30.0, 0.6))
    assert np.array_equal(shaded, again)


def test_a_medium_needs_thick_strokes_that_are_thicker_than_thin_ones() -> None:
    with pytest.raises(GeometryError, match="thick"):
        InkMedium(thin=0.5, thick=0.5)
