"""How much renderings of one sample differ."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.errors import SettingsError
from smashcima.geometry import Contours
from smashcima.synthesis.samples import NO_VARIATION, GlyphVariation, SampleOutline, outline_of
from smashcima.synthesis.samples.variation import strength_for, varied


def ring(radius: float, turned: int = 1) -> np.ndarray:
    angles = turned * np.linspace(0, 2 * np.pi, 60, endpoint=False)
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def ellipse() -> SampleOutline:
    outline = outline_of(Contours((ring(1.0) * (2.0, 1.0), ring(0.5, -1))))
    assert outline is not None
    return outline


def rendered(
    outline: SampleOutline, variation: GlyphVariation, count: int, **options: object
) -> list[Contours]:
    pivots = np.zeros(count, np.complex128)
    return varied([outline] * count, pivots, variation, np.random.default_rng(5), **options)  # type: ignore[arg-type]


def test_renderings_differ_within_the_bound() -> None:
    outline, variation = ellipse(), GlyphVariation(thickness_ss=0.0)
    reach = float(np.hypot(2.0, 1.0))
    original = np.stack([outline.points.real, outline.points.imag], axis=1)
    moves = [
        np.hypot(*(np.concatenate(one.rings) - original).T).max() / reach
        for one in rendered(outline, variation, 200)
    ]
    assert max(moves) <= variation.bound
    assert min(moves) > 0.005
    assert 0.02 < np.median(moves) < 0.12


def test_without_variation_the_sample_is_as_it_was() -> None:
    outline = ellipse()
    (one,) = rendered(outline, NO_VARIATION, 1)
    assert np.allclose(np.concatenate(one.rings).view(np.complex128).ravel(), outline.points, atol=1e-12)


def test_the_pivot_stays_where_it_is() -> None:
    # A thin cross whose middle is the pivot: its middle stays, whatever happens to its arms.
    arms = np.array([(-2, -0.01), (2, -0.01), (2, 0.01), (-2, 0.01)], dtype=np.float64)
    outline = outline_of(Contours((arms,)))
    assert outline is not None
    for one in rendered(outline, GlyphVariation(), 50):
        points = one.rings[0]
        near = points[np.abs(points[:, 0]) < 0.3]
        assert len(near)
        assert np.abs(np.interp(0.0, *near[np.argsort(near[:, 0])].T)) < 0.03


def test_thicker_ink_grows_outwards_and_into_holes() -> None:
    (one,) = rendered(ellipse(), NO_VARIATION, 1, thicker=0.1)
    outer, hole = one.rings
    assert outer[:, 0].max() == pytest.approx(2.1, abs=0.01)
    assert hole[:, 0].max() == pytest.approx(0.4, abs=0.01)


def test_symbols_of_which_there_are_few_vary_more() -> None:
    assert strength_for(100) == 1.0
    assert strength_for(8) == 1.0
    assert 1.0 < strength_for(3) < strength_for(1) <= 1.6


def test_nonsense_is_refused() -> None:
    with pytest.raises(SettingsError, match="elastic of a variation"):
        GlyphVariation(elastic=-1.0)
